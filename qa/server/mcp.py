"""The door for assistants: an MCP server with two tools, `ask` and `read_passage`, over HTTP beside the page or over stdio.

It is made with the official package `mcp` and not with Gradio's own `mcp_server`, because that needs an older major version of it and of pydantic, knows
no stdio, and lists its tools without a password. https://modelcontextprotocol.io
"""

import logging
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from importlib.metadata import version
from typing import Annotated, TypeVar

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import ToolAnnotations
from pydantic import Field
from starlette.routing import Route
from starlette.types import ASGIApp

from embeddings import EmbeddingsError
from qa.answering import DEFAULT_TOP_K
from qa.desk import Desk
from qa.exceptions import BronvraagError
from qa.fair_queue import FairQueue
from qa.library.filters import EVERYTHING
from qa.server.asked import AskedFilters, DeclinedFilters, EarlierQuestions, Question, TopK
from qa.server.cited import CitedAnswer, ReadPassage
from qa.work_queues import person_of

_MAX_BODY = 256 * 1024
_INSTRUCTIONS = """Bronvraag answers questions about the Dutch parliamentary documents in its library (letters to parliament, written questions with answers)
with verbatim quotes; it never writes text of its own. Documents are in Dutch; questions may be in Dutch or English.

Cite like this: give `quote` unchanged, in Dutch, between quotation marks, followed by `reference` (or by `title` and `date` where there is none) and by
`permalink`, which shows the quote in its document. Put a translation or a summary beside the quote, never in its place, and say that it is yours.
A passage with role `question` holds the words of a member of parliament, not the government's position.
If `refused` is true the documents do not answer the question: say so, and do not answer from elsewhere as if they did."""
_ASK = """Find what the Dutch parliamentary documents in this library say about a question.

Returns verbatim quotes, best first, each with its formal reference and a link to its exact place, or `refused: true` if the documents say nothing about it.
Quote `quote` letter for letter and name `reference`. `relevance` says how well a quote fits: strong, possible or weak; read the passage before relying on
a possible or weak one."""
_READ_PASSAGE = """Read the whole passage that a quote was taken from, verbatim, with the question or heading that it belongs to.

Give the `passage_id` of a citation from `ask`; `previous_passage_id` and `next_passage_id` lead on through the document. `text` may be quoted;
`context` says what the passage is about and is not part of it."""

Result = TypeVar("Result")


def build_http_server(desk: Desk, questions: FairQueue) -> tuple[ASGIApp, AbstractAsyncContextManager[None]]:
    """Return what answers messages over HTTP, and what runs while it does. It keeps no sessions, so an assistant goes on after a restart of the server."""
    server = build_mcp_server(desk, questions)
    # Host and Origin are checked for every path alike, by HostCheck; the package's own check knows loopback names only.
    http = server.streamable_http_app(
        stateless_http=True,
        json_response=True,
        max_request_body_size=_MAX_BODY,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    endpoint: ASGIApp = next(route.endpoint for route in http.routes if isinstance(route, Route))
    return endpoint, server.session_manager.run()


def build_mcp_server(desk: Desk, questions: FairQueue) -> MCPServer:
    """Return the MCP server with its two tools."""
    server = MCPServer(
        "bronvraag", title="Bronvraag", version=version("bronvraag"), instructions=_INSTRUCTIONS, log_level="WARNING"
    )
    only_reads = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)

    @server.tool(description=_ASK, annotations=only_reads)
    async def ask(
        context: Context,
        question: Question,
        history: EarlierQuestions = (),
        top_k: TopK = DEFAULT_TOP_K,
        filters: AskedFilters = EVERYTHING,
        declined: DeclinedFilters = EVERYTHING,
    ) -> CitedAnswer:
        answer = await _said(
            questions, context, lambda: desk.ask(question, history, top_k=top_k, filters=filters, declined=declined)
        )
        return CitedAnswer.of(answer, _page_of(context))

    @server.tool(description=_READ_PASSAGE, annotations=only_reads)
    async def read_passage(
        context: Context, passage_id: Annotated[int, Field(ge=1, lt=2**63, description="Of a citation from `ask`.")]
    ) -> ReadPassage:
        return await _said(questions, context, lambda: _read(desk, passage_id, _page_of(context)))

    return server


async def _said(questions: FairQueue, context: Context, call: Callable[[], Result]) -> Result:
    """Return what a call returns; an error on purpose is said to the assistant."""
    try:
        request = context.request_context.request
        return await questions.run("" if request is None else person_of(request), call)
    except (BronvraagError, EmbeddingsError) as error:
        raise ToolError(_sentence(error)) from error


def _sentence(error: BronvraagError | EmbeddingsError) -> str:
    if isinstance(error, BronvraagError):
        return error.sentence.said_elsewhere("en")
    logging.getLogger(__name__).error("An assistant got no answer: %s", error)
    return "The model cannot be used now; what is wrong stands in the server's log."


def _page_of(context: Context) -> str | None:
    """Return where the caller finds the page, or None over stdio, where none is served."""
    request = context.request_context.request
    return None if request is None else str(request.base_url)


def _read(desk: Desk, passage_id: int, page: str | None) -> ReadPassage:
    record = desk.passage(passage_id)
    ids = [None, *(other.passage_id for other in desk.passage_records(record.document_id)), None]
    place = ids.index(passage_id)
    return ReadPassage.of(record, desk.document(record.document_id), neighbours=(ids[place - 1], ids[place + 1]), page=page)
