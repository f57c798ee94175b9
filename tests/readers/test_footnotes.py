import pytest

from qa.readers.footnotes import FootnoteBody, MarkStyle, find_mark, split_footnotes
from qa.readers.lines import words_of


def bodies_of(*page: str, above: str = "", first_number: int = 1) -> list[FootnoteBody]:
    return split_footnotes(page, above, first_number, words_of([above, *page]))[1]


def mark_in(text: str, number: int) -> str | None:
    """Return the text before the mark, or None if there is no mark."""
    span = find_mark(text, number, words_of([text]))
    return text[: span[0]] if span else None


@pytest.mark.parametrize(
    ("text", "number", "before"),
    [
        ("verplichtingen voortvloeien1. Nederland", 1, "verplichtingen voortvloeien"),
        ("een standpuntverklaring af2.", 2, "een standpuntverklaring af"),
        ("brief van 29 april jl.?1 ", 1, "brief van 29 april jl.?"),
        ("Nederland aan het IMRF.2 ", 2, "Nederland aan het IMRF."),
        ("jl. geïnformeerd.3 De onderzoekers", 3, "jl. geïnformeerd."),
        ("geïnformeerd.3De onderzoekers", 3, "geïnformeerd."),
        ("het programma «Samen»4, de", 4, "het programma «Samen»"),
        ("de wet (Wob)5 is", 5, "de wet (Wob)"),
        ("in mei 20186 en later", 6, "in mei 2018"),
        ("de brief12.", 12, "de brief"),
    ],
)
def test_a_mark_is_found_at_its_word(text: str, number: int, before: str) -> None:
    assert mark_in(text, number) == before


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("de uitstoot van CO2 daalt", 2),
        ("in 2018 en 2019", 8),
        ("Kamerstuk 30 573, nr.1", 1),
        ("zie art.5 van de wet", 5),
        ("vraag 1 en 2", 1),
        ("de brief12.", 1),
        ("de brief12.", 2),
        ("(1) ten eerste", 1),
        ("[1] ten eerste", 1),
        ("COVID19", 19),
        ("het formulier A4b", 4),
    ],
)
def test_a_number_that_is_no_mark_is_left(text: str, number: int) -> None:
    assert mark_in(text, number) is None


def test_a_mark_is_looked_for_from_where_the_last_one_stood() -> None:
    text = "brief1 en nogmaals brief1"
    assert find_mark(text, 1, frozenset(), start=6) == (24, 25)


def test_footnotes_at_the_bottom_are_taken_out() -> None:
    page = ["geen plichten1. Ook", "een verklaring2.", "", "1 Kamerstuk 30 573, nr. 153", "2 Kamerstuk 30 573, nr. 168"]
    assert bodies_of(*page) == [
        FootnoteBody(1, ("Kamerstuk 30 573, nr. 153",)),
        FootnoteBody(2, ("Kamerstuk 30 573, nr. 168",)),
    ]


def test_the_page_keeps_what_stands_above_its_footnotes() -> None:
    lines, _bodies = split_footnotes(["geen plichten1.", "", "1 Kamerstuk 1"], "", 1, frozenset())
    assert lines == ["geen plichten1.", ""]


def test_a_footnote_of_two_lines_is_one() -> None:
    assert bodies_of("van belang1.", "", "1 Coalitieakkoord (Bijlage bij", "Kamerstuk 35 788, nr. 77)") == [
        FootnoteBody(1, ("Coalitieakkoord (Bijlage bij", "Kamerstuk 35 788, nr. 77)"))
    ]


def test_an_empty_line_may_stand_between_footnotes() -> None:
    assert [body.number for body in bodies_of("belang1 en aan2.", "", "1 Kamerstuk", "", "2 Raadpleegbaar")] == [1, 2]


def test_a_number_alone_may_stand_above_its_footnote() -> None:
    assert bodies_of("van belang1.", "", "1", "Kamerstuk 35 788") == [FootnoteBody(1, ("Kamerstuk 35 788",))]


def test_a_mark_may_stand_on_an_earlier_page() -> None:
    assert len(bodies_of("verder niets.", "", "1 Kamerstuk 35 788", above="van belang1.\n")) == 1


def test_a_numbered_list_without_marks_is_text() -> None:
    assert bodies_of("De punten zijn:", "1 meer grip", "2 minder overlast") == []


def test_a_number_that_is_not_due_begins_no_footnote() -> None:
    assert bodies_of("van belang3.", "", "3 Kamerstuk 35 788", first_number=1) == []


def test_a_paragraph_after_it_shows_that_a_line_was_no_footnote() -> None:
    assert bodies_of("van belang1.", "1 meer grip op", "", "De tekst gaat hier gewoon verder.") == []


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("Kent u het bericht «Dijken»? 1) En dat 2) ook.", "1) Trouw, 3 mei 2024", "2) NOS, 4 mei 2024"),
        ("Kent u het bericht «Dijken»[1]? En dat [2] ook.", "[1] Trouw, 3 mei 2024", "[2] NOS, 4 mei 2024"),
    ],
    ids=["parentheses", "brackets"],
)
def test_a_list_at_the_end_of_a_file_is_footnotes(text: str, first: str, second: str) -> None:
    assert [(body.number, body.lines) for body in bodies_of(text, "", first, second)] == [
        (1, ("Trouw, 3 mei 2024",)),
        (2, ("NOS, 4 mei 2024",)),
    ]


def test_a_numbered_list_without_marks_stays_a_list() -> None:
    assert bodies_of("Er zijn twee redenen:", "", "1) de dijken", "2) de sluizen") == []


def test_bodies_of_two_styles_are_not_one_list() -> None:
    assert bodies_of("Kent u dat? 1) En dit2.", "", "1) Trouw", "2 NOS") == [
        FootnoteBody(1, ("Trouw", "2 NOS"), MarkStyle.PARENTHESIS)
    ]
