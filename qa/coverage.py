"""`coverage_doubts`: whether the passages of a document hold the words that the document does."""

from collections.abc import Sequence

from qa.document import Document, Doubt, DoubtCode
from qa.passage import Passage
from qa.segmenter import n_words_outside

MAX_OUTSIDE = 0.2
"""Share of a document's words in no passage and in the context of none; the head of a publication is a few of them."""


def coverage_doubts(document: Document, passages: Sequence[Passage]) -> tuple[Doubt, ...]:
    """Return the doubt that nothing, or far less than all, of a document can be found, if it is so."""
    n_pages = len(document.page_starts)
    if not passages:
        return (Doubt(DoubtCode.NO_PASSAGES, n_pages=n_pages),)
    n_outside = n_words_outside(document, passages)
    if n_outside > MAX_OUTSIDE * len(document.text.split()):
        return (Doubt(DoubtCode.FEW_WORDS, n_pages=n_pages),)
    return ()
