import io
import zipfile

import docx
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.export.content import content_of
from qa.export.word import word_of
from qa.text.visible_text import visible_text
from tests.export.conversations import DUTCH, TODAY, content, conversation, quoting
from tests.page.small_library import HOSTILE, QUOTE_OF_ANSWER_4


def paragraphs(file: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(file)).paragraphs]


def addresses(file: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(file))
    return [link.address for paragraph in document.paragraphs for link in paragraph.hyperlinks]


def test_quote_stands_with_its_number() -> None:
    assert f"{QUOTE_OF_ANSWER_4} [1]" in paragraphs(word_of(content(conversation(DUTCH))))


def test_question_is_a_heading() -> None:
    document = docx.Document(io.BytesIO(word_of(content(conversation(DUTCH)))))
    assert [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"] == [DUTCH]


def test_reference_and_permalink_are_links() -> None:
    assert [address.partition("/#src=")[0] for address in addresses(word_of(content(conversation(DUTCH))))] == [
        "https://zoek.officielebekendmakingen.nl/ah-tk-20212022-2856.html",
        "http://127.0.0.1:7860",
    ]


def test_provenance_reads_in_order() -> None:
    provenance = paragraphs(word_of(content(conversation(DUTCH))))[6]
    assert provenance.startswith(
        "[1] Aanhangsel Handelingen II 2021/22, nr. 2856, antwoord 4 · Het International Migration Review Forum"
    )
    assert provenance.endswith("relevantie: sterk · in Bronvraag")


def test_hostile_text_is_text() -> None:
    file = word_of(content(quoting(HOSTILE)))
    assert f"{visible_text(HOSTILE)} [1]" in paragraphs(file)
    assert "javascript" not in " ".join(addresses(file))


def test_file_names_its_language_and_no_library() -> None:
    properties = docx.Document(io.BytesIO(word_of(content(conversation(DUTCH))))).core_properties
    assert (properties.language, properties.author, properties.title) == ("nl-NL", "Bronvraag", DUTCH)


def test_file_holds_no_macro_and_no_outside_part() -> None:
    names = zipfile.ZipFile(io.BytesIO(word_of(content(conversation(DUTCH))))).namelist()
    assert not [name for name in names if "vba" in name.lower() or "embed" in name.lower()]


@settings(max_examples=20, deadline=None)
@given(st.text())
def test_any_text_can_be_written(text: str) -> None:
    written = paragraphs(word_of(content_of(quoting(text), site="", language="en", today=TODAY)))
    assert f"{visible_text(text)} [1]" in written
