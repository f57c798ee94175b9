"""Folding: of passages that say the same, the newest is shown and the others stand under it; of those nearly alike, the newest comes first.

1. A text becomes its set of shingles, every five consecutive words, and two texts resemble each other by the part of their shingles that they share
   (Broder, On the resemblance and containment of documents, 1997). Quotes are compared exactly, since there are at most some sixty.
2. Two quotes say the same if they resemble each other and have the same figures, numbers in words, denials and comparisons, months and names, each as
   often. `23.000` and `23 000` are one figure; `23.000` and `58.000` are not, and `niet` more or less makes another statement: a reader needs both.
3. A short quote, `Nee, daarvan is geen sprake.`, says the same only as an answer to the same question, so its context is compared as well.
4. A member's question is never folded with the government's words, nor with anything but questions.
5. Every passage is compared with the best of each fold before it, not with all of it, so that a chain of small changes folds no further than one step.
6. What is shown then keeps the order of the score, except that those of equal evidence (the same relevance, scores that hardly differ, and quotes
   that differ in figures or denials at most) are put in order of date among the places that they have.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from qa.answer import Relevance
from qa.parliament.dates import MONTHS
from qa.passage import Role

SHINGLE_WORDS = 5
RESEMBLANCE = 0.7
"""Share of shingles from which on two quotes are nearly the same: in a quote of thirty words, one word at its end or beginning may differ."""
MIN_WORDS = 12
"""A quote of fewer words may be said of anything."""
SCORE_TOLERANCE = 0.01
"""Scores that differ by less do not say which of two passages nearly alike is the better one."""

_NUMBER = r"(?:(?<!\w)[-\u2212](?=[0-9]))?(?:[0-9]{1,3}(?:[.,\u00a0\u202f ][0-9]{3}(?![0-9]))+|[0-9]+)(?:[.,][0-9]+)?"
_WORD = re.compile(rf"{_NUMBER}|[^\W\d_]+|[%€$]|[0-9]+")
_THOUSANDS = re.compile(r"(?<=[0-9])[.,\s](?=[0-9]{3}(?![0-9]))")
_SENTENCE_END = re.compile(r"[.?!:]\s*[«“\"'(]?\s*\Z")
_DENIALS = frozenset("""
niet geen nee neen nooit niets niemand nergens noch evenmin zonder behalve ja wel slechts alleen alle alles iedereen altijd enkele meer minder meest minst
hoger lager hoogste laagste groter kleiner stijgt daalt gestegen gedaald toegenomen afgenomen voor tegen na hoogstens minstens vóór
not no none never nothing nobody neither nor without except yes only all everyone always more less most least higher lower before after against
""".split())  # fmt: skip
_NUMERALS = frozenset("""
nul een één eén twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien twintig dertig veertig
vijftig zestig zeventig tachtig negentig honderd duizend miljoen miljard half halve helft derde kwart eerste tweede vierde vijfde dubbele
zero one two three four five six seven eight nine ten eleven twelve hundred thousand million billion half third quarter first second
""".split())  # fmt: skip
_Shingles = frozenset[tuple[str, ...]]
_SIGNS = {"%": "procent", "€": "euro", "$": "dollar"}
_DECIDING = _DENIALS | frozenset(_SIGNS.values()) | (_NUMERALS - {"een", "one"}) | frozenset(MONTHS)


@dataclass(frozen=True, kw_only=True)
class Foldable:
    """What folding looks at of a passage that will be shown.

    Attributes:
        role: of the passage.
        quote: what is shown of it.
        context: the passage with what says what it is about (`Passage.embedding_text`); without it a short quote is not folded.
        date: of the document, as `YYYY-MM-DD`; without one it counts as the oldest.
        relevance: of the passage to the question.
        score: higher is better.
    """

    role: Role
    quote: str
    context: str = ""
    date: str | None = None
    relevance: Relevance
    score: float


@dataclass(frozen=True)
class Fold:
    """Places, in the sequence that was given, of a passage to show and of those that say the same, the newest first."""

    shown: int
    also_in: tuple[int, ...] = ()


def fold(passages: Sequence[Foldable], *, score_tolerance: float = SCORE_TOLERANCE) -> tuple[Fold, ...]:
    """Return what to show, in this order; every passage appears exactly once, as shown or under another.

    Args:
        passages: best first; all of them are to be shown if nothing is folded.
        score_tolerance: scores that differ by at most this are equal evidence, where the quotes are nearly alike.
    """
    texts = [_Text(passage) for passage in passages]
    groups = _grouped(texts, lambda text: text.shingles, _say_the_same)
    return tuple(_newest_shown(passages, group) for group in _newest_of_equals(groups, texts, score_tolerance))


def _grouped(
    texts: Sequence["_Text"], shingles_of: Callable[["_Text"], _Shingles], is_same: Callable[["_Text", "_Text"], bool]
) -> list[list[int]]:
    """Return the places of texts, in order, each with the first group whose first text is the same; only texts that share a shingle are compared."""
    groups: list[list[int]] = []
    holding: dict[tuple[str, ...], list[int]] = {}
    for place, text in enumerate(texts):
        shingles = shingles_of(text)
        near = sorted({group for shingle in shingles if shingle in holding for group in holding[shingle]})
        same = next((groups[group] for group in near if is_same(texts[groups[group][0]], text)), None)
        if same:
            same.append(place)
            continue
        for shingle in shingles:
            holding.setdefault(shingle, []).append(len(groups))
        groups.append([place])
    return groups


class _Text:
    """A passage with what is compared of it, worked out when it is first needed."""

    def __init__(self, passage: Foldable) -> None:
        self.passage = passage
        self.words = _words(passage.quote)

    @cached_property
    def shingles(self) -> _Shingles:
        return _shingles(self.words)

    @cached_property
    def context_shingles(self) -> _Shingles:
        return _shingles(_words(self.passage.context))

    @cached_property
    def masked_shingles(self) -> _Shingles:
        """Of the quote without its denials, and with all figures alike."""
        return _shingles(["0" if word[-1].isdigit() else word for word in self.words if word not in _DENIALS])

    @cached_property
    def deciding(self) -> Counter[str]:
        """What must be the same for two quotes to say the same, each as often."""
        decisive = (word for word in self.words if word[-1].isdigit() or word in _DECIDING)
        return Counter([*decisive, *_names(self.passage.quote)])


def _say_the_same(one: _Text, other: _Text) -> bool:
    if not _same_voice(one, other):
        return False
    if min(len(one.words), len(other.words)) < MIN_WORDS:
        return one.words == other.words and _are_about_the_same(one, other)
    return one.words == other.words or (
        _resemblance(one.shingles, other.shingles) >= RESEMBLANCE and one.deciding == other.deciding
    )


def _are_about_the_same(one: _Text, other: _Text) -> bool:
    contexts = one.context_shingles, other.context_shingles
    return all(map(any, contexts)) and _resemblance(*contexts) >= RESEMBLANCE


def _same_voice(one: _Text, other: _Text) -> bool:
    return (one.passage.role is Role.QUESTION) == (other.passage.role is Role.QUESTION)


def _newest_of_equals(groups: list[list[int]], texts: Sequence[_Text], tolerance: float) -> list[list[int]]:
    """Return the groups with those of equal evidence in order of date, among the places that they have."""
    ordered = list(groups)
    for equals in _equals([texts[group[0]] for group in groups], tolerance):
        newest_first = sorted((groups[place] for place in equals), key=lambda group: _newest_date(texts, group), reverse=True)
        for place, group in zip(equals, newest_first, strict=True):
            ordered[place] = group
    return ordered


def _equals(leaders: Sequence[_Text], tolerance: float) -> list[list[int]]:
    """Return the places of leaders that are equal evidence, in order, each with the first that it equals."""
    return _grouped(leaders, lambda leader: leader.masked_shingles, lambda one, other: _is_equal_evidence(one, other, tolerance))


def _is_equal_evidence(one: _Text, other: _Text, tolerance: float) -> bool:
    return (
        _same_voice(one, other)
        and one.passage.relevance is other.passage.relevance
        and abs(one.passage.score - other.passage.score) <= tolerance
        and _resemblance(one.masked_shingles, other.masked_shingles) >= RESEMBLANCE
    )


def _newest_shown(passages: Sequence[Foldable], group: Sequence[int]) -> Fold:
    first, *others = sorted(group, key=lambda place: passages[place].date or "", reverse=True)
    return Fold(first, tuple(others))


def _newest_date(texts: Sequence[_Text], group: Sequence[int]) -> str:
    return max(texts[place].passage.date or "" for place in group)


def _words(text: str) -> list[str]:
    """Return the words of a text without case, punctuation and what typography does to figures."""
    plain = unicodedata.normalize("NFKC", text).replace("\u00ad", "").casefold()
    return [word if word.isalpha() else _plain(word) for word in _WORD.findall(plain)]


def _plain(word: str) -> str:
    return _SIGNS.get(word) or _THOUSANDS.sub("", word).replace("\u2212", "-")


def _names(text: str) -> list[str]:
    """Return the words with a capital that do not merely begin a sentence."""
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "")
    return [
        match[0].casefold()
        for match in _WORD.finditer(text)
        if match[0][0].isupper() and match.start() and not _SENTENCE_END.search(text, max(0, match.start() - 4), match.start())
    ]


def _shingles(words: Sequence[str]) -> _Shingles:
    """Return every five consecutive words; of fewer, the whole."""
    if len(words) <= SHINGLE_WORDS:
        return frozenset([tuple(words)])
    return frozenset(zip(*(words[start:] for start in range(SHINGLE_WORDS)), strict=False))


def _resemblance(one: _Shingles, other: _Shingles) -> float:
    """Return the share of shingles that two texts have in common: 1 for the same text."""
    n_shared = len(one & other)
    return n_shared / (len(one) + len(other) - n_shared)
