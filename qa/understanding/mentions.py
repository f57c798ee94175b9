"""`Mentions`: the documents, dossiers, answers and questions that a question names by their numbers.

1. What people type is tidied: dashes and spaces of every kind become one kind, English words (`no. 153`, `appendix to the Proceedings`) those of Dutch
   print, so that the patterns for references in documents read it.
2. Official identifiers are looked for first, in any spelling, then formal references, then numbers of answers and questions. Each is taken out of
   the question before the next, so that nothing counts twice; what remains is the rest, that says what is asked about.
3. A number that may well be something else, `30573-153` or `30 573` without a word before it, is only a possible mention: it counts if the library
   holds a document of that number, and is never called missing.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from qa.library import PassageRecord
from qa.library.register import Register
from qa.parliament.headings import parse_heading
from qa.parliament.identifiers import CHAPTER, SESSION, find_typed_ids, read_session
from qa.parliament.references import ReferenceKind, find_references
from qa.passage import Role
from qa.understanding.opening_words import only_opens


@dataclass(frozen=True, kw_only=True)
class Mentions:
    """What a question names by number.

    Attributes:
        official_ids: of documents, in the order of the question, such as `ah-tk-20232024-878`.
        dossiers: such as `30573` or `36410-IV`.
        possible: identifiers and dossiers that count only if the library has them.
        answers: numbers of answers; they mean something only beside a document, or after one in a conversation.
        questions: numbers of questions themselves, not of their answers.
        rest: the question without all this, or all of it if it names no document.
    """

    official_ids: tuple[str, ...] = ()
    dossiers: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    answers: tuple[int, ...] = ()
    questions: tuple[int, ...] = ()
    rest: str

    def __bool__(self) -> bool:
        return bool(self.named)

    @property
    def named(self) -> tuple[str, ...]:
        """All identifiers and dossiers, certain or possible."""
        return (*self.official_ids, *self.dossiers, *self.possible)

    @property
    def is_only(self) -> bool:
        """Whether the question names documents and asks nothing about a subject."""
        return bool(self) and only_opens(self.rest)


_T = TypeVar("_T")
_CUT = " | "
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012–—―\u2212﹣\uff0d", "-"))
_DOSSIER_NUMBER = r"[1-4][0-9][ .]?[0-9]{3}(?![0-9])"
_REWORDED: Sequence[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]] = (
    (re.compile(r"\b(?:appendix|annex)\s(?:to|of)\s(?:the\s)?(?:proceedings|acts|official\sreport)", re.IGNORECASE), "Aanhangsel Handelingen"),
    (re.compile(r"\baanh(?:angsel)?\.?\s?hand(?:\.|elingen\b)", re.IGNORECASE), "Aanhangsel Handelingen"),
    (re.compile(r"\bno(?=\.?\s?[0-9])", re.IGNORECASE), "nr"),
    (re.compile(r"\bnumber(?=s?\s[0-9])", re.IGNORECASE), "nummer"),
    (re.compile(r"#\s?(?=[0-9])"), "nr. "),
    (re.compile(r"\b(?:handelingen|kamerstuk(?:ken)?)\sii?\b", re.IGNORECASE), lambda m: m[0][:-2] + m[0][-2:].upper()),
    (re.compile(rf"(?<![\w.,/]){_DOSSIER_NUMBER}[ -][ivx]{{1,6}}[a-e]?\b", re.IGNORECASE), lambda m: m[0].upper()),
    (re.compile(r"\b20[0-9]{2}[dz][0-9]{5}\b", re.IGNORECASE), lambda m: m[0].upper()),
    (
        re.compile(
            r"\b(?:(?:kamer|kamerstuk)?dossier(?:nummer|nr)?|kst|parliamentary\s(?:papers?|documents?|files?)|papers?)\b(?:\s?(?:nr|nummer)\b\.?)?:?\s?"
            rf"(?={_DOSSIER_NUMBER})",
            re.IGNORECASE,
        ),
        "Kamerstuk ",
    ),
)  # fmt: skip
_PROCEEDINGS = re.compile(
    rf"\bhandelingen\s(?P<chamber>II?|TK|EK)?,?\s?{SESSION},?\s?(?:nr\.?\s?)?(?P<number>[0-9]{{1,3}}),?\s?(?:item|p\.)?\s?(?P<item>[0-9]{{1,3}})\b",
    re.IGNORECASE,
)
_ANSWERS = re.compile(
    r"\baanhangsel(?:nummer|nr)?(?:\s(?:van\sde|der|bij\sde))?(?:\shandelingen)?(?:\s(?P<chamber>II?|TK|EK)\b)?[\s,]{0,3}(?:(?:nr|nummer)\b\.?\s?)?"
    rf"(?P<number>[0-9]{{1,5}})(?![0-9/-])(?:[\s,(]{{1,3}}(?:vergaderjaar\s)?{SESSION}\)?)?",
    re.IGNORECASE,
)
_JOINED = re.compile(r"(?<![\w.,/€-])(?P<dossier>[1-4][0-9]\s?[0-9]{3})\s?[-/]\s?(?P<number>[0-9]{1,4})(?![\w-])(?![ .][0-9]{3})")
_DOSSIER_ALONE = re.compile(
    rf"(?<![\w.,/€$£-])(?<![€$£]\s)(?P<dossier>{_DOSSIER_NUMBER})(?:[ -](?P<chapter>{CHAPTER}|[0-9]{{2}}))?(?![\w,%-])"
)
_NUMBER = r"(?<![\w.,])[0-9]{1,3}(?![\w%])(?![.,\s][0-9]{3}(?![0-9]))"
_NUMBERS = rf"(?P<numbers>{_NUMBER}(?:\s?(?:,\s?(?:en|and)|,|-|&|en|and|to|t/m|tot\sen\smet)\s?{_NUMBER}){{0,20}})"
_ORDINALS = {
    word: str(number)
    for words in ("eerste tweede derde vierde vijfde zesde zevende achtste negende tiende", "first second third fourth fifth sixth seventh eighth ninth tenth")
    for number, word in enumerate(words.split(), start=1)
}  # fmt: skip
_ORDINAL = rf"(?P<ordinal>{'|'.join(_ORDINALS)})"
_ASKED = r"(?:kamer)?vra(?:ag|gen)|questions?"
_ANSWER = r"(?:antwoord(?:en)?|beantwoording|answers?|repl(?:y|ies))"
_PART = re.compile(
    rf"\b(?:(?P<answer>{_ANSWER})(?:\s(?:op|van|to|of))?\s?(?:(?:de|het|the)\s)?)?"
    rf"(?:(?:{_ASKED})?\s?(?:(?:nr|nummer)s?\b\.?:?\s?)?{_NUMBERS}|{_ORDINAL}\s(?P<what>{_ASKED}|{_ANSWER})\b)",
    re.IGNORECASE,
)
_SESSION_ALONE = re.compile(rf"(?<![\w/-]){SESSION}(?![\w/-])")


def mentions_of(question: str) -> Mentions:
    """Return what a question names by number."""
    text = " ".join(question.translate(_DASHES).replace("\u00ad", "").split())
    text, typed = _typed_ids(text)
    text, official_ids, dossiers, possible = _references(_reworded(text))
    text, official_answers, possible_answers = _loose_answers(text)
    text, answers, questions = _parts(text)
    text, numbers = _loose_papers(text)
    named = bool(typed or official_ids or dossiers or possible or official_answers or possible_answers or numbers)
    return Mentions(
        official_ids=_once([*typed, *official_ids, *official_answers]),
        dossiers=_once(dossiers),
        possible=_once([*possible, *possible_answers, *numbers]),
        answers=_once(answers),
        questions=_once(questions),
        rest=_rest(text) if named else " ".join(question.split()),
    )


def documents_mentioned(mentions: Mentions, register: Register) -> tuple[str, ...]:
    """Return the documents that are named: each in the order of the question, those of a dossier the newest first."""
    return _once([document_id for identifier in mentions.named for document_id in register.documents_called(identifier)])


def missing_from(mentions: Mentions, register: Register) -> tuple[str, ...]:
    """Return the identifiers and dossiers that are certainly meant and that no document of the library goes by."""
    return tuple(name for name in (*mentions.official_ids, *mentions.dossiers) if not register.documents_called(name))


def passages_named(passages: Sequence[PassageRecord], mentions: Mentions) -> list[PassageRecord]:
    """Return what is to be shown of a document that a question names and asks nothing about.

    Exactly the answers and questions named; without any, everything that can be evidence, the introduction first.

    Args:
        passages: of one document, in order.
        mentions: of the question.
    """
    wanted = ((Role.ANSWER, set(mentions.answers)), (Role.QUESTION, set(mentions.questions)))
    if mentions.answers or mentions.questions:
        return [r for r in passages for role, numbers in wanted if r.passage.role is role and numbers & set(r.passage.numbers)]
    evidence = [record for record in passages if record.passage.role.is_evidence] or list(passages)
    return sorted(evidence, key=lambda record: record.passage.role is not Role.INTRODUCTION)


def missing_parts(passages: Sequence[PassageRecord], mentions: Mentions) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the numbers of the answers, and those of the questions, that are named and that a document does not have.

    Args:
        passages: of one document.
        mentions: of the question.
    """
    answered = {number for record in passages if record.passage.role is Role.ANSWER for number in record.passage.numbers}
    asked = {number for record in passages if record.passage.role is Role.QUESTION for number in record.passage.numbers}
    return tuple(n for n in mentions.answers if n not in answered), tuple(n for n in mentions.questions if n not in asked)


def _reworded(text: str) -> str:
    for pattern, words in _REWORDED:
        text = pattern.sub(words, text)
    return text


def _typed_ids(text: str) -> tuple[str, list[str]]:
    found = list(find_typed_ids(text))
    return _without(text, [(start, end) for _identifier, start, end in found]), [identifier for identifier, _start, _end in found]


def _references(text: str) -> tuple[str, list[str], list[str], list[str]]:
    """Return the text without formal references, and the official identifiers, dossiers and Chamber's numbers in them."""
    by_kind: dict[ReferenceKind, list[str]] = {kind: [] for kind in ReferenceKind}
    found = find_references(text)
    for reference in found:
        by_kind[reference.kind].append(reference.identifier)
    official_ids = [
        r.identifier for r in found if r.kind in {ReferenceKind.PAPER, ReferenceKind.ANSWERS, ReferenceKind.QUESTIONS}
    ]
    chamber = by_kind[ReferenceKind.CHAMBER_DOCUMENT] + by_kind[ReferenceKind.CASE]
    return _without(text, [(r.start, r.end) for r in found]), official_ids, by_kind[ReferenceKind.DOSSIER], chamber


def _loose_answers(text: str) -> tuple[str, list[str], list[str]]:
    """Return the text without proceedings and answers in an order that print does not use, the identifiers, and those without a session."""
    certain, possible, spans = [], [], []
    for match in _PROCEEDINGS.finditer(text):
        if session := read_session(match):
            certain.append(f"h-{_chamber(match)}-{session.replace('-', '')}-{match['number']}-{match['item']}")
            spans.append(match.span())
    text, spans = _without(text, spans), []
    for match in _ANSWERS.finditer(text):
        if session := read_session(match):
            certain.append(f"ah-{_chamber(match)}-{session.replace('-', '')}-{match['number']}")
        else:
            possible.append(f"ah-{match['number']}")
        spans.append(match.span())
    return _without(text, spans), certain, possible


def _chamber(match: re.Match[str]) -> str:
    return "ek" if (match["chamber"] or "").upper() in {"I", "EK"} else "tk"


def _parts(text: str) -> tuple[str, list[int], list[int]]:
    """Return the text without the answers and questions named, and their numbers."""
    answers: list[int] = []
    questions: list[int] = []
    spans = []
    for match in _PART.finditer(text):
        is_named = match["answer"] or re.match(rf"(?:{_ASKED})\b", match[0], re.IGNORECASE) or match["ordinal"]
        if is_named:
            is_answer = match["answer"] or (match["what"] and re.fullmatch(_ANSWER, match["what"], re.IGNORECASE))
            (answers if is_answer else questions).extend(_numbers(match))
            spans.append(match.span())
    return _without(text, spans), answers, questions


def _numbers(match: re.Match[str]) -> tuple[int, ...]:
    said = _ORDINALS[match["ordinal"].lower()] if match["ordinal"] else match["numbers"].lower()
    dutch = re.sub(r"\s?\b(?:and|en)\b\s?|&", " en ", re.sub(r"\bto\b", "t/m", said))
    heading = parse_heading(f"Vraag {dutch}")
    return heading.numbers if heading else tuple(int(number) for number in re.findall("[0-9]+", said))


def _loose_papers(text: str) -> tuple[str, list[str]]:
    """Return the text without numbers that may be those of papers, and these; a mere dossier counts only in a question that says nothing else."""
    joined = list(_JOINED.finditer(text))
    found = [f"kst-{re.sub(r'[^0-9]', '', match['dossier'])}-{match['number']}" for match in joined]
    text = _without(text, [match.span() for match in joined])
    alone = list(_DOSSIER_ALONE.finditer(text))
    if alone and only_opens(rest := _without(text, [match.span() for match in alone])):
        return rest, [*found, *map(_dossier, alone)]
    return text, found


def _dossier(match: re.Match[str]) -> str:
    return "-".join(filter(None, [re.sub(r"[^0-9]", "", match["dossier"]), match["chapter"]]))


def _rest(text: str) -> str:
    return " ".join(_SESSION_ALONE.sub(" ", text).replace("|", " ").split()).strip(" ,;:.-")


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in reversed(spans):
        text = text[:start] + _CUT + text[end:]
    return text


def _once(found: Sequence[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(found))
