"""The rows of the table of a question list: a group of rows for a question, one for each quote."""

from collections.abc import Sequence

from qa.answer import Answer, Language
from qa.question_lists.answer_table import TableRow, Verdict, verdict_of
from qa.templates import macros
from qa.wording.documents import say_date
from qa.wording.interface import TEXTS

TEMPLATE = "page/lists/lists.html"


def question_html(rows: Sequence[TableRow], answer: Answer, language: Language) -> str:
    """Return the rows of one question."""
    texts, verdict = TEXTS[language], verdict_of(answer)
    said = {
        Verdict.GOOD: texts.verdict_good,
        Verdict.DOUBTFUL: texts.verdict_doubtful,
        Verdict.NOTHING: texts.verdict_nothing,
    }[verdict]
    return str(macros(TEMPLATE).question(rows, [_facts(row, language) for row in rows], verdict, said, texts))


def _facts(row: TableRow, language: Language) -> list[str]:
    """Return the title where the reference stands above it, and when and by whom it was asked and answered."""
    texts = TEXTS[language]
    asked = f"{texts.fact_asked_by}: {row.asked_by}" if row.asked_by else ""
    answered = f"{texts.fact_answered_by}: {row.answered_by}" if row.answered_by else ""
    facts = (row.document if row.reference else "", say_date(row.date, language) if row.date else "", asked, answered, row.role)
    return [fact for fact in facts if fact]
