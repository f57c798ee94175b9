"""The small engine with more to look at in the source panel. Run as a program it serves the page, like the small engine."""

import sys

from qa.answer import Citation, Relevance
from qa.library import PassageRecord
from tests.page.small_engine import SmallEngine
from tests.page.source_documents import HOSTILE_ANSWER, PDF_QUOTE, TWO_PAGE_QUOTE, long_document, source_documents


class SourceEngine(SmallEngine):
    """Cites PDF files for `bladzijde`, a hostile set of questions for `vijandig`, and a document of 300 pages for `lang`."""

    def __init__(self) -> None:
        super().__init__()
        pdf, changed, gone, badly_named, hostile = sources = source_documents()
        long = long_document()
        self._library |= {document.document_id: (document, passages) for document, passages in (*sources, long)}
        held = [(document_id, passage) for document_id, (_, passages) in self._library.items() for passage in passages]
        self._passages = [PassageRecord(number, *record) for number, record in enumerate(held, start=1)]
        self._places = {
            "bladzijde": [
                (pdf, PDF_QUOTE, Relevance.STRONG),
                (pdf, TWO_PAGE_QUOTE, Relevance.POSSIBLE),
                *((held, PDF_QUOTE, Relevance.POSSIBLE) for held in (changed, gone, badly_named)),
            ],
            "vijandig": [(hostile, HOSTILE_ANSWER, Relevance.STRONG)],
            "lang": [(long, long[1][len(long[1]) * 3 // 4].text[:120], Relevance.STRONG)],
        }

    def _citations(self, question: str) -> list[Citation]:
        places = next((places for word, places in self._places.items() if word in question), ())
        own = [
            self.citation(number, held[0].document_id, quote, how) for number, (held, quote, how) in enumerate(places, start=1)
        ]
        return own or super()._citations(question)


def _say(url: str) -> None:
    sys.stdout.write(f"{url}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    from qa.server.serving import serve

    serve(SourceEngine(), host="127.0.0.1", port=int(sys.argv[1]) if sys.argv[1:] else 0, on_ready=_say)
