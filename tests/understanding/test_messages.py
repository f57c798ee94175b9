"""Messages of every kind, written for these tests; those that the project is measured by are others."""

import json
from pathlib import Path

from qa.answer import Language, MessageKind
from qa.text.language import language_of
from qa.text.other_languages import is_other_language
from qa.understanding.messages import asks_something, message_kind
from qa.understanding.parts import parts_of, years_in
from qa.understanding.tasks import names_subject, subject_of

SETS = Path(__file__).parents[2] / "seeds"

MESSAGES: dict[MessageKind, tuple[str, ...]] = {
    MessageKind.GREETING: ("hoi", "Goedemorgen!", "hallooo", "geodemorgen", "hi there", "goede middag bronvraag", "Good evening"),
    MessageKind.THANKS: ("dank je wel", "bedankt voor het antwoord", "thanks a lot", "hartelijk dank", "thank you very much!"),
    MessageKind.GOODBYE: ("tot ziens", "doei", "bye", "fijne dag nog", "see you later"),
    MessageKind.HELP: (
        "help",
        "wat kan je allemaal?",
        "hoe werkt dit",
        "what can you do?",
        "wie ben jij",
        "how does this work?",
        "?",
    ),
    MessageKind.LIBRARY: (
        "welke documenten zijn er",
        "How many documents are there?",
        "hoeveel brieven heb je",
        "nieuwste brief",
        "which ministers are in the library?",
        "lijst van alle documenten",
        "alle vragen van lid De Vries over fietspaden",
        "hoevel documeten zijn er",
    ),
    MessageKind.SUMMARISE: ("vat dit samen", "Can you summarise the letter?", "schrijf een brief over fietspaden"),
    MessageKind.TRANSLATE: ("vertaal dit naar het Engels", "translate the answer please", "kun je dat vertalen"),
    MessageKind.OPINION: ("wat vind jij van fietspaden?", "what do you think of the cabinet?", "op wie moet ik stemmen"),
    MessageKind.SMALL_TALK: ("hoe gaat het", "haha", "are you a robot"),
    MessageKind.CONTENT: (
        "hallo, hoeveel fietspaden zijn er in het noorden?",
        "bedankt, en wie betaalt de dijken?",
        "Wat vindt de VVD hiervan?",
        "Wat zei minister Hermans over waterstof?",
        "hoeveel documenten zijn vernietigd bij de brand",
        "wie stelde de vragen",
        "wanneer is de brief gestuurd",
        "help voor slachtoffers van mensenhandel",
        "welke documenten hebben vreemdelingen nodig",
        "is de motie vertaald",
        "JEUGDZORG WACHTTIJDEN",
        "De dijken zijn in 2021 versterkt.",
    ),
}


def test_a_message_is_of_the_kind_that_all_its_words_say() -> None:
    for kind, messages in MESSAGES.items():
        for message in messages:
            languages: tuple[Language, ...] = ("nl", "en")
            for language in languages:
                assert message_kind(message, language) is kind, (message, language)


def test_no_question_about_content_of_the_measuring_sets_is_taken_for_another_kind() -> None:
    files = ("questions.jsonl", "measuring/tune.jsonl", "measuring/report.jsonl", "measuring/other.jsonl")
    lines = [line for name in files for line in (SETS / name).read_text(encoding="utf-8").splitlines()]
    mistaken = [
        asked["question"]
        for asked in map(json.loads, lines)
        if message_kind(asked["question"], asked["language"], has_history=bool(asked["history"])) is not MessageKind.CONTENT
        or is_other_language(asked["question"])
    ]
    assert (len(lines) > 900, mistaken) == (True, [])


def test_a_task_says_what_it_is_about_or_only_itself() -> None:
    for task in ("vertaal dit naar het Engels", "kort samengevat graag", "give me the key points", "what is your opinion?"):
        assert not names_subject(task, language_of(task)), task
    for task in ("vertaal de brief over dijken", "summarise the letter on cycle paths", "ben je voor kernenergie"):
        assert names_subject(task, language_of(task)), task
    assert subject_of("Vertaal het antwoord over Jemen naar het Engels", "nl") == "Jemen"
    assert subject_of("What do you think about the asylum policy of the cabinet?", "en") == "asylum policy of the cabinet"


def test_a_courtesy_with_a_question_or_a_number_in_it_asks_something() -> None:
    assert all(map(asks_something, ("bedankt, en wie betaalt dat", "thanks! and 2017")))
    assert not any(map(asks_something, ("heel erg bedankt", "ik ga naar huis")))


def test_other_languages_are_told_by_their_function_words() -> None:
    for text in (
        "Combien d'étrangers sont dans le pays ?",
        "Wie viele Menschen sind ohne Papiere in dem Land?",
        "¿Cuántas personas hay en el país?",
        "Wieviele Ausländer leben in den Niederlanden?",
    ):
        assert is_other_language(text), text
    for text in ("Wat is de rol van de Raad van State?", "Who is der Minister?", "le document", "Wat zei Özdenak in de Kamer?"):
        assert not is_other_language(text), text


def test_two_questions_in_one_message_are_two_parts() -> None:
    assert (
        parts_of("Hoeveel fietspaden zijn er en wie betaalt de dijken?", "nl")
        == (
            "Hoeveel fietspaden zijn er",
            "wie betaalt de dijken?",
        )
        or len(parts_of("Hoeveel fietspaden liggen er en welke provincies betalen de dijken?", "nl")) == 2
    )
    assert parts_of("Wie betaalt de dijken? Wanneer is het IMRF?", "nl") == ("Wie betaalt de dijken?", "Wanneer is het IMRF?")
    assert len(parts_of("How many cycle paths exist? Which provinces pay for dikes?", "en")) == 2
    for whole in (
        "Bent u bekend met het bericht? Zo ja, wat vindt u daarvan?",
        "Hoe en waarom zijn de dijken versterkt?",
        "Wie betaalt de sluizen?",
    ):
        assert parts_of(whole, "nl") == (whole,)


def test_an_e_mail_asks_at_its_end() -> None:
    mail = "Geachte heer, mevrouw, " + "Vorige week fietste ik met mijn dochter door de polder en dat was erg mooi weer. " * 18
    question = "Hoeveel fietspaden liggen er in het noorden van het land?"
    assert len(mail) > 1400
    assert parts_of(f"{mail}{question} Met vriendelijke groet, Jan", "nl") == (question,)


def test_years_are_read_and_numbers_of_papers_are_not() -> None:
    assert years_in("wat gebeurde er in 2017 en 2018?") == (2017, 2018)
    assert years_in("2021Z12345, 2.018 en 20240") == ()
