"""`Recognised`: the filters that were recognised in the words of a question."""

from dataclasses import dataclass
from functools import reduce

from qa.library.filters import EVERYTHING, Filters


@dataclass(frozen=True)
class NamedFilter:
    """One value of one kind of filter, or a period, with the words of the question that name it."""

    part: Filters
    words: str


@dataclass(frozen=True)
class Recognised:
    """What a question seems to ask of: filters that it names, to apply, and single ones to suggest."""

    named: tuple[NamedFilter, ...] = ()
    suggested: tuple[Filters, ...] = ()

    @property
    def applied(self) -> Filters:
        """All that the question names."""
        return reduce(Filters.joined, (one.part for one in self.named), EVERYTHING)

    def without(self, declined: Filters) -> "Recognised":
        """Return the same without what a reader does not want."""
        return Recognised(tuple(one for one in self.named if one.part.without(declined)), self.suggested)
