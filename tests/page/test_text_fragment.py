import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.page.source.text_fragment import text_fragment

WORDS = "een twee drie vier vijf zes zeven acht negen tien elf twaalf"


def test_a_short_text_stands_as_a_whole() -> None:
    assert text_fragment("Ja, dat klopt.") == "#:~:text=Ja%2C%20dat%20klopt."


def test_of_a_long_text_its_first_and_last_words_stand() -> None:
    assert text_fragment(WORDS) == "#:~:text=een%20twee%20drie%20vier%20vijf,acht%20negen%20tien%20elf%20twaalf"


def test_dashes_commas_and_ampersands_are_encoded() -> None:
    assert text_fragment("EU-regels, R&D #1") == "#:~:text=EU%2Dregels%2C%20R%26D%20%231"


def test_letters_beyond_ascii_are_encoded_as_utf_8() -> None:
    assert text_fragment("geïnformeerd is de Kamer") == "#:~:text=ge%C3%AFnformeerd%20is%20de%20Kamer"


def test_what_stands_between_is_left_out() -> None:
    text = "De Kamer is geïnformeerd. Daarna volgde nog een brief."
    gap = text.index(" Daarna")
    assert unquote(text_fragment(text, [gap])) == "#:~:text=De Kamer is geïnformeerd.,Daarna volgde nog een brief."[:200]


def test_a_word_that_a_mark_stands_right_behind_is_left_out() -> None:
    assert unquote(
        text_fragment("Dat zegt de wet duidelijk en de Kamer weet het", [15])
    ) == "#:~:text=Dat zegt de,duidelijk en de Kamer weet het".replace("duidelijk en de Kamer weet het", "en de Kamer weet het")


def test_too_few_words_before_a_mark_are_no_beginning() -> None:
    assert unquote(text_fragment("Ja. Dat klopt inderdaad zo.", [3])) == "#:~:text=Dat klopt inderdaad zo."


def test_marks_at_the_ends_change_nothing() -> None:
    assert text_fragment("Ja, dat klopt.", [0, 14, 99, -3]) == text_fragment("Ja, dat klopt.")


@pytest.mark.parametrize("text", ["", "   ", "\n", " … – "])
def test_without_words_there_is_none(text: str) -> None:
    assert text_fragment(text) == ""


@given(st.text(max_size=200), st.lists(st.integers(-5, 205), max_size=4))
def test_it_holds_only_what_means_nothing_else(text: str, gaps: list[int]) -> None:
    assert re.fullmatch(r"(?:#:~:text=[A-Za-z0-9%._~]+(?:,[A-Za-z0-9%._~]+)?)?", text_fragment(text, gaps))
