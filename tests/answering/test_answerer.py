import json
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answer import Answer, Certainty, Citation, MessageKind, OtherPlace, Relevance
from qa.answering import Answerer
from qa.document import Speaker, SpeakerRole
from qa.exceptions import LibraryError, QuestionError
from qa.library import Library, create_library
from qa.passage import Role
from qa.understanding import Understander
from qa.understanding.messages import may_be_courtesy
from qa.wording import answers as messages
from qa.wording.provenance import provenance_of
from tests.builders import make_library
from tests.calibrations import ALWAYS, calibration
from tests.fake_embedder import FakeEmbedder


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return make_library(tmp_path_factory.mktemp("answering"), FakeEmbedder())


@pytest.fixture(scope="module")
def answerer(library: Library) -> Answerer:
    return Answerer(library, FakeEmbedder(), calibration=calibration())


def test_the_passage_that_holds_the_words_comes_first(answerer: Answerer) -> None:
    answer = answerer.ask("In 2021 zijn de dijken versterkt")
    assert answer.citations[0].quote == "De dijken zijn in 2021 versterkt."


def test_the_quote_is_a_slice_of_the_document(library: Library, answerer: Answerer) -> None:
    citation = answerer.ask("Hoeveel euro kostte dat?").citations[0]
    text = library.document(citation.document_id).text
    assert text[citation.quote_start : citation.quote_end] == citation.quote


@given(question=st.text(min_size=1, max_size=60).filter(str.strip))
def test_every_citation_slices_exactly_whatever_is_asked(library: Library, answerer: Answerer, question: str) -> None:
    for citation in answerer.ask(question + " dijken fietspaden").citations:
        text = library.document(citation.document_id).text
        assert text[citation.start : citation.end] == citation.passage
        assert text[citation.quote_start : citation.quote_end] == citation.quote
        assert citation.start <= citation.quote_start < citation.quote_end <= citation.end


def test_more_of_the_words_make_a_higher_score(answerer: Answerer) -> None:
    questions = ["De provincies betalen ze", "De provincies betalen alles", "De provincies willen misschien alles"]
    best, middle, least = [answerer.ask(question).citations[0].score for question in questions]
    assert 1 > best > middle > least > 0


def test_scores_stand_in_the_order_of_the_citations(answerer: Answerer) -> None:
    scores = [citation.score for citation in answerer.ask("De provincies betalen ze", top_k=50).citations]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("question", "relevance"),
    [
        ("De provincies betalen ze", Relevance.STRONG),
        ("Welke provincies betalen ze misschien", Relevance.POSSIBLE),
        ("Welke provincies betalen misschien niets", Relevance.WEAK),
    ],
)
def test_relevance_says_the_score_in_a_word(answerer: Answerer, question: str, relevance: Relevance) -> None:
    assert answerer.ask(question).citations[0].relevance is relevance


def test_nothing_relevant_is_refused_without_citations(answerer: Answerer) -> None:
    answer = answerer.ask("Hoe laat gaat vandaag zon onder?")
    assert (answer.refused, answer.citations) == (True, ())


def test_a_refusal_says_what_was_searched_in_the_language_of_the_question(answerer: Answerer) -> None:
    assert "Searched: 2 documents" in answerer.ask("What is the weather like today?").message


def test_a_follow_up_is_read_with_the_question_before_it(tmp_path: Path) -> None:
    """The fake embedder's tokens do not see their neighbours, so only the candidates can come from the earlier question here."""
    embedder = FakeEmbedder()
    answerer = Answerer(make_library(tmp_path, embedder), embedder, calibration=calibration(refusal=0, continues=ALWAYS))
    assert answerer.ask("En wie betaalt?", ["Hoeveel fietspaden zijn er in het noorden?"]).citations


def test_without_a_calibration_for_the_model_nothing_is_refused(tmp_path: Path) -> None:
    embedder = FakeEmbedder()
    answer = Answerer(make_library(tmp_path, embedder), embedder).ask("Hoe laat gaat vandaag zon onder?")
    assert {citation.relevance for citation in answer.citations} == {Relevance.POSSIBLE}


def test_a_refusal_names_the_words_that_occur_nowhere(answerer: Answerer) -> None:
    answer = answerer.ask("Hoe laat gaat vandaag zon onder?")
    assert {"vandaag", "zon"} <= set(answer.unknown_words)


def test_an_answer_names_no_unknown_words(answerer: Answerer) -> None:
    assert answerer.ask("De provincies betalen zonnepanelen").unknown_words == ()


def test_a_likely_answer_is_announced_as_what_the_documents_say(answerer: Answerer) -> None:
    assert answerer.ask("De provincies betalen ze").message == messages.above(Certainty.FOUND, "nl")


def test_only_weak_citations_are_announced_as_what_comes_closest(answerer: Answerer) -> None:
    answer = answerer.ask("Welke provincies betalen misschien niets")
    assert {citation.relevance for citation in answer.citations} == {Relevance.WEAK}
    assert answer.message == messages.above(Certainty.UNCLEAR, "nl")


def test_a_few_words_are_searched_as_such_however_sure_what_was_fitted_on_questions_is(library: Library) -> None:
    def asked(question: str, *, sure: bool) -> Certainty:
        bounds = {"refusal": 0.0, "found": 0.0} if sure else {"refusal": 1.0, "found": 1.0}
        fitted = calibration()
        languages = {language: one.model_copy(update=bounds) for language, one in fitted.languages.items()}
        answerer = Answerer(library, FakeEmbedder(), calibration=fitted.model_copy(update={"languages": languages}))
        return answerer.ask(question).certainty

    sure = {
        words: asked(words, sure=True)
        for words in ("dijken", "dijken wolkenkrabber", "wolkenkrabber", "zijn dat dijken", "is dat een wolkenkrabber")
    }
    found, probable, unclear = Certainty.FOUND, Certainty.PROBABLE, Certainty.UNCLEAR
    assert [*sure.values()] == [found, probable, unclear, found, probable]  # the last: no passage is possible by itself
    unsure = {words: asked(words, sure=False) for words in ("dijken", "dijken wolkenkrabber", "wolkenkrabber", "zijn dat dijken")}
    assert [*unsure.values()] == [Certainty.PROBABLE, Certainty.PROBABLE, Certainty.NONE, Certainty.NONE]


def test_a_word_that_the_library_holds_is_no_small_talk_whatever_its_vector_says(library: Library) -> None:
    understander = Understander(library, kind_of=lambda _question, _has_history: MessageKind.GREETING)
    held, unknown, after = (
        understander.understand(question, history).kind
        for question, history in (("dijken", ()), ("wolkenkrabber", ()), ("dijken", ["Waar?"]))
    )
    assert (held, unknown, after) == (MessageKind.CONTENT, MessageKind.GREETING, MessageKind.CONTENT)
    assert [may_be_courtesy(message) for message in ("mooi", "tot zover", "agenda")] == [True, True, False]


def test_a_member_s_question_is_not_evidence(answerer: Answerer) -> None:
    roles = {citation.role for citation in answerer.ask("Hoeveel fietspaden zijn er?", top_k=50).citations}
    assert Role.QUESTION not in roles


def test_an_answer_says_which_question_it_answers(answerer: Answerer) -> None:
    assert answerer.ask("De provincies betalen ze").citations[0].numbers == (2,)


def test_the_date_comes_from_the_document(answerer: Answerer) -> None:
    assert answerer.ask("De provincies betalen ze").citations[0].date == "2023-04-04"


def test_no_more_citations_than_asked_for(answerer: Answerer) -> None:
    assert len(answerer.ask("de zijn in het", top_k=2).citations) <= 2


def test_fewer_citations_are_the_first_of_more(answerer: Answerer) -> None:
    more = answerer.ask("Er zijn dijken en fietspaden in 2021", top_k=4).citations
    fewer = answerer.ask("Er zijn dijken en fietspaden in 2021", top_k=2).citations
    assert fewer == more[:2]


def test_the_same_question_gives_the_same_bytes(answerer: Answerer) -> None:
    question = "Er zijn dijken en fietspaden in 2021"
    assert answerer.ask(question).to_json() == answerer.ask(question).to_json()


@pytest.mark.parametrize(
    ("question", "message"),
    [("", "is empty"), (" \n\t ", "is empty"), ("waarom " * 3000, "20,999 characters long; 2,000 is the most")],
    ids=["empty", "blank", "too long"],
)
def test_a_question_that_cannot_be_asked_is_refused(answerer: Answerer, question: str, message: str) -> None:
    with pytest.raises(QuestionError, match=message):
        answerer.ask(question)


@pytest.mark.parametrize("top_k", [0, 51])
def test_a_number_of_citations_out_of_range_is_refused(answerer: Answerer, top_k: int) -> None:
    with pytest.raises(QuestionError, match=f"1 to 50, not {top_k}"):
        answerer.ask("Wat?", top_k=top_k)


def test_an_empty_library_says_how_to_fill_it(tmp_path: Path, fake_embedder: FakeEmbedder) -> None:
    library = create_library(tmp_path, fake_embedder.identity)
    with pytest.raises(LibraryError, match="no documents yet.*bronvraag index"):
        Answerer(library, fake_embedder).ask("Wat?")


def test_the_json_has_the_fields_of_the_contract_in_order(answerer: Answerer) -> None:
    answer = json.loads(answerer.ask("De provincies betalen ze").to_json())
    assert list(answer) == [
        "question",
        "language",
        "refused",
        "message",
        "citations",
        "unknown_words",
        "filters",
        "kind",
        "certainty",
        "n_open",
        "links",
        "examples",
    ]
    assert (
        list(answer["citations"][0])
        == (
            "number passage_id document_id title source official_id date kind role numbers page "
            "start end passage quote quote_start quote_end relevance score also_in "
            "reference asked_by answered_by table speaker answers_questions part"
        ).split()
    )


def test_the_contract_is_the_dataclasses(answerer: Answerer) -> None:
    answer = json.loads(answerer.ask("De provincies betalen ze").to_json())
    assert [field.name for field in fields(Answer)] == list(answer)
    assert [field.name for field in fields(Citation)] == list(answer["citations"][0])


def test_the_contract_of_another_place_is_fixed() -> None:
    names = "passage_id document_id title official_id date kind role numbers quote_start quote_end"
    assert [field.name for field in fields(OtherPlace)] == names.split()


def test_a_line_that_repeats_the_title_answers_nothing_where_there_is_anything_else(tmp_path: Path) -> None:
    motion = "12 345 Motie van het lid Proef over de brug bij Proefdam\n\nNr. 7\n\nVoorgesteld 1 oktober 2031\n\nDe Kamer,\n\nverzoekt de regering die brug te openen,\n\nen gaat over tot de orde van de dag."
    answerer = Answerer(
        make_library(tmp_path, FakeEmbedder(), {"motie.txt": motion}), FakeEmbedder(), calibration=calibration(refusal=0)
    )
    shown = [citation.passage for citation in answerer.ask("Waarom moet de brug bij Proefdam open?").citations]
    assert [passage.startswith("12 345 Motie") for passage in shown] == [False] * max(1, len(shown))
    assert answerer.ask("Wie heeft de motie over de brug bij Proefdam ingediend?").citations[0].passage.startswith("12 345 Motie")


def test_a_quote_from_a_debate_says_who_said_it(tmp_path: Path) -> None:
    turns = "De voorzitter:\n\nWij spreken over bruggen.\n\nMevrouw Proef (ABC):\n\nDe brug bij Proefdam moet open.\n\nMinister De Vries:\n\nDat lukt niet."
    library = make_library(tmp_path, FakeEmbedder(), {"debat.txt": turns})
    citation = Answerer(library, FakeEmbedder(), calibration=calibration()).ask("De brug bij Proefdam moet open").citations[0]
    assert citation.speaker == Speaker(name="Proef", role=SpeakerRole.MEMBER, affiliation="ABC")
    assert provenance_of(citation, "nl").people == "gezegd door Kamerlid Proef (ABC)"
    assert provenance_of(citation, "en").people == "said by member of parliament Proef (ABC)"
    assert library.catalogue().values("members") == ["Proef"]
