"""What an answer itself says."""

from collections.abc import Sequence

from qa.answer import Answer, Certainty, Language
from qa.wording.sentence import say, say_one_or_many

_ABOVE = {Certainty.FOUND: "found", Certainty.PROBABLE: "probable", Certainty.UNCLEAR: "closest"}


def above(certainty: Certainty, language: Language) -> str:
    """Return the sentence above citations, which says how sure the answer is."""
    return say(language, "answers", _ABOVE[certainty])


def named(language: Language) -> str:
    """Return the sentence above what a question names and nothing else."""
    return say(language, "answers", "named")


def joined(*sentences: str) -> str:
    """Return sentences as one text, without the empty ones."""
    return " ".join(filter(None, sentences))


def elsewhere(language: Language, *, n_documents: int, n_passages: int) -> str:
    """Return what is said of a message that is certainly about something else, with what was searched."""
    return say(language, "answers", "elsewhere", documents=n_documents, passages=n_passages)


def other_years(language: Language, asked: Sequence[int], found: Sequence[int]) -> str:
    """Return that no passage is about the years asked for, and which years those shown are about, if they say so."""
    years = f"{found[0]}–{found[-1]}" if len(found) > 1 else "".join(map(str, found))
    sentence = say(language, "answers", "other_years", asked=", ".join(map(str, asked)), found=years)
    return sentence if found else sentence.partition(";")[0] + "."


def unclear_part(language: Language, part: str) -> str:
    """Return that a part of a message has no clear answer."""
    return say(language, "answers", "unclear_part", part=part)


def corrected(language: Language, words: str) -> str:
    """Return which words were searched for instead of mistyped ones."""
    return say(language, "answers", "corrected", words=words)


def reply(code: str, language: Language, /, **details: object) -> str:
    """Return a sentence that answers a message which asks nothing of the documents."""
    return say(language, "replies", code, **details)


def held(language: Language, n: int, filters: str) -> str:
    """Return how many documents of some filters the library holds."""
    return (
        say_one_or_many(language, "replies", "library_found", n, filters=filters)
        if n
        else reply("library_none", language, filters=filters)
    )


def explained(answer: Answer) -> str:
    """Return the message and, of a refusal, which words occur nowhere and what to try; for where there is nothing but text."""
    if not answer.refused:
        return answer.message
    names = ", ".join(f"“{word}”" for word in answer.unknown_words)
    unknown = say(answer.language, "answers", "unknown_words", words=names) if names else ""
    return joined(answer.message, unknown, say(answer.language, "answers", "advice"))
