"""The row of a table from its file to the page and every export: found with its heads, quoted as a row, shown as a table."""

import html
import io
import re
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from qa.answer import Answer, Citation
from qa.answering import Answerer
from qa.conversation import Conversation, Turn
from qa.export.markdown import markdown_of
from qa.export.web_page import web_page_of
from qa.export.word import word_of
from qa.page.chat.turn_html import turn_blocks
from qa.page.source.document_html import document_html
from qa.readers.web_page import read_html
from qa.segmenter import segment
from qa.wording.interface import TEXTS
from tests.builders import make_library
from tests.calibrations import calibration
from tests.export.conversations import content
from tests.fake_embedder import FakeEmbedder
from tests.readers.files import html as page

FILE = (
    "<h1>Meldingen van discriminatie</h1><p>Dit zijn de aantallen.</p><table><tr><th rowspan=2>Provincie<th colspan=2>Meldingen<tr><th>2021<th>2022"
    "<tr><td>Friesland<td>143<td>152<tr><td>Limburg<td><td>274 &amp; meer<tr><td>Totaal<td>143<td>426</table><p>Tot zover.</p>"
)
ROW = "Friesland | 143 | 152"
READ = read_html(page(FILE), Path("/meldingen.html"), "0123456789abcdef")
SPAN = (READ.text.index(ROW), READ.text.index(ROW) + len(ROW))


@pytest.fixture
def answer(fake_embedder: FakeEmbedder, tmp_path: Path) -> Answer:
    library = make_library(tmp_path, fake_embedder, {"meldingen.html": page(FILE).decode()})
    return Answerer(library, fake_embedder, calibration=calibration(refusal=0)).ask(
        "Hoeveel meldingen van discriminatie waren er in Friesland?"
    )


@pytest.fixture
def citation(answer: Answer) -> Citation:
    return answer.citations[0]


def test_a_question_about_a_row_gets_that_row_with_its_heads(citation: Citation) -> None:
    assert citation.table is not None
    assert (citation.quote, citation.table.heads, citation.table.rows) == (
        ROW,
        ("Provincie", "Meldingen 2021", "Meldingen 2022"),
        (("Friesland", "143", "152"),),
    )


def citation_html(citation: Citation) -> str:
    answer = Answer(question="?", language="nl", refused=False, message="", citations=(citation,))
    return "".join(turn_blocks(Turn(question="?", answer=answer), "nl"))


def shown(span: tuple[int, int]) -> str:
    return document_html(READ, segment(READ), span, TEXTS["nl"])


@pytest.mark.parametrize("span", [(0, 0), SPAN, (0, len(READ.text)), (SPAN[0] + 3, SPAN[1] - 3)])
def test_the_text_of_a_document_with_a_table_is_its_text(span: tuple[int, int]) -> None:
    assert html.unescape(re.sub("<[^>]*>", "", shown(span))) == READ.text


def test_the_rows_and_heads_of_a_table_are_told_to_screen_readers() -> None:
    written = shown(SPAN)
    assert re.findall('<th scope="([a-z]+)"', written) == ["col", "colgroup", "col", "col", "row", "row", "row"]


def test_the_quoted_row_is_marked_and_no_other() -> None:
    [row] = re.findall('<tr class="cited">(.*?)</tr>', shown(SPAN))
    assert (
        "".join(re.findall("<mark[^>]*>(.*?)</mark>", shown(SPAN))) == "".join(re.findall("<mark[^>]*>(.*?)</mark>", row)) == ROW
    )


def test_a_quoted_row_is_a_small_table_in_the_answer(citation: Citation) -> None:
    assert re.sub(" scope=.[a-z]+.", "", re.search("<table>.*</table>", citation_html(citation))[0]) == (  # type: ignore[index]
        "<table><thead><tr><th>Provincie</th><th>Meldingen 2021</th><th>Meldingen 2022</th></tr></thead>"
        "<tbody><tr><th>Friesland</th><td>143</td><td>152</td></tr></tbody></table>"
    )


def exported(answer: Answer, citation: Citation) -> Conversation:
    hostile = replace(citation, table=replace(citation.table, rows=(("<b>|Fries\u202eland", "143", ""),)))  # type: ignore[type-var]
    return Conversation(turns=(Turn(question="Hoeveel?", answer=replace(answer, citations=(hostile,))),))


def test_a_row_is_exported_as_a_table_in_markdown(answer: Answer, citation: Citation) -> None:
    assert (
        "> | Provincie | Meldingen 2021 | Meldingen 2022 |\n> | --- | --- | --- |\n> | \\<b\\>\\|Friesland | 143 |  |\n>\n> \\[1\\]"
        in markdown_of(content(exported(answer, citation)))
    )


def test_a_row_is_exported_as_a_table_in_a_web_page(answer: Answer, citation: Citation) -> None:
    assert '<tbody><tr><th scope="row">&lt;b&gt;|Friesland</th><td>143</td><td></td></tr></tbody></table>' in web_page_of(
        content(exported(answer, citation))
    )


def test_a_row_is_exported_as_a_table_in_a_word_file(answer: Answer, citation: Citation) -> None:
    [table] = docx.Document(io.BytesIO(word_of(content(exported(answer, citation))))).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Provincie", "Meldingen 2021", "Meldingen 2022"],
        ["<b>|Friesland", "143", ""],
    ]
