"""Opening questions: questions of members that stand in the newest sets and have an answer there, for who does not know what to ask.

They are the members' own words and the library holds an answer to each, so that a first click does not end in a refusal. Only those that ask for a fact are taken:
"Bent u het ermee eens dat ..." would put an opinion into the reader's mouth.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from qa.answering.suggestions import PassagesOf, askable_sentence
from qa.document import Kind
from qa.library import Catalogue
from qa.library.filters import Filters
from qa.parliament.headings import parse_pointer
from qa.passage import Passage, Role

N_QUESTIONS = 4
_ASKS_FOR_A_FACT = re.compile(r"(?:hoeveel|welke?|wat|wanneer|waar|wie|hoe)\b", re.IGNORECASE)
MAX_SETS = 12
"""Sets that are looked through; a library may hold thousands."""


def opening_questions(catalogue: Catalogue, passages_of: PassagesOf) -> list[str]:
    """Return at most four questions, each of another set, the newest first.

    Args:
        catalogue: of the library.
        passages_of: gives the passages of a document.
    """
    sets = catalogue.listing(Filters(kinds=(Kind.ANSWERS,)), n_most=MAX_SETS).records
    first_of_each = (next(_answered_questions(passages_of(record.document_id)), None) for record in sets)
    return list(islice(dict.fromkeys(question for question in first_of_each if question), N_QUESTIONS))


def _answered_questions(passages: Sequence[Passage]) -> Iterator[str]:
    answered = {
        number
        for passage in passages
        if passage.role is Role.ANSWER and not parse_pointer(passage.text)
        for number in passage.numbers
    }
    for passage in passages:
        question = askable_sentence(passage.text) if passage.role is Role.QUESTION else None
        if question and _ASKS_FOR_A_FACT.match(question) and answered.intersection(passage.numbers):
            yield question
