"""`Names`: what a question names and the library holds, so that an identifier, a member or a minister leads there directly.

1. A question that only names a document, `Kamerstuk 30 573 nr. 153`, is answered with the document itself: the answers it asks for, or all its passages.
   One that only names a person is answered with the introductions of their documents, the newest first.
2. A question that also asks something is looked up in the named document or dossier, and among a named person's documents, before all others.
3. What is certainly named and not held is said, so that no other document is taken for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from qa.answer import Language
from qa.library import Library, PassageRecord
from qa.library.register import Register
from qa.passage import Role
from qa.understanding.mentions import Mentions, documents_mentioned, mentions_of, missing_from, missing_parts, passages_named
from qa.understanding.named_people import people_mentioned
from qa.wording.missing import say_missing, say_missing_parts


@dataclass(frozen=True)
class Named:
    """What a question names.

    Attributes:
        passages: to be shown as they are, because the question asks for nothing else.
        document_ids: to look in first.
        missing: what is named and not held, in a sentence; empty if everything is.
        is_only: whether the question names things and asks nothing else.
    """

    passages: Sequence[PassageRecord] = ()
    document_ids: Sequence[str] = ()
    missing: str = ""
    is_only: bool = False


class Names:
    """Looks up what questions name in one library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._register = Register.from_records(())
        self._revision = -1

    def named(self, question: str, language: Language, n_passages: int) -> Named:
        """Return what a question names, with at most `n_passages` passages to be shown directly."""
        register = self._current_register()
        mentions = mentions_of(question)
        documents = documents_mentioned(mentions, register)
        missing = missing_from(mentions, register)
        if documents or missing:
            said = say_missing(missing, register, language) if missing else ""
            return self._of_documents(mentions, documents, said, language, n_passages)
        people = people_mentioned(mentions.rest, register)
        if not people.is_only:
            return Named(document_ids=people.document_ids)
        introductions = [
            record
            for document_id in people.document_ids[:n_passages]
            for record in self._library.passages_of(document_id)
            if record.passage.role is Role.INTRODUCTION
        ]
        return Named(introductions[:n_passages], people.document_ids, is_only=bool(introductions))

    def _of_documents(
        self, mentions: Mentions, documents: Sequence[str], said: str, language: Language, n_passages: int
    ) -> Named:
        if not mentions.is_only:
            return Named((), documents, said)
        shown: list[PassageRecord] = []
        for document_id in documents[:n_passages]:
            passages = self._library.passages_of(document_id)
            shown += passages_named(passages, mentions)
            answers, questions = missing_parts(passages, mentions)
            if answers or questions:
                title = self._library.document(document_id).metadata.title
                said = f"{said} {say_missing_parts(title, answers=answers, questions=questions, language=language)}".strip()
        return Named(shown[:n_passages], documents, said, is_only=True)

    def _current_register(self) -> Register:
        revision = self._library.revision
        if revision != self._revision:
            self._register, self._revision = Register.from_records(self._library.documents()), revision
        return self._register
