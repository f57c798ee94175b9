"""Our tokenizer against the library `tokenizers`, with the same pieces and scores."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer as ReferenceTokenizer

from embeddings.packed_e5 import open_packed_e5
from embeddings.tokenizer import Tokenizer
from embeddings.unpacked_e5 import build_tokenizer
from tests.embeddings.texts import varied_texts

pytestmark = pytest.mark.model

SPECIAL = "<s>", "</s>", "<pad>", "<unk>"
ODD = "  \u00a0\u3000\u200b\u200d\u00ad\t\n▁ﬁ½²™…e\u0301\u0323\u00e9한\u1112\u1161Ωß’“"


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer(open_packed_e5())


@pytest.fixture(scope="module")
def reference() -> ReferenceTokenizer:
    return build_tokenizer(open_packed_e5())


def test_texts_have_the_pieces_and_places_of_the_reference(tokenizer: Tokenizer, reference: ReferenceTokenizer) -> None:
    for text in varied_texts():
        ours, theirs = tokenizer.tokenize(text), reference.encode(text, add_special_tokens=False)
        assert ours.ids.tolist() == theirs.ids, text
        assert list(zip(ours.starts.tolist(), ours.ends.tolist(), strict=True)) == theirs.offsets, text


@given(text=st.text(max_size=40) | st.text(st.sampled_from(ODD + "abcdehot"), max_size=30))
def test_any_text_has_the_pieces_of_the_reference(tokenizer: Tokenizer, reference: ReferenceTokenizer, text: str) -> None:
    assert tokenizer.tokenize(text).ids.tolist() == reference.encode(text, add_special_tokens=False).ids


@given(text=st.text(st.sampled_from(ODD + "abcdehot"), max_size=30))
def test_pieces_stand_in_the_text_one_after_the_other(tokenizer: Tokenizer, text: str) -> None:
    tokens = tokenizer.tokenize(text)
    assert (tokens.starts < tokens.ends).all()
    assert (tokens.starts[1:] >= tokens.starts[:-1]).all()
    assert not len(tokens) or 0 <= tokens.starts[0] <= tokens.ends[-1] <= len(text)


@pytest.mark.parametrize("special", SPECIAL)
def test_the_name_of_a_special_token_is_cut_like_any_text(tokenizer: Tokenizer, special: str) -> None:
    tokens = tokenizer.tokenize(f"een {special} hier")
    assert tokens.ids.min() > len(SPECIAL) - 1


def test_several_threads_tokenize_at_once(tokenizer: Tokenizer) -> None:
    texts = varied_texts()[:60]
    expected = [tokenizer.tokenize(text).ids.tolist() for text in texts]
    fresh, found = Tokenizer(open_packed_e5()), [[] for _ in range(4)]

    def tokenize(ids: list[list[int]]) -> None:
        ids.extend(fresh.tokenize(text).ids.tolist() for text in texts)

    threads = [threading.Thread(target=tokenize, args=(ids,)) for ids in found]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4
