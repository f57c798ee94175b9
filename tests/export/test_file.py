import pytest

from qa.export import Format, export_conversation
from tests.export.conversations import DUTCH, SITE, TODAY, conversation


def name(title: str) -> str:
    return export_conversation(conversation(DUTCH, title=title), Format.MARKDOWN, site=SITE, language="nl", today=TODAY).name


@pytest.mark.parametrize("wanted", Format)
def test_every_format_is_written(wanted: Format) -> None:
    file = export_conversation(conversation(DUTCH), wanted, site=SITE, language="nl", today=TODAY)
    assert file.name.endswith(f"2026-11-22.{wanted}")
    assert file.content


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Migratie & één vraag", "bronvraag-migratie-een-vraag-2026-11-22.md"),
        ("../../etc/passwd\x00", "bronvraag-etc-passwd-2026-11-22.md"),
        ("日本語", "bronvraag-2026-11-22.md"),
        ("CON", "bronvraag-con-2026-11-22.md"),
    ],
)
def test_name_holds_nothing_that_means_something_to_a_system(title: str, expected: str) -> None:
    assert name(title) == expected


def test_long_title_is_cut() -> None:
    assert len(name("woord " * 50)) < 90
