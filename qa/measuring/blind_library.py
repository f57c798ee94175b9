"""A blind library: documents whose answers were embedded without the questions that they answer.

In a library, an answer is embedded with its question as context. To ask that very question would find it too easily, so it is asked of a temporary library,
in which the members' questions are no passages and are cut out of every context.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from embeddings import Embedder
from qa.indexing import Indexer
from qa.library import Library, create_library
from qa.measuring.self_labels import StoredDocument
from qa.passage import Passage, Role


@contextmanager
def blind_library(sampled: Sequence[StoredDocument], embedder: Embedder) -> Iterator[Library]:
    """Give a library of these documents without their questions; it is deleted when the block ends."""
    with TemporaryDirectory(prefix="bronvraag-", ignore_cleanup_errors=True) as folder:
        library = create_library(Path(folder) / "library", embedder.identity)
        try:
            Indexer(library, embedder).add([(stored.document, blinded(stored)) for stored in sampled])
            yield library
        finally:
            library.close()


def blinded(stored: StoredDocument) -> list[Passage]:
    """Return the passages of a document that ask nothing, their contexts without what is asked."""
    asked = [passage.text for passage in stored.passages if passage.role is Role.QUESTION]
    return [
        replace(passage, context=_without(asked, passage.context))
        for passage in stored.passages
        if passage.role is not Role.QUESTION
    ]


def _without(asked: Sequence[str], context: str) -> str:
    for question in sorted(asked, key=len, reverse=True):  # one may be part of another
        context = context.replace(question, "")
    return "\n".join(line.strip() for line in context.splitlines() if line.strip())
