"""`Half`: to choose by, or to measure by. A set that is looked at while something is tuned says little of what was tuned."""

from hashlib import sha256
from typing import Literal

Half = Literal["tune", "report"]


def half_of(identifier: str) -> Half:
    """Return the half that something belongs to, by its id alone, so that a set that grows keeps its halves."""
    return "report" if sha256(identifier.encode()).digest()[0] % 2 else "tune"
