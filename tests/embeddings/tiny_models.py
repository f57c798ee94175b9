"""Builders of sentence-transformers folders of a few kilobytes, with random weights."""

from pathlib import Path

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling, StaticEmbedding, Transformer
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

WORDS = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    ":",
    ".",
    "de",
    "minister",
    "antwoordt",
    "vraag",
    "brief",
    "kamer",
    "query",
    "passage",
]
MAX_TOKENS = 32


def build_bert(folder: Path, *, prompts: dict[str, str] | None = None, dim: int = 8) -> Path:
    """Write a model of one layer with mean pooling, which reads `MAX_TOKENS` tokens at once."""
    parts = folder.with_name(f"{folder.name}-parts")
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=_tokenizer(),
        pad_token="[PAD]",  # noqa: S106  -- not a secret
        unk_token="[UNK]",  # noqa: S106
        cls_token="[CLS]",  # noqa: S106
        sep_token="[SEP]",  # noqa: S106
        model_max_length=MAX_TOKENS,
    )
    tokenizer.save_pretrained(parts)
    torch.manual_seed(1)
    BertModel(
        BertConfig(
            vocab_size=len(WORDS),
            hidden_size=dim,
            num_hidden_layers=1,
            num_attention_heads=2,
            intermediate_size=2 * dim,
            max_position_embeddings=MAX_TOKENS,
        )
    ).save_pretrained(parts)
    modules = [Transformer(str(parts)), Pooling(dim)]
    SentenceTransformer(modules=modules, prompts=prompts, device="cpu").save(str(folder))
    return folder


def build_static(folder: Path, *, dim: int = 6) -> Path:
    """Write a model that has a vector for every word and takes their mean."""
    torch.manual_seed(1)
    SentenceTransformer(modules=[StaticEmbedding(_tokenizer(), embedding_dim=dim)], device="cpu").save(str(folder))
    return folder


def _tokenizer() -> Tokenizer:
    ids = {word: token_id for token_id, word in enumerate(WORDS)}
    tokenizer = Tokenizer(models.WordLevel(ids, unk_token="[UNK]"))  # noqa: S106
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", ids["[CLS]"]), ("[SEP]", ids["[SEP]"])]
    )
    return tokenizer
