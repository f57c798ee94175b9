import json
from typing import Any

import pytest

from qa.conversation import MAX_TURNS, Turn, read_conversation, read_turn
from qa.exceptions import ConversationError
from tests.page.small_library import answered

ANSWER = answered("Hoeveel vreemdelingen zijn er overal?")


def kept() -> dict[str, Any]:
    """A turn as the browser keeps it."""
    value: dict[str, Any] = json.loads(Turn(question="?", answer=ANSWER).model_dump_json())
    return value


def test_turn_that_was_kept_is_the_same_again() -> None:
    assert read_turn(kept()).answer == ANSWER


def test_answer_of_the_command_line_can_be_read() -> None:
    assert read_turn({"question": "?", "answer": json.loads(ANSWER.to_json())}).answer == ANSWER


def test_answer_of_a_version_that_said_less_can_be_read() -> None:
    value = kept()
    for citation in value["answer"]["citations"]:
        for name in ("also_in", "reference", "asked_by", "answered_by", "table"):
            del citation[name]
    assert read_turn(value).answer is not None


def test_answer_of_a_version_that_says_more_can_be_read() -> None:
    assert read_turn(kept() | {"colour": "blue"}).answer == ANSWER


@pytest.mark.parametrize(
    "value",
    [
        None,
        7,
        [],
        "turn",
        {},
        {"question": 7},
        {"question": "?", "answer": "yes"},
        {"question": "?", "answer": {}},
        {"question": "?", "suggestions": "one"},
        {"question": "?", "suggestions": ["?"] * 11},
        {"question": "x" * 20_001},
        {"question": "\ud800"},
    ],
)
def test_what_is_no_turn_is_refused(value: object) -> None:
    with pytest.raises(ConversationError, match="This is not a question with its answer"):
        read_turn(value)


def test_conversation_of_too_many_turns_is_refused() -> None:
    with pytest.raises(ConversationError, match="turns"):
        read_conversation({"turns": [{"question": "?"}] * (MAX_TURNS + 1)})
