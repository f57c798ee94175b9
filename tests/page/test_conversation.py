import html
from collections.abc import Sequence

from qa.answer import Answer
from qa.page.conversation import Message, add_question, add_reply
from qa.page.texts import TEXTS
from tests.page.small_engine import SmallEngine


class BrokenEngine(SmallEngine):
    """Fails on every question."""

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:  # noqa: ARG002 - the signature of an engine
        raise ZeroDivisionError


def as_sent_back(messages: Sequence[Message]) -> list[Message]:
    """The messages in the form in which the browser returns them."""
    return [{**message, "content": [{"type": "text", "text": message["content"]}]} for message in messages]


def conversation(*questions: str, engine: SmallEngine) -> list[Message]:
    """A conversation of which the page shows `questions`; only the last one has been answered."""
    shown: list[Message] = []
    for question in questions:
        shown = add_question(shown, question)
    return add_reply(as_sent_back(shown), engine)


def test_question_reaches_the_engine_as_it_was_typed() -> None:
    engine = SmallEngine()
    conversation('Hoe zit "a" & <b> [c](d)?', "En verder?", engine=engine)
    assert engine.histories[-1] == ('Hoe zit "a" & <b> [c](d)?',)


def test_earlier_questions_are_the_history() -> None:
    engine = SmallEngine()
    conversation("Eerste vraag?", "Tweede vraag?", "En de derde?", engine=engine)
    assert engine.histories == [("Eerste vraag?", "Tweede vraag?")]


def test_error_of_the_engine_is_the_reply() -> None:
    reply = conversation(" ", engine=SmallEngine())[-1]
    assert html.unescape(reply["content"]) == "The question is empty; type one in Dutch or English."


def test_unexpected_failure_gets_an_apology_in_both_languages() -> None:
    reply = conversation("Vraag?", engine=BrokenEngine())[-1]
    assert html.unescape(reply["content"]) == f"{TEXTS['nl'].failed}\n\n{TEXTS['en'].failed}"
