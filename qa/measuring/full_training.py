"""Training a whole adapter anew: `python -m qa.measuring.full_training DATA WORK --output FILE.safetensors`.

1. The data (`training_data`) are encoded once by the plain model; the vectors are kept in WORK. From these come hard passages for each question: those nearest
   to it that do not answer it and are no near-duplicates of ones that do.
2. Training (`embeddings.full_training`) runs in stages. After each one the adapter is kept in WORK, and its losses and the ranks of the development questions
   become a row of `curve.tsv`. Training that was stopped goes on after the last stage when the command is given again.
3. What is written to FILE is the mean of the last two stages, turned so that its components take 2 bits. `bronvraag calibrate` belongs to it: ranking and refusal are fitted to an adapter.

With the defaults and the data that the shipped adapter was trained on, the 900 steps take some 28 minutes of one core, after encoding.
"""

import argparse
import hashlib
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from embeddings import Adapter, Embedder, Embeddings, EmbeddingsError, Float32Array, TokenVectors, load_embedder
from embeddings.full_training import Corpus, FullSettings, FullTrainer, first_adapter, mean_of
from embeddings.packed_embedder import NAME
from embeddings.question_encoder import AskedText
from embeddings.training import StoredPassage, TrainingQuestion
from qa import console
from qa.exceptions import BronvraagError
from qa.measuring.training_data import TrainingData, WrittenQuestion, load_training_data, near_duplicates
from qa.retrieval import question_text

N_HARD = 60
N_AT_ONCE = 64
_KINDS = ("nl content", "nl follow-up", "en content", "en follow-up")

Report = Callable[[str], None]


def train_fully(
    data: TrainingData,
    work: Path,
    *,
    model: str = NAME,
    settings: FullSettings | None = None,
    share: float = 1.0,
    stage: int = 150,
    report: Report = lambda _step: None,
) -> Adapter:
    """Return an adapter trained on data, and keep its stages and its curve in `work`.

    Args:
        data: to train on.
        work: folder for what is made on the way; kept, it makes the command go on where it was.
        model: name or folder of the model.
        settings: how to train.
        share: of the training documents to use, to see what more data would bring.
        stage: steps in one stage.
        report: told what is done.

    Raises:
        ModelError: the model cannot be read or trained.
    """
    settings = settings or FullSettings()
    work.mkdir(parents=True, exist_ok=True)
    plain = _plain_embedder(model, work)
    asked, looked_at = data.of("train", share=share), [one for one in data.of("development") if data.right(one)]
    report(
        f"{len(asked):,} questions to train on, {len(looked_at):,} to look at, {len(data.passages):,} passages, {len(data.pairs):,} pairs"
    )
    passages = _encoded([one.embedding_text for one in data.passages], plain.embed_passages, work / "passages.npz", report)
    dutch = _encoded([translation for _english, translation in data.pairs], plain.embed_passages, work / "dutch.npz", report)
    questions = _encoded([one.text[0] for one in [*asked, *looked_at]], plain.embed_queries, work / "questions.npz", report)
    corpus = _corpus(data, asked, passages, questions.vectors, dutch)
    start = first_adapter(
        model,
        [one.vectors for one in passages.tokens],
        [one.vectors for one in questions.tokens[::6]],
        n_components=max(settings.components),
        seed=settings.seed,
    )
    duplicates = near_duplicates(data.passages)
    development = [_example(one, data, duplicates, []) for one in looked_at]
    trainer = FullTrainer(model, start, corpus, settings)
    curve = work / "curve.tsv"
    if not (work / "state.pt").exists():
        curve.write_text(
            "steps\tpassage\tevidence\tpooled\tanswerable\ttranslation\tfirst\tamong 5\tMRR\t" + "\t".join(_KINDS) + "\n"
        )

    def keep(n_done: int, losses: dict[str, float], adapter: Adapter) -> None:
        row = _row(n_done, losses, trainer.ranks(development), looked_at)
        with curve.open("a", encoding="utf-8") as file:
            file.write(row + "\n")
        adapter.save(work / f"stage-{n_done}.safetensors")
        report(row)

    trainer.train_adapter(checkpoint=work / "state.pt", stage=stage, on_stage=keep)
    stages = sorted(work.glob("stage-*.safetensors"), key=lambda path: int(path.stem.partition("-")[2]))
    return mean_of([Adapter.load(path) for path in stages[-2:]]).in_two_bits()


def _plain_embedder(model: str, work: Path) -> Embedder:
    """Return the embedder of a model without what was trained on it before."""
    nothing = work / "plain.safetensors"
    dim = load_embedder(model).identity.dim
    Adapter.plain(model, dim).save(nothing)
    return load_embedder(model, adapter_file=nothing)


def _encoded(texts: Sequence[str], embed: Callable[[Sequence[str]], Embeddings], path: Path, report: Report) -> Embeddings:
    """Return the embeddings of texts, from a file if they were made before."""
    name = hashlib.sha256("\0".join(texts).encode()).hexdigest()
    if path.exists():
        with np.load(path) as kept:
            if str(kept["name"]) == name:
                return _unflattened(*(kept[part] for part in ("vectors", "rows", "starts", "ends", "lengths")))
    parts = []
    for start in range(0, len(texts), N_AT_ONCE):
        parts.append(embed(texts[start : start + N_AT_ONCE]))
        if start % (16 * N_AT_ONCE) == 0:
            report(f"{path.stem}: {start:,} of {len(texts):,} encoded")
    tokens = [one for part in parts for one in part.tokens]
    flat: dict[str, Any] = {
        "vectors": np.concatenate([part.vectors for part in parts]) if parts else np.zeros((0, 0), np.float32),
        "rows": np.concatenate([one.vectors for one in tokens]).astype(np.float16) if tokens else np.zeros((0, 0), np.float16),
        "starts": np.concatenate([one.starts for one in tokens]) if tokens else np.zeros(0, np.int64),
        "ends": np.concatenate([one.ends for one in tokens]) if tokens else np.zeros(0, np.int64),
        "lengths": np.array([len(one) for one in tokens], dtype=np.int64),
    }
    np.savez(path, name=np.array(name), **flat)
    return _unflattened(*flat.values())


def _unflattened(
    vectors: Float32Array, rows: Float32Array, starts: np.ndarray, ends: np.ndarray, lengths: np.ndarray
) -> Embeddings:
    borders = np.concatenate([[0], np.cumsum(lengths)])
    return Embeddings(
        vectors,
        [
            TokenVectors(rows[first:last].astype(np.float32), starts[first:last], ends[first:last])
            for first, last in pairwise(borders)
        ],
    )


def _corpus(
    data: TrainingData, asked: Sequence[WrittenQuestion], passages: Embeddings, vectors: Float32Array, dutch: Embeddings
) -> Corpus:
    duplicates = near_duplicates(data.passages)
    of_document: dict[str, list[int]] = {}
    for position, one in enumerate(data.passages):
        of_document.setdefault(one.doc, []).append(position)
    examples, siblings = [], []
    for question, vector in zip(asked, vectors, strict=False):
        nearest = np.argsort(-(passages.vectors @ vector), kind="stable")
        example = _example(question, data, duplicates, nearest.tolist())
        barred = {*example.right, *example.ignored}
        examples.append(example)
        siblings.append([position for position in of_document.get(question.doc, []) if position not in barred])
    stored = [
        StoredPassage(tokens, one.text_offset, _seen(one.sentences, tokens))
        for one, tokens in zip(data.passages, passages.tokens, strict=True)
    ]
    english = [AskedText(*question_text(sentence)) for sentence, _dutch in data.pairs]
    return Corpus(stored, passages.vectors, examples, siblings, english, [one.vectors for one in dutch.tokens])


def _example(
    question: WrittenQuestion, data: TrainingData, duplicates: Sequence[set[int]], nearest: Sequence[int]
) -> TrainingQuestion:
    right = data.right(question)
    ignored = sorted({other for position in right for other in duplicates[position]} - set(right))
    barred = {*right, *ignored}
    hard = [position for position in nearest[: N_HARD + len(barred)] if position not in barred][:N_HARD]
    text, start = question.text
    evidence = data.passages[right[0]].evidence(question.evidence) if right else []
    return TrainingQuestion(text=text, start=start, right=right, wrong=hard, ignored=ignored, evidence=evidence)


def _seen(sentences: Sequence[tuple[int, int]], tokens: TokenVectors) -> list[tuple[int, int]]:
    """Return the sentences that the model has read."""
    last = int(tokens.ends.max(initial=0))
    return [(start, end) for start, end in sentences if start < last]


def _row(n_done: int, losses: dict[str, float], ranks: Sequence[int], questions: Sequence[WrittenQuestion]) -> str:
    """Return a row of the curve: losses, then the shares of development questions with the right passage first and among five, MRR, and first by kind."""
    found = np.array(ranks, dtype=np.float64)
    kinds = np.array([f"{one.language} {one.kind}" for one in questions])
    rates = [(found == 1).mean(), (found <= 5).mean(), (1 / found).mean()] if len(found) else [np.nan] * 3
    by_kind = [(found[kinds == kind] == 1).mean() if (kinds == kind).any() else np.nan for kind in _KINDS]
    values = [losses.get(name, np.nan) for name in ("passage", "evidence", "pooled", "answerable", "translation")]
    return "\t".join([str(n_done), *(f"{value:.3f}" for value in (*values, *rates, *by_kind))])


def main() -> None:
    """Train, and write the adapter."""
    parser = argparse.ArgumentParser(prog="python -m qa.measuring.full_training", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path, help="folder with documents, questions and parallel sentences")
    parser.add_argument("work", type=Path, help="folder for what is made on the way")
    parser.add_argument("--output", type=Path, required=True, help="the adapter, a .safetensors file")
    parser.add_argument("--model", default=NAME, help="name or folder of a sentence-transformers model")
    parser.add_argument("--steps", type=int, default=FullSettings.n_steps)
    parser.add_argument("--stage", type=int, default=150, help="steps in one stage")
    parser.add_argument("--share", type=float, default=1.0, help="of the training documents to use")
    parser.add_argument("--seed", type=int, default=FullSettings.seed)
    wished = parser.parse_args()
    try:
        trained = train_fully(
            load_training_data(wished.data),
            wished.work,
            model=wished.model,
            settings=replace(FullSettings(), n_steps=wished.steps, seed=wished.seed),
            share=wished.share,
            stage=wished.stage,
            report=console.note,
        )
    except (BronvraagError, EmbeddingsError) as error:
        sys.exit(str(error))
    trained.save(wished.output)


if __name__ == "__main__":
    main()
