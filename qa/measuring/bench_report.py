"""What `bronvraag bench` measured, as a table."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict

import numpy as np

from qa.measuring.bench import Measured
from qa.measuring.self_test import machine

_ROWS: tuple[tuple[str, Callable[[Measured], float], str], ...] = (
    ("a question, median, ms", lambda one: 1000 * float(np.median(one.questions_s)), "{:,.1f}"),
    ("  95 % at most", lambda one: 1000 * float(np.quantile(one.questions_s, 0.95)), "{:,.1f}"),
    ("  of the processor, median", lambda one: 1000 * float(np.median(one.processor_s)), "{:,.1f}"),
    ("start to first answer, s", lambda one: one.start_s, "{:,.2f}"),
    ("passages embedded a second", lambda one: one.passages_a_second, "{:,.1f}"),
    ("bytes a passage", lambda one: one.bytes_a_passage, "{:,.0f}"),
    ("memory at most, MB", lambda one: one.peak_bytes / 1e6, "{:,.0f}"),
)
_NAME_WIDTH, _WIDTH = 32, 14


def bench_text(sizes: Sequence[Sequence[Measured]]) -> str:
    """Return the result: for every size what each version needs, and how many times as much as this one another needs."""
    return "\n\n".join([f"Computer: {machine()}", *map(_size_text, sizes)])


def bench_json(sizes: Sequence[Sequence[Measured]]) -> str:
    """Return the result as JSON, with every single question."""
    return json.dumps(
        {"machine": machine(), "sizes": [[asdict(one) for one in measured] for measured in sizes]}, ensure_ascii=False, indent=2
    )


def _size_text(measured: Sequence[Measured]) -> str:
    this = measured[0]
    lines = [f"{this.n_passages:,} passages, {len(this.questions_s)} questions; nearest passages: {this.nearest}"]
    if len(measured) > 1:
        lines.append(" " * _NAME_WIDTH + "".join(f"{one.version[: _WIDTH - 1]:>{_WIDTH}}" for one in measured) + "   times this")
    lines += [_row(name, [value(one) for one in measured], form) for name, value, form in _ROWS[:3]]
    for stage in dict.fromkeys(name for one in measured for name in one.stages_s):
        values = [1000 * float(np.median(one.stages_s[stage])) if stage in one.stages_s else None for one in measured]
        lines.append(_row(f"  {stage.replace('_', ' ')}, median", values, "{:,.1f}"))
    lines += [_row(name, [value(one) for one in measured], form) for name, value, form in _ROWS[3:]]
    for other in measured[1:]:
        n_same = sum(map(list.__eq__, map(list, this.citations), map(list, other.citations)))
        lines.append(
            f"{other.version} cites the same passages, in the same order, for {n_same} of {len(this.citations)} questions"
        )
    return "\n".join(lines)


def _row(name: str, values: Sequence[float | None], form: str) -> str:
    shown = "".join(f"{'-' if value is None else form.format(value):>{_WIDTH}}" for value in values)
    this = values[0]
    times = "".join(f"{value / this:>13.2f}" for value in values[1:] if value is not None and this)
    return f"{name:<{_NAME_WIDTH}}{shown}{times}"
