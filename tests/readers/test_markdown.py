from pathlib import Path

import pytest

from qa.document import Document, Kind
from qa.exceptions import ReadError
from qa.readers.markdown import read_markdown
from qa.segmenter import segment


def document(text: str) -> Document:
    return read_markdown(text.encode(), Path("/brief.md"), "0123456789abcdef")


@pytest.mark.parametrize(
    ("markdown", "paragraphs"),
    [
        ("# Brief\n\nHet kabinet.", ["Brief", "Het kabinet."]),
        ("Brief\n=====\n\nHet kabinet.", ["Brief", "Het kabinet."]),
        ("## Vraag 1 ##\nKunt u?", ["Vraag 1", "Kunt u?"]),
        ("Een regel\nen nog een.", ["Een regel en nog een."]),
        ("Hard  \nafgebroken\\\nregel.", ["Hard afgebroken regel."]),
        ("- een\n- twee\n  - drie", ["een", "twee", "drie"]),
        ("1. een\n2. twee", ["een", "twee"]),
        ("Het *IMRF* en het **GCM** en `code`.", ["Het IMRF en het GCM en code."]),
        ("Zie [de brief](https://a.nl/x 'titel').", ["Zie de brief."]),
        ("Zie <https://a.nl/x>.", ["Zie https://a.nl/x."]),
        ("Zie ![een grafiek](a.png).", ["Zie een grafiek."]),
        ("> Een citaat.\n>\n> Nog een.", ["Een citaat.", "Nog een."]),
        ("```python\nx = 1\n\ny = 2\n```", ["x = 1", "y = 2"]),
        ("    ingesprongen", ["ingesprongen"]),
        ("<p>Geen <b>opmaak</b></p>", ["<p>Geen <b>opmaak</b></p>"]),
        ("<script>\nalert(1)\n</script>", ["<script> alert(1) </script>"]),
        ("Een &amp; ander, 2 \\* 3.", ["Een & ander, 2 * 3."]),
        ("Boven\n\n---\n\nOnder", ["Boven", "Onder"]),
        ("Veel     spaties\there", ["Veel spaties here"]),
    ],
)
def test_markup_shapes_the_paragraphs_and_is_no_text(markdown: str, paragraphs: list[str]) -> None:
    assert document(markdown).text.split("\n\n") == paragraphs


def test_the_first_heading_is_the_title() -> None:
    assert document("Vooraf.\n\n## Staat van *Migratie*\n\n# Later").metadata.title == "Staat van Migratie"


def test_without_a_heading_the_first_paragraph_is_the_title() -> None:
    assert document("Een korte notitie.\n\nDe rest.").metadata.title == "Een korte notitie."


def test_a_set_of_questions_in_markdown_is_one() -> None:
    assert document("## Vraag 1\n\nKunt u dat?\n\n## Antwoord 1\n\nJa.").metadata.kind is Kind.ANSWERS


def test_a_set_of_questions_in_markdown_is_paired_by_number() -> None:
    passages = segment(document("# Vragen\n\n## Vraag 1\n\nKunt u dat?\n\n## Antwoord 1\n\nJa."))
    assert passages[-1].numbers == (1,)
    assert "Kunt u dat?" in passages[-1].context


@pytest.mark.parametrize("text", ["---", "```\n```", "[//]: # (niets)"])
def test_a_file_without_text_is_refused(text: str) -> None:
    with pytest.raises(ReadError, match="holds no text"):
        document(text)


def test_a_markdown_file_has_no_pages() -> None:
    assert document("# Een\n\nTwee").page_starts == ()
