"""The questions that a message asks, and the years that it asks about.

1. Of a long message, such as an e-mail, its questions count, or else its last sentences; what it says before them only helps where a question leans on it. How it
   greets and who signs it is no part of them.
2. A message of two or three questions that each can be asked alone is answered part by part. Questions that lean on each other (`Zo ja, waarom?`) stay together,
   as members ask them.
"""

import re

from qa.answer import Language
from qa.text.sentences import sentence_spans
from qa.text.words import question_words

LONG = 500
"""Characters from which a message is read for its questions."""
MAX_PARTS = 3
MAX_PART_OF = 400
"""Characters of the longest message that is divided."""

_ASKS = r"(?:hoe|hoeveel|wat|wie|waarom|wanneer|waar|welke?|how|what|who|why|when|where|which)"
_SECOND = re.compile(rf"(?:,|;)?\s+(?:en|and|&)\s+(?:ook\s+|also\s+)?(?={_ASKS}\b)|(?<=\?)\s+(?:(?:en|and)\s+)?", re.IGNORECASE)
_BEGINS = re.compile(rf"\W*(?:en\s+|and\s+|ook\s+|also\s+)?{_ASKS}\b", re.IGNORECASE)
_LEANS = re.compile(
    r"\b(?:zo ja|zo nee|zo niet|indien|if so|if not|daar\w*|hier\w*|ervan|dit|dat|deze|die|it|that|this|they)\b", re.IGNORECASE
)
_GREETING = re.compile(
    r"^\W*(?:goede(?:n)?\w*\s+\w+|beste|geachte|hallo|hoi|hi|hello|dear|hey|dag)\b[^.?!,]{0,40},\s*", re.IGNORECASE
)
_CLOSING = re.compile(
    r"(?<=[.?!])\W+(?:(?:alvast|bij voorbaat)\s+(?:\w+\s+)?(?:dank|bedankt)|met \w+ groet(?:en)?|groet(?:en|jes)?|mvg|hoogachtend|(?:many )?thanks(?! to)|thank you|"
    r"(?:kind|best|warm) regards|regards|yours (?:sincerely|faithfully))\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_IS = re.compile(r"(?<=\w\s)[A-Z]\w|\b(?:is|zijn|was|waren|are|were)\s+(?:de|het|the)\s+\w{4,}")
_YEAR = re.compile(r"(?<![\w/.-])(?:19[5-9]|20[0-4])[0-9](?![\w/-])(?!\.[0-9])")


def parts_of(question: str, language: Language) -> tuple[str, ...]:
    """Return the questions of a message as they are to be searched, at least one."""
    asked = _asked(question, language) if len(question) > LONG else question
    asked = _CLOSING.sub("", _GREETING.sub("", asked)) or asked
    parts = [part.strip(" ,;") for part in _SECOND.split(asked) if part and part.strip(" ,;?")]
    alone = all(_BEGINS.match(part) and _has_subject(part, language) and not _LEANS.search(part) for part in parts)
    divides = 1 < len(parts) <= MAX_PARTS and len(asked) <= MAX_PART_OF and alone
    return tuple(parts) if divides else (asked,)


def years_in(text: str) -> tuple[int, ...]:
    """Return the years that a text names, in their order, without repetition."""
    return tuple(dict.fromkeys(int(match[0]) for match in _YEAR.finditer(text)))


def _has_subject(part: str, language: Language) -> bool:
    """Tell whether a question says what it is about: by two words, by a name (`Wanneer is het IMRF?`), or by what it is (`Wie is de premier?`)."""
    return len(question_words(part, language)) >= 2 or _IS.search(part) is not None


def _asked(message: str, language: Language) -> str:
    sentences = [message[start:end].strip() for start, end in sentence_spans(message)]
    places = [place for place, sentence in enumerate(sentences) if sentence.endswith("?")] or [len(sentences) - 1]
    first = places[-MAX_PARTS:][0]
    asked = [sentences[place] for place in places[-MAX_PARTS:]]
    if len(question_words(" ".join(asked), language)) < 3 and first:
        asked.insert(0, sentences[first - 1])
    return " ".join(asked)
