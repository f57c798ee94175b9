"""`Comparison`: two runs, question by question.

1. Questions are paired by id. Those that only one run asked, or that were worded or labelled otherwise, are counted and left out.
2. A question "became right" when its first citation is a hit now (or it is rightly refused) and was not before; "became wrong" the other way round.
3. Whether as many became right as wrong by chance alone is told by the exact sign test on those that changed (McNemar's test, Q. McNemar, 1947):
   `p` is the chance of a split at least as uneven if each change were the toss of a coin.
4. Differences of rates are paired: each resample of the bootstrap draws the same questions from both runs.
"""

from collections.abc import Sequence
from math import comb

from pydantic import BaseModel, ConfigDict

from qa.exceptions import BronvraagError
from qa.measuring.judging import Outcome
from qa.measuring.questions import LabelledQuestion
from qa.measuring.rates import RateRow, difference_rows
from qa.measuring.run import Conditions, Run


class Change(BaseModel):
    """A question whose outcome differs between two runs."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    before: Outcome
    after: Outcome


class Comparison(BaseModel):
    """What changed from one run to another.

    Attributes:
        before: what the earlier run was measured with.
        after: what the later run was measured with.
        n_compared: questions that both runs asked.
        n_left_out: questions that only one of them asked, or that differ.
        became_right: those that were wrong before.
        became_wrong: those that were right before.
        moved: wrong in both, or right in both, but found at another rank.
        sign_test_p: chance of changes at least as uneven if right and wrong were equally likely.
        differences: of the rates, later less earlier, over the questions that both runs asked.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    before: Conditions
    after: Conditions
    n_compared: int
    n_left_out: int
    became_right: tuple[Change, ...]
    became_wrong: tuple[Change, ...]
    moved: tuple[Change, ...]
    sign_test_p: float
    differences: tuple[RateRow, ...]

    def to_json(self) -> str:
        """Return the comparison as JSON."""
        return self.model_dump_json(indent=2)


def compare(before: Run, after: Run) -> Comparison:
    """Return what changed from the run `before` to the run `after`.

    Raises:
        BronvraagError: they have no question in common.
    """
    pairs = _pairs(before.outcomes, after.outcomes)
    if not pairs:
        raise BronvraagError("runs_differ")
    right = [pair for pair in pairs if pair.after.is_right and not pair.before.is_right]
    wrong = [pair for pair in pairs if pair.before.is_right and not pair.after.is_right]
    return Comparison(
        before=before.conditions,
        after=after.conditions,
        n_compared=len(pairs),
        n_left_out=_n_ids(before, after) - len(pairs),
        became_right=tuple(right),
        became_wrong=tuple(wrong),
        moved=tuple(pair for pair in pairs if _moved(pair)),
        sign_test_p=sign_test(len(right), len(wrong)),
        differences=tuple(difference_rows([pair.before for pair in pairs], [pair.after for pair in pairs])),
    )


def sign_test(n_better: int, n_worse: int) -> float:
    """Return the two-sided p of the exact sign test; 1 when nothing changed."""
    n = n_better + n_worse
    tail = sum(comb(n, i) for i in range(min(n_better, n_worse) + 1))
    return min(1.0, 2 * tail / float(2**n))


def _pairs(before: Sequence[Outcome], after: Sequence[Outcome]) -> list[Change]:
    earlier = {_identity(outcome.question): outcome for outcome in before}
    keyed = [(_identity(outcome.question), outcome) for outcome in after]
    return [Change(before=earlier[key], after=outcome) for key, outcome in keyed if key in earlier]


def _identity(question: LabelledQuestion) -> tuple[object, ...]:
    return question.id, question.question, question.history, question.evidence


def _n_ids(*runs: Run) -> int:
    return len({outcome.question.id for run in runs for outcome in run.outcomes})


def _moved(pair: Change) -> bool:
    return pair.before.is_right == pair.after.is_right and pair.before.rank != pair.after.rank
