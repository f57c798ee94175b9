"""What the library holds, in words and as lists of documents, and questions that it answers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from qa.answer import Language, LibraryLink
from qa.answering.opening_questions import opening_questions
from qa.document import Kind, Person
from qa.library import Catalogue, DocumentRecord, Library, Order
from qa.library.catalogue import person_name
from qa.library.filters import EVERYTHING, Dimension, Filters
from qa.library.register import RegisteredPerson
from qa.parliament.person_names import name_key
from qa.understanding import Understanding
from qa.wording import answers as messages
from qa.wording.documents import say_date, say_kind
from qa.wording.filters import say_dimension, say_filters, say_part
from qa.wording.interface import EXAMPLES_ARE_ABOUT, examples

N_EXAMPLES = 2
N_VALUES = 12
"""Names that are listed; the rest stand in the list of documents."""

_NEWEST = re.compile(r"\b(?:nieuwste|laatste|recentste|recente?|newest|latest|most\s+recent|recent)\b", re.IGNORECASE)
_OLDEST = re.compile(r"\b(?:oudste|oldest|earliest)\b", re.IGNORECASE)
_PEOPLE: Sequence[tuple[re.Pattern[str], Dimension]] = (
    (re.compile(r"\b(?:ministers|bewindspersonen|staatssecretarissen|secretaries)\b", re.IGNORECASE), "ministers"),
    (re.compile(r"\b(?:ministeries|ministries|departementen|departments)\b", re.IGNORECASE), "ministries"),
    (re.compile(r"\b(?:kamerleden|leden|members|mps)\b", re.IGNORECASE), "members"),
    (re.compile(r"\b(?:partijen|fracties|parties)\b", re.IGNORECASE), "parties"),
    (re.compile(r"\bdossiers?\b", re.IGNORECASE), "dossiers"),
)
_KINDS: Mapping[Kind, re.Pattern[str]] = {
    Kind.LETTER: re.compile(r"\b(?:kamer)?brie(?:f|ven)\b|\bletters?\b", re.IGNORECASE),
    Kind.MOTION: re.compile(r"\b(?:moties?|motions?)\b", re.IGNORECASE),
    Kind.REPORT: re.compile(r"\bdebat(?:ten)?\b|\bdebates?\b", re.IGNORECASE),
    Kind.ANSWERS: re.compile(r"\b(?:antwoord(?:en)?|answers?)\b", re.IGNORECASE),
}
_BEFORE_ALL = "0001-01-01"
_YEARS = re.compile(r"\b(?:jaren?|periodes?|years?|periods?|wanneer|when)\b", re.IGNORECASE)


def example_questions(library: Library, language: Language) -> tuple[str, ...]:
    """Return two questions that this library answers: ours where it holds what they are about, or else members' own."""
    catalogue = library.catalogue()
    if catalogue.listing(words=EXAMPLES_ARE_ABOUT, n_most=1).n_documents:
        return examples(language)[:N_EXAMPLES]
    own = opening_questions(catalogue, lambda document_id: [one.passage for one in library.passages_of(document_id)])
    return tuple(own[:N_EXAMPLES])


def library_reply(library: Library, understood: Understanding) -> tuple[str, tuple[LibraryLink, ...]]:
    """Return what the library holds of what a message asks for, in words and as lists of documents."""
    catalogue, language, question = library.catalogue(), understood.language, understood.question
    filters = meant_filters(catalogue, understood)
    n_found = catalogue.n_matching(filters)
    said = [_held(catalogue, filters, n_found, language)]
    ends: list[LibraryLink] = []
    if not n_found and filters.date_from:
        filters = replace(filters, date_from=None, date_to=None)
        if n_found := catalogue.n_matching(filters):
            said.append(_held(catalogue, filters, n_found, language))
    if n_found:
        told, ends = _ends(catalogue, filters, question, language)
        said += told
        asked = next((dimension for pattern, dimension in _PEOPLE if pattern.search(question)), None)
        if asked:
            said.append(_values(catalogue, filters, asked, language))
    return messages.joined(*said), (*ends, *_links(catalogue, filters, n_found, language))


def meant_filters(catalogue: Catalogue, understood: Understanding) -> Filters:
    """Return the filters that a question about the library names: those for certain, those that elsewhere are only suggested, and people without their office.

    What kind of document it names counts in the singular too: `de nieuwste brief van Van der Burg`.
    """
    filters = understood.limits
    for part in understood.recognised.suggested:
        filters = filters.joined(part)
    if not (filters.members or filters.ministers):
        for person in understood.named.people:
            filters = filters.joined(_documents_of(catalogue, person))
    if not filters.kinds:
        filters = filters.joined(Filters(kinds=_kinds_named(understood.question)))
    return filters


def _documents_of(catalogue: Catalogue, person: RegisteredPerson) -> Filters:
    """Return the filter for a person, as the catalogue writes the name."""
    dimension: Dimension = "ministers" if len(person.answered) > len(person.asked) else "members"
    wanted = name_key(person_name(Person(name=person.name)))
    names = tuple(name for name in catalogue.values(dimension) if name_key(name) == wanted)
    return Filters(ministers=names) if dimension == "ministers" else Filters(members=names)


def _kinds_named(question: str) -> tuple[Kind, ...]:
    return tuple(kind for kind, pattern in _KINDS.items() if pattern.search(question))


def _held(catalogue: Catalogue, filters: Filters, n_found: int, language: Language) -> str:
    if filters:
        said = say_filters(filters, language, title_of=catalogue.title)
        return messages.held(language, n_found, said)
    counts = catalogue.facets(EVERYTHING).counts["kinds"]
    kinds = ", ".join(f"{say_part(Filters(kinds=(count.value,)), language)} ({count.n_documents})" for count in counts)  # type: ignore[arg-type]  # a kind's name
    return messages.reply("library_count", language, n=n_found, kinds=kinds or "-")


def _ends(catalogue: Catalogue, filters: Filters, question: str, language: Language) -> tuple[list[str], list[LibraryLink]]:
    """Return the newest or the oldest document, with a link to it, or from when to when they are, as far as the question asks."""
    newest = catalogue.listing(filters, order=Order.NEWEST, n_most=1).records[0]
    said, links = [], []
    for pattern, code in ((_NEWEST, "library_newest"), (_OLDEST, "library_oldest")):
        if pattern.search(question):
            record = newest if pattern is _NEWEST else _oldest(catalogue, filters) or newest
            title, day = record.metadata.title, record.metadata.date
            said.append(messages.reply(code, language, title=title, date=f" ({say_date(day, language)})" if day else ""))
            links.append(LibraryLink(label=title, filters={"document_ids": [record.document_id]}, n_documents=1))
    if not said and _YEARS.search(question) and (oldest := _oldest(catalogue, filters)):
        first, last = (say_date(one.metadata.date or "", language) for one in (oldest, newest))
        said.append(messages.reply("library_years", language, first=first, last=last))
    return said, links


def _oldest(catalogue: Catalogue, filters: Filters) -> DocumentRecord | None:
    """Return the oldest document that fits and states a date."""
    dated = filters if filters.date_from or filters.date_to else replace(filters, date_from=_BEFORE_ALL)
    n_dated = catalogue.n_matching(dated)
    return catalogue.listing(dated, order=Order.NEWEST, start=n_dated - 1, n_most=1).records[0] if n_dated else None


def _values(catalogue: Catalogue, filters: Filters, dimension: Dimension, language: Language) -> str:
    counts = catalogue.facets(filters).counts[dimension]
    names = [f"{count.value} ({count.n_documents})" for count in counts[:N_VALUES]]
    more = [messages.reply("more", language, n=len(counts) - N_VALUES)] if len(counts) > N_VALUES else []
    what = say_dimension(dimension, language)
    return messages.reply("library_people", language, what=what, values=", ".join([*names, *more]) or "-")


def _links(catalogue: Catalogue, filters: Filters, n_found: int, language: Language) -> tuple[LibraryLink, ...]:
    if filters:
        label = say_filters(filters, language, title_of=catalogue.title)
        return (LibraryLink(label=label, filters=filters.as_dict(), n_documents=n_found),)
    kinds = catalogue.facets(EVERYTHING).counts["kinds"]
    return (
        LibraryLink(label=messages.reply("all", language), filters={}, n_documents=len(catalogue)),
        *(
            LibraryLink(
                label=say_kind(Kind(count.value), language), filters={"kinds": [count.value]}, n_documents=count.n_documents
            )
            for count in kinds
        ),
    )
