"""The glossary: Dutch equivalents of English words and phrases, own work in `glossary.tsv`.

A line is a headword of one to four words, a tab, and its equivalents, the most usual first, with `|` between them. A phrase is looked up as it stands, then
with its last word, then its first word in a simpler form.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

MAX_PHRASE = 4
"""The most words that a headword has."""

_SHORTEST_STEM = 3
_ENDINGS = (("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"))
_IRREGULAR = dict(
    pair.split("=")
    for pair in """ate=eat became=become began=begin begun=begin bought=buy broke=break broken=break brought=bring built=build came=come chosen=choose
    chose=choose cut=cut dead=dead died=die drawn=draw drove=drive driven=drive drunk=drink dying=die eaten=eat fallen=fall fell=fall felt=feel
    fought=fight found=find fled=flee flew=fly flown=fly forbidden=forbid forgotten=forget gave=give given=give grew=grow grown=grow heard=hear
    held=hold hid=hide kept=keep knew=know known=know laid=lay led=lead left=leave lent=lend lives=life lost=lose lying=lie meant=mean men=man
    met=meet mice=mouse paid=pay ran=run read=read rose=rise risen=rise sank=sink sat=sit saw=see seen=see sent=send shot=shoot shown=show
    sold=sell sought=seek spent=spend spoke=speak spoken=speak stolen=steal stole=steal stood=stand struck=strike taught=teach thought=think
    threw=throw thrown=throw told=tell understood=understand went=go withdrawn=withdraw withdrew=withdraw wolves=wolf women=woman won=win
    worn=wear written=write wrote=write knives=knife thieves=thief wives=wife geese=goose bred=breed overcame=overcome undertaken=undertake
    arisen=arise arose=arise borne=bear chosen=choose dealt=deal fed=feed hung=hang slept=sleep swept=sweep tying=tie sunk=sink""".split()
)


def translations_of(words: Sequence[str]) -> tuple[str, ...]:
    """Return the Dutch equivalents of an English word or phrase, lower-cased, the most usual first; none if the glossary has no such headword."""
    entries = glossary_entries()
    for phrase in _phrases(words):
        if translations := entries.get(phrase):
            return translations
    return ()


def _phrases(words: Sequence[str]) -> Iterator[str]:
    *firsts, last = words
    for form in _forms(last):
        yield " ".join([*firsts, form])
    if firsts:
        for form in _forms(words[0]):
            yield " ".join([form, *words[1:]])


def _forms(word: str) -> Iterator[str]:
    """The word itself, then what it may be a plural, a past tense or a participle of."""
    yield word
    if word in _IRREGULAR:
        yield _IRREGULAR[word]
    for ending, replacement in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < _SHORTEST_STEM:
            continue
        yield stem + replacement
        if ending in {"ed", "ing"} and stem[-1] == stem[-2]:  # planned, cutting
            yield stem[:-1]


@cache
def glossary_entries() -> dict[str, tuple[str, ...]]:
    """Return every English headword, lower-cased, with its Dutch equivalents, the most usual first."""
    lines = files("qa.text").joinpath("glossary.tsv").read_text(encoding="utf-8").splitlines()
    return {english: tuple(dutch.split("|")) for english, dutch in (line.split("\t") for line in lines)}


def is_usual(word: str) -> bool:
    """Tell whether a word, or what is left of it without its ending, is one of the glossary's, in either language: people use it about policy."""
    word = word.casefold()
    return any(word.removesuffix(ending) in _usual_words() for ending in ("", "en", "n", "s", "e"))


@cache
def _usual_words() -> frozenset[str]:
    return frozenset(
        word
        for english, dutch in glossary_entries().items()
        for phrase in (english, *dutch)
        for word in phrase.casefold().split()
    )
