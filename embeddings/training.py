"""Training an adapter's questions' side: low-rank updates of the encoder, the projection, and the weights of tokens. What is stored of passages stays.

1. A question's score with a passage is the mean of two MaxSims, over all that is embedded and over the passage itself, as in retrieval. The passages that
   answer should score higher than all others of the batch (softmax cross-entropy, as in ColBERT); those to be ignored, near-duplicates, count as neither.
2. Within a passage that answers, the sentences that hold the evidence should score higher than the others.
3. The losses of sentence-transformers encode both sides, know one right passage a question and score every token. Here passages are stored, several may be
   right, and of a follow-up only the new question's tokens score. Its `maxsim` makes all passages as long as the longest, which costs several times as
   much on a processor.
4. The state is kept after every epoch, so that training that was stopped goes on where it was. The same seed gives the same adapter.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import cos, pi
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import torch
from torch import Tensor, nn

from embeddings.adapter import Adapter
from embeddings.embedder import TokenVectors
from embeddings.model_source import open_model
from embeddings.packed_e5 import open_packed_e5
from embeddings.packed_embedder import NAME
from embeddings.question_encoder import AskedText, QuestionEncoder
from embeddings.sentence_transformer import prefixes_of
from embeddings.unpacked_e5 import write_unpacked_model

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

TEMPERATURE = 1 / 30
EVIDENCE_WEIGHT = 0.5
WARM_UP = 0.1
LARGEST_GRADIENT = 1.0


@dataclass(frozen=True)
class StoredPassage:
    """What is known of a passage: its token vectors as they are compared, and the span of each sentence, in characters of the embedded text.

    `text_offset` is where the passage itself begins behind its context.
    """

    tokens: TokenVectors
    text_offset: int
    sentences: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True, kw_only=True)
class TrainingQuestion(AskedText):
    """A question with what answers it.

    Attributes:
        right: positions of the passages that answer it.
        wrong: positions of passages that might be taken for these.
        ignored: positions of passages that count as neither.
        evidence: positions, among the sentences of the first right passage, of those that hold the evidence; empty where that is not known.
    """

    right: Sequence[int]
    wrong: Sequence[int] = ()
    ignored: Sequence[int] = ()
    evidence: Sequence[int] = ()


@dataclass(frozen=True, kw_only=True)
class TrainingSettings:
    """How to train.

    Attributes:
        rank: of the updates of the encoder's weights; 0 trains none.
        n_layers: so many of the encoder's last layers are updated.
        n_epochs: how often every question is seen.
        batch_size: questions a step.
        encoder_rate: largest step size for the encoder.
        head_rate: largest step size for projection and token weights.
        seed: of the order of questions and of the updates' beginning.
    """

    rank: int = 16
    n_layers: int = 6
    n_epochs: int = 6
    batch_size: int = 16
    encoder_rate: float = 2e-4
    head_rate: float = 3e-4
    seed: int = 0


class QuestionTrainer:
    """Trains the questions' side of an adapter on top of a plain sentence-transformers model.

    Args:
        model: without any adapter merged into it; it is changed.
        adapter: to begin with.
        query_prefix: put before every question.
    """

    def __init__(
        self, model: "SentenceTransformer", adapter: Adapter, *, query_prefix: str, settings: TrainingSettings | None = None
    ) -> None:
        self._settings = settings or TrainingSettings()
        torch.manual_seed(self._settings.seed)
        self._adapter = adapter
        self._encoder = QuestionEncoder(
            model, adapter, prefix=query_prefix, rank=self._settings.rank, n_layers=self._settings.n_layers
        )

    @classmethod
    def load(cls, name: str, adapter: Adapter, *, settings: TrainingSettings | None = None) -> Self:
        """Return the trainer of a model, by folder or name.

        Raises:
            ModelError: it cannot be read, or has no layers to train.
        """
        model, prefix = model_to_train(name)
        return cls(model, adapter, query_prefix=prefix, settings=settings)

    def train(
        self,
        questions: Sequence[TrainingQuestion],
        passages: Sequence[StoredPassage],
        *,
        checkpoint: Path | None = None,
        on_epoch: Callable[[int, float], None] = lambda _n_done, _loss: None,
    ) -> Adapter:
        """Return the trained adapter.

        Args:
            questions: at least one.
            passages: all that the questions name.
            checkpoint: where the state is kept after every epoch, and taken from if it is there.
            on_epoch: told how many epochs are done and the mean loss of the last one.
        """
        settings = self._settings
        optimizer = torch.optim.AdamW(
            [
                {"params": list(self._encoder.updates.parameters()), "lr": settings.encoder_rate, "weight_decay": 0.01},
                {"params": list(self._encoder.head.parameters()), "lr": settings.head_rate, "weight_decay": 0.0},
            ]
        )
        n_batches = -(-len(questions) // settings.batch_size)
        schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, _rate(n_batches * settings.n_epochs))
        state = TrainingState(self._encoder, optimizer, checkpoint, schedule=schedule)
        for epoch in range(state.restore(), settings.n_epochs):
            order = np.random.default_rng(settings.seed + epoch).permutation(len(questions))
            losses = []
            for batch in np.array_split(order, n_batches):
                loss = self._loss([questions[i] for i in batch], passages)
                optimizer.zero_grad()
                loss.backward()  # type: ignore[no-untyped-call]
                nn.utils.clip_grad_norm_(self._encoder.parameters(), LARGEST_GRADIENT)
                optimizer.step()
                schedule.step()
                losses.append(float(loss.detach()))
            state.keep(epoch + 1)
            on_epoch(epoch + 1, float(np.mean(losses)))
        return self._trained()

    def _loss(self, questions: Sequence[TrainingQuestion], passages: Sequence[StoredPassage]) -> Tensor:
        seen = sorted({position for one in questions for position in (*one.right, *one.wrong)})
        asked = [one.tokens for one in self._encoder(questions)]
        rows = [torch.from_numpy(passages[position].tokens.vectors) for position in seen]
        scores = passage_scores(asked, rows, [passages[position] for position in seen]) / TEMPERATURE
        losses = []
        for row, tokens, one in zip(scores, asked, questions, strict=True):
            losses.append(ranking_loss(row, seen, one))
            if one.evidence:
                passage = passages[one.right[0]]
                found = evidence_loss(tokens, torch.from_numpy(passage.tokens.vectors), passage, one.evidence, TEMPERATURE)
                losses[-1] = losses[-1] + EVIDENCE_WEIGHT * found
        return torch.stack(losses).mean()

    def _trained(self) -> Adapter:
        return replace(self._adapter, tensors={**self._adapter.tensors, **self._encoder.tensors()})


def model_to_train(name: str) -> tuple["SentenceTransformer", str]:
    """Return a plain model, by folder or name, and what it wants before questions.

    Raises:
        ModelError: it cannot be read.
    """
    if name == NAME:
        with TemporaryDirectory(prefix="bronvraag-") as folder:  # 450 MB, for as long as it takes to read them
            model, _folder, _revision = open_model(str(write_unpacked_model(open_packed_e5(), Path(folder) / NAME)))
    else:
        model, name, _revision = open_model(name)
    return model, prefixes_of(model, name)[0]


def passage_scores(asked: Sequence[Tensor], rows: Sequence[Tensor], passages: Sequence[StoredPassage]) -> Tensor:
    """Return how well passages answer questions, `(n_questions, n_passages)` float32.

    Args:
        asked: tokens of each question, `(n_tokens, n_components)` float32.
        rows: tokens of each passage, the same.
        passages: which of these lie in the passage itself.
    """
    inside = [tokens[torch.from_numpy(one.tokens.ends > one.text_offset)] for tokens, one in zip(rows, passages, strict=True)]
    inside = [own if len(own) else tokens for own, tokens in zip(inside, rows, strict=True)]
    return (maxsim(asked, rows) + maxsim(asked, inside)) / 2


def maxsim(asked: Sequence[Tensor], rows: Sequence[Tensor]) -> Tensor:
    """Return the sum over a question's tokens of the most similar one's similarity, `(n_questions, n_passages)` float32, as in ColBERT."""
    tokens = torch.cat(list(asked)).T
    best = torch.stack([(own @ tokens).amax(0) for own in rows], dim=1)
    return torch.stack([part.sum(0) for part in torch.split(best, [len(one) for one in asked])])


def ranking_loss(scores: Tensor, seen: Sequence[int], question: TrainingQuestion) -> Tensor:
    """Return how little the passages that answer a question stand out, given the scores, `(n_seen,)`, of those at the positions `seen`."""
    place = {position: column for column, position in enumerate(seen)}
    counted = torch.tensor([position not in set(question.ignored) - set(question.right) for position in seen])
    right = scores[[place[position] for position in question.right]]
    return torch.logsumexp(scores[counted], 0) - torch.logsumexp(right, 0)


def evidence_loss(
    tokens: Tensor, rows: Tensor, passage: StoredPassage, evidence: Sequence[int], temperature: float | Tensor
) -> Tensor:
    """Return how little the sentences that hold the evidence stand out in their passage, whose tokens are `rows`."""
    starts, ends = torch.from_numpy(passage.tokens.starts), torch.from_numpy(passage.tokens.ends)
    inside = [rows[(ends > start) & (starts < end)] for start, end in passage.sentences]
    scores = maxsim([tokens], inside)[0] / temperature
    return torch.logsumexp(scores, 0) - torch.logsumexp(scores[list(evidence)], 0)


class TrainingState:
    """What training needs to go on after it was stopped."""

    def __init__(self, parameters: nn.Module, optimizer: Any, path: Path | None, *, schedule: Any = None) -> None:
        self._parts = {"parameters": parameters, "optimizer": optimizer} | ({"schedule": schedule} if schedule else {})
        self._path = path

    def restore(self) -> int:
        """Return how many epochs or steps are done already, with everything as it was after them."""
        if self._path is None or not self._path.exists():
            return 0
        state = torch.load(self._path, weights_only=True)
        for name, part in self._parts.items():
            part.load_state_dict(state[name])
        return int(state["n_done"])

    def keep(self, n_done: int) -> None:
        """Keep everything as it is after so many."""
        if self._path is not None:
            draft = self._path.with_name(f"{self._path.name}.part")
            torch.save({"n_done": n_done, **{name: part.state_dict() for name, part in self._parts.items()}}, draft)
            draft.replace(self._path)


def _rate(n_steps: int) -> Callable[[int], float]:
    """Return the share of the largest step size at each step: rising at first, then falling as a cosine."""
    warm_up = max(1, int(WARM_UP * n_steps))
    return lambda step: min(1.0, (step + 1) / warm_up) * (0.05 + 0.475 * (1 + cos(pi * min(step / max(n_steps, 1), 1))))
