import pytest

from qa.parliament.identifiers import (
    OfficialId,
    Series,
    dossier_address,
    parse_official_id,
    public_address,
    short_session,
    spaced_dossier,
)


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("ah-tk-20232024-878", OfficialId(series=Series.ANSWERS, session="2023-2024", number="878")),
        ("ah-ek-20222023-3", OfficialId(series=Series.ANSWERS, session="2022-2023", number="3")),
        ("kv-tk-2021Z03234", OfficialId(series=Series.QUESTIONS, number="2021Z03234")),
        ("kst-30573-153", OfficialId(series=Series.PAPER, dossier="30573", number="153")),
        ("kst-31444-XVI-6", OfficialId(series=Series.PAPER, dossier="31444-XVI", number="6")),
        ("kst-21501-02-2498", OfficialId(series=Series.PAPER, dossier="21501-02", number="2498")),
        ("kst-33569-A", OfficialId(series=Series.PAPER, dossier="33569", number="A")),
        ("kst-36200-VII-A", OfficialId(series=Series.PAPER, dossier="36200-VII", number="A")),
        ("kst-36200-A-3", OfficialId(series=Series.PAPER, dossier="36200-A", number="3")),
        ("kst-30573-153-h1", OfficialId(series=Series.PAPER, dossier="30573", number="153")),
        ("ah-tk-20232034-878", None),
        ("kst-30573", None),
        ("zie kst-30573-153", None),
        ("kst-30573-153\n", None),
        ("", None),
    ],
)
def test_an_identifier_says_what_it_is(text: str, identifier: OfficialId | None) -> None:
    assert parse_official_id(text) == identifier


def test_the_public_address_follows_from_the_identifier() -> None:
    assert public_address("kst-36410-IV-15") == "https://zoek.officielebekendmakingen.nl/kst-36410-IV-15.html"


def test_the_address_of_a_dossier_follows_from_its_number() -> None:
    assert dossier_address("30573") == "https://zoek.officielebekendmakingen.nl/dossier/30573"


@pytest.mark.parametrize(("session", "short"), [("2023-2024", "2023/24"), ("1999-2000", "1999/2000"), ("2009-2010", "2009/10")])
def test_a_session_is_written_short(session: str, short: str) -> None:
    assert short_session(session) == short


@pytest.mark.parametrize(("dossier", "spaced"), [("30573", "30 573"), ("36410-IV", "36 410 IV"), ("21501-02", "21 501-02")])
def test_a_dossier_is_written_as_in_print(dossier: str, spaced: str) -> None:
    assert spaced_dossier(dossier) == spaced
