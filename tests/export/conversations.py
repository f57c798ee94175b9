"""Conversations to export, with what the small documents say."""

from dataclasses import replace
from datetime import date

from qa.conversation import Conversation, Turn
from qa.export import Content, content_of
from tests.page.small_library import answered

TODAY = date(2026, 11, 22)
SITE = "http://127.0.0.1:7860/"
DUTCH = "Hoeveel vreemdelingen verblijven onrechtmatig in Nederland?"


def conversation(*questions: str, title: str = "") -> Conversation:
    return Conversation(title=title, turns=tuple(Turn(question=question, answer=answered(question)) for question in questions))


def quoting(quote: str, *, title: str = "Titel") -> Conversation:
    """A conversation with one citation that says `quote`."""
    answer = answered(DUTCH)
    citation = replace(answer.citations[0], quote=quote, title=title)
    return Conversation(turns=(Turn(question=DUTCH, answer=replace(answer, citations=(citation,))),))


def content(exported: Conversation, *, site: str = SITE, with_weak: bool = False) -> Content:
    return content_of(exported, site=site, language="nl", today=TODAY, with_weak=with_weak)
