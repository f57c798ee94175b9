import pytest

from qa.answer import Language
from qa.understanding.continuation import CONTINUATION_SIGNALS, Continuation, continuation_signals


def model(intercept: float, **weights: float) -> Continuation:
    return Continuation(dict.fromkeys(CONTINUATION_SIGNALS, 0.0) | weights, intercept)


def signals(question: str, language: Language = "nl", standalone: float = 0.5) -> dict[str, float]:
    return dict(zip(CONTINUATION_SIGNALS, continuation_signals(question, language, standalone), strict=True))


@pytest.mark.parametrize(
    ("question", "language", "n"),
    [("En in 2023?", "nl", 1), ("Hoeveel fietspaden zijn er in het noorden?", "nl", 2), ("And why is that?", "en", 0)],
)
def test_content_words_are_counted(question: str, language: Language, n: int) -> None:
    assert signals(question, language)["content_words"] == n


def test_words_are_counted() -> None:
    assert signals("Hoeveel fietspaden zijn er, in het noorden?")["words"] == 7


@pytest.mark.parametrize(
    ("question", "n"), [("Wie betaalt dat, en waarom zij?", 2), ("Wie betaalt de weg?", 0), ("WIE BETAALT DAT?", 1), ("Data?", 0)]
)
def test_words_that_point_back_are_counted(question: str, n: int) -> None:
    assert signals(question)["pronouns"] == n


@pytest.mark.parametrize(("question", "opens"), [("En in 2023?", 1), ("Waarom?", 1), ("Wie en wat?", 0), ("Energie?", 0)])
def test_an_opening_that_goes_on_is_noticed(question: str, opens: int) -> None:
    assert signals(question)["opening"] == opens


def test_how_well_it_is_answered_alone_is_taken_as_it_is() -> None:
    assert signals("Wat?", standalone=0.375)["standalone"] == 0.375


@pytest.mark.parametrize("question", ["?", "…", "   "])
def test_a_question_without_words_has_no_signals(question: str) -> None:
    assert continuation_signals(question, "nl", 0.0) == (0, 0, 0, 0, 0)


@pytest.mark.parametrize(("n_pronouns", "continues"), [(0, False), (1, False), (2, True), (3, True)])
def test_a_question_continues_when_that_is_more_likely_than_not(n_pronouns: int, continues: bool) -> None:
    """The total is 2 n - 3: below 0 for one pronoun, above for two."""
    assert model(-3, pronouns=2).continues((0, 0, n_pronouns, 0, 0)) is continues


def test_as_likely_as_not_starts_anew() -> None:
    assert not model(0).continues((1, 1, 1, 1, 1))


@pytest.mark.parametrize("intercept", [-1e9, 1e9])
def test_very_large_totals_are_decided_too(intercept: float) -> None:
    assert model(intercept).continues((0, 0, 0, 0, 0)) is (intercept > 0)


def test_every_signal_has_its_own_weight() -> None:
    weights = {name: 10.0**place for place, name in enumerate(CONTINUATION_SIGNALS)}
    assert not model(-54321, **weights).continues((1, 2, 3, 4, 5))
    assert model(-54320.9, **weights).continues((1, 2, 3, 4, 5))


def test_a_number_of_signals_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        model(0).continues((1, 2))
