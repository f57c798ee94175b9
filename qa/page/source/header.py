"""The head of the source panel: the document's title, what can be done with the citation, and what the document says about itself."""

import html
from collections.abc import Iterable, Sequence

from qa.answer import Language
from qa.document import Document, Doubt, Kind, Person
from qa.library.upload_name import shown_name
from qa.page.source.copies import Copy
from qa.parliament.formal_reference import formal_reference
from qa.parliament.identifiers import parse_official_id, public_address, spaced_dossier
from qa.passage import Role
from qa.text.visible_text import visible_text
from qa.wording.documents import say_date, say_kind
from qa.wording.doubts import say_doubt
from qa.wording.interface import TEXTS, Texts


def header_html(title: str, texts: Texts, content: str = "") -> str:
    """Return the head: a title, the way to close the panel, and what else it holds."""
    close = f'<button type="button" class="close" aria-label="{html.escape(texts.close)}" title="{html.escape(texts.close)}"></button>'
    return f'<header><div class="title-row"><h2 id="source-title" tabindex="-1">{isolated(title)}</h2>{close}</div>{content}</header>'


def tools_html(copies: Sequence[Copy], texts: Texts, *, has_pages: bool) -> str:
    """Return the way to other citations, the choice between text and page, and what can be copied. The browser shows what applies."""
    return (
        f'<div class="tools" role="group" aria-label="{html.escape(texts.source_tools)}">'
        f"{_back_html(texts)}{_citations_html(texts)}{_views_html(texts) if has_pages else ''}{_copies_html(copies, texts)}</div>"
    )


def facts_html(document: Document, language: Language, fragment: str = "") -> str:
    """Return what the document says about itself, and the link to its official publication.

    Args:
        document: the one.
        language: of the page.
        fragment: the end of the publication's address that leads to the quote.
    """
    texts, metadata = TEXTS[language], document.metadata
    date = say_date(metadata.date, language) if metadata.date else ""
    reference = formal_reference(metadata, Role.PARAGRAPH, ())
    summary = " · ".join(isolated(fact) for fact in (say_kind(metadata.kind, language), date, reference) if fact)
    entries = "".join(
        f"<div><dt>{html.escape(name)}</dt><dd>{isolated(value)}</dd></div>"
        for name, value in _facts(document, language)
        if value
    )
    return (
        f'<details class="facts"><summary><span class="sr-only">{html.escape(texts.facts)}<span class="colon">: </span></span>'
        f'<span class="in-short">{summary}</span></summary>'
        f"<dl>{entries}</dl></details>{doubts_html(document.doubts, language)}{_published_html(metadata.official_id, fragment, texts)}"
    )


def doubts_html(doubts: Sequence[Doubt], language: Language) -> str:
    """Return what is doubtful about a document, and what helps."""
    return "".join(f'<p class="doubt">{html.escape(say_doubt(doubt, language))}</p>' for doubt in doubts)


def isolated(text: str) -> str:
    """Return foreign text as HTML on one line, whose direction cannot reach beyond it."""
    return f"<bdi>{html.escape(visible_text(text))}</bdi>"


def _facts(document: Document, language: Language) -> Iterable[tuple[str, str | None]]:
    texts, metadata = TEXTS[language], document.metadata
    is_answer = metadata.kind in {Kind.ANSWERS, Kind.NOTICE}
    return (
        (texts.fact_reference, formal_reference(metadata, Role.PARAGRAPH, ())),
        (texts.fact_kind, say_kind(metadata.kind, language)),
        (texts.fact_date, say_date(metadata.date, language) if metadata.date else None),
        (texts.fact_sent, say_date(metadata.sent, language) if metadata.sent else None),
        (texts.fact_asked_by, _people(metadata.asked_by)),
        (texts.fact_answered_by if is_answer else texts.fact_signed_by, _people(metadata.answered_by)),
        (texts.fact_on_behalf_of, ", ".join(metadata.on_behalf_of)),
        (texts.fact_dossier, spaced_dossier(metadata.dossier) if metadata.dossier else None),
        (texts.fact_number, metadata.number),
        (texts.file, shown_name(document.source)),
    )


def _people(people: Sequence[Person]) -> str:
    return ", ".join(f"{person.name} ({person.affiliation})" if person.affiliation else person.name for person in people)


def _published_html(official_id: str | None, fragment: str, texts: Texts) -> str:
    """Return the link; what does not have the form of an official identifier might lead anywhere, and gets none."""
    if official_id is None or parse_official_id(official_id) is None:
        return ""
    leaves = html.escape(texts.leaves)
    return (
        f'<a class="published" href="{html.escape(public_address(official_id) + fragment)}" target="_blank" rel="noopener noreferrer" '
        f'title="{leaves}">{html.escape(texts.published)} {isolated(official_id)}<span class="sr-only"> ({leaves})</span></a>'
    )


def _back_html(texts: Texts) -> str:
    return f'<button type="button" class="tool back-to" hidden>{html.escape(texts.back_to_citation)}</button>'


def _citations_html(texts: Texts) -> str:
    def step(name: str, said: str, arrow: str, key: str) -> str:
        return (
            f'<button type="button" class="tool {name}" aria-label="{html.escape(said)}" title="{html.escape(said)} (Alt + {arrow})" '
            f'aria-keyshortcuts="Alt+{key}"></button>'
        )

    previous = step("previous-citation", texts.previous_citation, "↑", "ArrowUp")
    following = step("next-citation", texts.next_citation, "↓", "ArrowDown")
    return (
        f'<div class="citations" role="group" aria-label="{html.escape(texts.citation_place)}" hidden>'
        f'{previous}<span class="place"></span>{following}</div>'
    )


def _views_html(texts: Texts) -> str:
    def tab(view: str, name: str) -> str:
        return f'<button type="button" role="tab" id="tab-{view}" aria-controls="view-{view}" data-view="{view}">{html.escape(name)}</button>'

    return (
        f'<div class="views" role="tablist" aria-label="{html.escape(texts.source_views)}">'
        f"{tab('text', texts.source_text)}{tab('page', texts.source_page)}</div>"
    )


def _copies_html(copies: Sequence[Copy], texts: Texts) -> str:
    choices = "".join(f"<li>{_copy_html(copy)}</li>" for copy in copies)
    return (
        f'<div class="copies"><button type="button" class="tool copy" aria-expanded="false" aria-controls="copies">{html.escape(texts.copy)}</button>'
        f'<ul id="copies" hidden>{choices}</ul></div>'
    )


def _copy_html(copy: Copy) -> str:
    after = "" if copy.after is None else f' data-after="{html.escape(copy.after)}"'
    return f'<button type="button" data-before="{html.escape(copy.before)}"{after}>{html.escape(copy.name)}</button>'
