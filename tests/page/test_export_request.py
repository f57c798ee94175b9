import base64
import json
from typing import Any

import pytest

from qa.conversation import Turn
from qa.exceptions import ConversationError
from qa.page.chat.export_request import copied, exported
from tests.page.small_library import QUOTE_OF_ANSWER_4, answered

DUTCH = "Hoeveel vreemdelingen verblijven onrechtmatig in Nederland?"


def kept_turn() -> Any:
    return json.loads(Turn(question=DUTCH, answer=answered(DUTCH)).model_dump_json())


def request(**changed: object) -> dict[str, object]:
    return {
        "conversation": {"title": "", "turns": [kept_turn()]},
        "format": "md",
        "site": "http://127.0.0.1/",
        "language": "nl",
    } | changed


def test_export_is_a_file_with_its_name_and_type() -> None:
    file = exported(request())
    assert QUOTE_OF_ANSWER_4 in base64.b64decode(file["content"]).decode()
    assert (file["name"].rpartition(".")[2], file["type"]) == ("md", "text/markdown;charset=utf-8")


@pytest.mark.parametrize(
    "sent",
    [
        None,
        [],
        {},
        request(format="exe"),
        request(conversation=None),
        request(conversation={"turns": [7]}),
        request(conversation={"title": 7}),
    ],
)
def test_what_is_no_conversation_or_no_format_is_refused(sent: object) -> None:
    with pytest.raises(ConversationError):
        exported(sent)


def test_copy_is_the_answer_without_the_title_of_a_file() -> None:
    copy = copied({"turn": kept_turn(), "site": "http://127.0.0.1/"})
    assert copy["text"].startswith(f"## {DUTCH}")
    assert copy["html"].startswith("<section")


def test_copy_of_what_is_no_turn_is_refused() -> None:
    with pytest.raises(ConversationError):
        copied({"turn": "turn"})
