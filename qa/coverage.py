"""`coverage_doubts`: whether the passages of a document hold the words that the document does."""

from collections.abc import Sequence

from qa.document import Document, Doubt, DoubtCode
from qa.passage import Passage

MIN_COVERAGE = 0.6
"""Share of a document's characters in its passages; headings and names make up the rest."""
MIN_CHARACTERS = 300
"""Shorter documents may be a title and a line."""


def coverage_doubts(document: Document, passages: Sequence[Passage]) -> tuple[Doubt, ...]:
    """Return the doubt that nothing, or far less than all, of a document can be found, if it is so."""
    n_pages = len(document.page_starts)
    if not passages:
        return (Doubt(DoubtCode.NO_PASSAGES, n_pages=n_pages),)
    n_covered = sum(passage.end - passage.start for passage in passages)
    if len(document.text) >= MIN_CHARACTERS and n_covered < MIN_COVERAGE * len(document.text):
        return (Doubt(DoubtCode.FEW_WORDS, n_pages=n_pages),)
    return ()
