from qa.understanding.parts import parts_of


def test_how_a_message_greets_and_who_signs_it_is_not_asked() -> None:
    asked = {
        "Beste Bronvraag, wat kost de dijk? Alvast hartelijk dank! Met vriendelijke groet, Jan": "wat kost de dijk?",
        "How much is it? Thanks in advance, John": "How much is it?",
        "Wat kost de dijk?\n\nMVG": "Wat kost de dijk?",
        "Wie kreeg de hartelijke groet van de minister?": "Wie kreeg de hartelijke groet van de minister?",
    }
    assert {message: " ".join(parts_of(message, "nl")) for message in asked} == asked
