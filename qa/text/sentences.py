"""Sentences of Dutch and English prose, as spans. None reaches over an empty line: an item of a list and the row of a table end there.

A full stop ends a sentence when white space and a capital, digit, quotation mark or bracket follow, unless it belongs to an abbreviation, an
initial or a number. Abbreviations that often close a sentence (`jl.`, `etc.`) end it when a capital follows.
"""

import re
from collections.abc import Iterator

LONGEST_ABBREVIATION = 20
"""Characters before a full stop that are looked at."""

_GAP = re.compile(r"\n\s*\n")
_END = re.compile(r"[.?!…]+[»”’\"')\]]*(?=\s)")
_NEXT = re.compile(r"\s+[«“‘\"'(\[]*(?P<character>.)")
_LAST_WORD = re.compile(r"[^\s(«“‘\"'\[]+$")
_ABBREVIATIONS = frozenset(
    """
    aanh afd art artt bijv blz ca cf cie dd dhr dir dr drs ds evt excl fig gem incl ing inz ir jhr jr kst max mevr min mln mld mr mrs ms nl nr nrs
    p pag par plm prof red resp sec sr st stb stcrt vgl vol vs zgn
    a.d a.h.v a.u.b d.d d.m.v d.w.z e.g e.v f.d i.c i.c.m i.d i.e i.g.v i.h.a i.h.b i.h.k.v i.p.v i.s.m i.t.t i.v.m m.a.w m.b.t m.b.v m.i m.i.v
    m.m.v m.n m.u.v n.a.v o.a o.b.v o.g o.g.v o.i.d o.l.v r.k t.a.v t.b.v t.g.v t.o.v t.w u.k v.a z.g
    """.split()
)
_MAY_END = frozenset("a.i b.v B.V c.a c.q c.s e.a e.d e.e.a enz etc i.o jl m.m n.Chr n.v N.V u.s U.S v.Chr vlg".split())
_INITIALS = re.compile(r"[A-Z](?:\.[A-Z])*|IJ|Chr|Th|Ph")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return the span of every sentence of `text`, in order, without the white space between them."""
    return [span for start, end in _paragraph_spans(text) for span in _spans_within(text, start, end)]


def _paragraph_spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _GAP.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _spans_within(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences of a paragraph."""
    start += len(text[start:end]) - len(text[start:end].lstrip())
    for match in _END.finditer(text, start, end):
        following = _NEXT.match(text, match.end(), end)
        if following and _ends_sentence(text, start, match, following["character"]):
            yield start, match.end()
            start = following.end() - len(following.group().lstrip())
    end = start + len(text[start:end].rstrip())
    if end > start:
        yield start, end


def _ends_sentence(text: str, start: int, end: re.Match[str], following: str) -> bool:
    if following.islower():
        return False
    if not end.group().startswith(".") or end.group().startswith(".."):
        return True
    word = _LAST_WORD.search(text, max(start, end.start() - LONGEST_ABBREVIATION), end.start())
    if word is None:
        return True
    if word.group().lower() in _ABBREVIATIONS:
        return False
    if word.group() in _MAY_END:
        return following.isupper()
    return not _INITIALS.fullmatch(word.group())
