"""The data that a whole adapter is trained on, from a folder: passages with questions written about them, and sentences with their translations.

- `documents/*.json`: lists of `{"doc", "title", "passages": [{"id", "question", "text"}]}`;
- `questions/*.jsonl`: one `{"doc", "language", "kind", "history", "question", "passages", "evidence"}` a line; `passages` are ids, and do not answer a
  question of the kind `unanswerable`;
- `parallel/*.tsv`: an English sentence and its Dutch translation a line; those named `TEST_ONLY` are not read.

Documents are divided by a checksum of their names: a tenth to look at during training, and a tenth (of the files in `MUCH_REPORTED`, with kinds of papers that
there are few of, three) that is kept for reporting and never looked at here.
"""

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from qa.exceptions import BronvraagError
from qa.jsonl import parse_lines
from qa.retrieval import question_text
from qa.text.sentences import sentence_spans

TEST_ONLY = "flores200", "ntrex_news"
MUCH_REPORTED = "belgium1", "mixed1", "motions1"
MAX_PAIRS = 1200
"""Sentences of one file."""
PAIR_CHARACTERS = range(16, 220)
NEAR_DUPLICATE = 0.6
"""Share of the shorter one's stretches of three words from which on a passage says what another says."""
_COMMON = 40
_WORD = re.compile(r"\w+")

Half = Literal["train", "development", "report"]


class _Passage(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)
    id: str
    question: str = ""
    text: str


class _Document(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)
    doc: str
    title: str = ""
    passages: tuple[_Passage, ...]


class WrittenQuestion(BaseModel):
    """A question that was written about a document, with the ids of the passages that answer it."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    doc: str
    language: Literal["nl", "en"]
    kind: Literal["content", "follow-up", "unanswerable"]
    history: tuple[str, ...] = ()
    question: str
    passages: tuple[str, ...] = ()
    evidence: str | None = None

    @property
    def text(self) -> tuple[str, int]:
        """As it is embedded, and where it begins behind earlier ones."""
        return question_text(self.question, self.history)


@dataclass(frozen=True)
class TrainingPassage:
    """A passage of the data: its document, what is embedded of it, and where its own text begins in that."""

    doc: str
    context: str
    text: str

    @property
    def embedding_text(self) -> str:
        """What is embedded."""
        return f"{self.context}\n{self.text}" if self.context else self.text

    @property
    def text_offset(self) -> int:
        """Where the passage itself begins in `embedding_text`."""
        return len(self.context) + 1 if self.context else 0

    @property
    def sentences(self) -> list[tuple[int, int]]:
        """The spans of its sentences in `embedding_text`."""
        return [(self.text_offset + start, self.text_offset + end) for start, end in sentence_spans(self.text)]

    def evidence(self, wanted: str | None) -> list[int]:
        """Return the positions of the sentences that hold a stretch of text; none where it is not there, or in all of them."""
        at = self.embedding_text.find(wanted, self.text_offset) if wanted else -1
        spans = self.sentences
        holding = [place for place, (start, end) in enumerate(spans) if at >= 0 and start < at + len(wanted or "") and end > at]
        return holding if len(holding) < len(spans) else []


@dataclass(frozen=True)
class TrainingData:
    """What a folder holds.

    Attributes:
        passages: of all documents.
        place: at which position the passage of an id stands.
        questions: all that were written.
        halves: what each document is for, by its name.
        pairs: English sentences with their Dutch translations.
    """

    passages: Sequence[TrainingPassage]
    place: Mapping[str, int]
    questions: Sequence[WrittenQuestion]
    halves: Mapping[str, Half]
    pairs: Sequence[tuple[str, str]]

    def right(self, question: WrittenQuestion) -> list[int]:
        """Return the positions of the passages that answer a question."""
        answerable = question.kind != "unanswerable"
        return [self.place[one] for one in question.passages if answerable and one in self.place]

    def of(self, half: Half, *, share: float = 1.0) -> list[WrittenQuestion]:
        """Return the questions of a half that can be used, or of a share of its documents, always the same ones."""
        return [
            one
            for one in self.questions
            if self.halves[one.doc] == half
            and _part(f"share {one.doc}", 1000) < 1000 * share
            and (self.right(one) or one.kind == "unanswerable")
        ]


def half_of(doc: str, file: str) -> Half:
    """Return what a document is for, whose questions stand in a file of this name."""
    n_reported, tenth = 3 if file in MUCH_REPORTED else 1, _part(doc, 10)
    return "report" if tenth < n_reported else "development" if tenth == n_reported else "train"


def load_training_data(folder: Path) -> TrainingData:
    """Return the data in a folder.

    Raises:
        BronvraagError: there is none, or a file is not as it should be; the message names it.
    """
    documents = [one for path in _files(folder, "documents", "json") for one in _documents(path)]
    by_file = {
        path.stem: parse_lines(path.read_text(encoding="utf-8").splitlines(), WrittenQuestion, name=path.name)
        for path in _files(folder, "questions", "jsonl")
    }
    pairs = [pair for path in sorted(folder.glob("parallel/*.tsv")) if path.stem not in TEST_ONLY for pair in _pairs(path)]
    listed = [(document, passage) for document in documents for passage in document.passages]
    return TrainingData(
        [
            TrainingPassage(document.doc, "\n".join(filter(None, [document.title, passage.question])), passage.text)
            for document, passage in listed
        ],
        {passage.id: position for position, (_document, passage) in enumerate(listed)},
        [one for questions in by_file.values() for one in questions],
        {one.doc: half_of(one.doc, file) for file, questions in by_file.items() for one in questions},
        pairs,
    )


def near_duplicates(passages: Sequence[TrainingPassage]) -> list[set[int]]:
    """Return for each passage the positions of those that say nearly the same."""
    stretches = [_stretches(one.text) for one in passages]
    holding: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for position, own in enumerate(stretches):
        for stretch in own:
            holding[stretch].append(position)
    found: list[set[int]] = []
    for position, own in enumerate(stretches):
        shared = Counter(other for stretch in own if len(holding[stretch]) < _COMMON for other in holding[stretch])
        found.append(
            {
                other
                for other, n in shared.items()
                if other != position and n > NEAR_DUPLICATE * min(len(own), len(stretches[other]))
            }
        )
    return found


def _files(folder: Path, part: str, suffix: str) -> list[Path]:
    found = sorted(folder.glob(f"{part}/*.{suffix}"))
    if not found:
        raise BronvraagError("no_training_data", folder=folder, wanted=f"{part}/*.{suffix}")
    return found


def _documents(path: Path) -> Iterable[_Document]:
    try:
        return TypeAdapter(list[_Document]).validate_python(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, ValidationError) as error:
        raise BronvraagError("training_data_wrong", path=path, fault=str(error).splitlines()[0]) from error


def _pairs(path: Path) -> list[tuple[str, str]]:
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    pairs = [(row[0], row[1]) for row in rows if len(row) > 1 and all(len(text) in PAIR_CHARACTERS for text in row[:2])]
    places = np.random.default_rng(1).permutation(len(pairs))[:MAX_PAIRS]
    return [pairs[place] for place in places]


def _stretches(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return set(zip(words, words[1:], words[2:], strict=False)) if len(words) > 4 else set()


def _part(text: str, n: int) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) % n
