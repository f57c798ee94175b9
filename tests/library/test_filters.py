from typing import Any

import pytest

from qa.document import Kind
from qa.exceptions import FilterError
from qa.library.filters import Filters, make_filters, read_filters
from qa.wording.filters import say_filters

SOME = Filters(kinds=(Kind.LETTER,), date_from="2024-01-01", date_to="2024-12-31", parties=("PVV", "SP"))


def test_filters_without_values_mean_everything() -> None:
    assert not Filters()


def test_filters_with_a_value_do_not_mean_everything() -> None:
    assert Filters(parties=("SP",))


def test_filters_come_back_from_json_as_they_were() -> None:
    assert read_filters(SOME.as_dict()) == SOME


def test_only_what_is_set_is_written() -> None:
    assert Filters(parties=("SP",)).as_dict() == {"parties": ["SP"]}


def test_a_year_stands_for_its_first_and_its_last_day() -> None:
    filters = make_filters(date_from="2023", date_to="2024")
    assert (filters.date_from, filters.date_to) == ("2023-01-01", "2024-12-31")


def test_a_month_ends_on_its_own_last_day() -> None:
    assert make_filters(date_to="2024-02").date_to == "2024-02-29"


def test_the_parts_together_are_the_whole() -> None:
    whole = Filters()
    for part in SOME.parts():
        whole = whole.joined(part)
    assert whole == SOME


def test_every_part_can_be_taken_away() -> None:
    rest = SOME
    for part in SOME.parts():
        rest = rest.without(part)
    assert not rest


def test_a_joined_period_takes_the_place_of_the_one_before() -> None:
    assert SOME.joined(Filters(date_from="2022-01-01")).date_to is None


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("2024", "a JSON object with any of"),
        (None, "a JSON object"),
        ({"colour": ["red"]}, "no filter 'colour'; there are: kinds, date_from"),
        ({"members": "Keijzer"}, "'members' cannot be read"),
        ({"members": [""]}, "'members.0' takes at most"),
        ({"members": ["x" * 301]}, "at most 200 values of 1 to 300 characters"),
        ({"parties": ["x"] * 201}, "at most 200 values"),
        ({"kinds": ["brief"]}, "no kind of document called 'brief'; there are: letter \\(Kamerbrief\\)"),
        ({"date_from": "gisteren"}, "'gisteren' is not a date; write"),
        ({"date_from": "2024-02-30"}, "'2024-02-30' is not a date that exists"),
        ({"date_to": "2024-13"}, "is not a date that exists"),
        ({"date_to": "0000"}, "is not a date that exists"),
        ({"date_from": "٢٠٢٤"}, "is not a date"),
        ({"date_from": "2025", "date_to": "2024"}, "ends before it begins"),
        ({"date_from": 2024}, "'date_from' cannot be read"),
    ],
)
def test_what_is_no_filter_is_refused_with_a_sentence(value: Any, sentence: str) -> None:
    with pytest.raises(FilterError, match=sentence):
        read_filters(value)


@pytest.mark.parametrize(
    ("filters", "dutch", "english"),
    [
        (make_filters(date_from="2024", date_to="2024"), "2024", "2024"),
        (make_filters(date_from="2024-03", date_to="2024-03"), "maart 2024", "March 2024"),
        (make_filters(date_from="2021", date_to="2023"), "2021 tot en met 2023", "2021 to 2023"),
        (make_filters(date_from="2022"), "vanaf 2022", "from 2022 on"),
        (make_filters(date_from="2022-05"), "vanaf mei 2022", "from May 2022 on"),
        (make_filters(date_to="2022-05-02"), "tot en met 2 mei 2022", "until 2 May 2022"),
        (make_filters(date_from="2022-05-02", date_to="2022-05-02"), "2 mei 2022", "2 May 2022"),
        (make_filters(date_from="9999", date_to="9999"), "9999", "9999"),
        (make_filters(date_from="2022-05-02", date_to="2022-06-03"), "2 mei 2022 tot en met 3 juni 2022", "2 May 2022 to 3 June 2022"),
        (make_filters(kinds=["motie"]), "motie", "motie (motion)"),
        (make_filters(dossiers=["36410-IV"]), "Dossier: 36 410 IV", "Dossier: 36 410 IV"),
        (make_filters(members=["Keijzer"], parties=["BBB"]), "Kamerlid: Keijzer; Fractie: BBB", "Member: Keijzer; Party: BBB"),
        (make_filters(ministers=["Hermans"]), "Bewindspersoon: Hermans", "Minister or state secretary: Hermans"),
    ],
)  # fmt: skip
def test_filters_are_said_in_both_languages(filters: Filters, dutch: str, english: str) -> None:
    assert (say_filters(filters, "nl"), say_filters(filters, "en")) == (dutch, english)
