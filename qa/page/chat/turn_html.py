"""A turn of the conversation as blocks of HTML: the question, the answer's message, its citations, and what can be done with it.

Blocks are sent one after another while an answer comes in. Facts are in the language of the answer, buttons in that of the page.
"""

import html
from collections.abc import Iterator, Sequence

from qa.answer import Answer, Citation, Language
from qa.answering.shortlist import shortlist
from qa.conversation import Turn
from qa.page.chat.citation_html import citation_html, escaped
from qa.wording.interface import TEXTS, Texts


def turn_blocks(turn: Turn, language: Language) -> list[str]:
    """Return the blocks of the reply in a turn, for a page in `language`."""
    texts = TEXTS[language]
    if turn.answer is None:
        return [_message(turn.failure or texts.unreadable_turn, language), _actions(texts, language, ())]
    answer = turn.answer
    said = _refusal(answer, texts, language) if answer.refused else list(_citations(answer))
    suggestions = _suggestions(turn.suggestions, texts.try_these if answer.refused else texts.follow_up, language)
    return [_message(answer.message, answer.language), *said, _actions(texts, language, answer.citations) + suggestions]


def unreadable_blocks(language: Language) -> list[str]:
    """Return the blocks of a reply that was kept and cannot be read any more."""
    return turn_blocks(Turn(question=""), language)


def _message(message: str, language: Language) -> str:
    return f'<p class="message" lang="{language}">{escaped(message)}</p>'


def _citations(answer: Answer) -> Iterator[str]:
    shown, folded = shortlist(answer.citations)
    yield from (_in_language(citation_html(citation, answer.language), answer.language) for citation in shown)
    if folded:
        rest = "".join(citation_html(citation, answer.language) for citation in folded)
        name = f"{TEXTS[answer.language].left_out}: {len(folded)}"
        yield _in_language(f'<details class="left-out"><summary>{html.escape(name)}</summary>{rest}</details>', answer.language)


def _in_language(content: str, language: Language) -> str:
    return f'<div lang="{language}">{content}</div>'


def _refusal(answer: Answer, texts: Texts, language: Language) -> list[str]:
    """Return why nothing was found, as far as that is known, and what a reader can try."""
    words = ", ".join(f"<b>{escaped(word)}</b>" for word in answer.unknown_words)
    unknown = f'<p class="unknown" lang="{language}">{html.escape(texts.unknown_words)} {words}</p>' if words else ""
    hints = "".join(f"<li>{html.escape(hint)}</li>" for hint in (texts.hint_words, texts.hint_one_subject, texts.hint_documents))
    return [f'{unknown}<div class="hints" lang="{language}"><h3>{html.escape(texts.hints)}</h3><ul>{hints}</ul></div>']


def _suggestions(questions: Sequence[str], heading: str, language: Language) -> str:
    if not questions:
        return ""
    chips = "".join(f'<li><button type="button" data-act="ask">{escaped(question)}</button></li>' for question in questions)
    return f'<div class="suggestions"><h3 lang="{language}">{html.escape(heading)}</h3><ul>{chips}</ul></div>'


def _actions(texts: Texts, language: Language, citations: Sequence[Citation]) -> str:
    copy = _button("copy", texts.copy_answer) if citations else ""
    return (
        f'<div class="actions" lang="{language}">{copy}{_button("retry", texts.retry)}'
        f'<details class="feedback"><summary>{html.escape(texts.feedback)}</summary>{_feedback_form(texts, citations)}</details></div>'
    )


def _button(act: str, name: str) -> str:
    return f'<button type="button" data-act="{act}">{html.escape(name)}</button>'


def _feedback_form(texts: Texts, citations: Sequence[Citation]) -> str:
    verdicts = (("right", texts.feedback_right), ("partly", texts.feedback_partly), ("wrong", texts.feedback_wrong))
    radios = "".join(
        f'<label><input type="radio" name="verdict" value="{value}" required> {html.escape(name)}</label>'
        for value, name in verdicts
    )
    quotes = "".join(
        f'<option value="{citation.number}">{html.escape(texts.feedback_citation)} {citation.number}</option>'
        for citation in citations
    )
    about = (
        f'<label class="about">{html.escape(texts.feedback_about)} <select name="about"><option value="">{html.escape(texts.feedback_whole)}</option>'
        f"{quotes}</select></label>"
        if citations
        else ""
    )
    return (
        f'<form><fieldset><legend class="sr-only">{html.escape(texts.feedback)}</legend>{radios}</fieldset>{about}'
        f'<label class="remark">{html.escape(texts.feedback_remark)} <textarea name="remark" rows="2" maxlength="2000"></textarea></label>'
        f'<button type="submit">{html.escape(texts.feedback_send)}</button><p class="thanks" role="status"></p></form>'
    )
