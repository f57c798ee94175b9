"""`IndexReport`: what a run did, and `Progress`: how far it is."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from qa.document import Doubt
from qa.wording.sentence import Sentence


@dataclass(frozen=True)
class Failure:
    """A file that could not be read, or a folder that could not be searched, and why."""

    path: str
    reason: Sentence


@dataclass(frozen=True)
class Doubtful:
    """A file that was read, and what is doubtful about it."""

    path: str
    doubt: Doubt


@dataclass
class IndexReport:
    """What a run did, in files.

    Attributes:
        duplicates: files whose content the library holds under another name.
        by_others: files that other programs have indexed meanwhile, or could not.
        skipped_by_kind: how many files of kinds that are not read, by the ending of their names in small letters ("" for none).
        n_passages: in the documents that were added or changed; `n_embedded` of them had a text that was new.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    duplicates: int = 0
    by_others: int = 0
    skipped_by_kind: Mapping[str, int] = field(default_factory=Counter)
    n_passages: int = 0
    n_embedded: int = 0
    seconds: float = 0.0
    failures: list[Failure] = field(default_factory=list)
    doubtful: list[Doubtful] = field(default_factory=list)

    @property
    def skipped(self) -> int:
        """How many files of kinds that are not read there are."""
        return sum(self.skipped_by_kind.values())

    @property
    def n_read(self) -> int:
        """How many files of this run are in the library, read now or before."""
        return self.added + self.changed + self.unchanged + self.duplicates

    def as_dict(self) -> dict[str, object]:
        """Return the report for JSON."""
        return {
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "removed": self.removed,
            "duplicates": self.duplicates,
            "by_others": self.by_others,
            "skipped": dict(self.skipped_by_kind),
            "failed": [
                {"path": failure.path, "code": failure.reason.code, "reason": failure.reason.said("en")}
                for failure in self.failures
            ],
            "doubtful": [{"path": doubtful.path, **asdict(doubtful.doubt)} for doubtful in self.doubtful],
            "n_passages": self.n_passages,
            "n_embedded": self.n_embedded,
            "seconds": round(self.seconds, 3),
        }


@dataclass(frozen=True)
class Progress:
    """How far a run is: files done of all, and passages so far."""

    n_files: int
    n_files_done: int
    n_passages: int
