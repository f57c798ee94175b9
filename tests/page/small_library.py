"""A small real library for the page: hand-made documents, one of them hostile, stored by the indexer and asked with the fake embedder."""

import atexit
import re
import shutil
import tempfile
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from embeddings import Embeddings
from qa.answer import Answer, Citation
from qa.answering import Answerer
from qa.answering.citing import cite_directly
from qa.desk import Desk
from qa.document import Document, Footnote, Kind, Metadata, Person
from qa.indexing import Indexer
from qa.library import Library, create_library, library_exists, open_library
from qa.passage import Passage, Role
from tests.calibrations import calibration
from tests.fake_embedder import FakeEmbedder

Held = tuple[Document, tuple[Passage, ...]]

QUOTE_OF_ANSWER_4 = (
    "De onderzoekers concludeerden dat de ware omvang van de populatie onrechtmatig in Nederland verblijvende vreemdelingen "
    "waarschijnlijk tussen de ca. 23.000 en ca. 58.000 vreemdelingen ligt."
)
QUESTION_4 = "Klopt het dat enkele tienduizenden uitgeprocedeerden in Nederland verblijven?"
QUOTE_OF_LETTER = "Het Global Compact on Migration (GCM) is op 10 december 2018 in Marrakesh aangenomen."
FILLER = (
    "Het kabinet hecht aan zorgvuldige uitvoering en voert daarover regelmatig overleg met gemeenten, uitvoeringsorganisaties "
    "en internationale partners, zodat afspraken ook in de praktijk werken en de Kamer tijdig wordt geïnformeerd."
)
HOSTILE = (
    "Gevaar dreigt <script>window.__xss=1</script> <img src=x onerror=window.__xss=2> <svg onload=window.__xss=3> ${window.__xss=4} {{window.__xss=5}} "
    "[klik](javascript:window.__xss=6) ![beeld](https://outside.example/a.png) `code` $$x$$ <https://outside.example> www.outside.example "
    '<a style="position:fixed;inset:0;background:red" href="https://outside.example">x</a> \u202eomgekeerd\u2066 # kop | tabel | *nadruk* _u_.'
)
HOSTILE_TITLE = (
    'Brief over [haakjes](https://outside.example "x") <b onclick=window.__xss=7>vet</b> & ${window.__xss=8} "aanhaling"'
)


class SlowEmbedder(FakeEmbedder):
    """Takes a second over a question for every `traag` in it, so that there is time to stop it."""

    def embed_queries(self, queries: Sequence[str]) -> Embeddings:
        time.sleep(max((query.count("traag") for query in queries), default=0))
        return super().embed_queries(queries)


def build_document(
    document_id: str,
    paragraphs: Sequence[tuple[Role | None, str]],
    *,
    metadata: Metadata,
    source: str = "/data/bestand.txt",
    notes: Sequence[tuple[int, str]] = (),
    n_pages: int = 0,
) -> Held:
    """Return a document of these paragraphs with its passages; a note is its number and the word after which its mark stood."""
    text = "\n\n".join(paragraph for _, paragraph in paragraphs)
    passages, footnotes, start = [], [], 0
    bodies = iter(notes)
    for role, paragraph in paragraphs:
        end = start + len(paragraph)
        if role is not None:
            heading = re.search(r"\b(\d+)$", text[:start].strip().rpartition("\n")[2])
            passages.append(
                Passage(role=role, numbers=(int(heading[1]),) if heading else (), start=start, end=end, text=paragraph)
            )
        if role is Role.FOOTNOTE:
            number, word = next(bodies)
            footnotes.append(Footnote(number=number, anchor=text.index(word) + len(word), start=start, end=end))
        start = end + 2
    pages = tuple(text.rfind("\n\n", 0, page * len(text) // n_pages) + 2 if page else 0 for page in range(n_pages))
    document = Document(
        document_id=document_id, source=source, text=text, metadata=metadata, page_starts=pages, footnotes=tuple(footnotes)
    )
    return document, tuple(passages)


def small_documents() -> Sequence[Held]:
    """Return a set of questions, a letter that says one thing twice, and a document whose every text attacks the page."""
    questions = build_document(
        "0a1b2c",
        [
            (None, "Vragen gesteld door de leden der Kamer, met de daarop door de regering gegeven antwoorden"),
            (
                Role.INTRODUCTION,
                "Vragen van het lid Van Haga aan de Staatssecretaris van Justitie en Veiligheid over het IMRF te New York.",
            ),
            (None, "Vraag 3"),
            (Role.QUESTION, "Welke organisaties zijn geconsulteerd over de uitvoering van het Global Compact?"),
            (None, "Antwoord 3"),
            *[(Role.ANSWER, FILLER)] * 11,
            (None, "Vraag 4"),
            (Role.QUESTION, f"{QUESTION_4} Uit welke herkomstlanden?"),
            (None, "Antwoord 4"),
            (
                Role.ANSWER,
                f"Het kabinet kan geen precieze aantallen geven. Wie verblijven hier? Daarover is uw Kamer geïnformeerd. {QUOTE_OF_ANSWER_4} Zie ook hierna.",
            ),
            *[(None, FILLER)] * 8,
            (Role.FOOTNOTE, "1 Kamerstuk 19 637, nr. 2688."),
            (Role.FOOTNOTE, "2 Deelname en inzet Nederland aan het IMRF, d.d. 29 april 2022."),
        ],
        metadata=Metadata(
            title="Het International Migration Review Forum (IMRF) van 17 t/m 20 mei 2022 te New York",
            kind=Kind.ANSWERS,
            official_id="ah-tk-20212022-2856",
            date="2022-05-16",
            asked_by=(Person(name="Van Haga", affiliation="Groep Van Haga"),),
            answered_by=(Person(name="Van der Burg", affiliation="Justitie en Veiligheid"),),
        ),
        source="/data/001_22b0354069afef56.txt",
        notes=[(1, "Kamer geïnformeerd."), (2, "Klopt het")],
        n_pages=3,
    )
    letter = build_document(
        "3d4e5f",
        [
            *[(Role.PARAGRAPH, FILLER)] * 4,
            (Role.PARAGRAPH, f"Geachte voorzitter. {QUOTE_OF_LETTER} {FILLER}"),
            *[(Role.PARAGRAPH, FILLER)] * 8,
            (Role.PARAGRAPH, f"Tot slot. {QUOTE_OF_LETTER}"),
        ],
        metadata=Metadata(title="Deelname en inzet Nederland aan het IMRF", kind=Kind.LETTER, date="2022-04-29"),
        source="/data/kamerbrief.pdf",
    )
    hostile = build_document(
        "6a7b8c",
        [(Role.PARAGRAPH, FILLER), (Role.PARAGRAPH, HOSTILE), (Role.PARAGRAPH, FILLER)],
        metadata=Metadata(
            title=HOSTILE_TITLE, kind=Kind.OTHER, official_id='x"><img src=x onerror=window.__xss=9>', date="<b>gisteren</b>"
        ),
        source="/data/<img src=x onerror=window.__xss=10>.txt",
    )
    return questions, letter, hostile


def make_library(folder: Path, documents: Sequence[Held] = ()) -> Library:
    """Return the library in a folder; it is made of the small documents and of these, if there is none yet."""
    if library_exists(folder):
        return open_library(folder)
    library = create_library(folder, FakeEmbedder.identity)
    Indexer(library, FakeEmbedder()).add([*small_documents(), *documents])
    return library


def desk_over(library: Library) -> Desk:
    """Return a desk whose answers can be worked out: a question is refused unless it shares two words in five with a passage."""
    return Desk(library, Answerer(library, SlowEmbedder(), calibration=calibration(refusal=0.25)))


@cache
def thrown_away_library(documents: Sequence[Held] = ()) -> Library:
    """Return a library that is made once and goes when the process ends."""
    folder = Path(tempfile.mkdtemp(prefix="bronvraag-library-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return make_library(folder / "library", documents)


@cache
def small_desk() -> Desk:
    """Return a desk over the small documents, the same for all tests of a process."""
    desk = desk_over(thrown_away_library())
    atexit.register(desk.close)
    return desk


@cache
def answered(question: str) -> Answer:
    """Return what the small documents say to a question, asked once."""
    return small_desk().ask(question)


def cited(document_id: str, quote: str) -> Citation:
    """Return the citation of a quote that stands in one of the small documents."""
    library = thrown_away_library()
    start = library.document(document_id).text.index(quote)
    record = next(one for one in library.passages_of(document_id) if one.passage.start <= start < one.passage.end)
    within = start - record.passage.start
    [citation] = cite_directly(library, [record], spans={record.passage_id: (within, within + len(quote))})
    return citation
