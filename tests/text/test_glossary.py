from importlib.resources import files

import pytest

from qa.text.glossary import MAX_PHRASE, translations_of

LINES = files("qa.text").joinpath("glossary.tsv").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("english", "dutch"),
    [
        ("tenant", "huurder"),
        ("tenants", "huurder"),
        ("policies", "beleid"),
        ("banned", "verbod"),
        ("announced", "aankondigen"),
        ("building", "gebouw"),
        ("cutting", "bezuinigen"),
        ("paid", "betalen"),
        ("wolves", "wolf"),
        ("women", "vrouw"),
        ("children", "kinderen"),
        ("council of state", "Raad van State"),
        ("housing associations", "woningcorporatie"),
        ("taking measures", "maatregelen nemen"),
    ],
)
def test_an_english_word_or_phrase_in_any_form_has_its_first_dutch_equivalent(english: str, dutch: str) -> None:
    assert translations_of(english.split())[0] == dutch


def test_a_word_that_the_glossary_does_not_know_has_no_equivalent() -> None:
    assert translations_of(["xylophonist"]) == ()


def test_every_line_is_a_headword_and_its_equivalents() -> None:
    for line in LINES:
        english, dutch = line.split("\t")
        assert english == english.casefold().strip()
        assert 1 <= len(english.split()) <= MAX_PHRASE
        assert all(equivalent and equivalent == equivalent.strip() for equivalent in dutch.split("|"))


def test_headwords_are_sorted_and_unique() -> None:
    headwords = [line.split("\t")[0] for line in LINES]
    assert headwords == sorted(set(headwords))


def test_no_equivalent_is_said_twice() -> None:
    for line in LINES:
        equivalents = line.split("\t")[1].split("|")
        assert len(equivalents) == len(set(equivalents))
