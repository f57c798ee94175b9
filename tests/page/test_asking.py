from typing import Any

import pytest

from qa.answer import Answer
from qa.conversation import Earlier
from qa.page.chat.asking import Ask, replies
from qa.page.chat.examples import Examples
from qa.wording.interface import TEXTS
from tests.page.small_library import QUOTE_OF_ANSWER_4, desk_over, small_desk, thrown_away_library

DUTCH = "Hoeveel vreemdelingen verblijven onrechtmatig in Nederland?"


DESK = small_desk()


def failing(*_: object) -> Any:
    raise ZeroDivisionError


def grown(question: str, *, ask: Ask = DESK.ask, **sent: object) -> list[dict[str, Any]]:
    """Every state of the reply."""
    return list(replies(DESK, ask, Examples(DESK), {"ticket": "1", "question": question, **sent}))


def test_reply_grows_by_a_block_at_a_time() -> None:
    assert [len(reply["blocks"]) for reply in grown(DUTCH)] == [1, 2, 3, 4]


def test_only_the_last_reply_is_done_and_holds_the_turn() -> None:
    assert [(reply["done"], reply["turn"] is None) for reply in grown(DUTCH)][-2:] == [(False, True), (True, False)]


def test_every_reply_carries_the_ticket() -> None:
    assert {reply["ticket"] for reply in grown(DUTCH)} == {"1"}


def test_turn_is_the_answer_by_the_contract() -> None:
    assert grown(DUTCH)[-1]["turn"]["answer"]["citations"][0]["document_id"] == "0a1b2c"


def test_turn_holds_the_suggestions() -> None:
    assert (
        "Welke organisaties zijn geconsulteerd over de uitvoering van het Global Compact?"
        in grown(DUTCH)[-1]["turn"]["suggestions"]
    )


def test_question_and_history_reach_the_engine_as_they_were_typed() -> None:
    asked: list[object] = []

    def ask(question: str, history: tuple[Earlier, ...]) -> Answer:
        asked.append((question, history))
        return DESK.ask(question, history)

    grown("En verder?", ask=ask, history=['Hoe zit "a" & <b> [c](d)?'])
    assert asked == [("En verder?", ('Hoe zit "a" & <b> [c](d)?',))]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_unexpected_failure_gets_an_apology_in_the_language_of_the_page(language: Any) -> None:
    assert grown("?", ask=failing, language=language)[-1]["turn"]["failure"] == TEXTS[language].failed


def test_failing_suggestions_cost_only_the_suggestions() -> None:
    broken = desk_over(thrown_away_library())
    broken.suggestions = failing  # type: ignore[method-assign]
    reply = list(replies(broken, broken.ask, Examples(broken), {"ticket": "1", "question": DUTCH}))[-1]
    assert (reply["turn"]["suggestions"], reply["turn"]["answer"]["citations"][0]["quote"]) == ([], QUOTE_OF_ANSWER_4)


@pytest.mark.parametrize(
    "request_",
    [
        None,
        [],
        "question",
        {"ticket": "1"},
        {"ticket": "1", "question": 7},
        {"ticket": "1", "question": "?", "history": ["?"] * 300},
    ],
)
def test_what_is_no_request_gets_no_reply(request_: object) -> None:
    assert list(replies(DESK, DESK.ask, Examples(DESK), request_)) == []
