"""What a document says about itself, told in a sentence: who said something, who asked for it, when, and where it stands."""

from collections.abc import Sequence
from enum import StrEnum

from qa.answer import Language
from qa.document import Person
from qa.wording.documents import say_date, say_names
from qa.wording.sentence import say, say_one_or_many


class Saying(StrEnum):
    """In what way people are behind a passage; the value is the name of its sentence."""

    ANSWERED = "who_answered"
    WROTE = "who_wrote"
    SPOKE = "who_spoke"
    MOVED = "who_moved"
    ASKED = "who_asked"


def say_who(people: Sequence[Person], saying: Saying, title: str, language: Language) -> str:
    """Return who is behind a passage; without people, that the document of this title does not say so."""
    if not people:
        return say(language, "source", "no_who", title=title)
    return say_one_or_many(language, "source", saying, len(people), people=say_names(people, language))


def say_when(date: str | None, sent: str | None, title: str, language: Language, *, is_answer: bool) -> str:
    """Return of when a document is, dates as `YYYY-MM-DD`; of a set of questions also when they were sent in."""
    if not date and not sent:
        return say(language, "source", "no_when", title=title)
    said = []
    if date:
        said.append(say(language, "source", "when_answered" if is_answer else "when", date=say_date(date, language), title=title))
    if sent:
        said.append(say(language, "source", "when_sent", date=say_date(sent, language)))
    return " ".join(said)


def say_which(title: str, reference: str | None, language: Language) -> str:
    """Return in which document something stands."""
    return say(language, "source", "which", title=f"{title} ({reference})" if reference and reference != title else title)
