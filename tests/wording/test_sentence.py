import ast
import string
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from qa.answer import Language
from qa.exceptions import ReadError
from qa.wording.sentence import Sentence, languages, say, say_number, say_one_or_many, words

PRODUCT = Path(__file__).parents[2] / "qa"


def names(section: object, prefix: str = "") -> dict[str, object]:
    """Every text of a language by its name, sections and lists unfolded."""
    if isinstance(section, dict):
        return {name: text for key, part in section.items() for name, text in names(part, f"{prefix}.{key}").items()}
    return {prefix: section}


def places_in(text: object) -> set[str]:
    parts = text if isinstance(text, list) else [text]
    return {
        name for part in parts for _literal, name, _spec, _conversion in string.Formatter().parse(str(part)) if name is not None
    }


def codes_raised() -> Iterator[tuple[str, set[str]]]:
    """Every code that the program gives an error or a sentence, with the names of its details."""
    for path in PRODUCT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
                continue
            code, is_error = node.args[0], node.func.id.endswith("Error")
            if not (isinstance(code, ast.Constant) and isinstance(code.value, str) and (is_error or node.func.id == "Sentence")):
                continue
            if code.value in words("en")["errors"] or "_" in code.value:
                details = {keyword.arg for keyword in node.keywords if keyword.arg}
                if not is_error and len(node.args) > 1 and isinstance(node.args[1], ast.Dict):
                    details = {str(key.value) for key in node.args[1].keys if isinstance(key, ast.Constant)}
                yield code.value, details


def test_every_language_says_everything_with_the_same_places_to_fill_in() -> None:
    dutch = names(words("nl"))
    for language in languages():
        texts = names(words(language))
        assert texts.keys() == dutch.keys()
        assert {name: places_in(text) for name, text in texts.items()} == {name: places_in(text) for name, text in dutch.items()}


def test_what_is_filled_in_may_have_any_name() -> None:
    for language in languages():
        for section, texts in words(language).items():
            for name, text in texts.items():
                details = dict.fromkeys(places_in(text), "x")
                if "" in details:  # filled in by place
                    continue
                if isinstance(text, str):
                    assert say(language, section, name, **details).count("x") >= len(details)
                elif isinstance(text, list) and len(text) == 2:
                    assert "{" not in say_one_or_many(language, section, name, 2, **details)


def test_people_at_other_computers_do_not_hear_where_the_library_is() -> None:
    lost = ConnectionError('connection to server at "10.0.0.5" failed')
    for details in (
        {"folder": "postgresql://anna@database.intern/kamer", "reason": lost},
        {"folder": Path("/home/anna/kamer"), "reason": lost},
    ):
        sentence = Sentence("library_unreachable", details)
        assert "10.0.0.5" in sentence.said("en")
        assert sentence.said_elsewhere("en").startswith("The library in kamer cannot be reached (ConnectionError)")


def test_every_language_that_people_can_have_is_a_file() -> None:
    assert set(get_args(Language)) == set(languages())


def test_every_code_that_is_raised_is_said_with_its_details() -> None:
    raised = list(codes_raised())
    assert len(raised) > 100
    for code, details in raised:
        assert places_in(words("nl")["errors"][code]) == details, code


def test_no_sentence_is_left_over() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in PRODUCT.rglob("*.py"))
    assert [code for code in words("nl")["errors"] if f'"{code}"' not in source] == []


def test_an_error_is_said_in_either_language() -> None:
    error = ReadError("pdf_too_many_pages", n=9000, most=5000)
    assert str(error) == "it has 9,000 pages, and 5,000 is the most that is read"
    assert error.sentence.said("nl") == "het heeft 9.000 pagina’s; meer dan 5.000 wordt niet gelezen"


def test_a_sentence_within_a_sentence_is_said_in_the_same_language() -> None:
    sentence = Sentence("list_unreadable", {"reason": Sentence("file_empty")})
    assert (sentence.said("nl"), sentence.said("en")) == (
        "De lijst kan niet worden gelezen: het is leeg.",
        "The list cannot be read: it is empty.",
    )


@pytest.mark.parametrize("hostile", ["{0}", "{path.__class__}", "%s", "{", "<b>"])
def test_what_is_filled_in_is_never_a_template(hostile: str) -> None:
    assert Sentence("no_such_path", {"path": hostile}).said("en") == f"There is no file or folder {hostile}."


def test_numbers_are_written_as_the_language_does() -> None:
    assert (say_number(20000, "nl"), say_number(20000, "en")) == ("20.000", "20,000")
