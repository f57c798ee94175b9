"""The embedded model as an ordinary sentence-transformers folder: to train it, and as the reference of our own engine."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save_file
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from embeddings.packed_e5 import PackedE5


def write_unpacked_model(packed: PackedE5, folder: Path) -> Path:
    """Write the folder, some 450 MB, and return it."""
    folder.mkdir()
    _write_tokenizer(packed, folder)
    _write_weights(packed, folder)
    _write_configuration(packed, folder)
    return folder


def _write_tokenizer(packed: PackedE5, folder: Path) -> None:
    tokenizer = build_tokenizer(packed)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    named = {"bos_token": packed.bos_id, "eos_token": packed.eos_id, "unk_token": packed.unk_id, "pad_token": packed.pad_id}
    tokens = {role: packed.pieces[token_id] for role, token_id in named.items()}
    settings = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": packed.architecture.n_positions,
        "cls_token": tokens["bos_token"],
        "sep_token": tokens["eos_token"],
        **tokens,
    }
    _write_json(folder / "tokenizer_config.json", settings)


def build_tokenizer(packed: PackedE5) -> Tokenizer:
    """Return the model's tokenizer: a SentencePiece unigram model (Kudo, 2018) with NFKC normalisation.

    The packed normalisation maps single characters only. NFKC does the same and composes accents as well, as the original model's does;
    where the two differ for a single character (control characters vanish, zero-width ones become spaces), the packed map is followed.
    """
    bos, eos = packed.pieces[packed.bos_id], packed.pieces[packed.eos_id]
    tokenizer = Tokenizer(
        models.Unigram(list(zip(packed.pieces, packed.scores, strict=True)), unk_id=packed.unk_id, byte_fallback=False)
    )
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(_characters(packed, "")), ""),
            normalizers.Replace(Regex(_characters(packed, " ")), " "),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, packed.bos_id), (eos, packed.eos_id)],
    )
    tokenizer.add_special_tokens([packed.pieces[i] for i in (packed.bos_id, packed.pad_id, packed.eos_id, packed.unk_id)])
    return tokenizer


def _characters(packed: PackedE5, replacement: str) -> str:
    """Return a character class of everything that the packed normalisation replaces by `replacement`."""
    replaced = (character for character, normal in packed.normalization.items() if normal == replacement)
    return "[" + "".join(f"\\x{{{ord(character):X}}}" for character in replaced) + "]"


def _write_weights(packed: PackedE5, folder: Path) -> None:
    size = packed.architecture
    shapes = {
        "embeddings.word_embeddings.weight": ("emb.word", (size.vocabulary_size, size.hidden_size)),
        "embeddings.position_embeddings.weight": ("emb.pos", (size.n_positions, size.hidden_size)),
        "embeddings.token_type_embeddings.weight": ("emb.type", (size.n_token_types, size.hidden_size)),
        "embeddings.LayerNorm.weight": ("emb.ln.w", (size.hidden_size,)),
        "embeddings.LayerNorm.bias": ("emb.ln.b", (size.hidden_size,)),
    }
    for layer in range(size.n_layers):
        for part, short, n_out, n_in in (
            ("attention.self.query", "q", size.hidden_size, size.hidden_size),
            ("attention.self.key", "k", size.hidden_size, size.hidden_size),
            ("attention.self.value", "v", size.hidden_size, size.hidden_size),
            ("attention.output.dense", "ao", size.hidden_size, size.hidden_size),
            ("intermediate.dense", "fi", size.feed_forward_size, size.hidden_size),
            ("output.dense", "fo", size.hidden_size, size.feed_forward_size),
        ):
            shapes[f"encoder.layer.{layer}.{part}.weight"] = (f"l{layer}.{short}.w", (n_out, n_in))
            shapes[f"encoder.layer.{layer}.{part}.bias"] = (f"l{layer}.{short}.b", (n_out,))
        for part, short in (("attention.output.LayerNorm", "aln"), ("output.LayerNorm", "oln")):
            shapes[f"encoder.layer.{layer}.{part}.weight"] = (f"l{layer}.{short}.w", (size.hidden_size,))
            shapes[f"encoder.layer.{layer}.{part}.bias"] = (f"l{layer}.{short}.b", (size.hidden_size,))
    weights = {name: packed.weights(source)[: np.prod(shape)].reshape(shape) for name, (source, shape) in shapes.items()}
    # BERT's own pooler is neither packed nor used (mean pooling is); zeros keep every reader from warning that it is missing.
    weights["pooler.dense.weight"] = np.zeros((size.hidden_size, size.hidden_size), np.float32)
    weights["pooler.dense.bias"] = np.zeros(size.hidden_size, np.float32)
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})


def _write_configuration(packed: PackedE5, folder: Path) -> None:
    size = packed.architecture
    _write_json(
        folder / "config.json",
        {
            "model_type": "bert",
            "architectures": ["BertModel"],
            "tokenizer_class": "PreTrainedTokenizerFast",
            "vocab_size": size.vocabulary_size,
            "hidden_size": size.hidden_size,
            "num_hidden_layers": size.n_layers,
            "num_attention_heads": size.n_heads,
            "intermediate_size": size.feed_forward_size,
            "max_position_embeddings": size.n_positions,
            "type_vocab_size": size.n_token_types,
            "layer_norm_eps": size.epsilon,
            "hidden_act": "gelu",
            "pad_token_id": packed.pad_id,
            "dtype": "float32",
        },
    )
    _write_json(folder / "sentence_bert_config.json", {"max_seq_length": size.n_positions, "do_lower_case": False})
    _write_json(
        folder / "config_sentence_transformers.json",
        {"prompts": {"query": "query: ", "document": "passage: "}, "default_prompt_name": None, "similarity_fn_name": "cosine"},
    )
    modules = ("Transformer", ""), ("Pooling", "1_Pooling"), ("Normalize", "2_Normalize")
    _write_json(
        folder / "modules.json",
        [
            {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for i, (kind, path) in enumerate(modules)
        ],
    )
    (folder / "1_Pooling").mkdir()
    _write_json(
        folder / "1_Pooling" / "config.json", {"word_embedding_dimension": size.hidden_size, "pooling_mode_mean_tokens": True}
    )


def _write_json(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, indent=1))
