"""A refusal where there is nothing but text: the page shows the same by parts."""

from qa.answer import Answer, Language

MORE: dict[Language, tuple[str, str]] = {
    "nl": ("Nergens in de documenten staat: {words}.", "Probeer andere woorden, of voeg documenten toe."),
    "en": ("Nowhere in the documents: {words}.", "Try other words, or add documents."),
}


def explained(answer: Answer) -> str:
    """Return the message and, of a refusal, which words occur nowhere and what to try; for where there is nothing but text."""
    unknown, advice = MORE[answer.language]
    names = ", ".join(f"“{word}”" for word in answer.unknown_words)
    return (
        " ".join(filter(None, [answer.message, unknown.format(words=names) if names else "", advice]))
        if answer.refused
        else answer.message
    )
