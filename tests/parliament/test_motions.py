"""Motions: who moved them, what they ask, and what became of them."""

from qa.document import Kind
from qa.parliament.metadata import read_metadata
from qa.parliament.motions import Outcome, read_motion

BODY = (
    "De Kamer,",
    "gehoord de beraadslaging,",
    "constaterende dat de brug dicht is;",
    "verzoekt de regering de brug voor 1 mei te openen,",
    "en gaat over tot de orde van de dag.",
)


def test_a_motion_says_who_moved_it_and_what_it_asks() -> None:
    motion = read_motion(
        ["Nr. 7 MOTIE VAN HET LID PROEFMAN C.S.", "Voorgesteld 3 maart 2031", *BODY, "Proefman", "Van der Proef"]
    )
    assert [person.name for person in motion.moved_by] == ["Proefman", "Van der Proef"]
    assert motion.request == "verzoekt de regering de brug voor 1 mei te openen"
    assert motion.outcome is None


def test_without_names_below_it_the_head_says_who_moved() -> None:
    heads = {
        "MOTIE VAN DE LEDEN PROEFMAN EN VAN DER PROEF": ["Proefman", "Van der Proef"],
        "12 345 Motie van de leden Proefman en Ada van der Proef\nover een brug": ["Proefman", "Ada van der Proef"],
        "12 345-6 Gewijzigde motie van het lid Proefman c.s. over een motie van de leden": ["Proefman"],
        "Motie van het lid Proefman": ["Proefman"],
    }
    assert {head: [person.name for person in read_motion([head, *BODY]).moved_by] for head in heads} == heads


def test_names_that_stand_on_one_line_are_divided_as_in_the_head() -> None:
    head = "Motie van de leden Proefman en Voorbeeld over een brug"
    signed = {
        "Proefman Voorbeeld": ["Proefman", "Voorbeeld"],  # as in the head
        "Ada Proefman": ["Ada Proefman"],
        "Proefman\nVoorbeeld": ["Proefman", "Voorbeeld"],
        "Van der Proef Voorbeeld Ada van den Toets Van Baken-Ster": [
            "Van der Proef",
            "Voorbeeld",
            "Ada van den Toets",
            "Van Baken-Ster",
        ],
        "Toets Van Proef Baken": ["Toets", "Van Proef", "Baken"],
        "Faber-van de Toets": ["Faber-van de Toets"],
    }
    assert {names: [person.name for person in read_motion([head, *BODY, names]).moved_by] for names in signed} == signed


def test_what_became_of_a_motion_is_told_only_by_its_text() -> None:
    assert read_motion([*BODY, "Proefman", "De motie is met algemene stemmen aangenomen."]).outcome is Outcome.CARRIED
    assert read_motion([*BODY, "Deze motie werd verworpen."]).outcome is Outcome.REJECTED
    assert read_motion([*BODY, "De eerste motie is aangenomen.", "De motie is verworpen."]).outcome is None


def test_a_letter_that_quotes_a_motion_is_a_letter() -> None:
    letter = ["Geachte voorzitter,", "Hierbij reageer ik op deze motie.", *BODY, "De Minister van Wegen,", "A. Proef"]
    metadata = read_metadata("\n\n".join(letter))
    assert metadata.kind is Kind.LETTER
    assert metadata.request is None


def test_a_motion_is_stored_with_what_it_asks() -> None:
    metadata = read_metadata("\n\n".join([*BODY, "Proefman"]))
    assert (metadata.kind, metadata.request) == (Kind.MOTION, "verzoekt de regering de brug voor 1 mei te openen")
