"""Every sentence that an answer itself says, in both languages."""

from qa.answer import Language

FOUND: dict[Language, str] = {
    "nl": "Dit zeggen de documenten hierover:",
    "en": "This is what the documents, which are in Dutch, say about it:",
}

NOT_FOUND: dict[Language, str] = {
    "nl": "Hierover staat niets in de documenten. Doorzocht: {documents} documenten met {passages} passages. Probeer andere woorden, of voeg documenten toe.",
    "en": "The documents say nothing about this. Searched: {documents} documents with {passages} passages. Try other words, or add documents.",
}


def found(language: Language) -> str:
    """Return the sentence above citations."""
    return FOUND[language]


def not_found(language: Language, *, n_documents: int, n_passages: int) -> str:
    """Return the refusal."""
    return NOT_FOUND[language].format(documents=n_documents, passages=n_passages)
