"""The token vectors of a library: what the embedder gave, in the same places, but for what 4 bits a component lose."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from embeddings import ModelIdentity, TokenVectors, pack_tokens, unit_rows
from qa.document import Document, Kind, Metadata
from qa.exceptions import LibraryError
from qa.library import EmbeddedDocument, FileRecord, Library, StoredEmbedding, create_library, digest_of, require_model
from qa.passage import Passage, Role

IDENTITY = ModelIdentity(name="tiny", revision="1", dim=8, query_prefix="", passage_prefix="", adapter="a1")
TEXT = "Een zin. En nog een. –"
SPANS = (0, 8), (9, 20), (21, 22)


def tokens_of(number: int, n_tokens: int, dim: int = 6) -> TokenVectors:
    vectors = unit_rows(np.random.default_rng(number).normal(size=(n_tokens, dim)))
    starts = np.arange(n_tokens, dtype=np.int64)
    return TokenVectors(vectors, starts, starts + 1)


TOKENS = tokens_of(0, 5), tokens_of(1, 3), tokens_of(2, 0)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = create_library(tmp_path, IDENTITY)
    passages = [Passage(role=Role.PARAGRAPH, start=start, end=end, text=TEXT[start:end]) for start, end in SPANS]
    vector = unit_rows(np.ones((1, IDENTITY.dim)))[0]
    embeddings = [
        StoredEmbedding(digest_of(one), vector, pack_tokens(tokens)) for one, tokens in zip(passages, TOKENS, strict=True)
    ]
    document = Document(document_id="d", source="/d.txt", text=TEXT, metadata=Metadata(title="d", kind=Kind.OTHER))
    library.store(documents=[EmbeddedDocument(document, passages, embeddings)], files=[FileRecord("/d.txt", "d", 1, 1)])
    return library


def test_token_vectors_come_back_with_their_passages(library: Library) -> None:
    (found,) = library.search(np.ones((1, IDENTITY.dim), np.float32), (), n_nearest=3, n_by_words=0)
    assert [one.record.passage_id for one in found] == [1, 2, 3]
    for got, kept in zip((one.tokens for one in found), TOKENS, strict=True):
        assert (got.starts.tolist(), got.ends.tolist()) == (kept.starts.tolist(), kept.ends.tolist())
        assert (np.einsum("ij,ij->i", got.vectors, kept.vectors) > 0.98).all()


def test_a_passage_that_is_not_there_is_refused(library: Library) -> None:
    with pytest.raises(LibraryError, match="holds no passage 7"):
        library.token_vectors([1, 7])


def test_a_library_of_another_adapter_is_refused_and_told_so(library: Library) -> None:
    for other in ("", "b2"):
        with pytest.raises(LibraryError, match="adapter a1.*--rebuild"):
            require_model(library, replace(IDENTITY, adapter=other))
