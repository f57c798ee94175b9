"""`StateFolder`: what people have given to a library and what was fitted for it, apart from what is derived from documents."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class StateFolder:
    """A folder with the uploads, the feedback, the calibration and the adapters of a library; a library that is made anew keeps it."""

    path: Path

    @property
    def feedback(self) -> Path:
        """The file of what readers think of answers."""
        return self.path / "feedback.jsonl"

    @property
    def calibration(self) -> Path:
        """The file of the library's own calibration, if it has one."""
        return self.path / "calibration.json"
