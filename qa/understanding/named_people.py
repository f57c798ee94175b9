"""`NamedPeople`: the members and members of the government of a library's documents that a question names.

1. Every few consecutive words of the question are looked up as a name, the longest first (`qa.parliament.person_names` says how names are compared).
2. A name that is not an ordinary word counts in any case. One that is (`Klaver`, `De Jonge`) counts with a capital that does not merely begin the
   sentence, after an office (`lid Klaver`), or where the question says nothing else.
3. Of people of one name all count, unless the question tells them apart by party or given name. After `lid` those count who ask, after `minister`
   those who answer.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qa.library.register import Register, RegisteredPerson
from qa.parliament.person_names import WORD, key_of_words, mended, name_key, plain
from qa.understanding.opening_words import PEOPLE_WORDS, only_opens


@dataclass(frozen=True, kw_only=True)
class NamedPeople:
    """Who is named.

    Attributes:
        people: in the order of the question; of an ambiguous name all.
        document_ids: that they asked or answered, the newest first; of several people those that all of them share, if there are any.
        is_only: whether the question names people and asks nothing about a subject.
        rest: the question without the names.
    """

    people: tuple[RegisteredPerson, ...]
    document_ids: tuple[str, ...]
    is_only: bool
    rest: str

    def __bool__(self) -> bool:
        return bool(self.people)


MAX_WORDS = 7
"""Of a name: `Faber-van de Klashorst` has four."""

ORDINARY_WORDS = frozenset("""
bakker beek beer berg bevers bikker bisschop blaauw bloem boer bok bol boon boot bos bouwman brand brink broek brouwer bruin burg burger dam dekker dijk
dijken dijkgraaf dik dobbe doorn duin duinen engels gans geest graaf gras groen groot haan haas hagen hak hart heer hees heide heinen helder heuvel hoek
hof hond hoop hoorn huis jong jonge kamerling kamp kat keizer ketelaar klaver klein klink knop koekkoek koning konings kop kort koster kraan kruis krul
kuiken kuiper kunst laan lach lam lamp land lang lange lee leer leeuw lier linde lip loon maas man meer mees mes mol mooi molen mulder naald nagel nobel
oost oosten oud ouden paars peters plas pool post pot prins ram recht ridder rijk roemer rood roos schaap schoof schouten schouw schut slag slot smid snel
sneller sterk sterren stoffer stok stoop struik tak valk veen veld velde vis visser vlag vogel voogd voort vos vries vrede waal wal water welzijn west
wever wijk wijngaarden wilde wind winter wit witte wolf wolk woud zand zee zoet zomer zon zuid zwart
black bell brown bush cook day field fish ford forest fox gray green grey hall hill hope hunt king knight lake lane law long march may moor page park
plant price rice rose stone summer swan way white wood young
""".split())  # fmt: skip
"""Words of Dutch or English, and names of languages and directions, that are surnames too."""

_CAPITAL_ANYWAY = frozenset("engels koning rijk oosten zuid oost west prins may march king law".split())
"""Those that are written with a capital as ordinary words too."""

_MEMBERS = frozenset("lid leden kamerlid kamerleden member members mp mps".split())
_GOVERNMENT = frozenset("minister ministers staatssecretaris staatssecretarissen bewindspersoon secretary premier".split())
_OFFICES = _MEMBERS | _GOVERNMENT | frozenset("mevrouw heer dhr mw mr mrs ms state".split())
_INSIDE = re.compile(r"[\s.,'’‘/\u2010-\u2015-]{0,3}")
_PARTY = re.compile(r"\s?\((?P<party>[^()]{1,60})\)")
_AND = re.compile(r"\s?(?:,|&|\b(?:en|and|of|or)\b)[\s,]*(?:(?:en|and)\s)?(?:van\s|by\s)?(?:het\slid\s|de\s)?")


@dataclass(frozen=True, kw_only=True)
class _Word:
    """A word of the question: how it is compared, where it stands, and whether it has a capital."""

    plain: str
    start: int
    end: int
    has_capital: bool


@dataclass(frozen=True, kw_only=True)
class _Name:
    """A name in the question: the people who go by it, and whether it can be nothing but a name."""

    people: tuple[RegisteredPerson, ...]
    start: int
    end: int
    is_certain: bool


def people_mentioned(question: str, register: Register) -> NamedPeople:
    """Return who is named in a question, from which identifiers were taken out, and which documents are theirs."""
    text = _read(question)
    found = list(_names(text, register))
    is_only = bool(found) and only_opens(_without(text, found), PEOPLE_WORDS | _parties(found))
    names = found if is_only else [name for name in found if name.is_certain]
    people = tuple(dict.fromkeys(person for name in names for person in name.people))
    return NamedPeople(
        people=people,
        document_ids=_documents(names, register),
        is_only=is_only,
        rest=_without(text, names) if names else question,
    )


def _names(text: str, register: Register) -> Iterator[_Name]:
    words = _words(text)
    place, before = 0, None
    while place < len(words):
        name, place = _name_at(text, words, place, before, register)
        if name:
            before = name
            yield name


def possible_names(question: str) -> set[str]:
    """Return every name that some consecutive words of a question may be, also with the s of a possessive, as a register has it."""
    words = _words(_read(question))
    keys = {
        key_of_words([word.plain for word in words[start:end]])
        for start in range(len(words))
        for end in range(start + 1, min(len(words), start + MAX_WORDS) + 1)
    }
    return keys | {key[:-1] for key in keys if key.endswith("s")}


def _read(question: str) -> str:
    return mended(" ".join(question.split()))


def _words(text: str) -> list[_Word]:
    knows_capitals = not text.isupper()
    return [
        _Word(plain=plain(m[0]), start=m.start(), end=m.end(), has_capital=knows_capitals and m[0][0].isupper())
        for m in WORD.finditer(text)
    ]


def _name_at(text: str, words: Sequence[_Word], place: int, before: _Name | None, register: Register) -> tuple[_Name | None, int]:
    """Return the longest name that begins at a word, and the place of the word after it, or None and the place of the next word."""
    for end in range(_last_joined(text, words, place), place, -1):
        people = _people(words[place:end], register)
        people = tuple(person for person in people if not _has_other_given_name(words, place, end, person))
        if people:
            party = _PARTY.match(text, words[end - 1].end)
            found = _Name(
                people=_told_apart(people, words, place, party["party"] if party else ""),
                start=words[place].start,
                end=party.end() if party else words[end - 1].end,
                is_certain=_is_certain(text, words, place, end, before),
            )
            return found, end
    return None, place + 1


def _last_joined(text: str, words: Sequence[_Word], place: int) -> int:
    end = place + 1
    while end < min(len(words), place + MAX_WORDS) and _INSIDE.fullmatch(text, words[end - 1].end, words[end].start):
        end += 1
    return end


def _people(words: Sequence[_Word], register: Register) -> tuple[RegisteredPerson, ...]:
    key = key_of_words([word.plain for word in words])
    people = register.people_called(key)
    is_possessive = not people and len(key) > 4 and key.endswith("s") and words[-1].has_capital
    return register.people_called(key[:-1]) if is_possessive else people


def _has_other_given_name(words: Sequence[_Word], place: int, end: int, person: RegisteredPerson) -> bool:
    """Tell `Jasper van Dijk` from `Inge van Dijk`, where both the question and the documents give one."""
    said = words[place - 1] if place else None
    if said is None or not said.has_capital or said.plain in PEOPLE_WORDS | _OFFICES or (place == 1 and end < len(words)):
        return False
    surname = key_of_words([word.plain for word in words[place:end]])
    given = name_key(person.name).removesuffix(surname)
    return bool(given) and name_key(person.name) != surname and given != said.plain


def _told_apart(
    people: tuple[RegisteredPerson, ...], words: Sequence[_Word], place: int, party: str
) -> tuple[RegisteredPerson, ...]:
    """Return those of the party that stands behind the name and of the office before it, as far as there are any."""
    before = {word.plain for word in words[max(0, place - 2) : place]}
    if party:
        people = tuple(p for p in people if name_key(p.party or "") == name_key(party)) or people
    if before & _GOVERNMENT:
        return tuple(replace(p, asked=()) for p in people if p.answered) or people
    return tuple(replace(p, answered=()) for p in people if p.asked) or people if before & _MEMBERS else people


def _is_certain(text: str, words: Sequence[_Word], place: int, end: int, before: _Name | None) -> bool:
    name = words[place:end]
    if name[-1].plain not in ORDINARY_WORDS or (place and words[place - 1].plain in _OFFICES):
        return True
    if before and before.is_certain and _AND.fullmatch(text, before.end, name[0].start):
        return True
    begins = place == 0 or text[words[place - 1].end : name[0].start].strip() in {".", "?", "!", ":"}
    return name[-1].has_capital and name[-1].plain not in _CAPITAL_ANYWAY and not (begins and len(name) == 1)


def _documents(names: Sequence[_Name], register: Register) -> tuple[str, ...]:
    of_each = [{d for person in name.people for d in (*person.asked, *person.answered)} for name in names]
    if not of_each:
        return ()
    return register.newest_first(set.intersection(*of_each) or set.union(*of_each))


def _parties(names: Sequence[_Name]) -> frozenset[str]:
    affiliations = {person.party for name in names for person in name.people if person.party}
    return frozenset(word.casefold() for affiliation in affiliations for word in WORD.findall(affiliation))


def _without(text: str, names: Sequence[_Name]) -> str:
    for name in reversed(names):
        text = f"{text[: name.start]} {text[name.end :]}"
    return " ".join(text.split())
