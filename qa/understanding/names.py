"""`Names`: what a question names and the library holds, so that an identifier, a member or a minister leads there directly.

1. A question that only names a document, `Kamerstuk 30 573 nr. 153`, is answered with the document itself: the answers it asks for, or all its passages.
   One that only names a person is answered with the introductions of their documents, the newest first.
2. A question that also asks something is looked up in the named document or dossier, and among a named person's documents, before all others.
3. What is certainly named and not held is said, so that no other document is taken for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from qa.answer import Language
from qa.library import Library
from qa.library.register import RegisteredPerson
from qa.parliament.references import find_references
from qa.understanding.mentions import Mentions, documents_mentioned, mentions_of, missing_from
from qa.understanding.named_people import people_mentioned, possible_names
from qa.wording.missing import say_missing


@dataclass(frozen=True, kw_only=True)
class Named:
    """What a question names.

    Attributes:
        document_ids: to look in first; those of a paper in the order of the question, those of a person the newest first.
        mentions: of papers, and of answers and questions in them.
        missing: what is named and not held, in a sentence; empty if everything is.
        is_only: whether the question names things and asks nothing else.
        is_person: whether the documents are those of a person.
        words: of the question, that name them.
        people: who are named.
    """

    document_ids: Sequence[str] = ()
    mentions: Mentions
    missing: str = ""
    is_only: bool = False
    is_person: bool = False
    words: Sequence[str] = ()
    people: Sequence[RegisteredPerson] = ()


class Names:
    """Looks up what questions name in one library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def named(self, question: str, language: Language) -> Named:
        """Return what a question names."""
        register = self._library.register()
        mentions = mentions_of(question)
        register.know(
            [*mentions.named, *(reference.identifier for reference in find_references(question))], possible_names(mentions.rest)
        )
        documents = documents_mentioned(mentions, register)
        missing = missing_from(mentions, register)
        if mentions.is_only and not documents and not missing:
            missing = mentions.possible  # asked for by itself, a number is meant as one
        if documents or missing:
            said = say_missing(missing, register, language) if missing else ""
            is_only = mentions.is_only or not documents
            return Named(document_ids=documents, mentions=mentions, missing=said, is_only=is_only)
        people = people_mentioned(mentions.rest, register)
        rest = set(people.rest.split())
        return Named(
            document_ids=people.document_ids,
            mentions=mentions,
            is_only=people.is_only,
            is_person=bool(people),
            words=[word for word in mentions.rest.split() if word not in rest],
            people=people.people,
        )
