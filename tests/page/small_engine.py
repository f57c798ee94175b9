"""A deterministic engine for the page: three hand-made documents, one of them hostile, found by the words of the question.

Run as a program it serves the page, on a free port unless one is given, and prints the address.
"""

import re
import sys
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date

from qa.answer import Answer, Citation, Language, OtherPlace, Relevance
from qa.answering import MAX_QUESTION
from qa.conversation import Earlier
from qa.document import Document, Footnote, Kind, Metadata, Person
from qa.exceptions import BronvraagError, NotInLibraryError, QuestionError
from qa.feedback import Feedback, FeedbackError
from qa.library import Catalogue, DocumentRecord, PassageRecord
from qa.library.filters import Filters
from qa.parliament.formal_reference import formal_reference
from qa.passage import Passage, Role
from qa.readers.pdf_picture import PagePicture
from qa.understanding import Recognised
from qa.understanding.recognition import Recogniser
from qa.workers.painter import Painter
from qa.workers.picturing import PictureRequest
from tests.builders import catalogue_of

QUOTE_OF_ANSWER_4 = (
    "De onderzoekers concludeerden dat de ware omvang van de populatie onrechtmatig in Nederland verblijvende vreemdelingen "
    "waarschijnlijk tussen de ca. 23.000 en ca. 58.000 vreemdelingen ligt."
)
QUOTE_OF_LETTER = "Het Global Compact on Migration (GCM) is op 10 december 2018 in Marrakesh aangenomen."
FILLER = (
    "Het kabinet hecht aan een zorgvuldige uitvoering en voert daarover regelmatig overleg met gemeenten, uitvoeringsorganisaties "
    "en internationale partners, zodat afspraken ook in de praktijk werken en de Kamer tijdig wordt geïnformeerd."
)
HOSTILE = (
    "<script>window.__xss=1</script> <img src=x onerror=window.__xss=2> <svg onload=window.__xss=3> ${window.__xss=4} {{window.__xss=5}} "
    "[klik](javascript:window.__xss=6) ![beeld](https://outside.example/a.png) `code` $$x$$ <https://outside.example> www.outside.example "
    '<a style="position:fixed;inset:0;background:red" href="https://outside.example">x</a> \u202eomgekeerd\u2066 # kop | tabel | *nadruk* _u_.'
)
HOSTILE_TITLE = (
    'Brief over [haakjes](https://outside.example "x") <b onclick=window.__xss=7>vet</b> & ${window.__xss=8} "aanhaling"'
)


def build_document(
    document_id: str,
    paragraphs: Sequence[tuple[Role | None, str]],
    *,
    metadata: Metadata,
    source: str = "/data/bestand.txt",
    notes: Sequence[tuple[int, str]] = (),
    n_pages: int = 0,
) -> tuple[Document, tuple[Passage, ...]]:
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


def _library() -> dict[str, tuple[Document, tuple[Passage, ...]]]:
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
            *[(Role.ANSWER, f"{FILLER} ({number})") for number in range(1, 12)],
            (None, "Vraag 4"),
            (
                Role.QUESTION,
                "Klopt het dat enkele tienduizenden uitgeprocedeerden in Nederland verblijven? Uit welke herkomstlanden?",
            ),
            (None, "Antwoord 4"),
            (
                Role.ANSWER,
                f"Het kabinet kan geen precieze aantallen geven. Daarover is uw Kamer geïnformeerd. {QUOTE_OF_ANSWER_4} Zie ook hierna.",
            ),
            *[(None, f"{FILLER} ({number})") for number in range(12, 20)],
            (Role.FOOTNOTE, "1 Kamerstuk 19 637, nr. 2688."),
            (Role.FOOTNOTE, "2 Deelname en inzet Nederland aan het IMRF, d.d. 29 april 2022."),
        ],
        metadata=Metadata(
            title="Het International Migration Review Forum (IMRF) van 17 t/m 20 mei 2022 te New York",
            kind=Kind.ANSWERS,
            official_id="ah-tk-20212022-2856",
            date="2022-05-16",
        ),
        source="/data/001_22b0354069afef56.txt",
        notes=[(1, "Kamer geïnformeerd."), (2, "Klopt het")],
        n_pages=3,
    )
    letter = build_document(
        "3d4e5f",
        [(Role.PARAGRAPH, f"{FILLER} ({number})") for number in range(4)]
        + [(Role.PARAGRAPH, f"Geachte voorzitter. {QUOTE_OF_LETTER} {FILLER}")]
        + [(Role.PARAGRAPH, f"{FILLER} ({number})") for number in range(4, 12)],
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
    return {document.document_id: (document, passages) for document, passages in (questions, letter, hostile)}


class SmallEngine:
    """Cites what a word of the question leads to, and refuses where no word does."""

    def __init__(self) -> None:
        self._library = _library()
        self._painter = Painter()
        passages = [(document_id, passage) for document_id, (_, held) in self._library.items() for passage in held]
        self._passages = [PassageRecord(number, *passage) for number, passage in enumerate(passages, start=1)]
        self.histories: list[tuple[str, ...]] = []
        self.feedback: list[Feedback] = []

    intake = None

    def counts(self) -> tuple[int, int]:
        return len(self._library), len(self._passages)

    def catalogue(self) -> Catalogue:
        return catalogue_of(self.documents())

    def recognise(self, question: str) -> Recognised:
        return Recogniser(self.catalogue()).recognise(question, today=date.today())

    def ask(
        self,
        question: str,
        history: Sequence[Earlier] = (),
        *,
        top_k: int = 5,
        filters: Filters | None = None,
        declined: Filters | None = None,
    ) -> Answer:
        applied = self.recognise(question).without(declined or Filters()).applied
        filters = (filters or Filters()).joined(applied) or None
        self.histories.append(tuple(history))
        if not question.strip():
            raise QuestionError("question_empty")
        if len(question) > MAX_QUESTION:
            raise QuestionError("question_too_long", n=len(question), most=MAX_QUESTION)
        if "traag" in question:
            time.sleep(1)
        language: Language = "en" if re.search(r"\b(the|which|how)\b", question, re.IGNORECASE) else "nl"
        within = self.catalogue().documents_matching(filters or Filters())
        citations = tuple(found for found in self._citations(question.casefold()) if found.document_id in within)[:top_k]
        if not citations:
            nothing = {"nl": "Hierover staat niets in de documenten.", "en": "The documents say nothing about this."}
            return Answer(
                question=question,
                language=language,
                refused=True,
                message=nothing[language],
                citations=(),
                unknown_words=tuple(word for word in ("brood", "<b>kaas</b>") if word in question),
            )
        found = {
            "nl": "Dit zeggen de documenten hierover:",
            "en": "This is what the documents, which are in Dutch, say about it:",
        }
        if "overal" in question:
            citations = (replace(citations[0], also_in=self._other_places()), *citations[1:])
        if "elders" in question:
            citations = (replace(citations[0], also_in=self._other_places()[:1]), *citations[1:])
        return Answer(question=question, language=language, refused=False, message=found[language], citations=citations)

    def document(self, document_id: str) -> Document:
        if document_id not in self._library:
            raise NotInLibraryError("no_such_document", document_id=document_id)
        return self._library[document_id][0]

    def documents(self) -> Sequence[DocumentRecord]:
        records = [
            DocumentRecord(document.document_id, document.metadata, document.source, "2026-11-22T10:00:00+00:00", len(passages))
            for document, passages in self._library.values()
        ]
        return sorted(records, key=lambda record: record.metadata.title)

    def documents_called(self, identifiers: Collection[str]) -> Mapping[str, str]:
        return self.catalogue().documents_called(identifiers)

    def page_picture(self, document: Document, page: int, span: tuple[int, int]) -> PagePicture:
        return self._painter.draw(PictureRequest.of(document, page, span))

    def passages(self, document_id: str) -> Sequence[Passage]:
        return self._library[document_id][1]

    def passage_records(self, document_id: str) -> Sequence[PassageRecord]:
        return [record for record in self._passages if record.document_id == document_id]

    def passage(self, passage_id: int) -> PassageRecord:
        if not 1 <= passage_id <= len(self._passages):
            raise NotInLibraryError("no_such_passage", passage_id=str(passage_id))
        return self._passages[passage_id - 1]

    def suggestions(self, answer: Answer, history: Sequence[str]) -> Sequence[str]:
        """The members' questions in the small library that have not been asked."""
        questions = [record.passage.text for record in self._passages if record.passage.role is Role.QUESTION]
        return [question for question in questions if question not in {*history, answer.question}]

    def give_feedback(self, feedback: Feedback) -> None:
        if "kapot" in feedback.remark:
            raise FeedbackError("feedback_not_written", path="feedback.jsonl", reason="vol")
        self.feedback.append(feedback)

    def _citations(self, question: str) -> list[Citation]:
        places = [
            ("vreemdelingen", "0a1b2c", QUOTE_OF_ANSWER_4, Relevance.STRONG),
            (
                "vreemdelingen",
                "0a1b2c",
                "Klopt het dat enkele tienduizenden uitgeprocedeerden in Nederland verblijven?",
                Relevance.POSSIBLE,
            ),
            ("global compact", "3d4e5f", QUOTE_OF_LETTER, Relevance.STRONG),
            ("global compact", "0a1b2c", QUOTE_OF_ANSWER_4, Relevance.WEAK),
            ("gevaar", "6a7b8c", HOSTILE, Relevance.STRONG),
        ]
        found = [place[1:] for place in places if place[0] in question]
        return [self.citation(number, *place) for number, place in enumerate(found, start=1)]

    def _other_places(self) -> tuple[OtherPlace, ...]:
        """Three places for a quote: where it is said in the letter, in the set of questions and in the hostile document."""
        quotes = (QUOTE_OF_LETTER, QUOTE_OF_ANSWER_4, HOSTILE)
        found = [
            self.citation(1, document_id, quote, Relevance.STRONG)
            for document_id, quote in zip(("3d4e5f", "0a1b2c", "6a7b8c"), quotes, strict=True)
        ]
        names = [field.name for field in fields(OtherPlace)]
        return tuple(OtherPlace(**{name: getattr(citation, name) for name in names}) for citation in found)

    def citation(self, number: int, document_id: str, quote: str, relevance: Relevance) -> Citation:
        """Return the citation of a quote that stands in a document."""
        document = self.document(document_id)
        start = document.text.index(quote)
        record = next(
            record for record in self.passage_records(document_id) if record.passage.start <= start < record.passage.end
        )
        passage = record.passage
        return Citation(
            number=number,
            passage_id=record.passage_id,
            document_id=document_id,
            title=document.metadata.title,
            source=document.source,
            official_id=document.metadata.official_id,
            date=document.metadata.date,
            kind=document.metadata.kind,
            role=passage.role,
            numbers=passage.numbers,
            page=document.page_at(start),
            start=passage.start,
            end=passage.end,
            passage=passage.text,
            quote=quote,
            quote_start=start,
            quote_end=start + len(quote),
            relevance=relevance,
            score=1 / number,
            reference=formal_reference(document.metadata, passage.role, passage.numbers),
            asked_by=(Person(name="Van Haga", affiliation="Groep Van Haga"),) if document_id == "0a1b2c" else (),
            answered_by=(Person(name="Van der Burg", affiliation="Justitie en Veiligheid"),) if document_id == "0a1b2c" else (),
        )


def _say(url: str) -> None:
    sys.stdout.write(f"{url}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    from qa.server.serving import serve

    try:
        serve(
            SmallEngine(),
            host="127.0.0.1",
            port=int(sys.argv[1]) if sys.argv[1:] else 0,
            on_ready=_say,
        )
    except BronvraagError as error:
        sys.exit(str(error))
