"""Training the reading of questions on one's own labelled questions, without touching what the library has stored.

1. Questions are divided by document: those about some documents, a quarter of all questions or a little more, are held back, always the same ones.
2. What a question of the others is shown beside the passages that answer it are the passages that the library finds for it now.
3. The held-back questions are asked before and after. The new adapter is put in place only if more of them became right than wrong and the mean reciprocal
   rank rose; the one before is kept beside it.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from embeddings import Adapter, Embedder, TokenVectors, load_embedder
from embeddings.training import QuestionTrainer, StoredPassage, TrainingQuestion, TrainingSettings
from qa.answering import Answerer
from qa.calibration import calibration_of
from qa.exceptions import BronvraagError
from qa.library import LibraryState, PassageRecord
from qa.measuring.comparison import Comparison, compare
from qa.measuring.evaluate import evaluate
from qa.measuring.judging import holds_evidence
from qa.measuring.metrics import reciprocal_rank
from qa.measuring.observations import ALWAYS
from qa.measuring.questions import LabelledQuestion
from qa.measuring.run import Conditions, Run
from qa.retrieval import Retriever, question_text
from qa.text.sentences import sentence_spans
from qa.understanding import Understander
from qa.workspace import ADAPTER_FILE, Workspace

MIN_QUESTIONS = 20
"""With fewer to train on, or a third of that to measure on, nothing can be learnt or told."""
HELD_BACK_OF = 4
N_WRONG = 12
ALIKE = 0.8


@dataclass(frozen=True)
class Split:
    """Labelled questions with an answer, divided by document."""

    training: Sequence[LabelledQuestion]
    held_back: Sequence[LabelledQuestion]


def split(questions: Sequence[LabelledQuestion]) -> Split:
    """Return the questions with an answer, divided.

    Raises:
        BronvraagError: there are too few.
    """
    groups: dict[str, list[LabelledQuestion]] = {}
    for question in questions:
        if question.is_answerable:
            groups.setdefault(question.document or question.id, []).append(question)
    n_wanted = sum(map(len, groups.values())) / HELD_BACK_OF
    training: list[LabelledQuestion] = []
    held_back: list[LabelledQuestion] = []
    for name in sorted(groups, key=_checksum):
        (held_back if len(held_back) < n_wanted else training).extend(groups[name])
    if len(training) < MIN_QUESTIONS or len(held_back) < MIN_QUESTIONS // 3:
        raise BronvraagError(
            "training_too_few",
            training=len(training),
            held_back=len(held_back),
            to_train=MIN_QUESTIONS,
            to_hold_back=MIN_QUESTIONS // 3,
        )
    return Split(training, held_back)


def _checksum(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


@dataclass(frozen=True)
class TrainingResult:
    """What training gave: the held-back questions before and after, and the path of the new adapter, None where it was not better."""

    comparison: Comparison
    adapter: str | None


def train_library(
    workspace: Workspace,
    questions: Sequence[LabelledQuestion],
    *,
    settings: TrainingSettings,
    report: Callable[[str], None] = lambda _message: None,
) -> TrainingResult:
    """Train how questions about a library are read, and use the result from now on if it is better.

    Raises:
        BronvraagError: there are too few questions, or the library does not hold their evidence.
        ModelError: the model cannot be trained.
    """
    state, name = workspace.library.state, workspace.library.identity.name
    parts = split(questions)
    before = workspace.adapter or Adapter.plain(name, workspace.library.identity.dim)
    examples, passages = training_set(workspace, parts.training)
    report(f"Training on {len(examples)} questions, {len(parts.held_back)} held back ...")
    checkpoint = state.work / f"training-{_fingerprint(examples, before, settings)}.pt"
    trainer = QuestionTrainer.load(name, before, settings=settings)
    trained = trainer.train(
        examples,
        passages,
        checkpoint=checkpoint,
        on_epoch=lambda n_done, loss: report(f"  {n_done} of {settings.n_epochs} rounds, loss {loss:.3f}"),
    )
    draft = state.work / f"draft-{ADAPTER_FILE}"
    trained.save(draft)
    try:
        comparison = compared(workspace, load_embedder(name, adapter_file=draft), parts.held_back)
        adapter = put_in_place(draft, state) if is_better(comparison) else None
    finally:
        draft.unlink(missing_ok=True)
    checkpoint.unlink(missing_ok=True)
    return TrainingResult(comparison, adapter)


def _fingerprint(examples: Sequence[TrainingQuestion], adapter: Adapter, settings: TrainingSettings) -> str:
    """Return what changes when training would go otherwise, so that only the same training is gone on with."""
    return hashlib.sha256(repr((examples, adapter.question_revision, adapter.passage_revision, settings)).encode()).hexdigest()[
        :12
    ]


def training_set(
    workspace: Workspace, questions: Sequence[LabelledQuestion]
) -> tuple[list[TrainingQuestion], list[StoredPassage]]:
    """Return the questions whose answer the library finds, and the passages that they name.

    Raises:
        BronvraagError: it finds the answer of too few of them.
    """
    library, embedder = workspace.library, workspace.embedder
    retriever = Retriever(library, embedder, ranking=calibration_of(embedder.identity.name).ranking, continuation=ALWAYS)
    understand = Understander(library).understand
    passages: dict[int, PassageRecord] = {}
    found: list[tuple[LabelledQuestion, _Found]] = []
    for question in questions:
        records = [one.record for one in retriever.retrieve(understand(question.question, question.history)).passages]
        beside = _divided(records, question)
        if beside.right:
            passages |= {one.passage_id: one for group in (beside.right, beside.wrong, beside.ignored) for one in group}
            found.append((question, beside))
    if len(found) < MIN_QUESTIONS // 2:
        raise BronvraagError("training_elsewhere", found=len(found), asked=len(questions))
    place = {passage_id: position for position, passage_id in enumerate(passages)}
    tokens = library.token_vectors(list(passages))
    stored = [_stored(record, vectors) for record, vectors in zip(passages.values(), tokens, strict=True)]
    return [_example(question, beside, place) for question, beside in found], stored


@dataclass(frozen=True)
class _Found:
    """What the library finds for a question: the passages that answer it, others, and those that say nearly what the right ones say."""

    right: Sequence[PassageRecord]
    wrong: Sequence[PassageRecord]
    ignored: Sequence[PassageRecord]


def _divided(records: Sequence[PassageRecord], question: LabelledQuestion) -> _Found:
    right = [one for one in records if holds_evidence(one.passage.text, question)]
    others = [one for one in records if one not in right]
    ignored = [one for one in others if any(_alike(one, other) for other in right)]
    return _Found(right, [one for one in others if one not in ignored][:N_WRONG], ignored)


def compared(workspace: Workspace, trained: Embedder, questions: Sequence[LabelledQuestion]) -> Comparison:
    """Return what becomes of held-back questions with the embedder as it is and as it was trained."""
    library = workspace.library
    before, after = (evaluate(Answerer(library, embedder), questions) for embedder in (workspace.embedder, trained))
    return compare(Run.of(before, Conditions.of(library)), Run.of(after, Conditions.of(library)))


def is_better(comparison: Comparison) -> bool:
    """Tell whether more questions became right than wrong, and no fewer are found at all places together."""
    changes = [*comparison.became_right, *comparison.became_wrong, *comparison.moved]
    gain = sum((reciprocal_rank(one.after) or 0) - (reciprocal_rank(one.before) or 0) for one in changes)
    return len(comparison.became_right) > len(comparison.became_wrong) and gain > 0


def put_in_place(draft: Path, state: LibraryState) -> str:
    """Make a file the library's own adapter, the one before kept beside it under another name, and return what it is called there."""
    if before := state.file(ADAPTER_FILE):
        state.put_file(f"previous-{ADAPTER_FILE}", before.read_bytes())
    state.put_file(ADAPTER_FILE, draft.read_bytes())
    return ADAPTER_FILE


def _stored(record: PassageRecord, tokens: TokenVectors) -> StoredPassage:
    offset = record.passage.text_offset
    sentences = [(offset + start, offset + end) for start, end in sentence_spans(record.passage.text)]
    seen = int(tokens.ends.max(initial=0))
    return StoredPassage(tokens, offset, [(start, end) for start, end in sentences if start < seen])


def _example(question: LabelledQuestion, beside: _Found, place: Mapping[int, int]) -> TrainingQuestion:
    text, start = question_text(question.question, question.history)
    right, wrong, ignored = ([place[one.passage_id] for one in group] for group in (beside.right, beside.wrong, beside.ignored))
    evidence = _evidence_sentences(beside.right[0].passage.text, question)
    return TrainingQuestion(text=text, start=start, right=right, wrong=wrong, ignored=ignored, evidence=evidence)


def _evidence_sentences(text: str, question: LabelledQuestion) -> list[int]:
    """Return the positions of the sentences that hold a part of an evidence text; none where that is written otherwise, or in all of them."""
    spans = sentence_spans(text)
    for evidence in question.evidence:
        if (at := text.find(evidence)) >= 0:
            holding = [place for place, (start, end) in enumerate(spans) if start < at + len(evidence) and end > at]
            return holding if len(holding) < len(spans) else []
    return []


def _alike(one: PassageRecord, other: PassageRecord) -> bool:
    """Tell whether two passages share nearly all of their words (P. Jaccard, 1901)."""
    words, others = (set(record.passage.text.casefold().split()) for record in (one, other))
    return len(words & others) >= ALIKE * len(words | others)
