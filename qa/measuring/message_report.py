"""`MessageRun`: what labelled messages were taken for and how conversations were followed, and both as text."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
from pydantic import BaseModel, ConfigDict

from qa.answering import Answerer
from qa.exceptions import BronvraagError
from qa.jsonl import parse_lines
from qa.measuring.bootstrap import estimate_means
from qa.measuring.conversations import LabelledConversation, TurnOutcome, measure_conversations
from qa.measuring.halves import Half, half_of
from qa.measuring.messages import LabelledMessage, MessageOutcome, measure_messages
from qa.measuring.questions import LabelledQuestion
from qa.measuring.report import share

BOTH = "both"


class _Line(BaseModel):
    """A line of any of the files, by the fields that tell which it is."""

    model_config = ConfigDict(extra="allow", frozen=True)

    turns: Any = None
    question: Any = None


class MessageRun(BaseModel):
    """What became of messages and of the turns of conversations, in their order."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    messages: tuple[MessageOutcome, ...]
    turns: tuple[TurnOutcome, ...]

    @classmethod
    def of(
        cls,
        answerer: Answerer,
        messages: Sequence[LabelledMessage],
        conversations: Sequence[LabelledConversation],
        *,
        on_progress: Callable[[int], None] = lambda _n_done: None,
    ) -> Self:
        """Send all of them and return what became of them."""
        sent = measure_messages(answerer, messages, on_progress=on_progress)
        turns = measure_conversations(answerer, conversations, on_progress=lambda n: on_progress(len(messages) + n))
        return cls(messages=tuple(sent), turns=tuple(turns))


def load_sendable(paths: Sequence[Path], *, half: Half | None = None) -> tuple[list[LabelledMessage], list[LabelledConversation]]:
    """Return the messages and the conversations in JSON Lines files, or those of one half; questions about content count as messages.

    Raises:
        BronvraagError: a file cannot be read, or a line is not valid.
    """
    messages: list[LabelledMessage] = []
    conversations: list[LabelledConversation] = []
    for path in paths:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise BronvraagError("questions_unreadable", path=path, reason=error) from error
        first = next(iter(parse_lines(lines[:1], _Line, name=str(path))), None)
        if first and first.turns is not None:
            conversations += parse_lines(lines, LabelledConversation, name=str(path))
        elif first and first.question is not None:
            messages += map(_as_message, parse_lines(lines, LabelledQuestion, name=str(path)))
        else:
            messages += parse_lines(lines, LabelledMessage, name=str(path))
    wanted = [one for one in messages if half in {None, half_of(one.id)}]
    return wanted, [one for one in conversations if half in {None, half_of(one.id)}]


def _as_message(question: LabelledQuestion) -> LabelledMessage:
    is_far = question.distance == "far"
    also = None if question.is_answerable else "content" if is_far else "far-off"
    kind = "far-off" if is_far else "content"
    return LabelledMessage(id=question.id, language=question.language, message=question.question, kind=kind, also=also)


def message_run_text(run: MessageRun, *, misses: bool = False) -> str:
    """Return how many of each kind were taken for what they are, and with `misses` which were not."""
    seen = [(one.message.kind, one.message.language, one.is_right, None) for one in run.messages]
    turns = [(one.what, one.language, one.right, one.quoted) for one in run.turns]
    blocks = [
        _table("Messages taken for what they are", seen),
        _confusions(run.messages),
        _table("Turns of conversations", turns),
    ]
    if misses:
        blocks += [_misses(run)]
    return "\n\n".join(filter(None, blocks))


def _table(title: str, rows: Iterable[tuple[str, str, bool, bool | None]]) -> str:
    groups: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for what, language, right, quoted in rows:
        judged = (float(right), float("nan") if quoted is None else float(quoted))
        for group in ((what, language), (what, BOTH), ("all", BOTH)):
            groups[group].append(judged)
    if not groups:
        return ""
    lines = [f"{title}", f"{'kind':<21}{'lang':<6}{'n':>4}  {'right':>5}  {'share':<17}quote"]
    n_languages = Counter(what for what, _language in groups)
    for (what, language), values in sorted(groups.items(), key=lambda item: (item[0][0] == "all", item[0])):
        if what != "all" and language == BOTH and n_languages[what] == 2:
            continue  # of one language only
        rates = np.array(values).T
        of_right, of_quotes = estimate_means(rates)
        told = [share(one) if one else "" for one in (of_right, of_quotes)]
        lines.append(f"{what:<21}{language:<6}{len(values):>4}  {rates[0].sum():>5.0f}  {told[0]:<17}{told[1]}".rstrip())
    return "\n".join(lines)


def _confusions(outcomes: Sequence[MessageOutcome]) -> str:
    taken = Counter((one.message.kind, one.seen) for one in outcomes if not one.is_right)
    by_kind: dict[str, list[str]] = defaultdict(list)
    for (kind, seen), n in taken.most_common():
        by_kind[kind].append(f"{seen} {n}")
    return "\n".join(["Taken for", *(f"{kind:<21}{', '.join(seen)}" for kind, seen in sorted(by_kind.items()))]) if taken else ""


def _misses(run: MessageRun) -> str:
    lines = [f"{one.message.kind:<15} as {one.seen:<15} {one.message.message}" for one in run.messages if not one.is_right]
    lines += [f"{one.what:<18} {one.conversation:<12} {one.message}" for one in run.turns if not one.right]
    return "\n".join(lines)
