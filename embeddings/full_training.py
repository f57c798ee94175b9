"""Training a whole adapter of a model: both sides' projections, the weights of a question's tokens, and updates of the questions' encoder.

1. The passages' encoder stays as it is, so passages are encoded once. The projection begins as the principal components of their tokens.
2. A step takes some questions, with the passages that answer them, some of the same document and some that the plain model takes for these. Its loss adds up
   (`LOSSES`): the right passage among all of the step, by MaxSim; the sentence with the evidence among the passage's; the question's pooled vector
   among those of all passages; whether there is an answer; and an English sentence among Dutch ones, by MaxSim, with how close its own translation is.
3. Every step learns for a number of dimensions drawn anew, so that the first ones work alone (A. Kusupati et al., Matryoshka representation learning, 2022).
4. What a step draws depends on the seed and its number alone, so that training that was stopped goes on as if it had not been.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import cos, log, pi
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from embeddings.adapter import Adapter
from embeddings.arrays import Float32Array
from embeddings.question_encoder import Asked, AskedText, QuestionEncoder
from embeddings.training import (
    LARGEST_GRADIENT,
    StoredPassage,
    TrainingQuestion,
    TrainingState,
    evidence_loss,
    maxsim,
    model_to_train,
    passage_scores,
    ranking_loss,
)

LOSSES: Mapping[str, float] = {"passage": 1.0, "evidence": 0.5, "pooled": 0.3, "answerable": 0.3, "translation": 0.3}
N_OTHER_SENTENCES = 40
N_HARDEST = 40
_UNANSWERABLE_WEIGHT = 4.0
_WARM_UP_STEPS = 30
_N_FOR_COMPONENTS = 40_000


@dataclass(frozen=True, eq=False)
class Corpus:
    """What is trained on.

    Attributes:
        passages: with the plain model's token vectors.
        pooled: `(n_passages, dim)` float32, the plain model's vector of each.
        questions: with positions among the passages; `wrong` are hard ones, hardest first, and nothing is `right` of what has no answer.
        siblings: for each question positions of other passages of its document.
        english: sentences.
        dutch: the plain model's token vectors of each one's translation, `(n_tokens, dim)` float32.
    """

    passages: Sequence[StoredPassage]
    pooled: Float32Array
    questions: Sequence[TrainingQuestion]
    siblings: Sequence[Sequence[int]]
    english: Sequence[AskedText] = ()
    dutch: Sequence[Float32Array] = ()


@dataclass(frozen=True, kw_only=True)
class FullSettings:
    """How to train; the values are those of the adapter that ships.

    Attributes:
        components: numbers of dimensions, each with how often it is learnt; the largest is the adapter's own.
        rank: of the updates of the encoder's weights.
        n_layers: so many of the encoder's last layers are updated.
        n_steps: in all.
        n_questions: a step.
        n_sentences: English ones a step.
        n_wrong: hard passages a question.
        encoder_rate, projection_rate, count_rate: largest step sizes of the updates, the projections, and what tokens count.
        seed: of everything that is drawn.
    """

    components: Mapping[int, float] = field(default_factory=lambda: {192: 0.4, 128: 0.3, 96: 0.15, 64: 0.15})
    rank: int = 16
    n_layers: int = 6
    n_steps: int = 900
    n_questions: int = 24
    n_sentences: int = 10
    n_wrong: int = 4
    encoder_rate: float = 4e-4
    projection_rate: float = 3e-4
    count_rate: float = 2e-3
    seed: int = 1


def first_adapter(
    model: str, passages: Sequence[Float32Array], questions: Sequence[Float32Array], *, n_components: int, seed: int = 0
) -> Adapter:
    """Return what training begins with: the principal components of passages' tokens, for each side without what all its tokens have in common.

    Args:
        model: its name.
        passages: token vectors of each, `(n_tokens, dim)` float32.
        questions: the same.
        n_components: dimensions to keep.
        seed: of the tokens that are looked at, if there are many.
    """
    tokens = np.concatenate(passages)
    tokens = tokens[np.random.default_rng(seed).permutation(len(tokens))[:_N_FOR_COMPONENTS]]
    centre = tokens.mean(axis=0)
    _values, directions = np.linalg.eigh((tokens - centre).T @ (tokens - centre))
    kept = np.ascontiguousarray(directions[:, ::-1][:, :n_components], dtype=np.float32)
    plain = Adapter.plain(model, tokens.shape[1]).tensors
    sides = {"passage": centre, "question": np.concatenate(questions).mean(axis=0)}
    projections = {f"{side}.projection": kept for side in sides} | {
        f"{side}.bias": -(mean @ kept).astype(np.float32) for side, mean in sides.items()
    }
    return Adapter(model, {**plain, **projections})


class FullTrainer(nn.Module):
    """Trains an adapter of a model, by folder or name, on a corpus.

    Raises:
        ModelError: the model cannot be read, or has no layers to train.
    """

    def __init__(self, name: str, adapter: Adapter, corpus: Corpus, settings: FullSettings) -> None:
        super().__init__()
        torch.manual_seed(settings.seed)
        model, prefix = model_to_train(name)
        self._adapter, self._corpus, self._settings = adapter, corpus, settings
        self._pooled = torch.from_numpy(corpus.pooled)
        self.encoder = QuestionEncoder(model, adapter, prefix=prefix, rank=settings.rank, n_layers=settings.n_layers)
        self.projection = nn.Parameter(torch.tensor(adapter.tensors["passage.projection"]))
        self.bias = nn.Parameter(torch.tensor(adapter.tensors["passage.bias"]))
        self.sharpness = nn.Parameter(torch.tensor([log(25.0), log(40.0)]))  # of MaxSim and of pooled vectors
        self.answerability = nn.Parameter(torch.tensor([20.0, 0.6]))  # a slope, and the score that is neither

    def train_adapter(
        self, *, checkpoint: Path | None = None, stage: int = 125, on_stage: Callable[[int, dict[str, float], Adapter], None]
    ) -> Adapter:
        """Return the trained adapter.

        Args:
            checkpoint: where the state is kept after every stage, and taken from if it is there.
            stage: steps in one.
            on_stage: told how many steps are done, the mean of each loss in the last stage, and the adapter as it is then.
        """
        settings = self._settings
        head = self.encoder.head
        groups = [
            ([*self.encoder.updates.parameters()], settings.encoder_rate, 0.01),
            ([self.projection, self.bias, head["projection"], head["bias"]], settings.projection_rate, 0.0),
            ([head["token_weight"], head["token_bias"], self.sharpness, self.answerability], settings.count_rate, 0.0),
        ]
        optimizer = torch.optim.AdamW(
            [{"params": group, "lr": rate, "weight_decay": decay} for group, rate, decay in groups if group], betas=(0.9, 0.98)
        )
        rates = [rate for group, rate, _decay in groups if group]
        state = TrainingState(self, optimizer, checkpoint)
        seen: list[dict[str, float]] = []
        for step in range(state.restore(), settings.n_steps):
            share = min(1, (step + 1) / _WARM_UP_STEPS) * max(0.05, 0.5 * (1 + cos(pi * step / settings.n_steps)))
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * share
            losses = self._losses(step)
            optimizer.zero_grad()
            sum(LOSSES[name] * loss for name, loss in losses.items()).backward()  # type: ignore[union-attr]
            nn.utils.clip_grad_norm_(self.parameters(), LARGEST_GRADIENT)
            optimizer.step()
            seen.append({name: float(loss.detach()) for name, loss in losses.items()})
            if (step + 1) % stage == 0 or step + 1 == settings.n_steps:
                means = {name: float(np.mean([one[name] for one in seen if name in one])) for name in LOSSES if name in seen[-1]}
                on_stage(step + 1, means, self.trained())
                state.keep(step + 1)
                seen = []
        return self.trained()

    def trained(self) -> Adapter:
        """Return the adapter as it is now."""
        own = {"passage.projection": self.projection, "passage.bias": self.bias}
        passage = {name: values.detach().numpy().copy() for name, values in own.items()}
        return Adapter(self._adapter.model, {**self._adapter.tensors, **passage, **self.encoder.tensors()})

    def _losses(self, step: int) -> dict[str, Tensor]:
        corpus, settings = self._corpus, self._settings
        luck = np.random.default_rng([settings.seed, step])
        sizes = [*settings.components]
        n_components = int(luck.choice(sizes, p=np.array([*settings.components.values()]) / sum(settings.components.values())))
        chosen = _turn(len(corpus.questions), settings.n_questions, step, settings.seed)
        questions = [corpus.questions[i] for i in chosen]
        seen = sorted({position for i in chosen for position in self._beside(i, luck)})
        asked = self.encoder(questions, n_components)
        rows = [self._rows(corpus.passages[position].tokens.vectors, n_components) for position in seen]
        scores = passage_scores([one.tokens for one in asked], rows, [corpus.passages[position] for position in seen])
        losses = self._about_passages(questions, asked, seen, scores, rows)
        losses["answerable"] = self._about_answers(questions, seen, scores)
        if corpus.english:
            losses["translation"] = self._about_translations(step, n_components, luck)
        return losses

    def _beside(self, i: int, luck: np.random.Generator) -> Iterator[int]:
        """Yield the passages that a question brings into a step."""
        question, siblings = self._corpus.questions[i], self._corpus.siblings[i]
        yield from question.right
        yield from (siblings[place] for place in luck.permutation(len(siblings))[:3])
        hard = question.wrong[:N_HARDEST]
        if luck.random() < 0.5:
            yield from hard[:2]
        yield from (hard[place] for place in luck.permutation(len(hard))[: self._settings.n_wrong])

    def _about_passages(
        self,
        questions: Sequence[TrainingQuestion],
        asked: Sequence[Asked],
        seen: Sequence[int],
        scores: Tensor,
        rows: Sequence[Tensor],
    ) -> dict[str, Tensor]:
        corpus, (sharp, sharp_pooled) = self._corpus, self.sharpness.exp()
        everything = range(len(corpus.passages))
        ranked, pooled, evidence = [], [], []
        for one, made, row in zip(questions, asked, scores, strict=True):
            if not one.right:
                continue
            ranked.append(ranking_loss(row * sharp, seen, one))
            pooled.append(ranking_loss(self._pooled @ made.pooled * sharp_pooled, everything, one))
            if one.evidence:
                first = one.right[0]
                evidence.append(
                    evidence_loss(made.tokens, rows[seen.index(first)], corpus.passages[first], one.evidence, 1 / sharp)
                )
        return {"passage": _mean(ranked), "evidence": _mean(evidence), "pooled": _mean(pooled)}

    def _about_answers(self, questions: Sequence[TrainingQuestion], seen: Sequence[int], scores: Tensor) -> Tensor:
        """Return how badly the best score tells whether there is an answer."""
        slope, middle = self.answerability
        best = []
        for one, row in zip(questions, scores, strict=True):
            counted = [place for place, position in enumerate(seen) if position in one.right or not one.right]
            best.append(row[counted].max())
        answered = torch.tensor([float(bool(one.right)) for one in questions])
        weights = torch.where(answered > 0, 1.0, _UNANSWERABLE_WEIGHT)
        return functional.binary_cross_entropy_with_logits(slope * (torch.stack(best) - middle), answered, weight=weights)

    def _about_translations(self, step: int, n_components: int, luck: np.random.Generator) -> Tensor:
        corpus = self._corpus
        own = _turn(len(corpus.english), self._settings.n_sentences, step, self._settings.seed + 1)
        others = [int(i) for i in luck.permutation(len(corpus.english))[:N_OTHER_SENTENCES] if i not in own]
        asked = [one.tokens for one in self.encoder([corpus.english[i] for i in own], n_components)]
        scores = maxsim(asked, [self._rows(corpus.dutch[i], n_components) for i in [*own, *others]])
        found = functional.cross_entropy(scores * self.sharpness[0].exp(), torch.arange(len(own)))
        return found + 2 * (1 - scores.diagonal()).mean()

    def _rows(self, vectors: Float32Array, n_components: int) -> Tensor:
        """Return tokens of a passage in the adapter's space."""
        projected = torch.from_numpy(vectors) @ self.projection[:, :n_components] + self.bias[:n_components]
        return functional.normalize(projected, dim=-1)

    @torch.no_grad()
    def ranks(self, questions: Sequence[TrainingQuestion]) -> list[int]:
        """Return the rank of the first right passage among all passages, for each of these questions, which need not be of the corpus."""
        passages = self._corpus.passages
        n_components = max(self._settings.components)
        rows = [self._rows(one.tokens.vectors, n_components) for one in passages]
        ranks = []
        for first in range(0, len(questions), self._settings.n_questions):
            some = questions[first : first + self._settings.n_questions]
            asked = [one.tokens for one in self.encoder(some, n_components)]
            for question, scores in zip(some, passage_scores(asked, rows, passages).numpy(), strict=True):
                scores[[position for position in question.ignored if position not in question.right]] = -np.inf
                ranks.append(1 + int((scores > scores[list(question.right)].max()).sum()))
        return ranks


def mean_of(adapters: Sequence[Adapter]) -> Adapter:
    """Return the mean of adapters of one training (M. Wortsman et al., Model soups, 2022)."""
    first = adapters[0]
    names = first.tensors
    return Adapter(
        first.model, {name: np.mean([one.tensors[name] for one in adapters], axis=0, dtype=np.float32) for name in names}
    )


def _turn(n: int, n_a_step: int, step: int, seed: int) -> list[int]:
    """Return which of `n` a step takes: all of them by turns, in another order each time round."""
    places = range(step * n_a_step, (step + 1) * n_a_step)
    orders = {round_: np.random.default_rng([seed, round_]).permutation(n) for round_ in {place // n for place in places}}
    return list(dict.fromkeys(int(orders[place // n][place % n]) for place in places))


def _mean(losses: Sequence[Tensor]) -> Tensor:
    return torch.stack(list(losses)).mean() if losses else torch.zeros(())
