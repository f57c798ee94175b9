from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answer import Relevance
from qa.answering.folding import Fold, Foldable, fold
from qa.passage import Role

LONG = (
    "Vorig jaar vingen gemeenten in Nederland 23.000 mensen uit Oekraïne op in gebouwen van de gemeente en bij "
    "particulieren thuis, en dat aantal groeit elke maand."
)
OTHER = "De provincies betalen de fietspaden in het noorden van het land al sinds de eerste jaren van deze eeuw zelf en geheel."
SHORT = "Nee, daarvan is geen sprake."


def passage(
    quote: str = LONG,
    *,
    date: str | None = "2024-01-01",
    score: float = 0.9,
    role: Role = Role.ANSWER,
    relevance: Relevance = Relevance.STRONG,
    context: str = "",
) -> Foldable:
    return Foldable(role=role, quote=quote, context=context, date=date, relevance=relevance, score=score)


def shown(folds: tuple[Fold, ...]) -> list[int]:
    return [one.shown for one in folds]


def test_identical_quotes_are_folded() -> None:
    assert fold([passage(), passage()]) == (Fold(0, (1,)),)


def test_the_newest_is_shown_and_the_others_stand_under_it_newest_first() -> None:
    folds = fold([passage(date="2021-01-01"), passage(date=None), passage(date="2023-01-01"), passage(date="2022-01-01")])
    assert folds == (Fold(2, (3, 0, 1)),)


def test_of_one_date_the_best_is_shown() -> None:
    assert fold([passage(score=0.9), passage(score=0.8)]) == (Fold(0, (1,)),)


def test_a_fold_stands_where_its_best_passage_stood() -> None:
    folds = fold([passage(date="2021-01-01"), passage(OTHER, score=0.88), passage(date="2023-01-01", score=0.8)])
    assert folds == (Fold(2, (0,)), Fold(1))


@pytest.mark.parametrize(
    "variant",
    [
        LONG.upper(),
        LONG.replace("23.000", "23 000"),
        LONG.replace("23.000", "23\u00a0000"),
        LONG.replace(" en bij", ", en bij").replace("gemeenten", "ge\u00admeenten"),
        LONG.removesuffix(" elke maand.") + " nog.",
        "Zo is het. " + LONG,
        LONG.replace("Vorig jaar vingen", "Toen vingen"),
    ],
)
def test_nearly_the_same_words_are_folded(variant: str) -> None:
    assert fold([passage(), passage(variant)]) == (Fold(0, (1,)),)


@pytest.mark.parametrize(
    "variant",
    [
        LONG.replace("23.000", "58.000"),
        LONG.replace("23.000", "23,5"),
        LONG.replace("23.000", "-23.000"),
        LONG.replace("mensen", "euro"),
        LONG.replace("groeit elke", "groeit niet elke"),
        LONG.replace("elke maand", "geen maand"),
        LONG.replace("vingen gemeenten", "vingen geen gemeenten"),
        LONG.replace("Oekraïne", "Rusland"),
        LONG.replace("elke maand", "drie maanden"),
        LONG.replace("elke maand", "sinds mei"),
        LONG.replace("23.000", "meer dan 23.000"),
        OTHER,
    ],
)
def test_another_figure_denial_month_or_name_is_another_statement(variant: str) -> None:
    assert sorted(shown(fold([passage(), passage(variant)]))) == [0, 1]


def test_an_answer_is_never_folded_with_a_members_question() -> None:
    assert len(fold([passage(), passage(role=Role.QUESTION)])) == 2


def test_two_members_questions_are_folded() -> None:
    assert len(fold([passage(role=Role.QUESTION), passage(role=Role.QUESTION)])) == 1


def test_a_short_quote_is_folded_where_it_answers_the_same_question() -> None:
    context = "Klopt het dat de opvang volgende maand dicht gaat? " + SHORT
    assert len(fold([passage(SHORT, context=context), passage(SHORT, context=context)])) == 1


def test_a_short_quote_is_not_folded_where_it_answers_another_question() -> None:
    one, other = "Klopt het dat de opvang volgende maand dicht gaat?", "Is er overlegd met de provincies over de fietspaden?"
    assert len(fold([passage(SHORT, context=one), passage(SHORT, context=other)])) == 2


def test_a_short_quote_without_context_is_not_folded() -> None:
    assert len(fold([passage(SHORT), passage(SHORT)])) == 2


def test_equal_evidence_with_other_figures_is_ordered_by_date() -> None:
    older, newer = passage(date="2021-01-01"), passage(LONG.replace("23.000", "58.000"), date="2023-01-01", score=0.895)
    assert fold([older, newer]) == (Fold(1), Fold(0))


def test_a_clearly_better_score_goes_before_a_newer_date() -> None:
    older, newer = passage(date="2021-01-01"), passage(LONG.replace("23.000", "58.000"), date="2023-01-01", score=0.85)
    assert fold([older, newer]) == (Fold(0), Fold(1))


def test_a_stronger_relevance_goes_before_a_newer_date() -> None:
    older = passage(date="2021-01-01")
    newer = passage(LONG.replace("23.000", "58.000"), date="2023-01-01", score=0.895, relevance=Relevance.POSSIBLE)
    assert fold([older, newer]) == (Fold(0), Fold(1))


def test_different_texts_keep_the_order_of_their_scores() -> None:
    assert fold([passage(date="2021-01-01"), passage(OTHER, date="2023-01-01", score=0.899)]) == (Fold(0), Fold(1))


def test_equal_evidence_is_ordered_among_its_own_places() -> None:
    older, newer = passage(date="2021-01-01"), passage(LONG.replace("23.000", "58.000"), date="2023-01-01", score=0.895)
    assert shown(fold([older, passage(OTHER, score=0.897), newer])) == [2, 1, 0]


def test_a_chain_of_small_changes_folds_no_further_than_one_step() -> None:
    words = [f"woord{chr(97 + n)}" for n in range(26)]
    texts = [
        " ".join(words[start : start + 20]) for start in (0, 2, 4, 6)
    ]  # 14 of 18, 12 of 20, 10 of 22 shingles shared with the first
    assert fold([passage(text) for text in texts]) == (Fold(0, (1,)), Fold(2, (3,)))


def test_nothing_is_folded_of_nothing() -> None:
    assert fold([]) == ()


PASSAGES = st.lists(
    st.builds(
        passage,
        st.sampled_from([LONG, LONG.replace("23.000", "58.000"), LONG + " Zo is het.", OTHER, SHORT, "Ja.", ""]),
        date=st.sampled_from([None, "2021-01-01", "2022-01-01", "2023-01-01"]),
        score=st.sampled_from([0.9, 0.895, 0.89, 0.85, 0.8]),
        role=st.sampled_from([Role.ANSWER, Role.QUESTION, Role.PARAGRAPH]),
        relevance=st.sampled_from(Relevance),
        context=st.sampled_from(["", "Klopt het dat de opvang volgende maand dicht gaat?"]),
    ),
    max_size=14,
).map(lambda passages: sorted(passages, key=lambda one: -one.score))


@given(PASSAGES)
def test_every_passage_appears_exactly_once(passages: list[Foldable]) -> None:
    places = [place for one in fold(passages) for place in (one.shown, *one.also_in)]
    assert sorted(places) == list(range(len(passages)))


@given(PASSAGES)
def test_a_fold_is_in_order_of_date(passages: list[Foldable]) -> None:
    for one in fold(passages):
        dates = [passages[place].date or "" for place in (one.shown, *one.also_in)]
        assert dates == sorted(dates, reverse=True)


@given(PASSAGES)
def test_a_fold_has_one_voice(passages: list[Foldable]) -> None:
    for one in fold(passages):
        assert len({passages[place].role is Role.QUESTION for place in (one.shown, *one.also_in)}) == 1


@given(PASSAGES)
def test_a_fold_moves_no_further_than_the_tolerance(passages: list[Foldable]) -> None:
    best = [max(passages[place].score for place in (one.shown, *one.also_in)) for one in fold(passages)]
    assert all(later - earlier <= 0.02 + 1e-9 for earlier, later in pairwise(best))


@given(PASSAGES)
def test_without_dates_the_order_is_that_of_the_score(passages: list[Foldable]) -> None:
    folds = fold([replace(one, date=None) for one in passages])
    assert shown(folds) == sorted(shown(folds))


@given(PASSAGES)
def test_what_is_shown_is_not_folded_again(passages: list[Foldable]) -> None:
    first = fold([replace(one, date="2024-01-01") for one in passages])
    again = fold([passages[one.shown] for one in first])
    assert len(again) == len(first)
