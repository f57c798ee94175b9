import json
from dataclasses import fields
from typing import Any

import httpx
import pytest
from pydantic import TypeAdapter

from qa.answer import Answer, Citation
from tests.page.small_library import QUOTE_OF_ANSWER_4, small_desk

QUESTION = "Hoeveel vreemdelingen zijn er?"


def ask(url: str, **body: Any) -> httpx.Response:
    return httpx.post(f"{url}/api/ask", json=body)


def refused(response: httpx.Response, status: int) -> str:
    """Return the one sentence of an error."""
    assert response.status_code == status
    assert list(response.json()) == ["detail"]
    return str(response.json()["detail"])


def test_an_answer_is_the_json_of_the_command_line(url: str) -> None:
    assert ask(url, question=QUESTION).text == small_desk().ask(QUESTION).to_json()


def test_an_answer_is_json_by_its_type(url: str) -> None:
    assert ask(url, question=QUESTION).headers["content-type"] == "application/json"


def test_a_refusal_is_an_answer(url: str) -> None:
    response = ask(url, question="Hoe laat gaat de zon onder?")
    assert (response.status_code, response.json()["refused"]) == (200, True)


def test_a_question_in_the_address_gets_the_same_answer(url: str) -> None:
    assert httpx.get(f"{url}/api/ask", params={"question": QUESTION}).text == ask(url, question=QUESTION).text


def test_what_a_question_names_can_be_declined_in_the_address(url: str) -> None:
    named = {"question": "vreemdelingen in brieven uit 1950"}
    (filter_, *_others) = [one["filter"] for one in httpx.get(f"{url}/api/ask", params=named).json()["filters"]]
    declined = httpx.get(f"{url}/api/ask", params={**named, "declined": json.dumps(filter_)})
    assert declined.text == ask(url, **named, declined=filter_).text
    assert filter_ not in [one["filter"] for one in declined.json()["filters"]]
    for text, why in (("PVV", "declined: is no JSON object"), ('{"party": ["PVV"]}', "declined: ")):
        assert refused(httpx.get(f"{url}/api/ask", params={**named, "declined": text}), 422).startswith(why)


def test_top_k_bounds_the_citations(url: str) -> None:
    assert len(ask(url, question=QUESTION, top_k=1).json()["citations"]) == 1


def test_earlier_questions_are_taken(url: str) -> None:
    assert ask(url, question=QUESTION, history=["Wat is het IMRF?"]).status_code == 200


def test_filters_bound_where_is_looked(url: str) -> None:
    answer = ask(url, question=QUESTION, filters={"kinds": ["letter"], "date_from": "2022"}).json()
    assert answer["refused"]


def test_filters_can_stand_in_the_address(url: str) -> None:
    address = f"{url}/api/ask?question=global%20compact&kinds=letter&kinds=motie&date_from=2022-04"
    documents = {citation["document_id"] for citation in httpx.get(address).json()["citations"]}
    assert documents == {"3d4e5f"}


def test_a_wrong_filter_in_the_address_is_refused_in_one_sentence(url: str) -> None:
    assert refused(httpx.get(f"{url}/api/documents?kinds=brief"), 422).startswith("There is no kind of document called 'brief'")


def test_answers_are_kept_in_no_cache(url: str) -> None:
    assert ask(url, question=QUESTION).headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({}, "question: Field required."),
        ({"question": QUESTION, "topk": 3}, "topk: Extra inputs are not permitted."),
        ({"question": QUESTION, "top_k": 51}, "top_k: Input should be less than or equal to 50."),
        ({"question": QUESTION, "history": ["x" * 2001]}, "history.0: an earlier question has at most 2,000 characters."),
        ({"question": QUESTION, "filters": {"soort": ["motie"]}}, "filters: There is no filter 'soort'"),
        ({"question": QUESTION, "filters": {"date_from": "gisteren"}}, "filters: 'gisteren' is not a date"),
        ({"question": QUESTION, "history": ["x"] * 51}, "history: Tuple should have at most 50 items after validation, not 51."),
        ({"question": ["a"]}, "question: Input should be a valid string."),
        ({"question": "  "}, "The question is empty; type one in Dutch or English."),
        (["a"], "the request: Input should be a valid dictionary or object to extract fields from."),
    ],
)
def test_a_wrong_request_is_refused_in_one_sentence(url: str, body: Any, sentence: str) -> None:
    assert refused(httpx.post(f"{url}/api/ask", json=body), 422).startswith(sentence)


def test_half_a_character_is_refused(url: str) -> None:
    response = httpx.post(f"{url}/api/ask", content=rb'{"question": "a\ud800"}', headers={"content-type": "application/json"})
    assert refused(response, 422).startswith("question: ")


def test_a_body_that_is_no_json_is_refused(url: str) -> None:
    response = httpx.post(f"{url}/api/ask", content=b"{question", headers={"content-type": "application/json"})
    assert refused(response, 400).startswith("The body is not JSON in UTF-8; send an object such as")


def test_a_large_body_is_refused(url: str) -> None:
    assert (
        refused(ask(url, question="x" * 300_000), 413) == "This request is too large: 256 KB is the most that the server takes."
    )


def test_a_large_body_that_does_not_say_so_is_refused(url: str) -> None:
    response = httpx.post(f"{url}/api/ask", content=iter([b"x" * 100_000] * 3), headers={"content-type": "application/json"})
    refused(response, 413)


def test_documents_are_listed_by_title(url: str) -> None:
    titles = [document["title"] for document in httpx.get(f"{url}/api/documents").json()["documents"]]
    assert titles == sorted(titles)


def test_documents_come_in_pages(url: str) -> None:
    listed = [httpx.get(f"{url}/api/documents", params={"offset": offset, "limit": 1}).json() for offset in range(4)]
    assert [len(part["documents"]) for part in listed] == [1, 1, 1, 0]
    assert {part["n_documents"] for part in listed} == {3}


@pytest.mark.parametrize(("query", "found"), [("kinds=letter", ["3d4e5f"]), ("words=inzet imrf", ["3d4e5f"]), ("dossiers=1", [])])
def test_documents_are_filtered_and_searched(url: str, query: str, found: list[str]) -> None:
    listed = httpx.get(f"{url}/api/documents?{query}").json()
    assert [document["document_id"] for document in listed["documents"]] == found
    assert listed["n_documents"] == len(found)


def test_the_newest_document_can_come_first(url: str) -> None:
    dates = [document["date"] for document in httpx.get(f"{url}/api/documents?order=newest").json()["documents"]]
    assert dates == sorted(dates, reverse=True)


def test_a_listed_document_says_what_it_is(url: str) -> None:
    listed = {document["document_id"]: document for document in httpx.get(f"{url}/api/documents").json()["documents"]}
    assert listed["3d4e5f"]["kind"] == "Kamerbrief"
    assert listed["0a1b2c"]["official_id"] == "ah-tk-20212022-2856"
    assert "text" not in listed["0a1b2c"]


def test_the_offsets_of_passages_slice_the_text(url: str) -> None:
    document = httpx.get(f"{url}/api/documents/0a1b2c").json()
    assert document["passages"]
    for passage in document["passages"]:
        assert document["text"][passage["start"] : passage["end"]] == passage["text"]


def test_the_quote_of_a_citation_is_in_its_passage(url: str) -> None:
    citation = ask(url, question=QUESTION).json()["citations"][0]
    passage = httpx.get(f"{url}/api/passages/{citation['passage_id']}").json()
    assert QUOTE_OF_ANSWER_4 in passage["text"]
    assert passage["reference"] == "Aanhangsel Handelingen II 2021/22, nr. 2856, antwoord 4"


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("documents/nee", "The library holds no document 'nee'; it may have been changed or removed since."),
        ("documents/..%2f..%2fetc", "GET /api/documents/../../etc is not known here; /api/openapi.json says what is."),
        ("passages/999", "The library holds no passage 999; it may have been changed or removed since."),
        ("nee", "GET /api/nee is not known here; /api/openapi.json says what is."),
    ],
)
def test_what_is_not_there_is_named(url: str, path: str, sentence: str) -> None:
    assert refused(httpx.get(f"{url}/api/{path}"), 404) == sentence


def test_another_method_is_refused(url: str) -> None:
    response = httpx.delete(f"{url}/api/documents")
    assert refused(response, 405) == "DELETE /api/documents is not offered here; /api/openapi.json says what is."
    assert response.headers["allow"] == "GET"


@pytest.mark.parametrize("passage_id", ["0", "-1", "9223372036854775808", "x"])
def test_a_passage_id_out_of_range_is_refused(url: str, passage_id: str) -> None:
    assert refused(httpx.get(f"{url}/api/passages/{passage_id}"), 422).startswith("passage_id: ")


@pytest.mark.parametrize(("schema", "contract"), [("Answer", Answer), ("Citation", Citation)])
def test_the_description_lists_the_fields_of_the_contract(url: str, schema: str, contract: type[Any]) -> None:
    described = httpx.get(f"{url}/api/openapi.json").json()["components"]["schemas"][schema]
    assert list(described["properties"]) == [field.name for field in fields(contract)]


def test_an_answer_fits_its_description(url: str) -> None:
    text = ask(url, question=QUESTION).text
    answer = TypeAdapter(Answer).validate_json(text)
    assert json.loads(answer.to_json()) == json.loads(text)


def test_the_description_knows_one_shape_of_errors(url: str) -> None:
    description = httpx.get(f"{url}/api/openapi.json").json()
    assert "HTTPValidationError" not in description["components"]["schemas"]


def test_the_description_says_where_the_paths_are(url: str) -> None:
    description = httpx.get(f"{url}/api/openapi.json").json()
    assert [server["url"] for server in description["servers"]] == ["/api"]
    assert set(description["paths"]) == {"/ask", "/documents", "/documents/{document_id}", "/passages/{passage_id}"}


@pytest.mark.parametrize("path", ["/api", "/api/"])
def test_the_address_of_the_api_leads_to_its_description(url: str, path: str) -> None:
    assert httpx.get(f"{url}{path}", follow_redirects=True).json()["info"]["title"] == "Bronvraag"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_health_can_be_asked(url: str, method: str) -> None:
    assert httpx.request(method, f"{url}/healthz").status_code == 200
