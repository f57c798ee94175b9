from qa.understanding.asked_for import AskedFor, asked_for, shows
from qa.understanding.source_question import AskedOfSource, asked_of_source, asked_of_sources

ASKED = {
    AskedOfSource.WHO: ["Wie zei dat?", "en wie zegt dat eigenlijk", "Who said that?", "door wie?", "welke minister zei dat?", "wie heeft die brief ondertekend", "who signed it?"],
    AskedOfSource.WHO_ASKED: ["Wie vroeg dat?", "who asked that", "welk Kamerlid stelde die vragen?", "wie diende die motie in?", "which party asked that?"],
    AskedOfSource.WHEN: ["Wanneer was dat?", "when was that said?", "van welke datum is die brief", "uit welk jaar is dat?", "when was this letter sent", "hoe oud is dat?"],
    AskedOfSource.WHICH: ["Waar staat dat?", "in welk document staat dat?", "which document is that?", "bron?", "hoe heet die motie?"],
}  # fmt: skip
ABOUT_CONTENT = [
    "And who made that estimate?", "wie heeft die schatting gemaakt", "wie betaalt dat?", "wanneer is de volgende keer", "waarom?", "en in 2018?", "wat staat er in de brief?",
    "when does it start", "what did the minister say?", "who pays for it?", "wat was het antwoord?", "waar gebeurt dat?", "en hoe zit dat?", "", "?",
]  # fmt: skip


def test_what_a_follow_up_asks_of_its_source_is_told_from_what_it_asks_of_the_documents() -> None:
    for asked, questions in ASKED.items():
        assert {question: asked_of_source(question) for question in questions} == dict.fromkeys(questions, asked)
    assert {question: asked_of_source(question) for question in ABOUT_CONTENT} == dict.fromkeys(ABOUT_CONTENT)
    conversation = ["Hoeveel kost dat?", "Wie vroeg dat?", "en wanneer?", "and where?", "waarom?", "en wanneer?"]
    assert asked_of_sources(conversation) == [None, AskedOfSource.WHO_ASKED, AskedOfSource.WHEN, AskedOfSource.WHICH, None, None]


def test_what_a_question_wants_to_know_is_told_by_its_interrogative() -> None:
    wanted = {
        "Hoeveel kost dat?": AskedFor.NUMBER, "how many people": AskedFor.NUMBER, "Sinds wanneer geldt dat?": AskedFor.TIME, "in welk jaar": AskedFor.TIME,
        "And who made that estimate?": AskedFor.PERSON, "waarom niet?": AskedFor.REASON, "Wat is het GCM?": None, "Vertel over de dijken": None,
    }  # fmt: skip
    assert {question: asked_for(question) for question in wanted} == wanted


def test_a_sentence_shows_what_is_wanted() -> None:
    shown = [
        ("Dat heeft het WODC geschat.", AskedFor.PERSON), ("Dat doet de heer Van Dijk.", AskedFor.PERSON), ("In mei begint het.", AskedFor.TIME),
        ("Dat zijn er twaalf.", AskedFor.NUMBER), ("Dat kan niet, omdat het geld op is.", AskedFor.REASON),
    ]  # fmt: skip
    assert all(shows(sentence, kind) for sentence, kind in shown)
    assert not any(shows("Dat gaat goed in Nederland.", kind) for kind in AskedFor)
