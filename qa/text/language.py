"""The language of a question, Dutch or English, by py3langid (BSD), a maintained form of langid.py (Lui and Baldwin, 2012)."""

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from qa.answer import Language


def language_of(text: str) -> Language:
    """Return the language of `text`; Dutch, the documents' own, when nothing tells."""
    if not any(map(str.isalpha, text)):
        return "nl"
    language, _score = _identifier().classify(text)
    return "en" if language == "en" else "nl"


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(["nl", "en"])
    return identifier
