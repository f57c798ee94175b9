from pathlib import Path

import pytest

from qa.document import Document
from qa.exceptions import ReadError
from qa.readers.word import read_docx
from qa.structure import BlockKind
from tests.readers.files import W, docx, members_of, paragraph, run, table, zip_of


def document(*body: str, **parts: str) -> Document:
    return read_docx(docx(*body, **parts), Path("/brief.docx"), "0123456789abcdef")  # type: ignore[arg-type]  # notes have a test of their own


def paragraphs(*body: str) -> list[str]:
    return document(*body).text.split("\n\n")


def deleted(text: str) -> str:
    return f'<w:del w:id="1"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def text_box(*contents: str) -> str:
    """Return a run with a text box, written twice as Word does."""
    box = f"<w:txbxContent>{''.join(contents)}</w:txbxContent>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_a_paragraph_of_runs_is_one_paragraph() -> None:
    assert paragraphs(paragraph("Het ka", "binet ", run("wil", "<w:b/>"), " meer grip.")) == ["Het kabinet wil meer grip."]


def test_an_empty_paragraph_is_none() -> None:
    assert paragraphs(paragraph("Een."), paragraph(), paragraph(" "), paragraph("Twee.")) == ["Een.", "Twee."]


def test_tracked_deletions_are_dropped() -> None:
    assert paragraphs(paragraph("Het kabinet wil ", deleted("geen"), " grip.")) == ["Het kabinet wil grip."]


def test_tracked_insertions_are_kept() -> None:
    assert paragraphs(paragraph("Het kabinet wil ", f"<w:ins>{run('meer')}</w:ins>", " grip.")) == ["Het kabinet wil meer grip."]


def test_text_that_was_moved_stands_where_it_went() -> None:
    moved = (f"<w:moveFrom>{run('Oud. ')}</w:moveFrom>", "Nieuw.", f"<w:moveTo>{run(' Oud.')}</w:moveTo>")
    assert paragraphs(paragraph(*moved)) == ["Nieuw. Oud."]


def test_a_deleted_paragraph_end_joins_two_paragraphs() -> None:
    first = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('Het kabinet ')}</w:p>"
    assert paragraphs(first, paragraph("wil.")) == ["Het kabinet wil."]


def test_a_deleted_row_is_dropped() -> None:
    row = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('weg')}</w:tc></w:tr>"
    assert paragraphs(table(("blijft", "staan")).replace("</w:tbl>", f"{row}</w:tbl>")) == ["blijft | staan"]


def test_hidden_text_is_no_text() -> None:
    assert paragraphs(paragraph("Zichtbaar", run(" verborgen", "<w:vanish/>"), ".")) == ["Zichtbaar."]


def test_text_that_is_not_hidden_after_all_is_text() -> None:
    assert paragraphs(paragraph(run("Zichtbaar.", '<w:vanish w:val="0"/>'))) == ["Zichtbaar."]


def test_the_text_of_a_hyperlink_is_kept() -> None:
    assert paragraphs(paragraph("Zie ", f"<w:hyperlink>{run('de brief')}</w:hyperlink>", ".")) == ["Zie de brief."]


def test_a_field_is_its_result_and_not_its_code() -> None:
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r>' + run("de site")
    assert paragraphs(paragraph("Zie ", field)) == ["Zie de site"]


@pytest.mark.parametrize("mark", ['<w:r><w:br w:type="page"/></w:r>', "<w:r><w:lastRenderedPageBreak/></w:r>"])
def test_page_breaks_do_not_split_a_sentence(mark: str) -> None:
    assert paragraphs(paragraph("Het kabinet ", mark, "wil.")) == ["Het kabinet wil."]


def test_a_line_break_in_a_paragraph_is_a_space() -> None:
    assert paragraphs(paragraph("De Staatssecretaris,", "<w:r><w:br/></w:r>", "E. van der Burg")) == [
        "De Staatssecretaris, E. van der Burg"
    ]


def test_two_line_breaks_divide_paragraphs() -> None:
    assert paragraphs(paragraph("Een.", "<w:r><w:br/><w:br/></w:r>", "Twee.")) == ["Een.", "Twee."]


@pytest.mark.parametrize(
    "divider", ["<w:r><w:br/></w:r>", "<w:r><w:tab/></w:r>", " "], ids=["line break", "tab", "bold and not bold"]
)
def test_a_heading_that_markup_sets_apart_is_a_paragraph(divider: str) -> None:
    assert paragraphs(paragraph(run("Vraag 1", "<w:b/>"), divider, "Kunt u dat toelichten?")) == [
        "Vraag 1",
        "Kunt u dat toelichten?",
    ]


@pytest.mark.parametrize(
    "runs", [("Vraag 1 Kunt u dat?",), ("Vraag 1 ", "Kunt u dat?"), (run("Vraag 1", "<w:b/>"), " en 2 gaan over geld.")]
)
def test_a_heading_that_no_markup_sets_apart_stays_in_its_sentence(runs: tuple[str, ...]) -> None:
    assert len(paragraphs(paragraph(*runs))) == 1


def test_a_footnote_keeps_its_place_before_a_heading_is_set_apart() -> None:
    mark = '<w:r><w:footnoteReference w:id="7"/></w:r>'
    body = paragraph(run("Vraag 1", "<w:b/>"), "<w:r><w:br/></w:r>", "Kunt u dat", mark, "?")
    read = read_docx(docx(body, notes={7: "Bron"}), Path("/a"), "0" * 16)
    assert [(note.number, read.text[: note.anchor or 0]) for note in read.footnotes] == [(1, "Vraag 1\n\nKunt u dat")]


def test_footnotes_count_in_the_order_of_their_marks() -> None:
    body = paragraph(
        "Een", '<w:r><w:footnoteReference w:id="9"/></w:r>', " twee", '<w:r><w:footnoteReference w:id="3"/></w:r>', "."
    )
    read = read_docx(docx(body, notes={3: "Tweede", 9: "Eerste"}), Path("/a"), "0" * 16)
    assert read.text == "Een twee.\n\n1 Eerste\n\n2 Tweede"


def test_endnotes_count_on_from_the_footnotes() -> None:
    body = paragraph(
        "Een", '<w:r><w:endnoteReference w:id="1"/></w:r>', " twee", '<w:r><w:footnoteReference w:id="1"/></w:r>', "."
    )
    read = read_docx(docx(body, notes={1: "Voet"}, endnotes={1: "Eind"}), Path("/a"), "0" * 16)
    assert read.text == "Een twee.\n\n1 Voet\n\n2 Eind"


def test_a_footnote_whose_mark_was_deleted_is_dropped() -> None:
    body = paragraph("Een.", '<w:del><w:r><w:footnoteReference w:id="1"/></w:r></w:del>')
    assert read_docx(docx(body, notes={1: "Weg"}), Path("/a"), "0" * 16).text == "Een."


def test_headers_and_footers_are_no_text() -> None:
    assert document(paragraph("De brief."), header="Pagina 1 van 3", footer="ah-tk-20232024-878").text == "De brief."


def test_a_footer_names_the_publication() -> None:
    assert document(paragraph("De brief."), footer="ah-tk-20232024-878").metadata.official_id == "ah-tk-20232024-878"


def test_a_row_of_a_table_is_one_paragraph() -> None:
    assert paragraphs(table(("Jaar", "Aantal"), ("2022", "23.000"))) == ["Jaar | Aantal", "2022 | 23.000"]


def test_empty_cells_leave_no_trace() -> None:
    assert paragraphs(table(("", "2022", "", "23.000"), ("", ""))) == ["2022 | 23.000"]


def test_a_row_with_a_cell_of_paragraphs_is_layout() -> None:
    assert paragraphs(table(("Inleiding", paragraph("Een.") + paragraph("Twee.")))) == ["Inleiding", "Een.", "Twee."]


def test_a_question_heading_in_a_table_is_a_paragraph() -> None:
    assert paragraphs(table(("Vraag 1", "Kunt u dat?"), ("Antwoord 1", "Ja."))) == ["Vraag 1", "Kunt u dat?", "Antwoord 1", "Ja."]


def test_a_table_in_a_table_keeps_its_rows() -> None:
    assert paragraphs(table(("Buiten", table(("a", "b"), ("c", "d"))))) == ["Buiten", "a | b", "c | d"]


LETTERHEAD = table(
    ("Postbus 20301 2500 EH Den Haag",), ("Datum", "16 mei 2022"), ("Ons kenmerk", "4023811"), ("Betreft", "Inzet voor het IMRF")
)


def test_a_letterhead_in_a_table_is_no_text() -> None:
    assert paragraphs(LETTERHEAD, paragraph("Geachte voorzitter,")) == ["Geachte voorzitter,"]


def test_a_letterhead_in_a_text_box_is_no_text() -> None:
    box = text_box(paragraph("Datum"), paragraph("16 mei 2022"), paragraph("Ons kenmerk"), paragraph("4023811"))
    assert paragraphs(paragraph(box, "Geachte voorzitter,")) == ["Geachte voorzitter,"]


def test_the_letterhead_dates_the_letter() -> None:
    opening = paragraph("Met deze brief informeer ik uw Kamer over het IMRF.")
    signature = paragraph("De Staatssecretaris van Justitie en Veiligheid, E. van der Burg")
    assert document(LETTERHEAD, opening, signature).metadata.date == "2022-05-16"


def test_a_table_with_dates_after_the_text_began_is_text() -> None:
    long = paragraph("Het kabinet wil meer grip krijgen op migratie. " * 5)
    assert "Datum 16 mei 2022 | Betreft de dijken" in paragraphs(long, table(("Datum 16 mei 2022", "Betreft de dijken")))


def test_the_head_of_an_ordinary_table_is_no_letterhead() -> None:
    assert paragraphs(table(("Datum", "Onderwerp"), ("1 mei", "De dijken")))[0] == "Datum | Onderwerp"


def test_a_text_box_is_read_once() -> None:
    assert paragraphs(paragraph("Voor ", text_box(paragraph("In het kader.")), "en na.")) == ["In het kader.", "Voor en na."]


def test_list_items_get_no_numbers() -> None:
    item = f"<w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>{run('meer grip;')}</w:p>"
    assert paragraphs(item, item) == ["meer grip;", "meer grip;"]


def test_a_table_of_contents_is_text_set_apart() -> None:
    read = document(paragraph("Inleiding", "\t3", style="Inhopg1"), paragraph("Inleiding", style="Kop1"))
    assert (read.text, [block.kind for block in read.structure.blocks]) == (
        "Inleiding 3\n\nInleiding",
        [BlockKind.CONTENTS, BlockKind.HEADING],
    )


def test_the_paragraph_with_the_style_of_a_title_is_the_title() -> None:
    assert document(paragraph("Staat van Migratie", style="Titel"), paragraph("Tekst.")).metadata.title == "Staat van Migratie"


def test_a_hyphen_that_does_not_break_is_a_hyphen() -> None:
    assert paragraphs(paragraph("VN", "<w:r><w:noBreakHyphen/></w:r>", "verband", "<w:r><w:softHyphen/></w:r>", "en")) == [
        "VN-verbanden"
    ]


def test_a_text_in_five_thousand_nested_elements_is_read() -> None:
    deep = "<w:sdt><w:sdtContent>" * 2500 + paragraph("diep") + "</w:sdtContent></w:sdt>" * 2500
    assert paragraphs(deep) == ["diep"]


def test_a_text_in_two_thousand_nested_tables_is_read() -> None:
    cell = "<w:tbl><w:tr><w:tc>"
    deep = cell * 2000 + paragraph("diep") + "</w:tc></w:tr></w:tbl>" * 2000
    assert paragraphs(deep) == ["diep"]


def test_the_text_is_found_under_another_name() -> None:
    members = members_of(docx(paragraph("De brief.")))
    members["word/document2.xml"] = members.pop("word/document.xml")
    members["_rels/.rels"] = members["_rels/.rels"].replace(b"document.xml", b"document2.xml")
    assert read_docx(zip_of(members), Path("/a"), "0" * 16).text == "De brief."


def test_a_relation_never_leads_out_of_the_archive() -> None:
    members = members_of(docx(paragraph("De brief.")))
    members["_rels/.rels"] = members["_rels/.rels"].replace(b"word/document.xml", b"../../../../etc/passwd")
    with pytest.raises(ReadError, match=r"etc/passwd is not in it"):
        read_docx(zip_of(members), Path("/a"), "0" * 16)


def test_an_old_or_protected_file_is_refused() -> None:
    with pytest.raises(ReadError, match="old Office file or protected by a password; save it as .docx without"):
        read_docx(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), Path("/a"), "0" * 16)


def test_a_truncated_file_is_refused() -> None:
    with pytest.raises(ReadError, match="damaged or incomplete"):
        read_docx(docx(paragraph("De brief."))[:-200], Path("/a"), "0" * 16)


def test_entities_are_never_resolved() -> None:
    members = members_of(docx(paragraph("De brief.")))
    text = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w="{W}"><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:document>'
    with pytest.raises(ReadError, match="declares entities of its own"):
        read_docx(zip_of({**members, "word/document.xml": text}), Path("/a"), "0" * 16)


def test_the_source_and_id_are_kept() -> None:
    read = document(paragraph("De brief."))
    assert (read.source, read.document_id, read.page_starts) == ("/brief.docx", "0123456789abcdef", ())
