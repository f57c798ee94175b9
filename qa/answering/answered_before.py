"""`AnsweredBefore`: the passage that answered the question before, which a follow-up goes on with.

A client that sends what was cited says which passage that is. For one that sends the earlier questions alone, it is what was cited first when the question was
asked, as long as that is remembered and the library is the same, and else the question is asked again.
"""

from collections.abc import Callable, Sequence
from threading import Lock

from qa.conversation import EarlierQuestion
from qa.library import Library, PassageRecord
from qa.library.filters import Filters
from qa.understanding import Understanding

N_REMEMBERED = 500
"""Questions of which it is remembered what was cited first."""

_Asked = tuple[str, tuple[EarlierQuestion, ...], Filters]
"""A question, those before it, and the filters that its reader chose; what is cited follows from these and the library."""

FirstCited = Callable[[str, Sequence[EarlierQuestion], Filters], int | None]
"""Asks a question, and gives the id of the passage that is cited first for it, if any is."""


class AnsweredBefore:
    """Remembers what was cited first for the last questions, in one state of a library."""

    def __init__(self, library: Library, first_cited: FirstCited) -> None:
        """Make it.

        Args:
            library: that is asked.
            first_cited: asks a question of which it is not remembered.
        """
        self._library = library
        self._first_cited = first_cited
        self._catalogue = library.catalogue()
        self._remembered: dict[_Asked, int | None] = {}
        self._lock = Lock()

    def passage(self, understood: Understanding) -> PassageRecord | None:
        """Return the passage that was cited first for the question before this one, if any was."""
        *before, last = understood.earlier
        passage_id = last.passage_ids[0] if last.passage_ids else self._looked_up(last.question, before, understood.chosen)
        return next(iter(self._library.passages([passage_id])), None) if passage_id else None

    def remember(self, understood: Understanding, passage_id: int | None) -> None:
        """Keep what was cited first for a question."""
        asked = understood.question, understood.earlier, understood.chosen
        with self._lock:
            self._forget_if_changed()
            self._remembered.pop(asked, None)
            self._remembered[asked] = passage_id
            if len(self._remembered) > N_REMEMBERED:
                del self._remembered[next(iter(self._remembered))]

    def _looked_up(self, question: str, before: Sequence[EarlierQuestion], chosen: Filters) -> int | None:
        asked = " ".join(question.split()), tuple(before), chosen
        with self._lock:
            self._forget_if_changed()
            if asked in self._remembered:
                return self._remembered[asked]
        return self._first_cited(*asked)

    def _forget_if_changed(self) -> None:
        if (catalogue := self._library.catalogue()) is not self._catalogue:
            self._catalogue = catalogue
            self._remembered.clear()
