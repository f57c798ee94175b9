"""Feedback read as labelled questions.

1. Entries on the same question, asked after the same earlier ones, are read together.
2. A citation that is right gives a question with its quote as evidence. An answer that is right as a whole gives one with all its quotes as evidence,
   any of which is enough: which of them the reader meant is not known. With earlier questions it is a follow-up.
3. A refusal that is right gives an unanswerable question.
4. "Wrong" says what is not the answer, not what is; perhaps the documents hold none, perhaps another passage is it. Nobody can be measured against that, so it
   labels nothing. Nor does "partly". Both are counted, so that somebody reads them.
5. Where readers contradict each other, about a quote or about whether there is an answer at all, the question is left out and counted.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.exceptions import BronvraagError
from qa.feedback import Feedback, Verdict
from qa.jsonl import parse_lines
from qa.measuring.questions import LabelledQuestion

CONTRADICTED = "contradicted"
_SIGN = '"verdict"'

_Asked = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class FeedbackQuestions:
    """What feedback gives: labelled questions, and how many entries gave none, by reason."""

    questions: Sequence[LabelledQuestion]
    skipped: Mapping[str, int]

    @property
    def summary(self) -> str:
        """What was made of it, in a sentence."""
        counts = ", ".join(f"{n} {reason}" for reason, n in sorted(self.skipped.items())) or "none"
        return f"Feedback: {len(self.questions)} labelled questions; entries that label none: {counts}."


def is_feedback(path: Path) -> bool:
    """Tell whether a file holds feedback rather than labelled questions, by its first line."""
    try:
        with path.open(encoding="utf-8") as lines:
            return _SIGN in next(filter(str.strip, lines), "")
    except (OSError, UnicodeDecodeError):
        return False  # whoever reads it as questions says what is wrong


def load_feedback(path: Path) -> FeedbackQuestions:
    """Return the labelled questions in a file of feedback.

    Raises:
        BronvraagError: the file cannot be read, a line is not feedback, or nothing in it labels a question.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")  # a remark may hold what `splitlines` takes for a line's end
    except (OSError, UnicodeDecodeError) as error:
        raise BronvraagError("feedback_unreadable", path=path, reason=error) from error
    feedback = labelled_questions(parse_lines(lines, Feedback, name=str(path)))
    if not feedback.questions:
        raise BronvraagError("feedback_labels_nothing", path=path, summary=feedback.summary)
    return feedback


def labelled_questions(entries: Iterable[Feedback]) -> FeedbackQuestions:
    """Return the labelled questions that entries of feedback give, in the order in which they were first asked."""
    groups: dict[_Asked, list[Feedback]] = {}
    for entry in entries:
        groups.setdefault((" ".join(entry.question.split()), entry.history), []).append(entry)
    skipped: Counter[str] = Counter()
    questions = [
        question
        for number, group in enumerate(groups.values(), start=1)
        if (question := _labelled(f"feedback-{number}", group, skipped))
    ]
    return FeedbackQuestions(questions, dict(skipped))


def _labelled(question_id: str, group: Sequence[Feedback], skipped: Counter[str]) -> LabelledQuestion | None:
    right = [entry for entry in group if entry.verdict is Verdict.RIGHT]
    if _is_contradicted(group):
        skipped[CONTRADICTED] += len(group)
        return None
    skipped.update(str(entry.verdict) for entry in group if entry.verdict is not Verdict.RIGHT)
    if not right:
        return None
    evidence = tuple(dict.fromkeys(quote for entry in _most_exact(right) for quote in _quotes(entry)))
    history = group[0].history
    return LabelledQuestion(
        id=question_id,
        language=group[0].language,
        kind="unanswerable" if not evidence else "follow-up" if history else "content",
        history=history,
        question=group[0].question,
        evidence=evidence,
    )


def _is_contradicted(group: Sequence[Feedback]) -> bool:
    """Tell whether the same thing was judged differently, or both a refusal and an answer were called right."""
    verdicts: dict[tuple[str, ...], set[Verdict]] = {}
    for entry in group:
        verdicts.setdefault(_quotes(entry), set()).add(entry.verdict)
    answered = {bool(entry.quotes) for entry in group if entry.verdict is Verdict.RIGHT}
    return any(len(different) > 1 for different in verdicts.values()) or len(answered) > 1


def _most_exact(right: Sequence[Feedback]) -> Sequence[Feedback]:
    """Return the entries on single citations, which say more exactly what is right than those on whole answers, if there are any."""
    return [entry for entry in right if entry.number is not None] or right


def _quotes(entry: Feedback) -> tuple[str, ...]:
    return tuple(quote.quote for quote in entry.quotes)
