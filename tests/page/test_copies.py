import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from qa.page.source.copies import Copy, as_markdown, copies_of
from qa.wording.interface import TEXTS
from tests.page.small_library import QUOTE_OF_ANSWER_4, QUOTE_OF_LETTER, small_desk
from tests.page.source_documents import HOSTILE_ANSWER, hostile_set

DESK = small_desk()
ADDRESS = "https://bronvraag.example/#src=0a1b2c.1.2"


def copies(document_id: str, quote: str) -> dict[str, Copy]:
    document, passages = DESK.document(document_id), DESK.passages(document_id)
    start = document.text.index(quote)
    cited = next(passage for passage in passages if passage.start <= start < passage.end)
    return {copy.name: copy for copy in copies_of(document, cited, quote, "nl")}


def test_the_formal_reference_names_the_answer() -> None:
    copy = copies("0a1b2c", QUOTE_OF_ANSWER_4)[TEXTS["nl"].copy_reference]
    assert copy == Copy(name="Formele verwijzing", before="Aanhangsel Handelingen II 2021/22, nr. 2856, antwoord 4")


def test_a_document_without_official_number_is_named_by_title_kind_and_date() -> None:
    copy = copies("3d4e5f", QUOTE_OF_LETTER)[TEXTS["nl"].copy_reference]
    assert copy.before == "Deelname en inzet Nederland aan het IMRF, Kamerbrief, 29 april 2022"


def test_the_quote_comes_with_its_reference() -> None:
    copy = copies("0a1b2c", QUOTE_OF_ANSWER_4)[TEXTS["nl"].copy_quote]
    assert copy.before == f"“{QUOTE_OF_ANSWER_4}” (Aanhangsel Handelingen II 2021/22, nr. 2856, antwoord 4)"


def test_markdown_is_a_block_quote_with_a_link() -> None:
    copy = copies("3d4e5f", QUOTE_OF_LETTER)[TEXTS["nl"].copy_markdown]
    assert f"{copy.before}{ADDRESS}{copy.after}" == (
        f"> {QUOTE_OF_LETTER}\n>\n> — [Deelname en inzet Nederland aan het IMRF, Kamerbrief, 29 april 2022]({ADDRESS})"
    )


def test_the_link_is_the_address_alone() -> None:
    copy = copies("3d4e5f", QUOTE_OF_LETTER)[TEXTS["nl"].copy_link]
    assert (copy.before, copy.after) == ("", "")


def test_of_a_whole_document_there_is_no_quote_to_copy() -> None:
    found = copies_of(DESK.document("3d4e5f"), None, "", "nl")
    assert [copy.name for copy in found] == ["Formele verwijzing", "Link naar dit citaat"]


def test_copied_text_holds_nothing_that_turns_its_direction() -> None:
    document, passages = hostile_set()
    found = copies_of(document, passages[1], HOSTILE_ANSWER, "nl")
    assert not any("\u202e" in copy.before for copy in found)


def test_hostile_markdown_has_one_link_only() -> None:
    document, passages = hostile_set()
    copy = next(copy for copy in copies_of(document, passages[1], HOSTILE_ANSWER, "nl") if copy.name == TEXTS["nl"].copy_markdown)
    shown = MarkdownIt("commonmark").render(f"{copy.before}{ADDRESS}{copy.after}")
    assert shown.count("<a ") == 1
    assert "<img" not in shown


@pytest.mark.parametrize(
    "line", ["1. een", "- een", "+ een", "# een", "> een", "12) een", "=== een", "a_b_c *d* `e` [f](g) <h> &amp; ~i~"]
)
def test_a_line_is_shown_as_it_is(line: str) -> None:
    assert plain(line) == line


@given(
    st.text(st.sampled_from("ab 1.)-+=#>*_`[]()<>&;!|~\\:$"), max_size=30).map(lambda text: " ".join(text.split())).filter(bool)
)
def test_any_line_is_shown_as_it_is(line: str) -> None:
    assert plain(line) == line


def plain(line: str) -> str:
    """Return what a reader sees of a line that was made Markdown; it must be one paragraph of plain text."""
    tokens = MarkdownIt("commonmark").parse(as_markdown(line))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    assert {child.type for child in children} <= {"text", "text_special"}
    return "".join(child.content for child in children)
