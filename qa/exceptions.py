"""The errors of this package, all of them a `BronvraagError` whose text is one sentence for the user.

BronvraagError
├── ReadError      a file cannot be read as a document
├── LibraryError   a library cannot be opened, or does not hold what is asked for
└── QuestionError  a question cannot be asked like this
"""


class BronvraagError(Exception):
    """Base of every error that `qa` raises on purpose."""


class ReadError(BronvraagError):
    """A file cannot be read as a document."""


class LibraryError(BronvraagError):
    """A library cannot be opened, or does not hold what is asked for."""


class QuestionError(BronvraagError):
    """A question cannot be asked like this."""
