"""A self-test as text for people who have not read how it works."""

import textwrap

from qa.measuring.report import conditions_text, share
from qa.measuring.self_test import FIRST_QUESTION, FOOTNOTE, OWN_ANSWER, SENTENCE, PartResult, SelfTestResult

WIDTH = 100

EXPLANATIONS = {
    FIRST_QUESTION: "The first question of a set of written questions, word for word, should lead to that set.",
    FOOTNOTE: "What a footnote says should lead to the document in which it stands, though footnotes are not shown as answers.",
    SENTENCE: "A sentence, word for word, should lead to the passage in which it stands.",
    OWN_ANSWER: "A member's question should lead to the minister's answer to it, in a temporary library that does not hold the question.",
}
EXPECTED_HIT_1 = {FIRST_QUESTION: 0.99, FOOTNOTE: 0.7, SENTENCE: 0.9, OWN_ANSWER: 0.4}
"""Share that should come first; of the first question by the project's goal, of the others a little below what was measured on fifteen documents."""


def self_test_text(result: SelfTestResult) -> str:
    """Return the result of a self-test, each part with an explanation, its numbers and a verdict."""
    return "\n\n".join([_head(result), *map(_part, result.parts)])


def verdict(part: PartResult) -> str:
    """Return in a sentence how good a part's result is, as far as its interval can tell."""
    if part.hit_1 is None:
        return "Not tested: the documents taken hold nothing of the kind."
    expected = EXPECTED_HIT_1[part.name]
    n_right = round(part.hit_1.value * part.n_asked)
    shown = f"The right place came first for {n_right} of {part.n_asked}"
    if part.hit_1.value >= expected:
        return f"Good: {shown.replace('The', 'the', 1)}; {expected:.0%} or more is expected."
    if part.hit_1.high >= expected:
        return f"Fair: {shown.replace('The', 'the', 1)}, below the expected {expected:.0%}, but so few questions cannot tell it from chance."
    return f"Poor: {shown.replace('The', 'the', 1)}, clearly below the expected {expected:.0%}."


def _head(result: SelfTestResult) -> str:
    lines = [
        f"Library    {conditions_text(result.conditions)}",
        f"Size       {result.size_bytes / 1e6:.1f} MB, {result.bytes_per_passage:,} bytes a passage",
        f"Computer   {result.machine}; {result.peak_bytes / 1e6:.0f} MB of memory at most",
        f"Stages     {_stages(result)}",
        f"Questions  made of {result.n_sampled} documents; in brackets the 95 % interval",
    ]
    return "\n".join(lines)


def _stages(result: SelfTestResult) -> str:
    stages = [f"{name.replace('_', ' ')} {ms:.1f}" for name, ms in result.stages_ms.items()]
    return f"{', '.join(stages)} ms of a question (mean)"


def _part(part: PartResult) -> str:
    lines = [part.name[0].upper() + part.name[1:], *_indented(EXPLANATIONS[part.name])]
    if part.hit_1 and part.hit_5 and part.mrr:
        lines += [
            f"    {part.n_asked} questions among {part.n_passages} passages, {part.n_refused} of them refused",
            f"    right first {share(part.hit_1)}, among the first five {share(part.hit_5)}, mean reciprocal rank {share(part.mrr)}",
            f"    a question takes {part.median_ms:.0f} ms (median), 95 % of them at most {part.p95_ms:.0f} ms",
        ]
    return "\n".join([*lines, *_indented(verdict(part))])


def _indented(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="    ", subsequent_indent="    ")
