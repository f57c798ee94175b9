"""`TokenStore`: a library's token vectors, and the space in which they are compared.

1. A small library keeps the vectors as the model gave them, in 8 bits a component. Their space is centred on the mean of a sample, and has all dimensions.
2. When it reaches `COMPRESSED_FROM` passages, the `N_COMPONENTS` directions in which its vectors differ most are learnt from a sample and kept; all
   vectors are moved to that space in the same transaction, and later ones when they are stored. Fewer passages would teach directions that do not suit
   what is added next.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from embeddings import Float32Array, TokenSpace, TokenVectors, n_components_of, pack_tokens, unpack_tokens
from qa.exceptions import LibraryError
from qa.library.database import Database
from qa.library.records import StoredEmbedding
from qa.library.writer import Writer

N_COMPONENTS = 192
COMPRESSED_FROM = 1000
SAMPLE_PASSAGES = 300
_REPACKED_AT_ONCE = 256


class TokenStore:
    """The token vectors of an open library."""

    def __init__(self, database: Database, dim: int) -> None:
        self._database = database
        self._dim = dim
        self._kept: TokenSpace | None = None
        self._sampled: tuple[int, TokenSpace] | None = None

    def space(self) -> TokenSpace:
        """Return the space of the library as it is now."""
        if kept := self._kept_space():
            return kept
        revision = self._database.revision
        if self._sampled is None or self._sampled[0] != revision:
            self._sampled = revision, TokenSpace(_mean(self._sample(), self._dim))
        return self._sampled[1]

    def vectors(self, passage_ids: Sequence[int]) -> list[TokenVectors]:
        """Return the token vectors of passages in the library's space, in the order of the ids; positions are characters of the embedded text.

        Raises:
            LibraryError: a passage is not in the library.
        """
        packed = self._database.packed_tokens(passage_ids)
        if unknown := set(passage_ids) - packed.keys():
            raise LibraryError("no_such_passage", passage_id=str(min(unknown)))
        space = self.space()
        return [_placed(packed[passage_id], space) for passage_id in passage_ids]

    def packed(self, embeddings: Sequence[StoredEmbedding]) -> list[StoredEmbedding]:
        """Return embeddings with their token vectors as the library keeps them now."""
        space = self._kept_space()
        return [replace(one, packed_tokens=_repacked(one.packed_tokens, space)) if space else one for one in embeddings]

    def compress_if_large(self, writer: Writer) -> None:
        """Learn the library's own space, once there is enough to learn from, and move everything to it."""
        if self._dim <= N_COMPONENTS or self._kept_space() or self._database.counts()[1] < COMPRESSED_FROM:
            return
        space = TokenSpace.learn(np.concatenate([tokens.vectors for tokens in self._sample()]), N_COMPONENTS)
        writer.put_token_space(space.to_bytes())
        passage_ids = sorted(self._database.passage_ids())
        for start in range(0, len(passage_ids), _REPACKED_AT_ONCE):
            packed = self._database.packed_tokens(passage_ids[start : start + _REPACKED_AT_ONCE])
            writer.put_tokens({passage_id: _repacked(tokens, space) for passage_id, tokens in packed.items()})

    def _kept_space(self) -> TokenSpace | None:
        if self._kept is None and (data := self._database.token_space()):
            self._kept = TokenSpace.from_bytes(data, self._dim)
        return self._kept

    def _sample(self) -> list[TokenVectors]:
        """Return the token vectors of passages from all over the library."""
        passage_ids = sorted(self._database.passage_ids())
        chosen = passage_ids[:: max(1, len(passage_ids) // SAMPLE_PASSAGES)]
        return [unpack_tokens(packed) for packed in self._database.packed_tokens(chosen).values()]


def _mean(sample: Sequence[TokenVectors], dim: int) -> Float32Array:
    vectors = np.concatenate([np.zeros((1, dim), np.float32), *(tokens.vectors for tokens in sample)])
    mean: Float32Array = (vectors.sum(axis=0) / max(len(vectors) - 1, 1)).astype(np.float32)
    return mean


def _placed(packed: bytes, space: TokenSpace) -> TokenVectors:
    tokens = unpack_tokens(packed)
    if space.components is not None and n_components_of(packed) == space.n_components:  # packed in this space
        return tokens
    return TokenVectors(space.place(tokens.vectors), tokens.starts, tokens.ends)


def _repacked(packed: bytes, space: TokenSpace) -> bytes:
    if n_components_of(packed) == space.n_components:
        return packed
    tokens = unpack_tokens(packed)
    return pack_tokens(TokenVectors(space.place(tokens.vectors), tokens.starts, tokens.ends))
