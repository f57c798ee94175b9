"""`Picturing`: pages of PDF files as pictures, drawn in a worker."""

import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from qa.document import Document, PrintedSpan
from qa.exceptions import FileChangedError, FileGoneError, ReadError
from qa.readers import content_of, document_id_of
from qa.readers.pdf_picture import PagePicture, picture_of
from qa.workers.limits import Limits, size_text
from qa.workers.reading import MAX_REASON_CHARACTERS


@dataclass(frozen=True, kw_only=True)
class PictureRequest:
    """A page to draw.

    Attributes:
        path: of the file.
        document_id: that the file had when it was indexed; any other file is refused.
        page: its number, 1 for the first.
        spans: whose places on the page are asked for.
    """

    path: Path
    document_id: str
    page: int
    spans: tuple[PrintedSpan, ...] = ()

    @classmethod
    def of(cls, document: Document, page: int, span: tuple[int, int], *, path: Path | None = None) -> Self:
        """Return the request for a page of a document, with the places of a span of its text; `path` where its file is not where it was indexed."""
        spans = tuple(printed for printed in document.printed_between(*span) if printed.page == page)
        return cls(path=path or Path(document.source), document_id=document.document_id, page=page, spans=spans)


@dataclass(frozen=True)
class Picturing:
    """Drawing pages: a request is a `PictureRequest`, the answer a `PagePicture`, or the `ReadError` that says why there is none."""

    limits: Limits

    def answer(self, request: PictureRequest) -> bytes:
        """Return the pickled picture, or the pickled error."""
        try:
            return pickle.dumps(self._draw(request))
        except ReadError as error:
            return pickle.dumps(error)
        except MemoryError:
            return pickle.dumps(ReadError("drawing_too_large", most=size_text(self.limits.max_memory_bytes)))
        except Exception as error:  # a bug costs this one picture, and is reported by name
            message = " ".join(f"{type(error).__name__}: {error}".split())[:MAX_REASON_CHARACTERS]
            return pickle.dumps(ReadError("not_drawn", reason=ascii(message)[1:-1]))

    def _draw(self, request: PictureRequest) -> PagePicture:
        if not request.path.is_file():  # nor is a named pipe one, which would be waited for
            raise FileGoneError("file_gone", path=request.path)
        content = content_of(request.path, max_size_bytes=self.limits.max_size_bytes)
        if document_id_of(content) != request.document_id:
            raise FileChangedError("file_changed", path=request.path)
        return picture_of(content, request.page, request.spans)
