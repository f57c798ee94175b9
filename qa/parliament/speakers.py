"""Who speaks in a debate, as reports of meetings write it above their words: `Mevrouw Van Dijk (PvdA):`, `Minister Jansen:`, `De voorzitter:`."""

import re
from collections.abc import Iterator, Sequence

from qa.document import Speaker, SpeakerRole

MAX_SPEAKER = 120
MIN_TURNS = 3
"""Turns that make a report of a debate."""

_NAME = r"(?:(?:[Vv]an|[Dd]e|[Dd]en|[Dd]er|[Tt]en|[Tt]er|[Ee]l|’t|'t|in) ){0,3}[A-ZÀ-Þ][\w’'-]{0,40}(?:[ -](?:(?:van|de|den|der|el) ){0,3}[A-ZÀ-Þ][\w’'-]{0,40}){0,3}"
_SPEAKER = re.compile(
    rf"(?:(?P<chair>(?:De (?:fungerend )?|Mevrouw de )?[Vv]oorzitter)(?: ?\((?P<chair_name>[^():]{{2,60}})\))?"
    rf"|(?P<office>Minister-president|Minister-President|Minister|Staatssecretaris)(?: (?P<holder>{_NAME}))?(?: ?\((?P<ministry>[^():]{{2,80}})\))?"
    rf"|(?P<griffier>De griffier)"
    rf"|(?:De heer|Mevrouw|Het lid|Lid) (?P<member>{_NAME}) ?\((?P<party>[^():]{{1,40}})\)) ?:"
)
_ROLES = {
    "minister": SpeakerRole.MINISTER,
    "minister-president": SpeakerRole.MINISTER,
    "staatssecretaris": SpeakerRole.STATE_SECRETARY,
}


def read_speaker(paragraph: str) -> tuple[Speaker, int] | None:
    """Return who speaks, and where the words begin, if the paragraph names a speaker first; the words may follow in the next paragraph."""
    match = _SPEAKER.match(paragraph, 0, MAX_SPEAKER) if ":" in paragraph[:MAX_SPEAKER] else None
    if match is None:
        return None
    following = match.end() + len(paragraph[match.end() :]) - len(paragraph[match.end() :].lstrip())
    if match["chair"]:
        return Speaker(name=match["chair_name"] or "voorzitter", role=SpeakerRole.CHAIR), following
    if match["office"]:
        office = match["office"].lower()
        return Speaker(name=match["holder"] or office, role=_ROLES[office], affiliation=match["ministry"]), following
    if match["griffier"]:
        return Speaker(name="griffier", role=SpeakerRole.CLERK), following
    return Speaker(name=match["member"], role=SpeakerRole.MEMBER, affiliation=match["party"]), following


def is_debate(paragraphs: Sequence[str]) -> bool:
    """Return whether these are the words of several speakers, each named first."""
    speakers = [found[0] for text in paragraphs if (found := read_speaker(text))]
    return len(speakers) >= MIN_TURNS and len(set(speakers)) > 1


def speakers_of(paragraphs: Sequence[str]) -> Iterator[tuple[Speaker | None, int]]:
    """Yield for every paragraph of a debate who speaks in it, or None before the first, and where in it the words begin."""
    speaker: Speaker | None = None
    for text in paragraphs:
        found = read_speaker(text)
        if found:
            speaker = found[0]
        yield speaker, found[1] if found else 0
