from dataclasses import replace

import pytest

from qa.document import Document, Kind, Metadata, PrintedSpan
from qa.passage import Passage, Role


def document(*page_starts: int) -> Document:
    return Document(
        document_id="0123456789abcdef",
        source="/brief.txt",
        text="x" * 100,
        metadata=Metadata(title="Brief over migratie", kind=Kind.LETTER),
        page_starts=page_starts,
    )


@pytest.mark.parametrize(("offset", "page"), [(0, 1), (9, 1), (10, 2), (29, 2), (30, 3), (99, 3)])
def test_page_at_is_the_page_that_holds_the_character(offset: int, page: int) -> None:
    assert document(0, 10, 30).page_at(offset) == page


def test_a_page_without_text_holds_no_character() -> None:
    assert document(0, 10, 10).page_at(10) == 3


def test_a_file_without_pages_has_no_page_numbers() -> None:
    assert document().page_at(5) is None


def test_a_document_reads_as_its_id_kind_and_title() -> None:
    assert repr(document()) == "Document(0123456789abcdef, Kamerbrief, 'Brief over migratie', n_characters=100)"


def test_a_passage_reads_as_its_role_numbers_span_and_beginning() -> None:
    passage = Passage(role=Role.ANSWER, numbers=(3, 8), start=4, end=7, text="Ja.")
    assert repr(passage) == "Passage(answer 3,8, 4:7, 'Ja.')"


def test_a_passage_without_numbers_reads_without_them() -> None:
    assert repr(Passage(role=Role.SIGNATURE, start=4, end=7, text="Ja.")) == "Passage(signature, 4:7, 'Ja.')"


def test_what_is_printed_between_two_offsets_is_cut_to_them() -> None:
    spans = (
        PrintedSpan(start=0, end=10, page=1, first_character=100),
        PrintedSpan(start=10, end=20, page=1, first_character=115),
        PrintedSpan(start=22, end=30, page=2, first_character=5),
    )
    printed = replace(document(), printed_spans=spans).printed_between(4, 24)
    assert [(span.start, span.end, span.page, span.first_character) for span in printed] == [
        (4, 10, 1, 104),
        (10, 20, 1, 115),
        (22, 24, 2, 5),
    ]


def test_nothing_is_printed_between_an_offset_and_itself() -> None:
    spans = (PrintedSpan(start=0, end=10, page=1, first_character=0),)
    assert replace(document(), printed_spans=spans).printed_between(4, 4) == ()
