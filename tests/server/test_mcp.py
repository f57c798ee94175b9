import subprocess
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, ListToolsResult

from tests.coroutines import run
from tests.page.small_library import QUOTE_OF_ANSWER_4
from tests.server.conftest import ACCOUNT

QUESTION = "Hoeveel vreemdelingen zijn er?"


def with_client(server: Any, use: Callable[[Client], Awaitable[Any]]) -> Any:
    async def connect() -> Any:
        async with Client(server) as client:
            return await use(client)

    return run(connect())


def call(url: str, tool: str, **arguments: Any) -> CallToolResult:
    result = with_client(f"{url}/mcp", lambda client: client.call_tool(tool, arguments))
    assert isinstance(result, CallToolResult)
    return result


def said(result: CallToolResult) -> dict[str, Any]:
    assert not result.is_error
    assert result.structured_content is not None
    return result.structured_content


def error(result: CallToolResult) -> str:
    assert result.is_error
    return str(getattr(result.content[0], "text", ""))


@pytest.fixture(scope="module")
def tools(url: str) -> ListToolsResult:
    result = with_client(f"{url}/mcp", lambda client: client.list_tools())
    assert isinstance(result, ListToolsResult)
    return result


@pytest.fixture(scope="module")
def citation(url: str) -> dict[str, Any]:
    citations = said(call(url, "ask", question=QUESTION))["citations"]
    assert isinstance(citations[0], dict)
    return citations[0]


def test_there_are_two_tools(tools: ListToolsResult) -> None:
    assert [tool.name for tool in tools.tools] == ["ask", "read_passage"]


def test_tools_say_that_quotes_are_verbatim(tools: ListToolsResult) -> None:
    assert all("verbatim" in (tool.description or "") for tool in tools.tools)


def test_tools_say_that_they_only_read(tools: ListToolsResult) -> None:
    assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools.tools)


def test_tools_describe_their_results(tools: ListToolsResult) -> None:
    assert all(tool.output_schema for tool in tools.tools)


def test_the_server_says_how_to_cite(url: str) -> None:
    async def instructions(client: Client) -> str | None:
        return client.instructions

    assert "Cite like this" in with_client(f"{url}/mcp", instructions)


def test_a_quote_is_given_verbatim(citation: dict[str, Any]) -> None:
    assert citation["quote"] == QUOTE_OF_ANSWER_4


def test_a_permalink_leads_to_the_quote_on_the_page(url: str, citation: dict[str, Any]) -> None:
    assert citation["permalink"].startswith(f"{url}/#src=0a1b2c.")


def test_a_refusal_is_no_error(url: str) -> None:
    answer = said(call(url, "ask", question="Hoe laat gaat de zon onder?"))
    assert (answer["refused"], answer["citations"]) == (True, [])


def test_the_passage_of_a_citation_can_be_read(url: str, citation: dict[str, Any]) -> None:
    passage = said(call(url, "read_passage", passage_id=citation["passage_id"]))
    assert QUOTE_OF_ANSWER_4 in passage["text"]
    assert passage["reference"] == "Aanhangsel Handelingen II 2021/22, nr. 2856, antwoord 4"


def test_passages_lead_on_through_their_document(url: str) -> None:
    first = said(call(url, "read_passage", passage_id=1))
    second = said(call(url, "read_passage", passage_id=first["next_passage_id"]))
    assert (first["previous_passage_id"], second["previous_passage_id"]) == (None, 1)


def test_an_unknown_passage_is_said_in_a_sentence(url: str) -> None:
    assert "The library holds no passage 999; it may have been changed or removed since." in error(
        call(url, "read_passage", passage_id=999)
    )


def test_an_empty_question_is_said_in_a_sentence(url: str) -> None:
    assert "The question is empty" in error(call(url, "ask", question=" "))


def test_filters_bound_where_is_looked(url: str) -> None:
    assert said(call(url, "ask", question=QUESTION, filters={"kinds": ["letter"]}))["refused"]


def test_a_wrong_filter_is_said_in_a_sentence(url: str) -> None:
    assert "There is no kind of document called 'brief'" in error(
        call(url, "ask", question=QUESTION, filters={"kinds": ["brief"]})
    )


def test_a_large_body_is_refused(url: str) -> None:
    headers = {"content-type": "application/json", "accept": "application/json, text/event-stream"}
    assert httpx2.post(f"{url}/mcp", content=b" " * 300_000, headers=headers).status_code == 413


def test_top_k_out_of_range_is_refused(url: str) -> None:
    assert "top_k" in error(call(url, "ask", question=QUESTION, top_k=51))


def test_a_client_of_the_protocol_before_is_served(url: str) -> None:
    async def ask() -> Any:
        async with Client(f"{url}/mcp", mode="legacy") as client:
            return await client.call_tool("ask", {"question": QUESTION})

    assert said(run(ask()))["citations"][0]["quote"] == QUOTE_OF_ANSWER_4


def test_an_account_lets_an_assistant_in(locked_url: str) -> None:
    async def ask() -> Any:
        async with (
            httpx2.AsyncClient(auth=ACCOUNT) as http,
            Client(streamable_http_client(f"{locked_url}/mcp", http_client=http)) as client,
        ):
            return await client.call_tool("ask", {"question": QUESTION})

    assert said(run(ask()))["refused"] is False


def test_asking_on_the_command_line_does_not_load_the_protocol() -> None:
    program = (
        "import sys, qa.cli, qa.answering.answerer; print([name for name in ('mcp', 'fastapi', 'gradio') if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
