"""Words: the terms under which a text is indexed, and what the words of a question may be called in the documents.

1. A word is a run of letters and digits, with the hyphens and apostrophes inside it. An official identifier, or a number with its separators, is one word.
2. Case, accents and trema are folded, apostrophes dropped. A word becomes its stem (Snowball's `dutch_porter`; the newer `dutch` was no better
   and makes `mini` of `minister` and `ldboet` of `geldboete`).
3. A hyphenated word gives its parts and its joined form, so that `zzp-pensioen`, `zzppensioen` and `pensioen` meet.
4. A number gives one term however it is written: `23.000`, `23,000` and `23 000` are `23000`; `2,5` is `2.5`.
5. Function words are left out, but `OM` in capitals is a name.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from snowballstemmer.dutch_porter_stemmer import DutchPorterStemmer

from qa.answer import Language
from qa.parliament.identifiers import ANSWERS_ID, PAPER_ID, QUESTIONS_ID
from qa.text.glossary import MAX_PHRASE, translations_of

PART_WEIGHT = 0.5
"""What a part of a word weighs beside the whole."""

_LONGEST_STEMMED = 60
_VOICELESS = {"v": "f", "z": "s"}
"""How a stem ends when nothing follows: `briev` of `brieven` is `brief`, `huiz` of `huizen` is `huis`."""

_IDENTIFIER = "|".join(re.sub(r"\?P<[a-z]+>", "?:", pattern) for pattern in (PAPER_ID, ANSWERS_ID, QUESTIONS_ID))
_SPACED_NUMBER = r"[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+"
_NUMBER = r"[0-9]++(?:[.,][0-9]++)*+"
_WORD = r"[^\W_]+(?:['’\u02bc\-\u2010\u2011][^\W_]+)*"
_TOKEN = re.compile(rf"(?<![^\W_])(?:(?:{_IDENTIFIER})(?![\w-])|(?:{_SPACED_NUMBER}|{_NUMBER})(?![^\W_]))|{_WORD}", re.IGNORECASE)
_IS_NUMBER = re.compile(rf"{_SPACED_NUMBER}|{_NUMBER}")
_IS_IDENTIFIER = re.compile(_IDENTIFIER, re.IGNORECASE)
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[.,\s][0-9]{3})+")
_DECIMAL = re.compile(r"([0-9]+),([0-9]+)")
_HYPHENS = re.compile(r"[-\u2010\u2011]")
_APOSTROPHES = re.compile(r"['’\u02bc]")
_NEGATED = re.compile(r"n['’\u02bc]t$", re.IGNORECASE)
_GENITIVE = re.compile(r"['’\u02bc]s$")

_FUNCTION_WORDS: Mapping[Language, frozenset[str]] = {
    "nl": frozenset(
        """aan al alle alles als ben bent bij daar dan dat de deze die dit door dus een en er geen geweest had hadden heb hebben hebt heeft hem
        het hier hij hoe hoeveel hun ik in is ja je jij jullie kan kon konden kunnen maar me men met mij mijn moest moet moeten mag naar niet nog nu
        of om ons onze ook op over te tot toch toen u uit uw van voor waar waarom wanneer waren was wat we wel welk welke werd werden wie wij word
        wordt worden zal ze zich zij zijn zo zou zouden zullen haar iets niets iemand niemand eigenlijk zomaar even precies gaat gaan ging doet doen deed gedaan wil willen t s n""".split()
    ),
    "en": frozenset(
        """a about after again all also am an and any anything are as at be because become been before being between both but by can could did do
        does doing done during each else for from further get gets getting go goes going got had has have having he her here hers him his how i
        if in into is it its just made make makes making many may me more most much must my no nor not of on one only or other our out over own
        per put said same say says shall she should so some still such take taken takes taking than that the their them then there these they
        this those to too took under up upon us very via was we were what when where whether which while who whom whose why will with within
        without would yet you your according against already ever even now please really actually currently exactly towards toward besides
        elsewhere down off away lot thing things something nothing anyone someone everyone nobody s t ll ve re m d""".split()
    ),
}


_ASKING_WORDS: Mapping[Language, frozenset[str]] = {
    "nl": frozenset(
        """zeg zei zeiden zegt zeggen gezegd vroeg vroegen vraagt gevraagd vond vonden vindt vinden gevonden noem noemt noemde noemen genoemd vertel vertelt
        vertelde schreef schrijft staat stond weet weten graag alsjeblieft alstublieft aub""".split()
    ),
    "en": frozenset(
        """ask asked asks asking tell tells told find finds found mention mentioned mentions write writes wrote know known think thinks thought talk talked speak
        spoke please saying""".split()
    ),
}
"""Verbs of saying, asking and finding: they say what is wanted of the documents, not what stands in them. Passages are indexed with them all the same."""


@dataclass(frozen=True)
class QuestionWord:
    """A content word of a question, or a phrase that the glossary knows.

    Attributes:
        text: as typed.
        alternatives: index terms that stand for it, with their weights in (0, 1].
    """

    text: str
    alternatives: Mapping[str, float]


def terms_of(text: str) -> list[str]:
    """Return the index terms of a passage, in the order of its words."""
    return list(chain.from_iterable(_terms_of_word(token.group(), "nl") for token in _TOKEN.finditer(_composed(text))))


def question_words(question: str, language: Language) -> tuple[QuestionWord, ...]:
    """Return the content words of a question, each once, with the terms that they may have in Dutch documents; in all capitals none is told from a name."""
    question = question.lower() if question.isupper() and " " in question.strip() else question
    said = _dutch_words(question) if language == "nl" else _english_words(question)
    found = [word for word in said if word.text.casefold() not in _ASKING_WORDS[language]]
    unique: dict[tuple[str, ...], QuestionWord] = {}
    for word in found:
        if word.alternatives:
            unique.setdefault(tuple(word.alternatives), word)
    return tuple(unique.values())


def _dutch_words(question: str) -> Iterator[QuestionWord]:
    for token in _TOKEN.finditer(_composed(question)):
        yield QuestionWord(token.group(), _with_parts(_terms_of_word(token.group(), "nl")))


def _english_words(question: str) -> Iterator[QuestionWord]:
    text = _composed(question)
    tokens = list(_TOKEN.finditer(text))
    start = 0
    while start < len(tokens):
        length, translations = _longest_phrase(tokens, start)
        typed = text[tokens[start].start() : tokens[start + length - 1].end()]
        start += length
        itself = _terms_of_word(typed, "en") if length == 1 else ()
        if translations:
            yield QuestionWord(typed, _translated(itself, translations))
        else:
            yield QuestionWord(typed, _with_parts(itself))


def _longest_phrase(tokens: Sequence[re.Match[str]], start: int) -> tuple[int, tuple[str, ...]]:
    words = [_GENITIVE.sub("", token.group()).casefold().replace("’", "'") for token in tokens[start : start + MAX_PHRASE]]
    first = tokens[start].group()
    for length in range(len(words), 0, -1):
        if length == 1 and is_function_word(first, "en") and not (start and first == "May"):  # the month, within a sentence
            break
        if translations := translations_of(words[:length]):
            return length, translations
    return 1, ()


def _translated(itself: Iterable[str], translations: Sequence[str]) -> dict[str, float]:
    """The k-th translation weighs 1 / (1 + k / 2); the English word itself, which may be a loan word or a false friend, no more than a part."""
    alternatives: dict[str, float] = {}
    for k, translation in enumerate(translations):
        for term in terms_of(translation):
            alternatives.setdefault(term, 1 / (1 + k / 2))
    return dict.fromkeys(itself, PART_WEIGHT) | alternatives


def _with_parts(terms: Sequence[str]) -> dict[str, float]:
    """The last term is the whole word, those before it are its parts."""
    return dict.fromkeys(terms[-1:], 1.0) | dict.fromkeys(terms[:-1], PART_WEIGHT)


def _composed(text: str) -> str:
    """The text with one character for a letter and its accent, and without soft hyphens."""
    return unicodedata.normalize("NFC", text).replace("\u00ad", "")


@lru_cache(maxsize=2**17)  # a corpus repeats its words, and the stemmer is slow
def _terms_of_word(word: str, language: Language) -> tuple[str, ...]:
    if _IS_NUMBER.fullmatch(word):
        return (_number_term(word),)
    if _IS_IDENTIFIER.fullmatch(word):
        return (word.casefold(),)
    if is_function_word(word, language):
        return ()
    parts = _HYPHENS.split(word)
    wholes = [part for part in parts if len(part) > 1 and not is_function_word(part, language)] if len(parts) > 1 else []
    return tuple(filter(None, map(_stem, map(_fold, [*wholes, "".join(parts)]))))


def _number_term(number: str) -> str:
    if _THOUSANDS.fullmatch(number):
        return re.sub(r"[.,\s]", "", number)
    return _DECIMAL.sub(r"\1.\2", number) if number.count(",") == 1 and "." not in number else number.replace(",", ".")


def is_function_word(word: str, language: Language) -> bool:
    """Tell whether a word says nothing by itself."""
    if len(word) > 1 and word.isupper():
        return False
    if language == "en" and _NEGATED.search(word):
        return True
    return all(_fold(part) in _FUNCTION_WORDS[language] for part in ([word] if language == "nl" else _APOSTROPHES.split(word)))


def _fold(word: str) -> str:
    letters = unicodedata.normalize("NFKD", _GENITIVE.sub("", word).casefold())
    return "".join(filter(str.isalnum, _APOSTROPHES.sub("", letters)))


def _stem(word: str) -> str:
    if len(word) > _LONGEST_STEMMED or not word.isascii() or not word.isalpha():
        return word
    stem = str(DutchPorterStemmer().stemWord(word))  # a new one every time: a stemmer holds the word, and threads may ask at once
    return stem[:-1] + _VOICELESS.get(stem[-1:], stem[-1:])
