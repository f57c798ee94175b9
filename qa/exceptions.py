"""The errors of this package, all of them a `BronvraagError` that carries one sentence for the user: a code in `qa/wording` with its details.

BronvraagError
├── ReadError      a file cannot be read as a document
│   ├── FileGoneError     it is not where it was when it was indexed
│   └── FileChangedError  it is another file than was indexed
├── LibraryError   a library cannot be opened or used
│   └── NotInLibraryError  it does not hold what is asked for
├── FilterError    a filter cannot be used like this
├── QuestionError  a question cannot be asked like this
├── BusyError      too many people wait for the same kind of work
├── ConversationError  a conversation that a browser kept cannot be read
└── UploadError    a file from the browser is not accepted
"""

from qa.wording.sentence import Sentence


class BronvraagError(Exception):
    """Base of every error that `qa` raises on purpose.

    Attributes:
        sentence: what to tell the user, in any language; `str` of the error says it in English.
    """

    def __init__(self, code: str, /, **details: object) -> None:
        super().__init__(code)
        self.sentence = Sentence(code, details)

    def __str__(self) -> str:
        return self.sentence.said("en")


class BusyError(BronvraagError):
    """Too many people wait for the same kind of work already."""


class ReadError(BronvraagError):
    """A file cannot be read as a document."""


class FileGoneError(ReadError):
    """A file is not where it was when it was indexed."""


class FileChangedError(ReadError):
    """A file is another one than was indexed."""


class LibraryError(BronvraagError):
    """A library cannot be opened or used."""


class NotInLibraryError(LibraryError):
    """The library does not hold the document or the passage that is asked for."""


class FilterError(BronvraagError):
    """A filter cannot be used like this."""


class ConversationError(BronvraagError):
    """A conversation that a browser kept and sent back cannot be read."""


class QuestionError(BronvraagError):
    """A question cannot be asked like this."""


class UploadError(BronvraagError):
    """A file from the browser is not accepted."""
