import pytest

from qa.document import Document, Kind, Metadata
from qa.metadata import MAX_TITLE, read_metadata

ASKED = (
    "Vragen van het lid Van Haga (Groep van Haga) aan de Staatssecretaris van Justitie en Veiligheid "
    "over het IMRF (ingezonden 12 mei 2022)."
)
ANSWERED = "Antwoord van Staatssecretaris Van der Burg (Justitie en Veiligheid) (ontvangen 16 mei 2022)."
PAIR = ("Vraag 1", "Klopt dat?", "Antwoord 1", "Ja.")
LETTER = "Met deze brief informeer ik uw Kamer over de inzet voor het IMRF. Meer volgt."
SIGNED = "De Staatssecretaris van Justitie en Veiligheid, E. van der Burg"


def metadata(*paragraphs: str, heading: str | None = None, furniture: tuple[str, ...] = ()) -> Metadata:
    return read_metadata("\n\n".join(paragraphs), heading=heading, furniture=furniture)


@pytest.mark.parametrize(
    ("paragraphs", "kind"),
    [
        ((ASKED, ANSWERED, *PAIR), Kind.ANSWERS),
        (PAIR, Kind.ANSWERS),
        ((ASKED, "Vraag 1", "Klopt dat?", "Mededeling", "Uitstel."), Kind.NOTICE),
        ((LETTER, SIGNED), Kind.LETTER),
        (("Geachte voorzitter,", "Het kabinet.", SIGNED), Kind.LETTER),
        (("Hierbij stuur ik u de Staat van Migratie.", "De Minister van Asiel en Migratie,", "M. Faber"), Kind.LETTER),
        ((LETTER,), Kind.OTHER),
        (("Het kabinet.", SIGNED), Kind.OTHER),
        (("Een nieuwsbericht.",), Kind.OTHER),
    ],
)
def test_kind_is_read_from_the_text(paragraphs: tuple[str, ...], kind: Kind) -> None:
    assert metadata(*paragraphs).kind is kind


def test_the_title_of_a_set_is_who_asked_about_what() -> None:
    assert metadata(ASKED, ANSWERED, *PAIR).title == "Vragen van het lid Van Haga (Groep van Haga) over het IMRF"


def test_the_title_of_a_set_by_several_members_names_them() -> None:
    asked = "Vragen van de leden Piri en Sjoerdsma aan de Minister van Buitenlandse Zaken over Iran (ingezonden 3 mei 2022)."
    assert metadata(asked, *PAIR).title == "Vragen van de leden Piri en Sjoerdsma over Iran"


def test_the_title_of_a_letter_is_its_subject() -> None:
    assert metadata(LETTER, SIGNED).title == "Kamerbrief over de inzet voor het IMRF"


def test_the_title_of_another_text_is_its_first_paragraph() -> None:
    assert metadata("Een nieuwsbericht.", "De rest.").title == "Een nieuwsbericht."


def test_a_heading_of_the_format_is_the_title() -> None:
    assert metadata(LETTER, SIGNED, heading="Staat van Migratie").title == "Staat van Migratie"


def test_a_long_title_is_shortened_at_a_word() -> None:
    title = metadata("woord " * 40).title
    assert (title.endswith("woord …"), len(title) <= MAX_TITLE + 2) == (True, True)


@pytest.mark.parametrize(
    ("line", "official_id"),
    [
        ("ah-tk-20232024-1481", "ah-tk-20232024-1481"),
        ("kv-tk-2021Z03234", "kv-tk-2021Z03234"),
        ("kst-30573-153", "kst-30573-153"),
        ("kst-31444-XVI-6", "kst-31444-XVI-6"),
        ("kst-33569-A", "kst-33569-A"),
        ("ISSN 0921 - 7398", None),
        ("Tweede Kamer, vergaderjaar 2023-2024, Aanhangsel 3", None),
    ],
)
def test_an_identifier_is_read_from_the_furniture(line: str, official_id: str | None) -> None:
    assert metadata("Tekst.", furniture=(line, line)).official_id == official_id


def test_of_two_different_identifiers_none_is_chosen() -> None:
    assert metadata("Tekst.", furniture=("kst-30573-153", "kst-30573-154")).official_id is None


def test_an_identifier_in_the_text_is_another_documents() -> None:
    assert metadata("Zie kst-30573-153.").official_id is None


def test_a_set_has_the_date_on_which_the_answer_was_received() -> None:
    assert metadata(ASKED, ANSWERED, *PAIR).date == "2022-05-16"


@pytest.mark.parametrize(
    "line",
    [
        "Den Haag, 16 mei 2022",
        "'s-Gravenhage, 16 mei 2022",
        "’s-Gravenhage, 16 mei 2022",
        "Datum: 16 mei 2022",
        "Datum 16 mei 2022",
    ],
)
def test_a_letter_has_the_date_of_its_letterhead(line: str) -> None:
    assert metadata(line, LETTER, SIGNED).date == "2022-05-16"


@pytest.mark.parametrize(
    "line", ["Op 19 december 2018 is het GCM aangenomen.", "Den Haag, 31 juni 2022", "Den Haag, 16 Mai 2022"]
)
def test_another_date_or_one_that_does_not_exist_is_none(line: str) -> None:
    assert metadata(line, LETTER, SIGNED).date is None


def test_the_letter_of_the_seeds_states_no_date(letter: Document) -> None:
    assert (letter.metadata.kind, letter.metadata.date, letter.metadata.official_id) == (Kind.LETTER, None, None)


def test_the_answers_of_the_seeds_were_received_on_16_may(answers: Document) -> None:
    assert (answers.metadata.kind, answers.metadata.date, answers.metadata.official_id) == (Kind.ANSWERS, "2022-05-16", None)


def test_the_answers_of_the_seeds_have_their_subject_as_title(answers: Document) -> None:
    assert answers.metadata.title.startswith("Vragen van het lid Van Haga (Groep van Haga) over het International Migration")


def test_the_letter_of_the_seeds_has_its_subject_as_title(letter: Document) -> None:
    assert letter.metadata.title.startswith("Kamerbrief over de inzet voor en deelname van het Kabinet aan het International")
