"""A library of any size, grown from a small one: its documents again and again with other words of the same lengths and vectors nearby.

Nothing is embedded anew, so ten thousand passages take seconds. Offsets and token vectors stay true to their places; what is said becomes nonsense, which
is all the same to whoever measures time. Words are changed so that the copies are not taken for one passage said many times.
"""

import hashlib
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from qa.document import Document
from qa.library import EmbeddedDocument, FileRecord, Library, PassageRecord, StoredEmbedding, create_library, digest_of
from qa.passage import Passage
from qa.paths import Place
from qa.structure import NO_STRUCTURE

CHANGED_SHARE = 0.5
NOISE = 0.05
"""Length of what is added to a unit vector. So near to each other, a thousand copies are each other's neighbours; with .5 they are as far apart as passages of one subject."""
DOCUMENTS_A_BATCH = 40
LONG_DOCUMENT = 3000
"""Passages of a long document: some three megabytes."""
_BETWEEN = "\n\n"
_WORD = re.compile(r"\b[a-z]{4,}\b")

_Held = tuple[Document, Sequence[PassageRecord]]


def grow(small: Library, place: Place, n_passages: int, *, passages_a_document: int = 0, noise: float = NOISE) -> Library:
    """Return a library at a place with at least `n_passages` passages: those of `small`, and copies of them.

    Args:
        small: where the real passages come from.
        place: of the new library.
        n_passages: to reach.
        passages_a_document: if given, documents are put together until they have so many, without their pages and footnotes.
        noise: how far a copy's vectors lie from the real ones.
    """
    large = create_library(place, small.identity)
    held = [(small.document(record.document_id), small.passages_of(record.document_id)) for record in small.documents()]
    known = small.known_embeddings([record.passage for _document, records in held for record in records])
    words = _words_by_length(held)
    luck = random.Random(1)  # noqa: S311 - the same library each time
    n_made, copy = 0, 0
    while n_made < n_passages:
        batch: list[EmbeddedDocument] = []
        while n_made < n_passages and (
            len(batch) < DOCUMENTS_A_BATCH or sum(len(each.passages) for each in batch) < passages_a_document
        ):
            for document, records in held:
                embeddings = [known[digest_of(record.passage)] for record in records]
                batch.append(_copy(document, [record.passage for record in records], embeddings, copy, words, luck, noise))
                n_made += len(records)
            copy += 1
        if passages_a_document:
            batch = list(_put_together(batch, passages_a_document))
        files = [FileRecord(each.document.source, each.document.document_id, 1, 1) for each in batch]
        large.store(documents=batch, files=files)
    large.settle()
    return large


def _put_together(batch: Sequence[EmbeddedDocument], n_passages: int) -> Iterator[EmbeddedDocument]:
    """Yield documents of at least `n_passages` passages, the last one with what is left."""
    texts: list[str] = []
    passages: list[Passage] = []
    embeddings: list[StoredEmbedding] = []
    at = 0
    for number, one in enumerate(batch, start=1):
        texts.append(one.document.text)
        passages += [replace(passage, start=passage.start + at, end=passage.end + at) for passage in one.passages]
        embeddings += one.embeddings
        at += len(one.document.text) + len(_BETWEEN)
        if len(passages) >= n_passages or number == len(batch):
            first = one.document
            whole = replace(
                first,
                text=_BETWEEN.join(texts),
                page_starts=(),
                footnotes=(),
                printed_spans=(),
                structure=NO_STRUCTURE,
                doubts=(),
            )
            yield EmbeddedDocument(whole, passages, embeddings)
            texts, passages, embeddings, at = [], [], [], 0


def _copy(
    document: Document,
    passages: Sequence[Passage],
    embeddings: Sequence[StoredEmbedding],
    number: int,
    words: dict[int, list[str]],
    luck: random.Random,
    noise: float,
) -> EmbeddedDocument:
    if number == 0:
        return EmbeddedDocument(document, passages, embeddings)
    text = _WORD.sub(lambda word: luck.choice(words[len(word[0])]) if luck.random() < CHANGED_SHARE else word[0], document.text)
    source = f"{document.source}-{number}"
    copied = replace(
        document,
        document_id=hashlib.sha256(source.encode()).hexdigest()[:16],
        source=source,
        text=text,
        metadata=replace(document.metadata, title=f"{document.metadata.title} ({number})"),
    )
    moved = [
        replace(passage, text=text[passage.start : passage.end], context=f"{number}\n{passage.context}") for passage in passages
    ]
    return EmbeddedDocument(
        copied, moved, [_nearby(embedding, passage, luck, noise) for embedding, passage in zip(embeddings, moved, strict=True)]
    )


def _nearby(embedding: StoredEmbedding, passage: Passage, luck: random.Random, noise: float) -> StoredEmbedding:
    n = len(embedding.vector)
    added = np.random.default_rng(luck.getrandbits(32)).normal(scale=noise / n**0.5, size=n)
    vector = embedding.vector + added.astype(np.float32)
    return replace(embedding, digest=digest_of(passage), vector=vector / np.linalg.norm(vector))


def _words_by_length(held: Sequence[_Held]) -> dict[int, list[str]]:
    words: dict[int, list[str]] = {}
    for word in sorted({word for document, _records in held for word in _WORD.findall(document.text)}):
        words.setdefault(len(word), []).append(word)
    return words
