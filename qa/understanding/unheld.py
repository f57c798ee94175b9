"""`Unheld`: names in a question that the library does not hold, so that nothing is found for them by resemblance.

1. A word with a capital inside the sentence is a name. After an office (`minister Harbers`), beside a verb of saying (`wat zei Pietersen`) and after papers
   (`vragen van Podt`) it is a person's or a party's.
2. A name occurs *nowhere* if one of its words stands in no document. Of people this holds in both languages; of places and things in Dutch only, since an English
   name may have another form in Dutch documents.
3. A person whose papers are asked for, and a party, may stand in a text and still be nobody who asks, answers or speaks here: *nothing is by them*.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from qa.answer import Certainty, Language
from qa.library.register import Register
from qa.parliament.ministries import OTHER_NAMES
from qa.parliament.person_names import PARTICLES, name_key, plain
from qa.text.other_languages import is_other_language
from qa.text.words import QuestionWord, question_words
from qa.understanding.opening_words import PEOPLE_WORDS
from qa.wording.missing import say_unheld


@dataclass(frozen=True)
class Unheld:
    """Names that are not held.

    Attributes:
        nowhere: names of which a word occurs in no document.
        not_by: people and parties by whom no document is.
        is_only: whether the question is a person's name and nothing else.
        certainty: the most that can be said of what is found all the same.
    """

    nowhere: Sequence[str] = ()
    not_by: Sequence[str] = ()
    is_only: bool = False
    certainty: Certainty = Certainty.FOUND

    def __bool__(self) -> bool:
        return bool(self.nowhere or self.not_by)

    def said(self, language: Language) -> str:
        """Return it in a sentence; empty if everything is held."""
        return say_unheld(self.nowhere, self.not_by, language) if self else ""


HELD = Unheld()

PARTIES = "PVV VVD CDA D66 GL PvdA SP BBB NSC PvdD CU SGP DENK FVD Volt JA21 50PLUS GroenLinks GroenLinks-PvdA GL-PvdA ChristenUnie LPF BIJ1".split()
_PARTICLE = rf"(?:{'|'.join(sorted(PARTICLES | {'la', 'le', 'bin', 'al', 'von'}, key=len, reverse=True))})"
_CAPITAL = r"[A-ZÀ-Þ][^\W\d_]*[a-zà-ÿ][\w’-]*"
_NAME = rf"((?:{_PARTICLE}\s+)*(?:(?i:{_PARTICLE})\s+)*{_CAPITAL}(?:\s+(?:{_PARTICLE}\s+)*{_CAPITAL}){{0,3}})"
_PARTY = rf"(?:de\s+|het\s+|the\s+)?(?:fractie\s+van\s+(?:de\s+|het\s+)?)?({'|'.join(map(re.escape, sorted(PARTIES, key=len, reverse=True)))})\b(?!-)"
_OFFICE = (
    r"(?i:\b(?:minister(?:-president)?|staatssecretaris|bewindspersoon|premier|(?:kamer)?lid|kamerleden|leden|mevrouw|meneer|de\s+heer|MPs?|members?(?!\s+States)|state\s+secretary|"
    r"secretary|prime\s+minister|mrs?\.?|ms\.?|senator)\s+)(?!van\b|voor\b)"
)
_SAYS = r"(?i:\b(?:zei(?:den)?|zegt|zeggen|vindt|vond(?:en)?|vroeg(?:en)?|vraagt|antwoordde|schreef|schrijft|beloofde|denkt|dacht|wil|wilde)\s+)"
_ASKED = r"\s+(?i:say|said|ask|asked|answer|think|want|write|promise|propose|tell|reply)\b"
_PAPERS = r"(?i:\b(?:(?:kamer)?vragen|(?:kamer)?brieven|moties|motie|questions|letters|motions?|speech(?:es)?|bijdrage)\s+(?:van|door|by|from|of)\s+)"
_BY = re.compile(rf"{_PAPERS}(?:{_OFFICE})?{_NAME}|{_PAPERS}{_PARTY}|(?:{_SAYS}|\b(?i:did|does|has)\s+){_PARTY}")
_SAYING = re.compile(rf"(?:{_OFFICE}|{_SAYS}){_NAME}|\b(?i:did|does|has|had)\s+{_NAME}{_ASKED}")
_INSIDE = re.compile(rf"(?:(?<=[^\W_]\s)|(?<=[,;]\s)){_CAPITAL}")
_MINISTRY_WORDS = frozenset(
    word for names in OTHER_NAMES.items() for name in names for word in name.casefold().replace(",", " ").split()
)
_ONLY_NAME = re.compile(rf"(?!(?i:in|en|and|op|te|is)\b){_CAPITAL}(?:\s+(?:{_PARTICLE}\s+)*{_CAPITAL}){{1,3}}")
_WORDS = re.compile(r"[^\W_][\w’'-]*")

UnknownWords = Callable[[Sequence[QuestionWord]], Collection[str]]
"""Gives those words that occur nowhere in the library."""


def names_not_held(
    question: str, language: Language, *, register: Register, parties: Collection[str], unknown: UnknownWords
) -> Unheld:
    """Return the names in a question, from which papers were taken out, that a library does not hold.

    Args:
        question: as typed.
        language: of the question.
        register: of people, by name.
        parties: that the documents are by.
        unknown: tells which words occur nowhere.
    """
    if question.isupper() or is_other_language(question):
        return HELD
    named = list(_named_by(question))
    people = [name for name, _is_by in named if not (_is_known(name, register) or _is_ministry(name))]
    absent = [name for name in people if name not in PARTIES and unknown(_words_of(name, language))]
    held = [name_key(party) for party in parties]
    silent = [
        name
        for name, is_by in named
        if is_by and name not in absent and (not _is_among(name, held) if name in PARTIES else name in people)
    ]
    if absent or language != "nl":
        certainty = Certainty.UNCLEAR if absent else Certainty.PROBABLE
        is_only = bool(absent) and len(absent) == len(named) and _says_no_more(question, absent)
        return _unheld(absent, silent, certainty, is_only=is_only)
    return _unheld(unknown(_names_inside(question, named)), silent, Certainty.PROBABLE)


def _unheld(nowhere: Iterable[str], not_by: Iterable[str], certainty: Certainty, *, is_only: bool = False) -> Unheld:
    unheld = Unheld(tuple(dict.fromkeys(nowhere)), tuple(dict.fromkeys(not_by)), is_only, certainty)
    return unheld or HELD


def _names_inside(question: str, named: Sequence[tuple[str, bool]]) -> list[QuestionWord]:
    """Return the words with a capital inside a Dutch question, without those of people and parties."""
    said = {word for name, _is_by in named for word in name.split()}
    inside = [word for word in dict.fromkeys(_INSIDE.findall(question)) if word not in said]
    return _words_of(" ".join(inside), "nl")


def _named_by(question: str) -> Iterator[tuple[str, bool]]:
    """Yield people and parties that are named, and whether documents of theirs are meant, or what they said in some document."""
    if _ONLY_NAME.fullmatch(question.strip(" ?!.")):
        yield question.strip(" ?!."), False
        return
    for pattern, is_by in ((_BY, True), (_SAYING, False)):
        for match in pattern.finditer(question):
            if name := next(filter(None, match.groups()), ""):
                yield name, is_by


def _is_known(name: str, register: Register) -> bool:
    """Tell whether someone goes by a name, or by some of its words."""
    words = name.removesuffix("'s").removesuffix("’s").split()
    places = range(len(words) + 1)
    return any(register.people_called(name_key(" ".join(words[start:end]))) for end in places for start in range(end))


def _is_ministry(name: str) -> bool:
    return _MINISTRY_WORDS.issuperset(word for word in name.casefold().split() if word not in PARTICLES | {"voor"})


def _is_among(party: str, held: Iterable[str]) -> bool:
    return any(name_key(party) in other for other in held)


def _words_of(name: str, language: Language) -> list[QuestionWord]:
    return [word for word in question_words(name, language) if plain(word.text) not in PARTICLES]


def _says_no_more(question: str, names: Sequence[str]) -> bool:
    for name in names:
        question = question.replace(name, " ")
    return all(plain(word) in PEOPLE_WORDS for word in _WORDS.findall(question))
