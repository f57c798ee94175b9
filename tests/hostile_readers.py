"""Readers that do what readers must not do. Workers import them by name; the name of the file says what happens to it, all others are read."""

import ctypes
import os
import sys
import time
from pathlib import Path

from qa.document import Document
from qa.exceptions import ReadError
from qa.readers import read


def read_or_misbehave(path: Path, *, max_size_bytes: int) -> Document:
    match path.stem.rstrip("0123456789"):
        case "hangs":
            time.sleep(600)
        case "loops":
            while True:
                pass
        case "crashes":
            ctypes.string_at(0)
        case "exits":
            os._exit(3)
        case "eats":
            _eaten = bytearray(10**12)
        case "eats_slowly":
            eaten = []
            while True:
                eaten.append(bytearray(10**6))
        case "fails":
            raise ZeroDivisionError("een deling\ndoor nul")
        case "prints":
            sys.stdout.write("regel" * 100)
            sys.stdout.flush()
            os.write(1, b"rommel")
            sys.stdin.read()
        case "deletes":
            path.unlink()
        case "grows":
            document = read(path, max_size_bytes=max_size_bytes)
            with path.open("a") as file:
                file.write("\n\nNog een regel.")
            return document
        case "grows_once" if "later" not in path.read_text():
            document = read(path, max_size_bytes=max_size_bytes)
            path.write_text("De tekst van later.")
            return document
        case "half_written" if path.stat().st_size < 10:
            path.write_text("De tekst is nu af en heel.")
            raise ReadError("pdf_damaged")
        case "surrogate":
            return _with_text(read(path, max_size_bytes=max_size_bytes), "half \ud800 teken")
        case "nul":
            return _with_text(read(path, max_size_bytes=max_size_bytes), "een \0 teken")
    return read(path, max_size_bytes=max_size_bytes)


def _with_text(document: Document, text: str) -> Document:
    return Document(document_id=document.document_id, source=document.source, text=text, metadata=document.metadata)


def crash_on_second(path: Path, *, max_size_bytes: int) -> Document:
    """Crash on whatever is the second file that a process reads."""
    global _n_read
    _n_read += 1
    if _n_read == 2:
        os._exit(4)
    return read(path, max_size_bytes=max_size_bytes)


_n_read = 0
