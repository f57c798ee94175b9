import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.text.words import PART_WEIGHT, QuestionWord, question_words, terms_of


def alternatives(question: str, language: str) -> dict[str, dict[str, float]]:
    return {word.text: dict(word.alternatives) for word in question_words(question, "en" if language == "en" else "nl")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gemeenten", "gemeente"),
        ("huizen", "huis"),
        ("brieven", "brief"),
        ("Coördinatie", "coordinatie"),
        ("financie\u0308n", "financiën"),
        ("zzp'ers", "zzp’ers"),
        ("foto's", "foto"),
        ("23.000", "23,000"),
        ("23.000", "23 000"),
        ("23\u00a0000", "23000"),
        ("2,5", "2.5"),
        ("CO₂", "co2"),
        ("over\u00adheid", "overheid"),
        ("co\u2011ouder", "co-ouder"),
    ],
)
def test_variants_of_a_word_have_the_same_terms(one: str, other: str) -> None:
    assert terms_of(one) == terms_of(other) != []


@pytest.mark.parametrize(
    ("word", "term"),
    [
        ("ah-tk-20232024-878", "ah-tk-20232024-878"),
        ("kst-36410-IV-15", "kst-36410-iv-15"),
        ("kv-tk-2023Z07789", "kv-tk-2023z07789"),
        ("2024D49539", "2024d49539"),
        ("30 573", "30573"),
        ("1.250.000", "1250000"),
        ("PFAS", "pfas"),
    ],
)
def test_an_identifier_or_a_number_is_one_term(word: str, term: str) -> None:
    assert terms_of(f"Zie {word}.") == [terms_of("Zie")[0], term]


def test_a_year_before_a_number_is_not_part_of_it() -> None:
    assert terms_of("2023 100") == ["2023", "100"]


def test_a_hyphenated_word_gives_its_parts_and_its_joined_form() -> None:
    assert terms_of("WW-uitkering") == ["ww", "uitker", "wwuitker"]


def test_function_words_are_left_out() -> None:
    assert terms_of("Hoe is het met de dijken?") == terms_of("dijken")


def test_a_function_word_in_capitals_is_a_name() -> None:
    assert terms_of("het OM") == ["om"]


def test_a_word_beyond_reason_is_kept_as_it_is() -> None:
    assert terms_of("a" * 10_000) == ["a" * 10_000]


@given(st.text())
def test_no_term_has_a_space_or_is_empty(text: str) -> None:
    assert all(term and not any(map(str.isspace, term)) for term in terms_of(text))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_the_terms_of_terms_found_by_a_question_are_those_of_the_text(text: str) -> None:
    in_question = {term for word in question_words(text, "nl") for term in word.alternatives}
    assert in_question == set(terms_of(text))


def test_a_dutch_word_stands_for_its_stem() -> None:
    assert question_words("Welke gemeenten?", "nl") == (QuestionWord("gemeenten", {"gemeent": 1.0}),)
    assert question_words("WELKE GEMEENTEN?", "nl") == question_words("welke gemeenten?", "nl")


def test_the_parts_of_a_hyphenated_word_weigh_less_than_the_whole() -> None:
    assert alternatives("WW-uitkering", "nl") == {"WW-uitkering": {"wwuitker": 1.0, "ww": PART_WEIGHT, "uitker": PART_WEIGHT}}


def test_a_word_that_is_repeated_counts_once() -> None:
    assert [word.text for word in question_words("dijk, dijken, Dijk", "nl")] == ["dijk"]


def test_the_translations_of_an_english_word_weigh_less_in_turn() -> None:
    assert alternatives("mistake", "en") == {"mistake": {"mistak": PART_WEIGHT, "fout": 1.0, "vergiss": 1 / 1.5}}


def test_an_english_phrase_is_looked_up_before_its_words() -> None:
    assert alternatives("the council of state", "en") == {"council of state": {"rad": 1.0, "stat": 1.0}}


def test_an_english_name_stands_for_itself() -> None:
    assert alternatives("What did Jansen say?", "en") == {"Jansen": {"jans": 1.0}}


def test_an_english_number_finds_the_dutch_way_to_write_it() -> None:
    assert alternatives("23,000", "en")["23,000"].keys() == set(terms_of("23.000"))


def test_the_month_may_is_told_from_the_verb() -> None:
    assert alternatives("May it be done in May?", "en") == {"May": {"mei": 1.0}}


@pytest.mark.parametrize("word", ["don't", "won’t", "they're", "I'm", "isn't", "the", "about"])
def test_english_function_words_are_left_out(word: str) -> None:
    assert question_words(word, "en") == ()


def test_a_word_is_returned_as_typed() -> None:
    assert [word.text for word in question_words("Wie betaalt de Coördinatie-kosten?", "nl")] == ["betaalt", "Coördinatie-kosten"]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("question", ["", "?!", "\u00ad", "' -"])
def test_a_question_without_words_has_none(question: str, language: str) -> None:
    assert alternatives(question, language) == {}
