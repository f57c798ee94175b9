"""The names of what an export itself says."""

from dataclasses import dataclass
from typing import get_args

from qa.answer import Language
from qa.wording.sentence import words


@dataclass(frozen=True, kw_only=True)
class ExportTexts:
    """The words of an export in one language."""

    untitled: str
    made_with: str
    """Takes the day."""
    question: str
    in_bronvraag: str
    also_in: str
    left_out: str
    unknown_words: str
    no_answer: str


EXPORT_TEXTS: dict[Language, ExportTexts] = {
    language: ExportTexts(**words(language)["export"]) for language in get_args(Language)
}
