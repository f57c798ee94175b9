from time import process_time

import pytest

from qa.document import Document, Kind, Metadata, Person
from qa.parliament.metadata import MAX_TITLE, read_metadata

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
        (("Mededeling van Minister De Jonge.", "Mededeling", "Uitstel."), Kind.NOTICE),
        (("35 165 Verkiezingen", "Nr. 46 BRIEF VAN DE MINISTER VAN BINNENLANDSE ZAKEN EN KONINKRIJKSRELATIES"), Kind.LETTER),
        (("34 700 Kabinetsformatie 2017", "Nr. 19 BRIEF VAN DE INFORMATEUR"), Kind.OTHER),
        (("31 235 Leren", "Nr. 5 GEWIJZIGDE MOTIE VAN HET LID BOOMSMA C.S."), Kind.MOTION),
        (("De Kamer,", "gehoord de beraadslaging,", "en gaat over tot de orde van de dag."), Kind.MOTION),
        (("35 510 Ondervraging", "Nr. 130 VERSLAG VAN EEN SCHRIFTELIJK OVERLEG"), Kind.REPORT),
        (("Nr. 12", "VERSLAG VAN EEN WETGEVINGSOVERLEG"), Kind.REPORT),
        (("In het verslag staat veel over een motie van de Kamer.",), Kind.OTHER),
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
    title = metadata("woord " * 100).title
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


def intro(text: str, *, furniture: tuple[str, ...] = ()) -> Metadata:
    return metadata(text, *PAIR, furniture=furniture)


def people(*pairs: tuple[str, str | None]) -> tuple[Person, ...]:
    return tuple(Person(name=name, affiliation=affiliation) for name, affiliation in pairs)


@pytest.mark.parametrize(
    ("asked", "members"),
    [
        ("Vragen van het lid Van Haga (Groep van Haga) aan de", [("Van Haga", "Groep van Haga")]),
        (
            "Vragen van de leden Koekkoek (Volt), Van der Plas (BBB) en Omtzigt (NSC) aan de",
            [("Koekkoek", "Volt"), ("Van der Plas", "BBB"), ("Omtzigt", "NSC")],
        ),
        (
            "Vragen van de leden Mutluer (GroenLinks-PvdA) en Kostić (PvdD) aan de",
            [("Mutluer", "GroenLinks-PvdA"), ("Kostić", "PvdD")],
        ),
        ("Vragen van het lid Faber-van de Klashorst(PVV) aan de", [("Faber-van de Klashorst", "PVV")]),
        ("Vragen van het lid Inge vanDijk (CDA) aan de", [("Inge van Dijk", "CDA")]),
        (
            "Vragen van de leden Bouchallikh, Bromet en Kröger (allen GroenLinks) aan de",
            [("Bouchallikh", "GroenLinks"), ("Bromet", "GroenLinks"), ("Kröger", "GroenLinks")],
        ),
        ("Vragen van de leden Piri en Sjoerdsma aan de", [("Piri", None), ("Sjoerdsma", None)]),
        ("Vragen van de leden Piri en Sjoerdsma (D66) aan de", [("Piri", None), ("Sjoerdsma", "D66")]),
        ("1076 Vragen van het lid Van Haga (Groep Van Haga) aan de", [("Van Haga", "Groep Van Haga")]),
        ("Antwoord op vragen van het lid Simons c.s. over de", [("Simons", None)]),
        ("Vragen van het lid Kosti\u0063\u0301 (PvdD) aan de", [("Kostić", "PvdD")]),
        ("Vragen gesteld door de leden der Kamer, met de daarop door de regering gegeven antwoorden", []),
    ],
)
def test_those_who_ask_are_read_with_their_parties(asked: str, members: list[tuple[str, str | None]]) -> None:
    assert intro(f"{asked} Minister van Financiën over geld (ingezonden 12 mei 2022).").asked_by == people(*members)


@pytest.mark.parametrize(
    ("answered", "members"),
    [
        ("Antwoord van Staatssecretaris Van der Burg (Justitie en Veiligheid)", [("Van der Burg", "Justitie en Veiligheid")]),
        (
            "Mededeling van Minister De Jonge (Binnenlandse Zaken en Koninkrijksrelaties)",
            [("De Jonge", "Binnenlandse Zaken en Koninkrijksrelaties")],
        ),
        (
            "Antwoord van Minister Bruins Slot (BZ) van Minister Schreinemacher (Buitenlandse Handel en Ontwikkelingssamenwerking)",
            [("Bruins Slot", "BZ"), ("Schreinemacher", "Buitenlandse Handel en Ontwikkelingssamenwerking")],
        ),
        (
            "Antwoord van Minister Helder (Volksgezondheid, Welzijn en Sport) en Staatssecretaris Van Ooijen (VWS)",
            [("Helder", "Volksgezondheid, Welzijn en Sport"), ("Van Ooijen", "VWS")],
        ),
        ("Antwoord van Minister-President Rutte (Algemene Zaken)", [("Rutte", "Algemene Zaken")]),
        (
            "Antwoord van Minister Yeşilgöz-Zegerius (Justitie en Veiligheid), mede namens de Minister voor Rechtsbescherming",
            [("Yeşilgöz-Zegerius", "Justitie en Veiligheid")],
        ),
    ],
)
def test_those_who_answer_are_read_with_their_ministries(answered: str, members: list[tuple[str, str | None]]) -> None:
    assert intro(f"{ASKED}\n\n{answered} (ontvangen 16 mei 2022).").answered_by == people(*members)


@pytest.mark.parametrize(
    ("on_behalf", "holders"),
    [
        ("de Minister voor Rechtsbescherming", ("Minister voor Rechtsbescherming",)),
        (
            "de Ministers van Buitenlandse Zaken en voor Buitenlandse Handel en Ontwikkelingssamenwerking",
            ("Minister van Buitenlandse Zaken", "Minister voor Buitenlandse Handel en Ontwikkelingssamenwerking"),
        ),
        (
            "de Staatssecretarissen van Volksgezondheid, Welzijn en Sport en van Justitie en Veiligheid",
            ("Staatssecretaris van Volksgezondheid, Welzijn en Sport", "Staatssecretaris van Justitie en Veiligheid"),
        ),
        (
            "de Ministers voor Volkshuisvesting en Ruimtelijke Ordening, van Landbouw, Natuur en Voedselkwaliteit en voor Armoedebeleid, Participatie en Pensioenen en de Staatssecretaris van Volksgezondheid, Welzijn en Sport",
            (
                "Minister voor Volkshuisvesting en Ruimtelijke Ordening",
                "Minister van Landbouw, Natuur en Voedselkwaliteit",
                "Minister voor Armoedebeleid, Participatie en Pensioenen",
                "Staatssecretaris van Volksgezondheid, Welzijn en Sport",
            ),
        ),
    ],
)
def test_those_in_whose_name_too_an_answer_is_given_are_read(on_behalf: str, holders: tuple[str, ...]) -> None:
    answered = f"Antwoord van Minister Adema (Landbouw), mede namens {on_behalf} (ontvangen 16 mei 2022)."
    assert intro(f"{ASKED}\n\n{answered}").on_behalf_of == holders


def test_those_in_whose_name_too_a_letter_is_written_are_read(letter: Document) -> None:
    assert letter.metadata.on_behalf_of == (
        "Minister van Buitenlandse Zaken",
        "Minister voor Buitenlandse Handel en Ontwikkelingssamenwerking",
    )


def test_in_whose_name_another_acted_is_not_the_letters() -> None:
    other = "De minister heeft mede namens de Minister van Financiën geantwoord."
    assert metadata(LETTER, other, SIGNED).on_behalf_of == ()


@pytest.mark.parametrize(
    ("signature", "members"),
    [
        ((SIGNED,), [("E. van der Burg", "Justitie en Veiligheid")]),
        (("De Minister van Asiel en Migratie,", "M. Faber"), [("M. Faber", "Asiel en Migratie")]),
        (
            ("De Staatssecretaris van Veiligheid en Justitie, K.H.D.M. Dijkhoff",),
            [("K.H.D.M. Dijkhoff", "Veiligheid en Justitie")],
        ),
        (("De Minister van Justitie en Veiligheid, D. Yeşilgöz-Zegerius",), [("D. Yeşilgöz-Zegerius", "Justitie en Veiligheid")]),
        (
            (
                "De Minister van Justitie en Veiligheid, D.M. van Weel",
                "De Staatssecretaris van Justitie en Veiligheid, T.H.D. Struycken",
            ),
            [("D.M. van Weel", "Justitie en Veiligheid"), ("T.H.D. Struycken", "Justitie en Veiligheid")],
        ),
        (("De Minister van Asiel en Migratie,", "Bijlage 1 gaat hierover."), []),
    ],
)
def test_those_who_sign_a_letter_are_read(signature: tuple[str, ...], members: list[tuple[str, str | None]]) -> None:
    assert metadata("Geachte voorzitter,", "Het kabinet.", *signature).answered_by == people(*members)


def test_the_questions_of_the_seeds_were_sent_in_on_12_may(answers: Document) -> None:
    assert answers.metadata.sent == "2022-05-12"


def test_the_seeds_say_who_asks_and_who_answers(answers: Document, letter: Document) -> None:
    found = (answers.metadata.asked_by, answers.metadata.answered_by, letter.metadata.answered_by)
    ministry = "Justitie en Veiligheid"
    assert found == (
        people(("Van Haga", "Groep van Haga")),
        people(("Van der Burg", ministry)),
        people(("E. van der Burg", ministry)),
    )


@pytest.mark.parametrize(
    ("received", "date"),
    [
        ("(ontvangen (ontvangen 7 juni 2024)", "2024-06-07"),
        ("(ontvangen 11 april 2024). Zie ook Aanhangsel Handelingen, vergaderjaar 2023–2024, nr. 1137.", "2024-04-11"),
        ("(ontvangen 31 juni 2024)", None),
        ("(ontvangen 29 februari 2023)", None),
        ("(ontvangen 29 februari 2024)", "2024-02-29"),
    ],
)
def test_the_date_of_receipt_is_read(received: str, date: str | None) -> None:
    assert intro(f"{ASKED} Antwoord van Minister De Jonge (BZK) {received}").date == date


def test_a_date_of_receipt_in_an_answer_is_another_documents() -> None:
    assert metadata(ASKED, *PAIR, "Zie mijn antwoord (ontvangen 3 juni 2020).").date is None


@pytest.mark.parametrize("furniture", [("Datum 29 april 2022",), ("Datum", "29 april 2022"), ("Den Haag, 29 april 2022",)])
def test_a_date_in_the_letterhead_is_the_letters(furniture: tuple[str, ...]) -> None:
    assert metadata(LETTER, SIGNED, furniture=furniture).date == "2022-04-29"


def test_a_subject_in_the_letterhead_is_the_title() -> None:
    assert metadata(LETTER, SIGNED, furniture=("Betreft", "Inzet IMRF")).title == "Inzet IMRF"


def test_a_salutation_is_no_title() -> None:
    assert metadata("Geachte voorzitter,", LETTER, SIGNED).title == "Kamerbrief over de inzet voor het IMRF"


def test_an_empty_heading_is_no_title() -> None:
    assert metadata(LETTER, SIGNED, heading=" " * 200).title == "Kamerbrief over de inzet voor het IMRF"


@pytest.mark.parametrize(
    ("furniture", "paper"),
    [
        (("ah-tk-20232024-1481",), ("2023-2024", None, "1481")),
        (("kst-30573-153",), (None, "30573", "153")),
        (("kst-36410-IV-15", "Vergaderjaar 2023–2024"), ("2023-2024", "36410-IV", "15")),
        (("kst-33569-A", "Eerste Kamer, vergaderjaar 2014–2015, 33 569, A"), ("2014-2015", "33569", "A")),
        (("Tweede Kamer, vergaderjaar 2021–2022, 30 573, nr. 185 3",), ("2021-2022", "30573", "185")),
        (("36 410 IV Nr. 15",), (None, "36410-IV", "15")),
        (("Kamerstuk 30 573, nr. 153",), (None, "30573", "153")),
        (("30 573, nr. 153", "30 573, nr. 168"), (None, None, None)),
        (("Tweede Kamer, vergaderjaar 2023–2034, Aanhangsel 3",), (None, None, None)),
        (("kv-tk-2021Z03234",), (None, None, "2021Z03234")),
    ],
)
def test_session_dossier_and_number_are_read_from_the_furniture(
    furniture: tuple[str, ...], paper: tuple[str | None, ...]
) -> None:
    found = metadata("Tekst.", furniture=furniture)
    assert (found.session, found.dossier, found.number) == paper


def test_dossier_and_number_are_read_from_the_lines_above_a_letter() -> None:
    found = metadata(
        "35 165 Verkiezingen", "Nr. 46 BRIEF VAN DE MINISTER VAN BINNENLANDSE ZAKEN", "Den Haag, 21 februari 2022", SIGNED
    )
    assert (found.dossier, found.number, found.date) == ("35165", "46", "2022-02-21")


def test_the_letters_of_a_paper_of_the_senate_are_its_number() -> None:
    title = "35 261 Wijziging van de Algemene wet bestuursrecht in verband met de herziening van afdeling 2.3 van die wet"
    found = metadata(title, "B VOORLOPIG VERSLAG VAN DE VASTE COMMISSIE VOOR BINNENLANDSE ZAKEN", "Vastgesteld 21 juni 2022")
    assert (found.dossier, found.number, found.kind, found.date) == ("35261", "B", Kind.REPORT, "2022-06-21")


def test_a_paper_that_a_text_mentions_is_another_documents() -> None:
    found = metadata(LETTER, "Zie Kamerstuk 30 573, nr. 153.", "Kamerstuk 30 573, nr. 168", SIGNED)
    assert (found.official_id, found.dossier, found.number, found.session) == (None, None, None, None)


def test_an_identifier_that_the_format_carries_is_taken() -> None:
    found = read_metadata("Tekst.", official_id="ah-tk-20232024-878")
    assert (found.official_id, found.session, found.number) == ("ah-tk-20232024-878", "2023-2024", "878")


def test_what_a_format_carries_but_is_no_identifier_is_left_out() -> None:
    assert read_metadata("Tekst.", official_id="document 3").official_id is None


@pytest.mark.parametrize(
    "unit",
    ["Vragen van het lid A ", "Mede namens ik ", "A en ", "De Minister van A, ", "(ontvangen ", "BRIEF VAN DE ", " ", "\n\n"],
)
def test_the_time_grows_no_faster_than_the_text(unit: str) -> None:
    assert _seconds(unit, 100_000) < 10 * _seconds(unit, 25_000) + 0.1  # linear: 4 times; quadratic: 16 times


def _seconds(unit: str, length: int) -> float:
    text = unit * (length // len(unit)) + "\n\nAntwoord 1\n\nJa."
    start = process_time()
    read_metadata(text, heading=text, furniture=(text,))
    return process_time() - start


@pytest.mark.parametrize(
    "opening",
    [
        "Antwoorden van de minister van Wegen en Water op Kamervragen van het lid Proefman (ABC) over bruggen.",
        "Antwoorden van de minister van Wegen en Water op de vragen van het lid Proefman (ABC) over bruggen.",
        "Beantwoording door de minister van Wegen en Water van de schriftelijke vragen van het lid Proefman (ABC).",
    ],
)
def test_an_opening_without_the_ministers_name_leaves_it_to_the_signature(opening: str) -> None:
    signature = ("De minister van Wegen en Water", "drs. A.B. Proef-van der Wal")
    metadata = read_metadata("\n\n".join([*signature, opening, "Vraag 1", "Is de brug open?", "Antwoord op vraag 1", "Ja."]))
    assert metadata.answered_by == (Person(name="A.B. Proef-van der Wal", affiliation="Wegen en Water"),)


@pytest.mark.parametrize(
    ("signed", "name"),
    [
        ("dr. R.H.A. Proef", "R.H.A. Proef"),
        ("mr. drs. J.C. Proef MSc", "J.C. Proef"),
        ("prof. dr. R.H. van den Proef", "R.H. van den Proef"),
        ("A.B. van der Wal-Proef", "A.B. van der Wal-Proef"),
        ("É. Ó Proef", "É. Ó Proef"),
        ("Anna Proef-de Wal", "Anna Proef-de Wal"),
    ],
)
def test_a_signature_is_read_without_titles(signed: str, name: str) -> None:
    letter = ("Geachte voorzitter,", "Met deze brief informeer ik u.", "De Minister van Wegen,", signed)
    assert read_metadata("\n\n".join(letter)).answered_by == (Person(name=name, affiliation="Wegen"),)


@pytest.mark.parametrize(
    ("paragraphs", "title", "kind"),
    [
        (
            (
                "Den Haag, 3 april 2031",
                "Commissie: vaste commissie voor Wegen",
                "Document: Besluitenlijst van de vergadering van 2 april",
            ),
            "Besluitenlijst van de vergadering van 2 april",
            Kind.DECISIONS,
        ),
        (
            ("Utrecht, 3 april 2031", "Agenda voor de vergadering van 2 april", "1. Opening"),
            "Agenda voor de vergadering van 2 april",
            Kind.AGENDA,
        ),
        (
            ("'s-Gravenhage, 3 april 2031", "Fiche 2: Verordening bruggen", "1. Algemeen"),
            "Fiche 2: Verordening bruggen",
            Kind.FICHE,
        ),
        (("Onderwerp: Nota Bruggen en Sluizen", "De bruggen worden oud."), "Nota Bruggen en Sluizen", Kind.POLICY),
        (
            ("Veelgestelde vragen over bruggen", "Vraag", "Wat is een brug?", "Antwoord", "Een weg."),
            "Veelgestelde vragen over bruggen",
            Kind.FAQ,
        ),
        (("Eindrapport bruggen", "De bruggen worden oud."), "Eindrapport bruggen", Kind.STUDY),
        (
            ("Wet van 3 april 2031 tot wijziging van de Bruggenwet", "Artikel 1", "Er zijn bruggen."),
            "Wet van 3 april 2031 tot wijziging van de Bruggenwet",
            Kind.LAW,
        ),
        (("Iets", "Artikel 1", "Er zijn bruggen.", "Artikel 2", "En sluizen.", "Artikel 3", "Dit is alles."), "Iets", Kind.LAW),
        (("De agenda is vol", "Er is een strategie nodig."), "De agenda is vol", Kind.OTHER),
    ],
)
def test_what_a_document_calls_itself_is_its_title_and_kind(paragraphs: tuple[str, ...], title: str, kind: Kind) -> None:
    metadata = read_metadata("\n\n".join(paragraphs))
    assert (metadata.title, metadata.kind) == (title, kind)


def test_a_letterhead_says_the_letters_reference_sender_and_addressee() -> None:
    furniture = (
        "Ministerie van Wegen en Water",
        "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal",
        "Postbus 20018",
        "Ons kenmerk",
        "IENW/BSK-2031/44",
    )
    metadata = read_metadata("Geachte voorzitter,\n\nHierbij stuur ik u een brief.", furniture=furniture)
    assert (metadata.reference, metadata.sender) == ("IENW/BSK-2031/44", "Ministerie van Wegen en Water")
    assert metadata.addressee == "de Voorzitter van de Tweede Kamer der Staten-Generaal"
