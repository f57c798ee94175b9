"""An evaluation as text for people."""

from qa.evaluation.evaluate import Evaluation, Outcome, Rate

MEASURES = "hit@1", "hit@3", "quote", "refused"


def as_table(evaluation: Evaluation) -> str:
    """Return the rates as a table, a row a kind and language; in brackets the 95 % interval."""
    lines = [f"{'kind':<22}{'lang':<6}{'n':>4}  " + "".join(f"{measure:<19}" for measure in MEASURES)]
    for (kind, language), rates in sorted(evaluation.rates().items()):
        cells = "".join(f"{_cell(rates.get(measure)):<19}" for measure in MEASURES)
        lines.append(f"{kind:<22}{language:<6}{rates['refused'].n:>4}  {cells}".rstrip())
    return "\n".join(lines)


def as_misses(evaluation: Evaluation) -> str:
    """Return every question whose first citation was wrong, or that was wrongly answered or refused, a line each."""
    return "\n".join(_miss(outcome) for outcome in evaluation.outcomes if not outcome.is_right)


def _cell(rate: Rate | None) -> str:
    if rate is None:
        return "-"
    low, high = rate.interval
    return f"{rate.value:.2f} ({low:.2f}-{high:.2f})"


def _miss(outcome: Outcome) -> str:
    if outcome.question.kind == "unanswerable":
        became = f"answered ({outcome.answer.citations[0].score:.3f})"
    elif outcome.answer.refused:
        became = "refused"
    else:
        became = f"found at {outcome.rank}" if outcome.rank else "not found"
    return f"{outcome.question.id:<24}{became:<20}{outcome.question.question}"
