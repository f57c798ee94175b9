"""The shortlist: which of an answer's citations are shown at once."""

from collections.abc import Sequence

from qa.answer import Citation, Relevance

ALWAYS_SHOWN = 3
"""Citations that are shown however weak: measured, for one question in five the right passage is second or third."""


def shortlist(citations: Sequence[Citation]) -> tuple[Sequence[Citation], Sequence[Citation]]:
    """Return the citations to show at once and the others.

    Beside strong citations, weak ones after the third would mostly be read and dismissed.
    """
    if not any(citation.relevance is Relevance.STRONG for citation in citations):
        return citations, ()
    weak = [citation for citation in citations if citation.relevance is Relevance.WEAK and citation.number > ALWAYS_SHOWN]
    return [citation for citation in citations if citation not in weak], weak
