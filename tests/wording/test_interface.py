import pytest

from qa.answer import Language
from qa.document import Kind
from qa.passage import Role
from qa.wording.documents import say_date, say_role
from qa.wording.interface import preferred_language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "nl"),
        ("nl-NL,nl;q=0.9,en;q=0.8", "nl"),
        ("en-GB,en;q=0.9,nl;q=0.8", "en"),
        ("de-DE,de;q=0.9", "nl"),
        ("de,en;q=0.7", "en"),
        ("nl;q=0.1,en;q=0.2", "en"),
        ("en;q=0", "nl"),
        ("en;q=x, ;;,", "nl"),
    ],
)
def test_page_is_in_dutch_unless_the_browser_prefers_english(header: str, language: Language) -> None:
    assert preferred_language(header) == language


def test_several_numbers_are_enumerated() -> None:
    assert say_role(Role.ANSWER, (4, 5, 6), Kind.ANSWERS, "nl") == "antwoord op vragen 4, 5 en 6"


def test_paragraph_is_named_after_its_document() -> None:
    assert say_role(Role.PARAGRAPH, (), Kind.LETTER, "nl") == "Kamerbrief"


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("numbers", [(), (1,), (1, 2)])
def test_every_role_can_be_said_with_any_numbers(role: Role, numbers: tuple[int, ...]) -> None:
    assert "{" not in say_role(role, numbers, Kind.OTHER, "en")


def test_what_is_no_date_is_said_as_it_is() -> None:
    assert say_date("gisteren", "nl") == "gisteren"
