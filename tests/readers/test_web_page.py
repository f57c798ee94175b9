from pathlib import Path

import pytest

from qa.document import Document, Kind
from qa.exceptions import ReadError
from qa.readers.web_page import read_html
from qa.segmenter import segment
from tests.readers.files import html


def document(body: str, head: str = "") -> Document:
    return read_html(html(body, head), Path("/pagina.html"), "0123456789abcdef")


def paragraphs(body: str) -> list[str]:
    return document(body).text.split("\n\n")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>Het <b>kabinet</b>\n wil.<p>De Kamer.", ["Het kabinet wil.", "De Kamer."]),
        ("<h1>Kop</h1>Losse tekst<p>Een.</p>", ["Kop", "Losse tekst", "Een."]),
        ("<p>Een<br>twee<br><br>drie</p>", ["Een twee", "drie"]),
        ("<ul><li>een<ul><li>twee</ul><li>drie</ul>", ["een", "twee", "drie"]),
        (
            "<ol start=3><li>een<li><p>twee</p><p>Zo.</p><ol type=i><li>diep<li>dieper</ol><li value=9>negen<li>12. eigen nummer</ol>",
            ["3. een", "4. twee", "Zo.", "i. diep", "ii. dieper", "9. negen", "12. eigen nummer"],
        ),
        ("<ol reversed type=A><li>b<li>a</ol><ol style='list-style: none'><li>geen</ol>", ["B. b", "A. a", "geen"]),
        ("<dl><dt>GCM<dd>Een verdrag.</dl>", ["GCM", "Een verdrag."]),
        ("<table><tr><th>Jaar<th>Aantal<tr><td>2022<td>23.000</table>", ["Jaar | Aantal", "2022 | 23.000"]),
        ("<p><strong>Vraag 1</strong> Kunt u?</p><p>Antwoord 1<br>Ja.</p>", ["Vraag 1", "Kunt u?", "Antwoord 1", "Ja."]),
        ("<p>E&eacute;n &lt;punt&gt; &nbsp;twee&shy;de</p>", ["Eén <punt> tweede"]),
        ("<p>Zichtbaar<span style='display: none'> weg</span><span hidden> weg</span>.</p>", ["Zichtbaar."]),
        ("<p>Een<!-- weg --><script>weg()</script>.</p><style>p{}</style>", ["Een."]),
        ("<div>" * 5000 + "diep" + "</div>" * 5000, ["diep"]),
    ],
)
def test_markup_shapes_the_paragraphs(body: str, expected: list[str]) -> None:
    assert paragraphs(body) == expected


PAGE = "<header>Rijksoverheid</header><nav><li>Menu</nav>{}<aside>Zie ook</aside><footer>Over ons</footer>"


@pytest.mark.parametrize(
    "body",
    [
        "<main><p>De tekst.</p></main>",
        "<div><article><p>De tekst.</p><form><button>Deel</button></form></article></div>",
        "<div role='main'><p>De tekst.</p></div>",
        "<div><a>Lees voor</a><div><p>De tekst.</p></div></div>",
        "<p>De tekst.</p>",
    ],
)
def test_only_the_main_text_is_read(body: str) -> None:
    assert paragraphs(PAGE.format(body)) == ["De tekst."]


def test_a_page_that_is_all_one_form_is_read() -> None:
    assert paragraphs("<form><nav>Menu</nav><p>De tekst.</p></form>") == ["De tekst."]


def test_a_publication_inside_a_form_is_read() -> None:
    assert paragraphs('<form><p>Zoek</p><div class="stuk"><h1>Brief</h1><p>De tekst.</p></div></form>') == ["Brief", "De tekst."]


def test_the_main_heading_is_the_title() -> None:
    assert (
        document(PAGE.format("<main><h1>Staat van <i>Migratie</i></h1><p>Tekst.</p></main>")).metadata.title
        == "Staat van Migratie"
    )


def part(word: str, heading: str, text: str) -> str:
    return f'<div class="{word}">{heading}<p>{text}</p></div>'


def test_questions_and_answers_are_paired_by_the_numbers_of_their_headings() -> None:
    body = part("vraag", '<h2 class="stuktitel no-toc"><a id="d1"></a>Vraag 1\n </h2>', "Kunt u?") + part(
        "antwoord", "<h2>Antwoord 1</h2>", "Ja."
    )
    assert [(passage.role.value, passage.numbers) for passage in segment(document(body))] == [
        ("question", (1,)),
        ("answer", (1,)),
    ]


@pytest.mark.parametrize("heading", ['<p class="nummer">1</p>', "<h2>Vraag 1</h2>", "<h2>Antwoord op vraag 1</h2>"])
def test_an_answer_is_an_answer_whatever_its_number_is_written_like(heading: str) -> None:
    read = document(part("vraag", '<p class="nummer">1</p>', "Kunt u?") + part("antwoord", heading, "Ja."))
    assert [(passage.role.value, passage.numbers) for passage in segment(read)] == [("question", (1,)), ("answer", (1,))]


def test_a_question_without_a_number_is_never_part_of_an_answer() -> None:
    read = document(part("vraag", "", "Een?") + part("antwoord", "", "Ja.") + part("vraag", "", "Twee?"))
    assert [(passage.role.value, passage.numbers) for passage in segment(read)] == [
        ("question", (1,)),
        ("answer", (1,)),
        ("question", (2,)),
    ]


def test_a_notice_is_a_notice() -> None:
    read = document(part("vraag", "<h2>Vraag 1</h2>", "Een?") + part("kamervraagopmerking", "", "De vragen kosten meer tijd."))
    assert (read.metadata.kind, segment(read)[-1].role.value) == (Kind.NOTICE, "notice")


MARK = '<a class="nootnum supernote-click-ID-1" href="#ID-1">1</a>'
NOTE = (
    '<div id="noten"><hr><div class="voet noot snp-mouseoffset" id="supernote-note-ID-1"><h5 class="note-close"><a href="#close-ID-1">X</a> Noot</h5>'
    '<sup><span class="nootnum"><a id="ID-1" name="ID-1"></a>1</span></sup><p><a href="http://nos.nl/l/2077649">http://nos.nl/l/2077649</a></p></div></div>'
)


def test_a_footnote_of_an_official_publication_is_one() -> None:
    read = document(part("vraag", "<h2>Vraag 1</h2>", f"Kent u het bericht?{MARK} <b>Zo ja?</b>") + NOTE)
    assert read.text == "Vraag 1\n\nKent u het bericht? Zo ja?\n\n1 http://nos.nl/l/2077649"


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        ('<sup><a href="#fn1" id="r1">1</a></sup>', '<ol><li id="fn1">Kamerstuk 30 573 <a href="#r1">↩</a></li></ol>'),
        (
            '<a href="#_ftn1" name="_ftnref1">[1]</a>',
            '<div id="_ftn1"><p><a href="#_ftnref1" name="_ftn1">[1]</a> Kamerstuk 30 573</p></div>',
        ),
        ('<sup><a href="#n">1</a></sup>', '<p id="n">1. Kamerstuk 30 573</p>'),
    ],
)
def test_a_footnote_of_another_page_is_one(mark: str, note: str) -> None:
    assert paragraphs(f"<p>Zie het stuk{mark}.</p>{note}") == ["Zie het stuk.", "1 Kamerstuk 30 573"]


@pytest.mark.parametrize(
    "body",
    [
        '<p>Zie <a href="#d">1</a>.</p><h2 id="d">De dijken</h2>',
        '<p>Zie <a href="#weg">1</a>.</p>',
        '<p id="d">1 Zie <a href="#d">1</a>.</p>',
    ],
)
def test_a_number_that_is_a_link_to_something_else_stays(body: str) -> None:
    assert document(body).footnotes == ()


@pytest.mark.parametrize("name", ["DC.identifier", "dcterms.identifier"])
def test_the_identifier_stands_in_the_head(name: str) -> None:
    assert document("<p>Tekst.</p>", f'<meta name="{name}" content="kst-30573-153">').metadata.official_id == "kst-30573-153"


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("windows-1252", "cp1252"),
        ("iso-8859-1", "cp1252"),
        ("iso-8859-15", "iso-8859-15"),
        ("onzin", "utf-8"),
    ],
)
def test_the_encoding_is_the_one_that_the_page_names(charset: str, encoding: str) -> None:
    page = (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head><p>Eén coördinator</p></html>'
    )
    assert read_html(page.encode(encoding), Path("/a"), "0" * 16).text == "Eén coördinator"


def test_a_page_without_an_encoding_is_read_as_text_is() -> None:
    assert read_html("<html><p>«Eén»</p></html>".encode("utf-16"), Path("/a"), "0" * 16).text == "«Eén»"


def test_a_page_that_is_not_in_its_encoding_is_refused() -> None:
    with pytest.raises(ReadError, match="says that it is in utf-8, but it is not; save the page again"):
        read_html('<html><meta charset="utf-8"><p>Eén</p>'.encode("cp1252"), Path("/a"), "0" * 16)


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(ReadError, match="it holds no text"):
        document("<nav>Menu</nav>")
