"""What an export itself says, in both languages."""

from dataclasses import dataclass

from qa.answer import Language


@dataclass(frozen=True, kw_only=True)
class ExportTexts:
    """The words of an export in one language."""

    untitled: str
    made_with: str
    """Takes the day."""
    question: str
    official_publication: str
    in_bronvraag: str
    also_in: str
    left_out: str
    unknown_words: str
    no_answer: str


EXPORT_TEXTS: dict[Language, ExportTexts] = {
    "nl": ExportTexts(
        untitled="Gesprek",
        made_with="Gemaakt met Bronvraag op {}. De citaten zijn letterlijk; de link ‘in Bronvraag’ opent het citaat in het hele document.",
        question="Vraag",
        official_publication="officiële publicatie",
        in_bronvraag="in Bronvraag",
        also_in="Ook in",
        left_out="Passages die minder goed passen zijn weggelaten",
        unknown_words="Deze woorden komen nergens in de documenten voor",
        no_answer="Op deze vraag kwam geen antwoord.",
    ),
    "en": ExportTexts(
        untitled="Conversation",
        made_with="Made with Bronvraag on {}. Quotes are verbatim; the link ‘in Bronvraag’ opens the quote in its whole document.",
        question="Question",
        official_publication="official publication",
        in_bronvraag="in Bronvraag",
        also_in="Also in",
        left_out="Passages that fit less well were left out",
        unknown_words="These words occur nowhere in the documents",
        no_answer="No answer came to this question.",
    ),
}
