"""`UploadName`: under which name an uploaded file is kept, and which name of a file people are shown.

A kept file is named after its content and, for people, after what it was called: `0123456789abcdef-Brief aan de Kamer.pdf`. What a browser says a file
is called is only ever the second part, without anything that could lead out of the folder or mean something to a system.
"""

import re
import unicodedata
from pathlib import PurePath, PureWindowsPath

UPLOADS = "uploads"
"""The folder of uploads in that of the library."""

MAX_NAME_BYTES = 120
_KEPT_PUNCTUATION = set(" ._-()+,&'")
_KEPT = re.compile(r"[0-9a-f]{16}-(?P<name>.+)", re.DOTALL)


def kept_name(document_id: str, original: str) -> str:
    """Return the name that an uploaded file is kept under; `original` is whatever the browser says."""
    return f"{document_id}-{_harmless(original)}"


def shown_name(path: str) -> str:
    """Return the name of a file for people: of an upload, without the digest before it."""
    file = PurePath(path)
    kept = _KEPT.fullmatch(file.name)
    return kept["name"] if kept and is_upload(path) else file.name


def is_upload(path: str) -> bool:
    """Tell whether a file was uploaded, by where and under which name it is kept."""
    file = PurePath(path)
    return file.parent.name == UPLOADS and _KEPT.fullmatch(file.name) is not None


def _harmless(original: str) -> str:
    name = unicodedata.normalize("NFC", PureWindowsPath(original[-1000:]).name)  # knows both kinds of slashes
    letters = "".join(character if character.isalnum() or character in _KEPT_PUNCTUATION else "_" for character in name)
    stem, dot, suffix = " ".join(letters.split()).strip(" .").rpartition(".")
    if not dot or len(suffix) > 10:
        stem, dot, suffix = f"{stem}{dot}{suffix}", "", ""
    room = MAX_NAME_BYTES - len(f"{dot}{suffix}".encode())
    return (stem.encode()[:room].decode(errors="ignore").strip(" .") or "_") + dot + suffix
