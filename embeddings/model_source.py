"""Where a sentence-transformers model comes from: a folder, a downloaded copy, or the model hub."""

import hashlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from embeddings.exceptions import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

HUB_TIMEOUT_S = 10
WEIGHT_FILES = "*.safetensors", "*.bin"


def open_model(name_or_folder: str) -> tuple["SentenceTransformer", str, str]:
    """Return the plain model in a folder or of a name, its name and its revision.

    Raises:
        ModelError: the model cannot be found, reached or read, or sentence-transformers is not installed.
    """
    _require_library(name_or_folder)
    if Path(name_or_folder).expanduser().is_dir():
        folder = Path(name_or_folder).expanduser().resolve()
        return _open_folder(folder), str(folder), _folder_sha256(folder)
    model = _open_named(name_or_folder)
    return model, name_or_folder, str(getattr(model.config, "_commit_hash", None) or "unknown")


def _require_library(model: str) -> None:
    try:
        import sentence_transformers  # noqa: F401 - the import is the test, and takes seconds
    except ImportError as error:
        raise ModelError(
            f"The model {model!r} needs sentence-transformers and torch, which only other models than the embedded one need. "
            "Install them with `pip install --constraint requirements.lock '.[models]'`, or leave --model out."
        ) from error


def _open_folder(folder: Path) -> "SentenceTransformer":
    try:
        return _open(str(folder), local_files_only=True)
    except Exception as error:  # a broken folder fails in as many ways as there are files and modules in it
        raise ModelError(
            f"The model folder {folder} cannot be read as a sentence-transformers model: {_first_line(error)}"
        ) from error


def _open_named(name: str) -> "SentenceTransformer":
    """Open a model by its hub name: the downloaded copy if there is one, without touching the network, else from the hub."""
    with suppress(Exception):  # whatever is wrong with a downloaded copy, the hub may mend it; what is wrong there is told below
        return _open(name, local_files_only=True)
    from huggingface_hub import HfApi  # a network client: of no use to anyone who does not ask for it

    try:
        HfApi().model_info(name, timeout=HUB_TIMEOUT_S)  # one quick try, where loading would retry for a minute
        return _open(name, local_files_only=False)
    except Exception as error:  # the hub's client raises its own, its HTTP library's and the operating system's errors
        raise ModelError(
            f"The model {name!r} is not a folder here, and the model hub did not give it ({_first_line(error)}). "
            "Give a folder that holds it, or leave --model out to use the embedded model."
        ) from error


def _open(name_or_folder: str, *, local_files_only: bool) -> "SentenceTransformer":
    # Imported here because it takes seconds, and listing or describing a library needs no model.
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    return SentenceTransformer(name_or_folder, device="cpu", local_files_only=local_files_only).eval()


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__


def _folder_sha256(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for pattern in WEIGHT_FILES for path in folder.rglob(pattern)):
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()
