"""`Tokenizer`: texts to the ids of pieces, with the place of each in the text.

A SentencePiece unigram model (T. Kudo, "Subword regularization", ACL 2018), as the library `tokenizers` runs it with NFKC, collapsed spaces and Metaspace:
the same ids, as a test holds it to. Written out here because that library, like SentencePiece itself, builds a tree of all 250,000 pieces before it reads
the first word, in more than a second and 200 MB; a dictionary is there at once, and words come back so often that it is as fast on long texts.

1. The text is normalised: some characters vanish, some become spaces, NFKC, one space where there were several. Each character of the result remembers the
   part of the text that it came from.
2. It is cut before every space, which is written as ▁; the first word gets one if it has none, at the place of its first character.
3. Each word is cut into the pieces whose scores have the greatest sum (A. Viterbi, 1967). Characters that no piece has become one unknown piece.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from embeddings.arrays import Int64Array
from embeddings.packed_e5 import PackedE5

SPACE = "▁"
UNKNOWN_PENALTY = 10.0
"""How much less likely than the least likely piece an unknown character is."""
N_WORDS_KEPT = 1 << 15

_WORD = re.compile(f"{SPACE}[^{SPACE}]*|[^{SPACE}]+")
_Piece = tuple[int, int]
"""Id and length in characters."""


@dataclass(frozen=True, eq=False)
class Tokens:
    """The pieces of a text.

    Attributes:
        ids: `(n_tokens,)` int64.
        starts: `(n_tokens,)` int64, where each begins in the text, in characters.
        ends: `(n_tokens,)` int64, where it ends.
    """

    ids: Int64Array
    starts: Int64Array
    ends: Int64Array

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, part: slice) -> "Tokens":
        return Tokens(self.ids[part], self.starts[part], self.ends[part])


class Tokenizer:
    """Cuts texts into the pieces of a packed model. Safe to use from several threads."""

    def __init__(self, packed: PackedE5) -> None:
        self._ids = {piece: number for number, piece in enumerate(packed.pieces)}
        for control in (packed.bos_id, packed.eos_id, packed.pad_id, packed.unk_id):
            del self._ids[packed.pieces[control]]  # "</s>" in a text is text
        self._scores = packed.scores
        self._longest = max(map(len, packed.pieces))
        self._unknown = packed.unk_id
        self._unknown_score = min(packed.scores) - UNKNOWN_PENALTY
        self._replaced = {ord(old): new for old, new in packed.normalization.items() if new in {"", " "}}
        self._uneven = re.compile("  |[" + "".join(map(re.escape, map(chr, self._replaced))) + "]")
        self._cut = lru_cache(N_WORDS_KEPT)(self._best_pieces)

    def tokenize(self, text: str) -> Tokens:
        """Return the pieces of `text`, without special tokens."""
        normal, starts, ends = self._normalized(text)
        if not normal:
            return Tokens(*np.empty((3, 0), np.int64))
        if not normal.startswith(SPACE):
            normal, starts, ends = SPACE + normal, [starts[0], *starts], [ends[0], *ends]
        ids, borders, place = [], [0], 0
        for word in _WORD.findall(normal):
            for piece, length in self._cut(word):
                ids.append(piece)
                place += length
                borders.append(place)
        first, last = borders[:-1], [border - 1 for border in borders[1:]]
        spans = [starts[i] for i in first], [ends[i] for i in last]
        return Tokens(np.array(ids, np.int64), np.array(spans[0], np.int64), np.array(spans[1], np.int64))

    def _normalized(self, text: str) -> tuple[str, Sequence[int], Sequence[int]]:
        """Return the normal text, with ▁ for spaces, and for each of its characters where in `text` that which it came from begins and ends."""
        if unicodedata.is_normalized("NFKC", text) and not self._uneven.search(text):
            return text.replace(" ", SPACE), range(len(text)), range(1, len(text) + 1)
        characters: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for normal, start, end in self._clusters(text):
            for character in normal:
                if character == " " and characters and characters[-1] == SPACE:
                    starts[-1], ends[-1] = start, end
                    continue
                characters.append(SPACE if character == " " else character)
                starts.append(start)
                ends.append(end)
        return "".join(characters), starts, ends

    def _clusters(self, text: str) -> list[tuple[str, int, int]]:
        """Return the text cut where NFKC does not look across, each part normalised, with its start and end."""
        clusters: list[tuple[str, str, int, int]] = []
        for place, character in enumerate(text):
            mapped = self._replaced.get(ord(character), character)
            if not mapped:
                continue
            normal = _nfkc(mapped)
            if clusters:
                before, before_normal, start, _end = clusters[-1]
                together = _nfkc(before + mapped)
                if unicodedata.combining(normal[0]) or together != before_normal + normal:
                    clusters[-1] = before + mapped, together, start, place + 1
                    continue
            clusters.append((mapped, normal, place, place + 1))
        return [(normal, start, end) for _source, normal, start, end in clusters]

    def _best_pieces(self, word: str) -> tuple[_Piece, ...]:
        """Return the pieces of `word`, unknown characters in a row being one."""
        n_characters, ids, scores = len(word), self._ids, self._scores
        best = [0.0] + [-np.inf] * n_characters
        arrived: list[_Piece] = [(0, 0)] * (n_characters + 1)
        for start in range(n_characters):
            so_far, is_known = best[start], False
            for end in range(start + 1, min(start + self._longest, n_characters) + 1):
                piece = ids.get(word[start:end])
                if piece is None:
                    continue
                is_known = is_known or end == start + 1
                if so_far + scores[piece] > best[end]:
                    best[end], arrived[end] = so_far + scores[piece], (piece, end - start)
            if not is_known and so_far + self._unknown_score > best[start + 1]:
                best[start + 1], arrived[start + 1] = so_far + self._unknown_score, (self._unknown, 1)
        pieces: list[_Piece] = []
        place = n_characters
        while place:
            piece, length = arrived[place]
            place -= length
            if piece == self._unknown and pieces and pieces[-1][0] == self._unknown:
                pieces[-1] = piece, pieces[-1][1] + length
            else:
                pieces.append((piece, length))
        return tuple(reversed(pieces))


@lru_cache(N_WORDS_KEPT)
def _nfkc(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
