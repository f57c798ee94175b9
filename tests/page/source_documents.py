"""Documents to try the source panel with: PDF files that are there, have changed, or are gone, and a hostile set of questions."""

import atexit
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from qa.document import Document, Footnote, Kind, Metadata, Person
from qa.passage import Passage, Role
from qa.readers import read
from qa.segmenter import segment
from tests.page.small_library import Held
from tests.readers.pdf_builder import PdfPage, build_pdf, set_text

PDF_QUOTE = "De gemeenten hebben in 2023 samen 412 woningen aangewezen."
CHANGED_QUOTE = "De gemeenten hebben in 2022 samen 388 woningen aangewezen."
GONE_QUOTE = "De gemeenten hebben in 2021 samen 365 woningen aangewezen."
BADLY_NAMED_QUOTE = "De gemeenten hebben in 2020 samen 341 woningen aangewezen."
TWO_PAGE_QUOTE = "Deze zin begint onderaan de eerste bladzijde en gaat daarna gewoon door op de tweede bladzijde van het stuk."
LONG_QUOTE = "De zeldzame kievitsbloem bloeit langs de rivier."
_INTRODUCTION = "Vragen van het lid De Vries (ABC) aan de Minister van Volkshuisvesting over woningen voor statushouders (ingezonden 1 maart 2024)."
_RECEIVED = "Antwoord van Minister Jansen (Volkshuisvesting) (ontvangen 4 april 2024)."
_QUESTION = "Hoeveel woningen hebben gemeenten in 2023 aangewezen voor statushouders, en hoeveel daarvan zijn inmiddels bewoond?"
_ANSWER = f"Het antwoord hangt af van de wijze van tellen.^1 {PDF_QUOTE} Daarvan is ruim de helft bewoond. Zie ook Aanhangsel Handelingen II 2021/22, nr. 2856."
_LONG_PARAGRAPH = (
    "De voorzitter geeft het woord aan de Minister, die ingaat op de vragen van de leden over de uitvoering, de planning en de kosten. "
    "Zij zegt toe dat de Kamer voor de zomer een brief ontvangt. De leden danken de Minister en zien naar die brief uit. "
)
_HOSTILE = '<img src=x onerror=window.__xss=20> ${window.__xss=21} {{window.__xss=22}} [x](javascript:window.__xss=23) "onclick="window.__xss=24" \u202e'
HOSTILE_ANSWER = f"Nee. {_HOSTILE} Einde van het antwoord."


def source_documents() -> Sequence[Held]:
    """Return the documents, by the names `pdf`, `changed`, `gone`, `hostile pdf` and `hostile` in this order."""
    folder = Path(tempfile.mkdtemp(prefix="bronvraag-documents-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    held = [
        _pdf(folder / "ah-tk-20232024-123.pdf", _ANSWER, official_id="ah-tk-20232024-123"),
        _pdf(folder / "gewijzigd.pdf", f"{CHANGED_QUOTE} Dit bestand is later gewijzigd."),
        _pdf(folder / "verdwenen.pdf", f"{GONE_QUOTE} Dit bestand is later verdwenen."),
        _pdf(folder / '"><img src=x onerror=window.__xss=25>.pdf', f"{BADLY_NAMED_QUOTE} De naam van dit bestand deugt niet."),
        hostile_set(),
    ]
    (folder / "gewijzigd.pdf").write_bytes(build_pdf(PdfPage(["Iets heel anders."])))
    (folder / "verdwenen.pdf").unlink()
    return held


def _pdf(path: Path, answer: str, *, official_id: str | None = None) -> Held:
    first = [*set_text(_INTRODUCTION), "", *set_text(_RECEIVED), "", "Vraag 1", *set_text(_QUESTION), ""]
    first += ["Antwoord 1", *set_text(answer), ""]
    running = set_text(TWO_PAGE_QUOTE)
    middle = len(running) // 2
    first += [*set_text("Hieronder volgt nog een toelichting. " * 40), "", *running[:middle]]
    footnotes = ["^1 Kamerstuk 19 637, nr. 2688, een brief over tellen."] if "^1" in answer else []
    pages = PdfPage(first, footnotes), PdfPage([*running[middle:], "", *set_text("Tot slot nog een laatste alinea. " * 12)])
    path.write_bytes(build_pdf(*pages, official_id=official_id))
    document = read(path)
    return document, tuple(segment(document))


def hostile_set() -> Held:
    """Return a set of questions whose every text attacks the page."""
    parts = [
        (None, "Vraag 1"),
        (Role.QUESTION, f"Klopt het? {_HOSTILE}"),
        (None, "Antwoord 1"),
        (Role.ANSWER, HOSTILE_ANSWER),
        (Role.FOOTNOTE, f"1 Noot {_HOSTILE}"),
    ]
    text, passages = "", []
    for role, part in parts:
        start = len(text)
        text += f"{part}\n\n"
        if role:
            passages.append(Passage(role=role, numbers=(1,), start=start, end=start + len(part), text=part))
    note, person = passages[-1], Person(name=_HOSTILE, affiliation=_HOSTILE)
    document = Document(
        document_id="9d0e1f",
        source=f"/data/{_HOSTILE}.txt",
        text=text.rstrip(),
        metadata=Metadata(
            title=f"Vragen {_HOSTILE}",
            kind=Kind.ANSWERS,
            official_id=_HOSTILE,
            date=_HOSTILE,
            dossier=_HOSTILE,
            number="7",
            asked_by=(person,),
            answered_by=(person,),
            on_behalf_of=(_HOSTILE,),
        ),
        footnotes=(Footnote(number=1, anchor=text.index("Nee.") + 4, start=note.start, end=note.end),),
    )
    return document, tuple(passages)


def long_document() -> Held:
    """Return a document of 300 pages, with a reference or a footnote here and there."""
    parts = [f"{_LONG_PARAGRAPH}{' Kamerstuk 30 573, nr. 3.' if number % 8 == 0 else ''}" for number in range(2400)]
    parts[1800] = LONG_QUOTE
    notes = [f"{number} Zie Kamerstuk 35 100, nr. 3." for number in range(1, 301)]
    text, passages, notes_at = "", [], []
    for part in parts:
        passages.append(Passage(role=Role.PARAGRAPH, start=len(text), end=len(text) + len(part), text=part))
        text += f"{part}\n\n"
    for number, note in enumerate(notes, start=1):
        passages.append(Passage(role=Role.FOOTNOTE, numbers=(number,), start=len(text), end=len(text) + len(note), text=note))
        notes_at.append(Footnote(number=number, anchor=passages[number * 7].end, start=len(text), end=len(text) + len(note)))
        text += f"{note}\n\n"
    pages = tuple(passages[page * 8].start for page in range(300))
    metadata = Metadata(title="Een verslag van driehonderd bladzijden", kind=Kind.REPORT, date="2024-05-01")
    document = Document(
        document_id="f00d",
        source="/data/verslag.txt",
        text=text.rstrip(),
        metadata=metadata,
        page_starts=pages,
        footnotes=tuple(notes_at),
    )
    return document, tuple(passages)
