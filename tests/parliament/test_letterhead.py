import pytest

from qa.parliament.letterhead import is_letterhead, letterhead_lines


@pytest.mark.parametrize(
    "rows",
    [
        [["Datum", "16 mei 2022"], ["Betreft", "Het IMRF"]],
        [["Datum", "16 mei 2022", "Ons kenmerk", "4023811", "Uw kenmerk", "Bijlage(n)", "1"]],
        [["De Voorzitter van de Tweede Kamer der Staten-Generaal", "Postbus 20018", "2500 EA DEN HAAG"]],
        [["Datum 16 mei 2022"], ["Betreft: beantwoording Kamervragen"]],
        [["Datum", "16 mei 2022"], ["Betreft", "het kabinet wil meer grip " * 20]],
        [["Directie Migratiebeleid", "www.rijksoverheid.nl", "Contactpersoon", "J. Jansen"]],
    ],
)
def test_labels_and_addresses_make_a_letterhead(rows: list[list[str]]) -> None:
    assert is_letterhead(rows)


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [["Jaar", "Aantal"], ["2022", "23.000"]],
        [["Datum", "Onderwerp"], ["1 mei", "De dijken"]],
        [["Vraag 1", "Kunt u dat toelichten?"]],
        [["Datum", "16 mei 2022", "Ons kenmerk", "4023811"], ["Toelichting", "het kabinet wil meer grip " * 20]],
        [["Datum", "16 mei 2022"]],
    ],
)
def test_other_tables_are_none(rows: list[list[str]]) -> None:
    assert not is_letterhead(rows)


def test_a_label_stands_on_one_line_with_what_it_labels() -> None:
    rows = [["Den Haag"], ["Datum", "16 mei 2022", "Uw kenmerk", "Ons kenmerk", "4023811", "Bijlagen"]]
    assert letterhead_lines(rows) == ["Den Haag", "Datum 16 mei 2022", "Uw kenmerk", "Ons kenmerk 4023811", "Bijlagen"]
