from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.document import Document
from qa.parliament.references import ReferenceKind, find_references

# What is written, what of it is the reference, and what it refers to.
SPELLINGS = [
    ("raamwerk voortvloeien Kamerstuk 30 573, nr. 153", "Kamerstuk 30 573, nr. 153", "kst-30573-153"),
    ("Kamerstukken II 2023/24, 36 410 IV, nr. 15", "Kamerstukken II 2023/24, 36 410 IV, nr. 15", "kst-36410-IV-15"),
    ("zie 36410-IV-15.", "36410-IV-15", "kst-36410-IV-15"),
    ("Kamerstuk 36410-IV-15", "Kamerstuk 36410-IV-15", "kst-36410-IV-15"),
    ("Kamerstuk II 28286, nr. 1056", "Kamerstuk II 28286, nr. 1056", "kst-28286-1056"),
    ("(Kamerstuk 19 637, nr. 2688)", "Kamerstuk 19 637, nr. 2688", "kst-19637-2688"),
    ("(Kamerstuk 35 788, nr. 77)", "Kamerstuk 35 788, nr. 77", "kst-35788-77"),
    ("Kamerstuk 36 200 IV, nr. 25.", "Kamerstuk 36 200 IV, nr. 25", "kst-36200-IV-25"),
    ("Bijlage 1 van kamerstuk 32 813, nr. 1395", "kamerstuk 32 813, nr. 1395", "kst-32813-1395"),
    ("Kamerstuk 22 054, nr. 395, d.d. 14 juli 2023.", "Kamerstuk 22 054, nr. 395", "kst-22054-395"),
    ("Kamerstuk 21 501-02, nr. 2498 (https://www.", "Kamerstuk 21 501-02, nr. 2498", "kst-21501-02-2498"),
    ("(Kamerstuk 21501-32-1740). Dit", "Kamerstuk 21501-32-1740", "kst-21501-32-1740"),
    ("(Kamerstuk 21 501-32, nr. 1703).", "Kamerstuk 21 501-32, nr. 1703", "kst-21501-32-1703"),
    ("21501-32-1740", "21501-32-1740", "kst-21501-32-1740"),
    ("Kamerstukken II2015–16, 34 104, nr. 128.", "Kamerstukken II2015–16, 34 104, nr. 128", "kst-34104-128"),
    ("Kamerstukken II 2023–34, 23 235, nr. 240.", "Kamerstukken II 2023–34, 23 235, nr. 240", "kst-23235-240"),
    ("TK 2023/24, 31 839, nr. 1024.", "TK 2023/24, 31 839, nr. 1024", "kst-31839-1024"),
    ("hoofdlijnenakkoord (36 471-64) op 7 juni 2024.", "36 471-64", "kst-36471-64"),
    ("Kamerstuk 35 925 VI, nr. 132", "Kamerstuk 35 925 VI, nr. 132", "kst-35925-VI-132"),
    ("(Kamerstuk 35 300 VI, nr. 105);", "Kamerstuk 35 300 VI, nr. 105", "kst-35300-VI-105"),
    (
        "Kamerstukken II 2008-2009, 31 700-VIII, nr. 32, blz. 3",
        "Kamerstukken II 2008-2009, 31 700-VIII, nr. 32",
        "kst-31700-VIII-32",
    ),
    ("Kamerstukken II, 2008/09, 31700.VIII, 32", "Kamerstukken II, 2008/09, 31700.VIII, 32", "kst-31700-VIII-32"),
    ("TK 2008-2009, 31473, nummer 25, bladzijde 5", "TK 2008-2009, 31473, nummer 25", "kst-31473-25"),
    (
        "Kamerstukken II, vergaderjaar 2021–2022, 30 573, nr. 185",
        "Kamerstukken II, vergaderjaar 2021–2022, 30 573, nr. 185",
        "kst-30573-185",
    ),
    (
        "Tweede Kamer, vergaderjaar 2021–2022, 30 573, nr. 185",
        "Tweede Kamer, vergaderjaar 2021–2022, 30 573, nr. 185",
        "kst-30573-185",
    ),
    ("Kamerstuk\u00a030\u00a0573, nr.\u00a0153", "Kamerstuk\u00a030\u00a0573, nr.\u00a0153", "kst-30573-153"),
    ("zie 30573, nr. 153", "30573, nr. 153", "kst-30573-153"),
    ("Kamerstuk 30573 nr. 153", "Kamerstuk 30573 nr. 153", "kst-30573-153"),
    ("Kamerstuk 30.573, nr. 153", "Kamerstuk 30.573, nr. 153", "kst-30573-153"),
    ("KAMERSTUK 30 573, NR. 153", "KAMERSTUK 30 573, NR. 153", "kst-30573-153"),
    ("Kamerstuknummer 30 573, nr. 153", "Kamerstuknummer 30 573, nr. 153", "kst-30573-153"),
    ("de motie (36 410 IV, nr. 15)", "36 410 IV, nr. 15", "kst-36410-IV-15"),
    ("Kamerstukken I 2021/22, 35 925, nr. E", "Kamerstukken I 2021/22, 35 925, nr. E", "kst-35925-E"),
    ("Kamerstukken I, 2008-2009, 31145, nr. C", "Kamerstukken I, 2008-2009, 31145, nr. C", "kst-31145-C"),
    ("Kamerstukken EK, 2014-2015, 31 145, AA", "Kamerstukken EK, 2014-2015, 31 145, AA", "kst-31145-AA"),
    ("Kamerstukken Eerste Kamer 2014-15, 31 145, AA", "Kamerstukken Eerste Kamer 2014-15, 31 145, AA", "kst-31145-AA"),
    ("Kamerstukken I 2022/23, 36 200 VII, A", "Kamerstukken I 2022/23, 36 200 VII, A", "kst-36200-VII-A"),
    ("Kamerstuk 33569-A", "Kamerstuk 33569-A", "kst-33569-A"),
    ("Kamerstuk 36 200 A, nr. 3", "Kamerstuk 36 200 A, nr. 3", "kst-36200-A-3"),
    ("kst-31444-XVI-6", "kst-31444-XVI-6", "kst-31444-XVI-6"),
    ("kst-33569-A.", "kst-33569-A", "kst-33569-A"),
    ("ah-tk-20232024-878", "ah-tk-20232024-878", "ah-tk-20232024-878"),
    ("kv-tk-2021Z03234", "kv-tk-2021Z03234", "kv-tk-2021Z03234"),
    (
        "https://zoek.officielebekendmakingen.nl/kst-29279-874.html",
        "https://zoek.officielebekendmakingen.nl/kst-29279-874.html",
        "kst-29279-874",
    ),
    (
        "Zie ook Aanhangsel Handelingen, vergaderjaar 2023–2024, nr. 1137.",
        "Aanhangsel Handelingen, vergaderjaar 2023–2024, nr. 1137",
        "ah-tk-20232024-1137",
    ),
    (
        "Aanhangsel Handelingen, vergaderjaar 2023-2024, nr. 1121",
        "Aanhangsel Handelingen, vergaderjaar 2023-2024, nr. 1121",
        "ah-tk-20232024-1121",
    ),
    ("Aanhangsel Handelingen II 2022/23, 1823", "Aanhangsel Handelingen II 2022/23, 1823", "ah-tk-20222023-1823"),
    (
        "Aanhangsel van de Handelingen II 1999/2000, nr. 12",
        "Aanhangsel van de Handelingen II 1999/2000, nr. 12",
        "ah-tk-19992000-12",
    ),
    ("Aanhangsel Handelingen I 2022/23, nr. 3", "Aanhangsel Handelingen I 2022/23, nr. 3", "ah-ek-20222023-3"),
    ("van de SGP-leden Bisschop en Van der Staaij (2022D22285) en", "2022D22285", "2022D22285"),
    ("Bouchallikh (2022Z10723), niets", "2022Z10723", "2022Z10723"),
    ("(Kamerstuk 35 405).", "Kamerstuk 35 405", "35405"),
    ("Kamerstukdossier 36 410 IV", "Kamerstukdossier 36 410 IV", "36410-IV"),
    ("Kamerstuk 30 573, 12 mei 2022", "Kamerstuk 30 573", "30573"),
    ("Kamerstuk 22 112, EU-voorstel", "Kamerstuk 22 112", "22112"),
    ("Kamerstuk 36 410-X", "Kamerstuk 36 410", "36410"),
]

LISTS = [
    ("Kamerstukken II 2020/21, 35 788, nrs. 3 en 4", ["kst-35788-3", "kst-35788-4"]),
    ("Kamerstuk 35 788, nrs. 3, 4 en 77", ["kst-35788-3", "kst-35788-4", "kst-35788-77"]),
    ("Kamerstuk 35 788, nr. 3 en nr. 4", ["kst-35788-3", "kst-35788-4"]),
    ("(Kamerstuk 35 788, nr. 3 en 4)", ["kst-35788-3", "kst-35788-4"]),
    ("Kamerstuk 35 788, nr. 3 en 12 andere stukken", ["kst-35788-3"]),
    ("Kamerstuk 35 788, nrs. 3 en 4, 12 mei 2022", ["kst-35788-3", "kst-35788-4"]),
    ("kamerstukken II 1999/00, 26 824, nrs. 1–3", ["kst-26824-1", "kst-26824-3"]),
    ("Kamerstukken 36410, nr. 15, en 36200, nr. 25", ["kst-36410-15", "kst-36200-25"]),
    ("Kamerstukken II 2022/23, 36 410 XV, nr. 2 en 36 411, nr. 7", ["kst-36410-XV-2", "kst-36411-7"]),
    ("Aanhangsel Handelingen II 2022/23, nrs. 18 en 19", ["ah-tk-20222023-18", "ah-tk-20222023-19"]),
    ("2011Z01806/ 2011D08089", ["2011Z01806", "2011D08089"]),
    ("Kamerstuk 30 573, nr. 153 Kamerstuk 30 573, nr. 168", ["kst-30573-153", "kst-30573-168"]),
]

NO_REFERENCES = [
    "artikel 30, nr. 2",
    "artikel 30 573, nr. 2",
    "een bedrag van 36 410 euro",
    "€ 36 410, nr. 3",
    "tussen 25 000-30 000 mensen",
    "op 16 mei 2022",
    "bel 070-3624000 of 06-12345678",
    "van de artikelen 3:10 en 3:17 Wet op het financieel toezicht",
    "Tweede Kamer, vergaderjaar 2023–2024, Aanhangsel 3",
    "ISSN 0921 - 7398",
    "Handelingen II 2016/17, nr. 55, item 3",
    "Stcrt. 2024, nr. 18573",
    "Kamerstukken II 2023/24",
    "Kamerstukken II 1985/86, 19 637, nr. 2",
    "Aanhangsel Handelingen II 2022/24, 1823",
    "Aanhangsel Handelingen, nr. 1121",
    "Kamerstukken II 2014/15, 34 158 (R2048), nr. 3",
    "https://www.tweedekamer.nl/kamerstukken/moties/detail?id=2022D25169&did=2022D25169",
    "https://nos.nl/artikel/2533225-aanbieders-jeugdzorg",
    "de stof 10043-35-3",
    "de TK 150 leden telt",
    "kenmerk 12024Z07789",
]


@pytest.mark.parametrize(("text", "written", "identifier"), SPELLINGS)
def test_a_reference_is_found_as_it_is_written(text: str, written: str, identifier: str) -> None:
    assert [(text[found.start : found.end], found.identifier) for found in find_references(text)] == [(written, identifier)]


@pytest.mark.parametrize(("text", "identifiers"), LISTS)
def test_each_number_of_a_list_is_a_reference(text: str, identifiers: list[str]) -> None:
    assert [found.identifier for found in find_references(text)] == identifiers


def test_further_numbers_of_a_list_begin_at_the_number() -> None:
    text = "Kamerstukken II 2020/21, 35 788, nrs. 3 en 4"
    assert [text[found.start : found.end] for found in find_references(text)] == ["Kamerstukken II 2020/21, 35 788, nrs. 3", "4"]


@pytest.mark.parametrize("text", NO_REFERENCES)
def test_what_is_no_certain_reference_is_left_out(text: str) -> None:
    assert find_references(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "address"),
    [
        ("Kamerstuk 30 573, nr. 153", ReferenceKind.PAPER, "https://zoek.officielebekendmakingen.nl/kst-30573-153.html"),
        ("Kamerstuk 35 405", ReferenceKind.DOSSIER, "https://zoek.officielebekendmakingen.nl/dossier/35405"),
        ("ah-tk-20232024-878", ReferenceKind.ANSWERS, "https://zoek.officielebekendmakingen.nl/ah-tk-20232024-878.html"),
        ("kv-tk-2021Z03234", ReferenceKind.QUESTIONS, "https://zoek.officielebekendmakingen.nl/kv-tk-2021Z03234.html"),
        (
            "2024D49539",
            ReferenceKind.CHAMBER_DOCUMENT,
            "https://www.tweedekamer.nl/kamerstukken/detail?id=2024D49539&did=2024D49539",
        ),
        ("2024Z07789", ReferenceKind.CASE, None),
    ],
)
def test_a_reference_says_what_it_refers_to_and_where_that_is(text: str, kind: ReferenceKind, address: str | None) -> None:
    assert [(found.kind, found.address) for found in find_references(text)] == [(kind, address)]


def test_the_letter_of_the_seeds_refers_to_four_papers(letter: Document) -> None:
    found = [reference.identifier for reference in find_references(letter.text)]
    assert sorted(found) == ["kst-30573-153", "kst-30573-168", "kst-30573-185", "kst-35788-77"]


PIECES = [
    "Kamerstuk ", "Kamerstukken II 2023/24, ", "36 410", "36410", " IV", ", nr. ", ", nrs. ", "15", " en ", ", ", "-", "–", "A", "(", ")", "TK ", " ",
    "Aanhangsel Handelingen II 2022/23, ", "kst-", "2024D49539", "https://", "www.a.nl/", "\u00a0", "mei", "artikel ", "\n", "/", "ah-tk-20232024-878",
]  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=30).map("".join))


@given(TEXTS)
def test_references_lie_in_the_text_in_order_and_without_overlap(text: str) -> None:
    edges = [edge for found in find_references(text) for edge in (found.start, found.end)]
    assert edges == sorted(edges)
    assert all(found.start < found.end for found in find_references(text))
    assert all(0 <= edge <= len(text) for edge in edges)


@given(st.text(st.characters(exclude_categories=["Nd"])))
def test_a_text_without_digits_has_no_references(text: str) -> None:
    assert find_references(text) == []


@given(TEXTS)
def test_a_reference_says_the_same_where_it_stands_alone(text: str) -> None:
    whole = [
        found
        for found in find_references(text)
        if found.kind is ReferenceKind.ANSWERS and text[found.start : found.end].startswith("A")
    ]
    for found in whole:
        assert find_references(text[found.start : found.end])[0].identifier == found.identifier


@pytest.mark.parametrize(
    "unit",
    [
        "Kamerstuk ", "Kamerstukken II 2023/24, ", "36 410 IV, ", "1", "12 345 ", " ", "\u00a0", "nrs. 1 en ", "1, 2 en 3, ", "kst-12345-", "36410-IV-",
        "Aanhangsel Handelingen II 2023/24, ", "https://", "www.", "Kamerstuk 30 573, nr. 1 en 30 574, nr. 2, ", "Tweede Kamer, vergaderjaar 2023-2024, ",
    ],
)  # fmt: skip
def test_the_time_grows_no_faster_than_the_text(unit: str) -> None:
    assert _seconds(unit, 100_000) < 10 * _seconds(unit, 25_000) + 0.1  # linear: 4 times; quadratic: 16 times


def _seconds(unit: str, length: int) -> float:
    text = "Kamerstuk 30 573, nrs. 1" + unit * (length // len(unit))
    return min(_seconds_once(text) for _ in range(3))


def _seconds_once(text: str) -> float:
    start = process_time()
    find_references(text)
    return process_time() - start
