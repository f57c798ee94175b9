"""Answers for which nothing is searched: to courtesies, about the library itself, what is named and nothing else, and what goes on with a passage shown before."""

from collections.abc import Callable
from dataclasses import replace

from qa.answer import Answer, Certainty, Citation, MessageKind
from qa.answering.about_library import example_questions, library_reply
from qa.answering.about_source import said_by_source
from qa.answering.citing import cite_directly
from qa.answering.composing import N_OPEN, composed
from qa.answering.naming import passages_to_show
from qa.library import Library, PassageRecord
from qa.understanding import Understander, Understanding
from qa.understanding.opening_words import subject_in
from qa.understanding.source_question import AskedOfSource
from qa.wording import answers as messages


def social(library: Library, understood: Understanding) -> Answer:
    """Return one friendly line, or what can be done here."""
    kind, language = understood.kind, understood.language
    offered = kind not in {MessageKind.THANKS, MessageKind.GOODBYE}
    message = messages.reply(kind, language, documents=library.counts()[0])
    examples = example_questions(library, language) if offered else ()
    return replace(_said(understood, message), examples=examples)


def about_library(library: Library, understood: Understanding, find: Callable[[Understanding], Answer]) -> Answer:
    """Return what the library holds and, where a subject is named too, what the documents meant say about it."""
    message, links = library_reply(library, understood)
    if unheld := understood.unheld.said(understood.language):
        message = messages.joined(unheld, message) if understood.applied else unheld
    subject = "" if understood.unheld.nowhere else subject_in(understood.question)
    # The rest of the question names documents, and the heads of sets match that.
    citations: tuple[Citation, ...] = find(Understander.again(understood, subject)).citations if subject else ()
    said = _said(understood, message)
    return replace(said, citations=citations, filters=understood.applied, n_open=min(len(citations), N_OPEN), links=links)


def what_is_named(library: Library, understood: Understanding, top_k: int, *, not_found: str) -> Answer:
    """Return the papers, or the documents of the people, that a message names and asks nothing else about.

    Args:
        library: that holds them.
        understood: the message.
        top_k: at most so many citations.
        not_found: what is said where there are none.
    """
    passages, lacking = passages_to_show(library, understood.named, understood.language, top_k, chosen=understood.chosen)
    citations = cite_directly(library, passages)
    said = messages.named(understood.language) if citations else ""
    message = messages.joined(understood.named.missing, understood.unheld.said(understood.language), lacking, said)
    certainty = Certainty.FOUND if citations else Certainty.NONE
    answer = composed(library, understood, message or not_found, citations, certainty)
    return replace(answer, n_open=len(citations))


def about_source(library: Library, understood: Understanding, asked: AskedOfSource, cited: PassageRecord, top_k: int) -> Answer:
    """Return what the document of a passage cited before says about itself."""
    said = said_by_source(library, cited, asked, understood.language)
    shown = [said.passage] if said.passage.passage_id == cited.passage_id else [said.passage, cited]
    spans = {said.passage.passage_id: said.span} if said.span else {}
    citations = cite_directly(library, shown[:top_k], spans=spans)
    return composed(library, understood, said.message, citations, Certainty.FOUND)


def task_alone(library: Library, understood: Understanding, cited: PassageRecord | None, top_k: int) -> Answer:
    """Return what is said of a task that is not done here, with the passage that it is to be done with, if one was shown before."""
    if cited is None:
        return social(library, understood)
    message = messages.reply(understood.kind, understood.language)
    return composed(library, understood, message, cite_directly(library, [cited][:top_k]), Certainty.UNCLEAR)


def _said(understood: Understanding, message: str) -> Answer:
    return Answer(
        question=understood.question,
        language=understood.language,
        refused=False,
        message=message,
        citations=(),
        kind=understood.kind,
        certainty=Certainty.NONE,
        n_open=0,
    )
