"""Runs and comparisons as text for people."""

import textwrap
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from qa.measuring.bootstrap import Estimate
from qa.measuring.comparison import Change, Comparison
from qa.measuring.judging import Outcome
from qa.measuring.metrics import FINDING, REFUSING, SAYING
from qa.measuring.rates import RateRow, document_rows
from qa.measuring.run import Conditions, Run

WIDTH = 120
CELL = 15
LONGEST_LINE = 400
BY_DOCUMENT = ("hit@1", "quote", "wrongly refused", "found", "unclear")
NOTE = (
    "In brackets the 95 % interval (bootstrap over questions). A share without one is a group in which all went alike: of n questions so, up to "
    "about 3/n may yet go otherwise."
)


def run_text(run: Run) -> str:
    """Return the rates of a run as tables, with how long answers took and what they were measured with."""
    blocks = [
        conditions_text(run.conditions),
        _table("Finding, of questions that the documents answer", run.rates, FINDING, share),
        _table("Refusing", run.rates, REFUSING, share),
        _table("By kind of document", documents, BY_DOCUMENT, share) if (documents := document_rows(run.outcomes)) else "",
        _table("Showing, and how sure answers are said to be", run.rates, SAYING, share),
        times_text([outcome.seconds for outcome in run.outcomes]),
        textwrap.fill(NOTE, WIDTH),
    ]
    return "\n\n".join(filter(None, blocks))


def times_text(seconds: Sequence[float]) -> str:
    """Return how long answers took by the clock, in the middle and at the 95th percentile; nothing if it was not kept."""
    if not any(seconds):
        return ""
    middle, late = np.percentile(seconds, [50, 95])
    return f"Seconds an answer, by the clock: median {middle:.3f}, 95th percentile {late:.3f}."


def misses_text(outcomes: Sequence[Outcome]) -> str:
    """Return every question whose first citation was wrong, or that was wrongly answered or refused, with what was expected and what came."""
    missed = [outcome for outcome in outcomes if not outcome.is_right]
    return "\n\n".join([f"Misses: {len(missed)} of {len(outcomes)} questions.", *map(_miss, missed)])


def comparison_text(comparison: Comparison) -> str:
    """Return what changed between two runs: which questions, and by how much the rates rose."""
    left_out = f" ({comparison.n_left_out} others were not asked alike in both)" if comparison.n_left_out else ""
    n_right, n_wrong = len(comparison.became_right), len(comparison.became_wrong)
    blocks = [
        f"Before: {conditions_text(comparison.before)}\nAfter:  {conditions_text(comparison.after)}",
        f"Of {comparison.n_compared} questions{left_out}, {n_right} became right and {n_wrong} became wrong (sign test p = {comparison.sign_test_p:.2g}).",
        _changes("Became right", comparison.became_right),
        _changes("Became wrong", comparison.became_wrong),
        _changes("At another rank, but as right or wrong as before", comparison.moved),
        _table("Change of the rates of finding", comparison.differences, FINDING, signed),
        _table("Change of the rates of refusing", comparison.differences, REFUSING, signed),
    ]
    return "\n\n".join(filter(None, blocks))


def conditions_text(conditions: Conditions) -> str:
    """Return in a line what a run was measured with."""
    versions = ", ".join(f"{name} {version}" for name, version in conditions.versions.items())
    return f"{conditions.n_documents} documents, {conditions.n_passages} passages; {conditions.model}; {versions}"


def share(estimate: Estimate) -> str:
    """Return an estimate as `.62 (.45-.77)`."""
    value = _plain(estimate.value)
    return value if estimate.low == estimate.high else f"{value} ({_plain(estimate.low)}-{_plain(estimate.high)})"


def signed(estimate: Estimate) -> str:
    """Return a difference as `+.04 (-.01 +.09)`."""
    value = f"{estimate.value:+.2f}".replace("0.", ".")
    interval = f"({estimate.low:+.2f} {estimate.high:+.2f})".replace("0.", ".")
    return "=" if estimate.value == estimate.low == estimate.high == 0 else f"{value} {interval}"


def _table(title: str, rows: Iterable[RateRow], names: Iterable[str], cell: Callable[[Estimate], str]) -> str:
    """Return a table with a line a group, leaving out groups to which no measure applies."""
    names = list(names)
    lines = [title, f"{'kind':<21}{'lang':<6}{'n':>4}  " + _cells(names)]
    for row in rows:
        cells = [cell(row.measures[name]) if name in row.measures else "" for name in names]
        if any(cells):
            n = max(row.measures[name].n for name in names if name in row.measures)
            lines.append(f"{row.kind:<21}{row.language:<6}{n:>4}  {_cells(cells)}")
    return "\n".join(line.rstrip() for line in lines)


def _cells(texts: Iterable[str]) -> str:
    return "".join(f"{text:<{CELL + 2}}" for text in texts)


def _plain(value: float) -> str:
    return f"{value:.2f}".removeprefix("0") if value < 0.995 else f"{value:.2f}"


def _miss(outcome: Outcome) -> str:
    question = outcome.question
    lines = [f"{question.id}  {became(outcome)}", *(f"    before    {earlier}" for earlier in question.history)]
    lines.append(f"    asked     {question.question}")
    lines += [f"    expected  {evidence}" for evidence in question.evidence] or ["    expected  a refusal"]
    if outcome.first:
        lines.append(f"    came      {outcome.first.reference} ({outcome.first.score:.3f}): {outcome.first.quote}")
    return "\n".join(line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]} ..." for line in lines)


def became(outcome: Outcome) -> str:
    """Return in two or three words what became of a question."""
    if outcome.refused:
        return "refused"
    if not outcome.question.is_answerable:
        return "answered"
    return f"found at {outcome.rank}" if outcome.rank else "not found"


def _changes(title: str, changes: Sequence[Change]) -> str:
    lines = [
        f"    {c.after.question.id:<20} {became(c.before)} -> {became(c.after)}: {c.after.question.question}" for c in changes
    ]
    return "\n".join([f"{title}:", *lines]) if lines else ""
