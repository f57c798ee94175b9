"""The measuring stick itself, and a few of its questions asked of the real model."""

import json
import re
from collections import Counter
from collections.abc import Sequence

import pytest

from embeddings import PackedEmbedder
from qa.answer import Answer
from qa.answering import Answerer
from qa.conversation import EarlierQuestion
from qa.indexing import Indexer
from qa.library import create_library
from qa.measuring import evaluate, load_questions
from qa.measuring.rates import rate_rows
from qa.readers import read
from tests.conftest import SEEDS
from tests.seed_examples import EXAMPLES, NUMBERS, SCHATTING

QUESTIONS = load_questions(SEEDS / "questions.jsonl")
OTHER_KINDS = load_questions(SEEDS / "measuring" / "other.jsonl")


@pytest.fixture(scope="session")
def answerer(tmp_path_factory: pytest.TempPathFactory, embedder: PackedEmbedder) -> Answerer:
    library = create_library(tmp_path_factory.mktemp("seeds") / "library", embedder.identity)
    Indexer(library, embedder).index([SEEDS])
    return Answerer(library, embedder)


def test_there_are_enough_questions_of_each_kind() -> None:
    counts = Counter((question.kind, question.language) for question in QUESTIONS)
    assert counts["content", "nl"] >= 25
    assert counts["content", "en"] >= 20
    assert counts["follow-up", "nl"] + counts["follow-up", "en"] >= 8
    assert counts["unanswerable", "nl"] + counts["unanswerable", "en"] >= 8


def test_there_are_enough_questions_about_other_kinds_of_documents() -> None:
    counts = Counter((question.document_kind, question.kind) for question in OTHER_KINDS)
    for document_kind in ("motion", "debate", "government FAQ", "Belgian answer"):
        assert counts[document_kind, "content"] >= 20
        assert counts[document_kind, "follow-up"] >= 8
        assert counts[document_kind, "unanswerable"] >= 5


def test_the_messages_are_of_the_kinds_that_their_description_lists() -> None:
    described = set(re.findall(r"^    ([a-z-]+) {2,}", (SEEDS / "measuring" / "README").read_text("utf-8"), re.MULTILINE))
    messages = [json.loads(line) for line in (SEEDS / "measuring" / "messages.jsonl").read_text("utf-8").splitlines()]
    kinds = Counter(message["kind"] for message in messages)
    assert kinds.keys() <= described
    assert min(kinds.values()) >= 10
    assert len({message["id"] for message in messages}) == len(messages) >= 220


def test_the_evidence_of_the_conversations_stands_in_the_seeds() -> None:
    lines = (SEEDS / "measuring" / "conversations.jsonl").read_text("utf-8").splitlines()
    turns = [turn for line in lines for turn in json.loads(line)["turns"]]
    texts = {path.stem: read(path).text for path in SEEDS.glob("*.txt")}
    about_seeds = [turn for turn in turns if turn.get("document") in texts]
    assert len(about_seeds) >= 30
    for turn in about_seeds:
        assert all(evidence in texts[turn["document"]] for evidence in turn.get("evidence", ())), turn


@pytest.mark.parametrize(
    "question",
    [q for q in (*QUESTIONS, *OTHER_KINDS) if q.evidence and (SEEDS / f"{q.document}.txt").exists()],
    ids=lambda question: question.id,
)
def test_the_evidence_stands_in_the_document(question) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    text = read(SEEDS / f"{question.document}.txt").text
    assert all(evidence in text for evidence in question.evidence)


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "quote"),
    [
        (
            "Wanneer en waar vindt het International Migration Review Forum plaats?",
            "17 t/m 20 mei 2022 zal plaatsvinden in New York",
        ),
        (
            "When was the Global Compact on Migration adopted?",
            "op 19 december 2018 door de Algemene Vergadering van de VN aangenomen",
        ),
        ("Hoeveel vreemdelingen verblijven onrechtmatig in Nederland?", "tussen de ca. 23.000 en ca. 58.000 vreemdelingen"),
    ],
)
def test_the_right_quote_comes_first(answerer: Answerer, question: str, quote: str) -> None:
    assert quote in answerer.ask(question).citations[0].quote


@pytest.mark.model
def test_a_question_about_football_is_refused(answerer: Answerer) -> None:
    answer = answerer.ask("Wie won de Champions League?")
    assert (answer.refused, answer.citations) == (True, ())


@pytest.mark.model
def test_the_same_question_gives_the_same_bytes(answerer: Answerer) -> None:
    question = "Which organisations were consulted about the GCM?"
    assert answerer.ask(question).to_json() == answerer.ask(question).to_json()


@pytest.mark.model
def test_most_seed_questions_find_their_passage_among_the_first_three(answerer: Answerer) -> None:
    """A floor well below what is measured, to notice that something broke; `make evaluate` measures."""
    answerable = [question for question in QUESTIONS if question.is_answerable]
    (*_groups, total) = rate_rows(evaluate(answerer, answerable))
    assert total.measures["hit@3"].value >= 0.75


def _asked(answerer: Answerer, messages: Sequence[str]) -> Answer:
    history: list[EarlierQuestion] = []
    for message in messages:
        answer = answerer.ask(message, history)
        history.append(EarlierQuestion(question=message, passage_ids=tuple(one.passage_id for one in answer.citations)))
    return answer


@pytest.mark.model
def test_every_kind_of_message_gets_what_it_asks_for(answerer: Answerer) -> None:
    for messages, expected in EXAMPLES:
        answer = _asked(answerer, messages)
        first = answer.citations[0] if answer.citations else None
        told = (messages, answer.message, first and first.quote)
        assert (answer.kind, bool(answer.citations)) == (expected.kind, expected.shows), told
        assert all(text in answer.message for text in expected.said), told
        assert expected.passage in (first.passage if first else ""), told
        assert expected.quote in (first.quote if first else ""), told
        assert answer.certainty in expected.certainty, (*told, answer.certainty)
        assert tuple(link.n_documents for link in answer.links) == tuple(expected.links), told


@pytest.mark.model
def test_two_questions_at_once_are_both_answered_under_their_own_words(answerer: Answerer) -> None:
    answer = answerer.ask("Hoeveel vreemdelingen verblijven onrechtmatig in Nederland? Wanneer is het IMRF?")
    opened = answer.citations[: answer.n_open]
    by_part = {one.part: one.quote for one in reversed(opened)}
    assert [("58.000" in quote, "20 mei 2022" in quote) for quote in reversed(by_part.values())] == [(True, False), (False, True)]


@pytest.mark.model
def test_a_conversation_comes_back_to_its_first_subject(answerer: Answerer) -> None:
    answer = _asked(answerer, [SCHATTING, "Wanneer en waar is het IMRF?", "En hoeveel vreemdelingen waren het in 2018?"])
    assert NUMBERS in answer.citations[0].passage
