"""Every sentence that an answer itself says, in both languages."""

from qa.answer import Language

FOUND: dict[Language, str] = {
    "nl": "Dit zeggen de documenten hierover:",
    "en": "This is what the documents, which are in Dutch, say about it:",
}

CLOSEST: dict[Language, str] = {
    "nl": "Een duidelijk antwoord is niet gevonden. Deze passages komen er het dichtst bij:",
    "en": "No clear answer was found. These passages, in Dutch, come closest:",
}

NAMED: dict[Language, str] = {"nl": "Dit is wat u noemt:", "en": "This is what you named:"}

NOT_FOUND: dict[Language, str] = {
    "nl": "Hierover is in de documenten niets gevonden. Doorzocht: {documents} documenten met {passages} passages.",
    "en": "Nothing was found about this in the documents. Searched: {documents} documents with {passages} passages.",
}


def found(language: Language) -> str:
    """Return the sentence above citations."""
    return FOUND[language]


def named(language: Language) -> str:
    """Return the sentence above what a question names and nothing else."""
    return NAMED[language]


def joined(*sentences: str) -> str:
    """Return sentences as one text, without the empty ones."""
    return " ".join(filter(None, sentences))


def closest(language: Language) -> str:
    """Return the sentence above citations none of which is likely to answer."""
    return CLOSEST[language]


def not_found(language: Language, *, n_documents: int, n_passages: int) -> str:
    """Return the refusal: what was searched."""
    return NOT_FOUND[language].format(documents=n_documents, passages=n_passages)
