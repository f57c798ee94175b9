"""Foreign text as it may be shown: on one line, without characters that cannot be seen or that turn the direction of what follows."""

import unicodedata

_INVISIBLE = {"Cc", "Cf", "Cs"}
"""Controls, among them those that turn the direction of text and those that XML forbids; and half characters, which cannot be sent."""
_NO_CHARACTERS = {"\ufffe", "\uffff"}


def visible_text(text: str) -> str:
    """Return the text on one line, without invisible characters."""
    return "".join(c for c in " ".join(text.split()) if unicodedata.category(c) not in _INVISIBLE and c not in _NO_CHARACTERS)
