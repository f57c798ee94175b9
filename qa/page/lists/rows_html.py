"""The rows of the table of a list of questions, as escaped HTML: a group of rows for a question, one for each quote."""

import html
from collections.abc import Sequence

from qa.answer import Language
from qa.question_lists.answer_table import TableRow
from qa.wording.documents import say_date
from qa.wording.interface import TEXTS


def question_html(rows: Sequence[TableRow], language: Language) -> str:
    """Return the rows of one question."""
    first, texts = rows[0], TEXTS[language]
    head = (
        f'<th scope="rowgroup" rowspan="{len(rows)}" role="rowheader"><div><span class="label">{_isolated(first.label)}</span> '
        f'<span class="question">{_isolated(first.question)}</span></div></th>'
    )
    if first.citation is None:
        return f'<tbody role="rowgroup" class="nothing"><tr role="row">{head}<td role="cell" colspan="3">{html.escape(texts.set_nothing)}</td></tr></tbody>'
    return f'<tbody role="rowgroup">{"".join(_row(row, head if row is first else "", language) for row in rows)}</tbody>'


def _row(row: TableRow, head: str, language: Language) -> str:
    texts = TEXTS[language]
    name = f"{texts.open_source}: {row.document}"
    link = html.escape(row.permalink)
    pill = f'<a href="{link}" class="pill" aria-label="{html.escape(f"{row.rank}. {name}")}" title="{html.escape(name)}">{html.escape(row.rank)}</a>'
    relevance = row.citation.relevance.value if row.citation else ""
    return (
        f'<tr role="row">{head}'
        f'<td role="cell" class="quote"><blockquote><span lang="nl">{_isolated(row.quote)}</span>&nbsp;{pill}</blockquote></td>'
        f'<td role="cell" class="where">{_place(row, language)}</td>'
        f'<td role="cell" class="fit {relevance}">{html.escape(row.relevance)}</td></tr>'
    )


def _place(row: TableRow, language: Language) -> str:
    """Return where the quote stands: the formal reference, linked to the official publication, or else the title; then what it is, when, and who says so."""
    name = row.reference or row.document
    if row.official:
        leaves = html.escape(TEXTS[language].leaves)
        named = (
            f'<a class="published" href="{html.escape(row.official)}" target="_blank" rel="noopener noreferrer" title="{leaves}">'
            f'{_isolated(name)}<span class="sr-only"> ({leaves})</span></a>'
        )
    else:
        named = _isolated(name)
    facts = [row.document if row.reference else "", say_date(row.date, language), row.answered_by, row.role]
    shown = [f"<span>{_isolated(fact)}</span>" for fact in facts if fact]
    return f"<strong>{named}</strong>{''.join(shown)}"


def _isolated(text: str) -> str:
    return f"<bdi>{html.escape(text)}</bdi>"
