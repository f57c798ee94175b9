from collections.abc import Sequence
from typing import Any

import pytest

from qa.answer import Answer
from qa.page.chat.asking import replies
from qa.page.chat.examples import Examples
from qa.wording.interface import TEXTS
from tests.page.small_engine import SmallEngine

DUTCH = "Hoeveel vreemdelingen verblijven onrechtmatig in Nederland?"


class BrokenEngine(SmallEngine):
    """Fails at every question and at every suggestion."""

    def ask(self, *_: object, **__: object) -> Answer:
        raise ZeroDivisionError

    def suggestions(self, *_: object) -> Sequence[str]:
        raise ZeroDivisionError


def grown(question: str, *, engine: SmallEngine | None = None, **sent: object) -> list[dict[str, Any]]:
    """Every state of the reply."""
    asked = engine or SmallEngine()
    return list(replies(asked, asked.ask, Examples(asked), {"ticket": "1", "question": question, **sent}))


def test_reply_grows_by_a_block_at_a_time() -> None:
    assert [len(reply["blocks"]) for reply in grown(DUTCH)] == [1, 2, 3]


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
    engine = SmallEngine()
    grown("En verder?", engine=engine, history=['Hoe zit "a" & <b> [c](d)?'])
    assert engine.histories == [('Hoe zit "a" & <b> [c](d)?',)]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_unexpected_failure_gets_an_apology_in_the_language_of_the_page(language: Any) -> None:
    assert grown("?", engine=BrokenEngine(), language=language)[-1]["turn"]["failure"] == TEXTS[language].failed


def test_failing_suggestions_cost_only_the_suggestions() -> None:
    engine, broken = SmallEngine(), BrokenEngine()
    reply = list(replies(broken, engine.ask, Examples(broken), {"ticket": "1", "question": DUTCH}))[-1]
    assert (reply["turn"]["suggestions"], len(reply["turn"]["answer"]["citations"])) == ([], 2)


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
    engine = SmallEngine()
    assert list(replies(engine, engine.ask, Examples(engine), request_)) == []
