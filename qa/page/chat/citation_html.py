"""A citation as HTML for the chat: the quote with its number as the link to its source, and below it where it comes from. Every text is escaped."""

import html
import re
from collections.abc import Iterator, Sequence

from qa.address import Address
from qa.answer import Citation, Language, OtherPlace, Relevance
from qa.table_rows import QuotedTable
from qa.text.visible_text import visible_text
from qa.wording.interface import TEXTS, Texts
from qa.wording.provenance import Provenance, other_place_of, provenance_of

MAX_UNFOLDED = 2
"""Other places that are named without being folded."""


def citation_html(citation: Citation, language: Language) -> str:
    """Return one citation."""
    texts, said = TEXTS[language], provenance_of(citation, language)
    return (
        f'<article class="citation {citation.relevance}" data-number="{citation.number}" aria-label="{texts.source} {citation.number}">'
        f'<blockquote lang="nl">{_quote(citation, _pill(citation, said, texts))}</blockquote>'
        f'<p class="title">{isolated(citation.title)}</p>'
        f'<p class="facts">{_facts(said)}</p>'
        f"{_people(said)}"
        f'<div class="more">{_relevance(citation, said, texts)}{_other_places(citation, language)}</div>'
        "</article>"
    )


def _quote(citation: Citation, pill: str) -> str:
    """Return the words; the row of a table as a table of its own, the lines of a list as lines."""
    if citation.table is None or not citation.table.rows:
        lines = "<br>".join(map(escaped, re.split(r"\n\s*", citation.quote)))
        return f"<p>{lines}\u00a0{pill}</p>"
    return f"{_table(citation.table)}<p>{pill}</p>"


def _table(table: QuotedTable) -> str:
    heads = "".join(f'<th scope="col">{escaped(head)}</th>' if head else "<td></td>" for head in table.heads)
    rows = "".join(f"<tr>{''.join(_cells(row, table.n_header_columns))}</tr>" for row in table.rows)
    return f"<table>{f'<thead><tr>{heads}</tr></thead>' if heads else ''}<tbody>{rows}</tbody></table>"


def _cells(row: Sequence[str], n_header_columns: int) -> Iterator[str]:
    for column, text in enumerate(row):
        yield f'<th scope="row">{escaped(text)}</th>' if text and column < n_header_columns else f"<td>{escaped(text)}</td>"


def escaped(text: str) -> str:
    """Return foreign text as HTML that shows it and does nothing else."""
    return html.escape(visible_text(text))


def isolated(text: str) -> str:
    """Return foreign text as HTML whose direction cannot reach beyond it."""
    return f"<bdi>{escaped(text)}</bdi>"


def _pill(citation: Citation, said: Provenance, texts: Texts) -> str:
    address = Address(citation.document_id, citation.quote_start, citation.quote_end)
    title = escaped(f"{texts.open_source}: {said.title}")
    name = html.escape(f"{texts.source} {citation.number}")
    return f'<a class="pill" href="{html.escape(address.link)}" title="{title}" aria-label="{name}">{citation.number}</a>'


def _facts(said: Provenance) -> str:
    role = (
        f'<strong class="not-the-answer">{escaped(said.role)}</strong>'
        if said.is_question
        else f"<span>{escaped(said.role)}</span>"
    )
    reference = f'<span class="reference">{isolated(said.reference)}</span>' if said.reference else ""
    others = [f"<span>{isolated(fact)}</span>" for fact in (said.date, said.page) if fact]
    return '<span class="dot"> · </span>'.join(filter(None, [reference, role, *others]))


def _people(said: Provenance) -> str:
    return f'<p class="people">{isolated(said.people[0].upper() + said.people[1:])}</p>' if said.people else ""


def _relevance(citation: Citation, said: Provenance, texts: Texts) -> str:
    explanation = {
        Relevance.STRONG: texts.relevance_strong,
        Relevance.POSSIBLE: texts.relevance_possible,
        Relevance.WEAK: texts.relevance_weak,
    }[citation.relevance]
    return (
        f'<details class="relevance"><summary title="{html.escape(explanation)}">{escaped(said.relevance or "")}</summary>'
        f"<p>{html.escape(explanation)}</p></details>"
    )


def _other_places(citation: Citation, language: Language) -> str:
    texts, places = TEXTS[language], [_other_place(place, language) for place in citation.also_in]
    if not places:
        return ""
    if len(places) <= MAX_UNFOLDED:
        return f'<p class="also">{html.escape(texts.also_in)} {", ".join(places)}</p>'
    entries = "".join(f"<li>{place}</li>" for place in places)
    return f'<details class="also"><summary>{html.escape(texts.also_in_n)} {len(places)}</summary><ul>{entries}</ul></details>'


def _other_place(place: OtherPlace, language: Language) -> str:
    said = other_place_of(place, language)
    link = Address(place.document_id, place.quote_start, place.quote_end).link
    date = f" ({escaped(said.date)})" if said.date else ""
    return f'<a href="{html.escape(link)}" title="{escaped(said.title)}">{isolated(said.name)}</a>{date}'
