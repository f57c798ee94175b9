"""An answer as Markdown for the chat, in which nothing that was read from a document or typed by a reader can be markup."""

import string
import unicodedata
from collections.abc import Sequence

from qa.answer import Answer, Citation, Language, Relevance
from qa.formal_reference import reference_of
from qa.page.address import Address
from qa.page.texts import TEXTS
from qa.passage import Role
from qa.wording import say_date, say_relevance, say_role

_HARMLESS = set(string.ascii_letters + string.digits + " ,;?")
ALWAYS_SHOWN = 3
"""Citations that are shown however weak: measured, for one question in five the right passage is second or third."""

_INVISIBLE = {"Cc", "Cf", "Cs"}
"""Controls, among them those that turn the direction of text; and half characters, which cannot be sent."""


def neutralise(text: str) -> str:
    """Return text that Markdown and HTML show as it is, on one line.

    Every ASCII character that could mean something becomes a numeric reference: a backslash would still leave bare addresses as links.
    `html.unescape` gives the text back, apart from white space and invisible characters.
    """
    visible = "".join(character for character in " ".join(text.split()) if unicodedata.category(character) not in _INVISIBLE)
    return "".join(_reference(character) for character in visible)


def answer_markdown(answer: Answer) -> str:
    """Return the message, and each citation as a block quote with its number as the link to its source.

    Beside strong citations, weak ones after the third would only have to be read and dismissed: they are left out, and their number is told.
    """
    shown = _worth_reading(answer.citations)
    blocks = [neutralise(answer.message), *(_citation_markdown(citation, answer.language) for citation in shown)]
    if n_left_out := len(answer.citations) - len(shown):
        blocks.append(f"*{neutralise(f'{TEXTS[answer.language].left_out}: {n_left_out}.')}*")
    return "\n\n".join(blocks)


def _worth_reading(citations: Sequence[Citation]) -> Sequence[Citation]:
    if not any(citation.relevance is Relevance.STRONG for citation in citations):
        return citations
    return [citation for citation in citations if citation.relevance is not Relevance.WEAK or citation.number <= ALWAYS_SHOWN]


def _citation_markdown(citation: Citation, language: Language) -> str:
    address = Address(citation.document_id, citation.quote_start, citation.quote_end)
    title = neutralise(f"{TEXTS[language].open_source}: {citation.title}")
    pill = f'[{citation.number}]({address.link} "{title}")'
    return f"> {neutralise(citation.quote)}\u00a0{pill}\n>\n> *{_facts_markdown(citation, language)}*"


def _facts_markdown(citation: Citation, language: Language) -> str:
    reference = reference_of(citation)
    role = neutralise(say_role(citation.role, citation.numbers, citation.kind, language))
    facts = [
        neutralise(citation.title),
        f"__{role}__" if citation.role is Role.QUESTION else role,
        neutralise(reference) if reference else "",
        _unbroken(say_date(citation.date, language)) if citation.date else "",
        _unbroken(f"{TEXTS[language].page} {citation.page}") if citation.page else "",
        _unbroken(say_relevance(citation.relevance, language)),
    ]
    return " · ".join(fact for fact in facts if fact)


def _unbroken(text: str) -> str:
    return neutralise(text).replace(" ", "\u00a0")


def _reference(character: str) -> str:
    return character if character in _HARMLESS or not character.isascii() else f"&#{ord(character)};"
