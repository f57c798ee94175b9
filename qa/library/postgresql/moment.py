"""`Moment`: a library as of one moment, for one thread: all that it reads is of one transaction on one snapshot."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import psycopg

from qa.exceptions import LibraryError

if TYPE_CHECKING:
    from qa.library.postgresql.connections import Connections

Parameters = Mapping[str, Any]
Asked = tuple[str, Parameters]


class Facts(NamedTuple):
    """The state that a library is in: its own id, a token that changes with every change, how much it holds, and whether its vectors are indexed."""

    library_id: str
    token: str
    n_documents: int
    n_passages: int
    n_own: int
    n_context: int
    is_indexed: bool


class Moment:
    """A library as of one moment, for one thread; `remembered` holds what was read before that need not be read again."""

    def __init__(self, connections: "Connections") -> None:
        self._connections = connections
        self._owner, self._connection, self.facts = connections.begun()
        self.remembered: dict[Any, Any] = {}
        self._expected: list[tuple[Asked, Callable[[list[Any]], None]]] = []

    def expect(self, statement: str, parameters: Parameters, arrived: Callable[[list[Any]], None]) -> None:
        """Let a statement go with the next trip, whatever that is for; its rows are given to a function."""
        self._expected.append(((statement, parameters), arrived))

    def all(self, statement: str, parameters: Parameters | None = None) -> list[Any]:
        """Return all rows of a statement; one round trip."""
        return self.together((statement, parameters or {}))[0]

    def one(self, statement: str, parameters: Parameters | None = None) -> Any:
        """Return the first row of a statement, or None."""
        rows = self.all(statement, parameters)
        return rows[0] if rows else None

    def together(self, *asked: Asked) -> list[list[Any]]:
        """Return all rows of each of several statements; one round trip for all, and for what is expected."""
        expected, self._expected = self._expected, []
        everything = [*asked, *(one for one, _arrived in expected)]
        try:
            answers = self._owner.results(self._connection, everything)
        except psycopg.OperationalError:
            if not self._connection.broken:
                raise
            self._replace()
            answers = self._owner.results(self._connection, everything)
        for (_one, arrived), rows in zip(expected, answers[len(asked) :], strict=True):
            arrived(rows)
        return answers[: len(asked)]

    def end(self) -> None:
        """End the transaction, without waiting for it."""
        self._owner.end(self._connection)

    def _replace(self) -> None:
        self._owner.end(self._connection)
        self._owner, self._connection, facts = self._connections.begun()
        if facts.token != self.facts.token:
            raise LibraryError("library_lost", folder=self._connections.name)
