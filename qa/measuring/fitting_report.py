"""What a calibration is and how well it holds, as text for a reader."""

from collections.abc import Iterator

from qa.calibration import Calibration
from qa.calibration.calibration import LanguageCalibration

_NAMES = {"nl": "Dutch questions", "en": "English questions"}


def calibration_text(calibration: Calibration) -> str:
    """Return the weights, the error rates and the reliability curve of a calibration."""
    blocks = [_weights(calibration)]
    blocks += ["\n".join(_language(_NAMES[language], one)) for language, one in calibration.languages.items()]
    return "\n\n".join(blocks)


def _weights(calibration: Calibration) -> str:
    rows = [f"  {name:<20}{weight:+.3f}" for name, weight in calibration.ranking.items()]
    return "\n".join([f"Ranking weights for {calibration.model}:", *rows])


def _language(name: str, one: LanguageCalibration) -> Iterator[str]:
    rates = one.rates
    yield f"{name} ({rates.n_answerable} with an answer, {rates.n_far} about something else, {rates.n_near} close by)"
    yield f"  citations that hold the answer: strong {rates.strong:.2f}, possible {rates.possible:.2f}, weak {rates.weak:.2f}"
    yield (
        f"  refused below {one.refusal:.3f}: {rates.refused_answerable:.2f} of those with an answer, "
        f"{rates.refused_far:.2f} about something else, {rates.refused_near:.2f} close by"
    )
    yield "  said  found  citations"
    for row in one.reliability:
        yield f"  {row.said:.2f}   {row.right:.2f}   {row.n:>5}"
