import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.document import Document
from qa.readers.canonical import CanonicalText, make_canonical

FULL = "Dit is een regel die de bladspiegel vult zoals in gedrukte stukken"


def canonical(*pages: str) -> CanonicalText:
    """Return the canonical text of pages that are written with line breaks."""
    return make_canonical([page.splitlines() for page in pages])


def paragraphs(*pages: str) -> list[str]:
    return canonical(*pages).text.split("\n\n")


def around_anchors(document: CanonicalText | Document, n_before: int = 12) -> list[tuple[int, str]]:
    """Return the number of every footnote and what stands before its anchor."""
    return [
        (note.number, document.text[max(0, note.anchor - n_before) : note.anchor])
        for note in document.footnotes
        if note.anchor is not None
    ]


def test_lines_become_a_paragraph() -> None:
    assert paragraphs("Het kabinet wil\nmeer grip.") == ["Het kabinet wil meer grip."]


def test_an_empty_line_ends_a_paragraph() -> None:
    assert paragraphs("Het kabinet.\n\nDe Kamer.") == ["Het kabinet.", "De Kamer."]


def test_white_space_inside_a_line_is_one_space() -> None:
    assert paragraphs("  Het \t kabinet   wil  ") == ["Het kabinet wil"]


@pytest.mark.parametrize("heading", ["Vraag 1", "Antwoord op vraag 4", "Antwoorden op vraag 3, 4 en 5", "Mededeling"])
def test_a_heading_is_a_paragraph_of_its_own(heading: str) -> None:
    assert paragraphs(f"de vorige zin\n{heading}\nKunt u dat toelichten?") == [
        "de vorige zin",
        heading,
        "Kunt u dat toelichten?",
    ]


def test_list_items_after_a_full_stop_are_paragraphs() -> None:
    assert paragraphs("De punten zijn:\n- meer grip;\n- minder overlast.") == [
        "De punten zijn:",
        "- meer grip;",
        "- minder overlast.",
    ]


def test_a_dash_in_the_middle_of_a_sentence_begins_no_item() -> None:
    assert paragraphs("de periode 2017\n- 2018 was druk.") == ["de periode 2017 - 2018 was druk."]


def test_a_sentence_that_goes_on_overleaf_is_one_paragraph() -> None:
    assert paragraphs(f"{FULL}\n{FULL} en", "dat gaat hier verder.") == [f"{FULL} {FULL} en dat gaat hier verder."]


def test_a_word_that_is_broken_by_a_page_is_mended() -> None:
    assert paragraphs(f"{FULL} migratie-", "beleid in relatie tot het GCM.") == [f"{FULL} migratiebeleid in relatie tot het GCM."]


def test_a_sentence_that_goes_on_overleaf_with_a_capital_is_one_paragraph() -> None:
    assert paragraphs(f"{FULL}\n{FULL} in", "Noord-Afrika is dat zo.") == [f"{FULL} {FULL} in Noord-Afrika is dat zo."]


def test_a_new_sentence_overleaf_begins_a_paragraph() -> None:
    assert paragraphs(f"{FULL}.", "De lidstaten onderhandelen.") == [f"{FULL}.", "De lidstaten onderhandelen."]


def test_empty_lines_at_a_page_border_split_nothing() -> None:
    assert paragraphs(f"{FULL} en\n\n", "\n\ndat gaat verder.") == [f"{FULL} en dat gaat verder."]


@pytest.mark.parametrize(
    "line",
    [
        "ah-tk-20232024-1481",
        "kv-tk-2021Z03234",
        "kst-30573-153",
        "ISSN 0921 - 7398",
        "ISSN 0921-7398",
        "'s-Gravenhage 2024",
        "’s-Gravenhage 2024",
        "Tweede Kamer, vergaderjaar 2023-2024, Aanhangsel 3",
        "Tweede Kamer, vergaderjaar 2021–2022, 30 573, nr. 190 2",
        "Tweede Kamer der Staten-Generaal",
        "Tweede Kamer der Staten-Generaal 2",
        "Vergaderjaar 2023–2024",
        "Vergaderjaar 2023–2024 Aanhangsel van de Handelingen",
        "Aanhangsel van de Handelingen",
        "'s-Gravenhage 2022 Tweede Kamer, vergaderjaar 2021–2022, 30 573, nr. 190",
    ],
)
def test_page_furniture_is_set_apart(line: str) -> None:
    found = canonical(f"{FULL} en\n{line}", "dat gaat verder.")
    assert (found.text, found.furniture) == (f"{FULL} en dat gaat verder.", (line,))


@pytest.mark.parametrize(
    "line",
    [
        "In de Tweede Kamer, vergaderjaar 2023-2024, is dat besproken.",
        "De Tweede Kamer der Staten-Generaal heeft ingestemd.",
        "Zie ah-tk-20232024-1481 voor meer.",
    ],
)
def test_a_sentence_that_names_a_publication_is_text(line: str) -> None:
    assert canonical(line).text == line


def test_a_footnote_stands_at_the_end() -> None:
    pages = "geen plichten voortvloeien1. Nederland\nstemde in.\n\n1 Kamerstuk 30 573", "De lidstaten."
    assert paragraphs(*pages) == ["geen plichten voortvloeien. Nederland stemde in.", "De lidstaten.", "1 Kamerstuk 30 573"]


def test_a_footnotes_span_is_its_body() -> None:
    found = canonical("geen plichten voortvloeien1. Nederland\n\n1 Kamerstuk 30 573")
    assert found.text[found.footnotes[0].start : found.footnotes[0].end] == "1 Kamerstuk 30 573"


def test_an_anchor_is_where_the_mark_stood() -> None:
    found = canonical("geen plichten voortvloeien1. Nederland\nstemde in2.\n\n1 Kamerstuk 30 573\n2 Kamerstuk 35 788")
    assert around_anchors(found, 8) == [(1, "tvloeien"), (2, "temde in")]


def test_a_footnote_between_two_pages_does_not_split_the_sentence() -> None:
    pages = f"{FULL} aan1. Dit werd\n\n1 Raadpleegbaar via de site", "besproken in de Kamer."
    assert paragraphs(*pages)[0] == f"{FULL} aan. Dit werd besproken in de Kamer."


def test_page_starts_are_where_pages_begin() -> None:
    found = canonical("Een.", "Twee.", "Drie.")
    assert [found.text[start:][:4] for start in found.page_starts] == ["Een.", "Twee", "Drie"]


def test_a_page_may_begin_inside_a_paragraph() -> None:
    found = canonical(f"{FULL} en", "dat gaat verder.")
    assert found.text[found.page_starts[1] :] == "dat gaat verder."


def test_a_page_may_begin_inside_a_word() -> None:
    found = canonical(f"{FULL} migratie-", "beleid van Nederland.")
    assert found.text[found.page_starts[1] :] == "beleid van Nederland."


def test_an_empty_page_begins_where_the_next_one_does() -> None:
    found = canonical("Een.", "", "Drie.")
    assert found.page_starts == (0, 6, 6)


def test_no_lines_are_no_text() -> None:
    assert canonical("", "\n\n").text == ""


LINES = st.lists(st.text(st.sampled_from("abcdeé -.,12\u00ad«»"), max_size=30), max_size=8)


@given(pages=st.lists(LINES, min_size=1, max_size=4))
def test_there_are_as_many_page_starts_as_pages_in_order(pages: list[list[str]]) -> None:
    starts = make_canonical(pages).page_starts
    assert (len(starts), list(starts)) == (len(pages), sorted(starts))


@given(pages=st.lists(LINES, min_size=1, max_size=4))
def test_no_paragraph_is_empty_or_begins_or_ends_with_white_space(pages: list[list[str]]) -> None:
    text = make_canonical(pages).text
    assert all(paragraph and paragraph == paragraph.strip() for paragraph in text.split("\n\n") if text)


def test_anchors_of_the_letter_stand_at_their_words(letter: Document) -> None:
    assert around_anchors(letter) == [
        (1, "voortvloeien"),
        (2, "erklaring af"),
        (3, "ciaal belang"),
        (4, "bijgaand aan"),
        (5, "gratieagenda"),
    ]


def test_anchors_of_the_answers_stand_at_their_words(answers: Document) -> None:
    assert around_anchors(answers) == [(1, "9 april jl.?"), (2, "an het IMRF."), (3, "eïnformeerd.")]


def test_every_anchor_of_the_letter_is_followed_by_the_sentence_going_on(letter: Document) -> None:
    assert [letter.text[note.anchor] for note in letter.footnotes if note.anchor is not None] == list(".....")


def test_the_word_that_the_letters_page_break_splits_is_whole(letter: Document) -> None:
    assert "migratiebeleid in relatie tot het GCM" in letter.text


def test_marks_in_parentheses_become_anchors() -> None:
    canonical = make_canonical([["Kent u het bericht? 1) Zo ja, wat nu?", "", "1) Trouw, 3 mei 2024"]])
    assert canonical.text == "Kent u het bericht? Zo ja, wat nu?\n\n1 Trouw, 3 mei 2024"
    assert canonical.footnotes[0].anchor == len("Kent u het bericht?")
