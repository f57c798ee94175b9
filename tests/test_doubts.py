"""What is doubtful about a document is kept with it, and said in the report, the list and on the page."""

from pathlib import Path

import pytest

from qa import console
from qa.answer import Language
from qa.coverage import coverage_doubts
from qa.document import Doubt, DoubtCode, Speaker, SpeakerRole
from qa.library import create_library
from qa.library.filters import EVERYTHING
from qa.page.documents.listing_html import listing_html
from qa.page.source.header import doubts_of
from qa.segmenter import segment
from qa.wording.doubts import say_doubt
from tests.builders import index, write_files
from tests.fake_embedder import FakeEmbedder
from tests.readers.test_pdf_faults import STORY, lines, pdf, picture

DEBATE = """De voorzitter:

Aan de orde is het debat over bruggen.

Mevrouw Proef (ABC):

De brug bij Proefdam moet voor de zomer weer open.

Minister De Vries:

Dat lukt niet voor de zomer van dit jaar.
"""


def test_a_scanned_part_is_said_wherever_the_document_is(tmp_path: Path, fake_embedder: FakeEmbedder) -> None:
    (tmp_path / "brief.pdf").write_bytes(pdf(lines(*STORY), picture, picture))
    library = create_library(tmp_path / "library", fake_embedder.identity)
    report = index(library, fake_embedder, tmp_path / "brief.pdf")
    (record,) = library.documents()
    doubt = Doubt(DoubtCode.PAGES_WITHOUT_TEXT, pages=(2, 3), n_pages=3)
    assert record.doubts == library.document(record.document_id).doubts == (doubt,)
    said = "2 of 3 pages have no text (2-3)"
    assert said in console.index_summary(report, "de bibliotheek")
    assert said in console.document_lines(record)
    assert doubts_of(library.document(record.document_id).doubts, "en")[0].startswith(said)
    listing = library.catalogue().listing()
    assert said in listing_html(listing, 0, "en", filters=EVERYTHING, is_empty=False, can_remove=False)


def test_every_passage_of_a_debate_is_kept_with_who_said_it(tmp_path: Path, fake_embedder: FakeEmbedder) -> None:
    library = create_library(tmp_path / "library", fake_embedder.identity)
    index(library, fake_embedder, write_files(tmp_path / "files", {"debat.txt": DEBATE}))
    (record,) = library.documents()
    said = {stored.passage.text: stored.passage.speaker for stored in library.passages_of(record.document_id)}
    assert said["De brug bij Proefdam moet voor de zomer weer open."] == Speaker(
        name="Proef", role=SpeakerRole.MEMBER, affiliation="ABC"
    )
    assert said["Dat lukt niet voor de zomer van dit jaar."] == Speaker(name="De Vries", role=SpeakerRole.MINISTER)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("code", DoubtCode)
def test_every_doubt_is_said(code: DoubtCode, language: Language) -> None:
    one, many = (say_doubt(Doubt(code, pages=pages, n_pages=40), language) for pages in ((7,), tuple(range(1, 40, 2))))
    assert not set("{}") & {*one, *many}
    assert "1 van 40 pagina’s hebben" not in one
    assert "…" in many or "{pages}" not in many


def test_what_passages_do_not_hold_is_a_doubt(tmp_path: Path) -> None:
    from qa.readers import read

    path = tmp_path / "brief.txt"
    path.write_text("\n\n".join(f"Dit is alinea {number} over de sluis bij Proefdam." for number in range(20)))
    document = read(path)
    passages = segment(document)
    assert coverage_doubts(document, passages) == ()
    assert [doubt.code for doubt in coverage_doubts(document, passages[:3])] == [DoubtCode.FEW_WORDS]
    assert [doubt.code for doubt in coverage_doubts(document, ())] == [DoubtCode.NO_PASSAGES]
