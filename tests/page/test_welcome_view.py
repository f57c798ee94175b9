from collections.abc import Sequence

import pytest

from qa.document import Kind, Metadata
from qa.library import DocumentRecord
from qa.page.chat.welcome_view import holdings_of
from tests.builders import catalogue_of


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        (["2022-04-29", "2022-05-16"], "van 29 april 2022 tot en met 16 mei 2022"),
        (["2022-05-16", "2022-05-16"], "van 16 mei 2022"),
        (["2022-05-16", None, "<b>gisteren</b>"], "van 16 mei 2022, 2 zonder datum"),
        ([None], ""),
    ],
)
def test_the_first_screen_says_when_documents_are_of_a_single_day_once_and_how_many_do_not_say(
    dates: Sequence[str | None], said: str
) -> None:
    records = [
        DocumentRecord(str(number), Metadata(title="Brief", kind=Kind.LETTER, date=date), "/brief.txt", "2022-11-22", 1)
        for number, date in enumerate(dates)
    ]
    assert holdings_of(catalogue_of(records), "nl").period == said
