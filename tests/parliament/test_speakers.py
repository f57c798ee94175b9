"""Who speaks in a debate."""

import pytest

from qa.document import Speaker, SpeakerRole
from qa.parliament.speakers import is_debate, read_speaker


@pytest.mark.parametrize(
    ("line", "speaker", "words"),
    [
        ("Mevrouw Proefvrouw (D66):", Speaker(name="Proefvrouw", role=SpeakerRole.MEMBER, affiliation="D66"), ""),
        (
            "De heer Van der Proef (GroenLinks-PvdA): Dank u wel.",
            Speaker(name="Van der Proef", role=SpeakerRole.MEMBER, affiliation="GroenLinks-PvdA"),
            "Dank u wel.",
        ),
        ("Minister Proefman:", Speaker(name="Proefman", role=SpeakerRole.MINISTER), ""),
        ("Staatssecretaris De Proef: Nee.", Speaker(name="De Proef", role=SpeakerRole.STATE_SECRETARY), "Nee."),
        ("De voorzitter: Het woord is aan u.", Speaker(name="voorzitter", role=SpeakerRole.CHAIR), "Het woord is aan u."),
        ("De Minister zegt: dat kan.", None, ""),
        ("Mevrouw Proefvrouw (D66) vraagt:", None, ""),
        ("De heer Proefman vroeg hoe laat het was: drie uur.", None, ""),
    ],
)
def test_a_speaker_is_read_from_the_line_above_the_words(line: str, speaker: Speaker | None, words: str) -> None:
    found = read_speaker(line)
    assert (found[0] if found else None) == speaker
    assert line[found[1] :] == words if found else not words


def test_three_turns_of_two_speakers_make_a_debate() -> None:
    turns = ["De voorzitter:", "Mevrouw Proef (D66):", "De voorzitter:"]
    assert is_debate(turns)
    assert not is_debate(turns[:2])
    assert not is_debate(turns[:1] * 3)
