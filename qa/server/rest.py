"""The API for programs, below `/api`. An answer is the JSON that `bronvraag ask --format json` writes; an error is `{"detail": "one sentence"}`."""

import logging
from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import Annotated, Any

from fastapi import FastAPI, Path, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from embeddings import EmbeddingsError
from qa.answer import Answer
from qa.desk import Desk
from qa.exceptions import BronvraagError, BusyError, FilterError, NotInLibraryError, QuestionError
from qa.fair_queue import FairQueue
from qa.library import Order
from qa.server.asked import AskParameters, AskRequest, FilterParameters
from qa.server.records import DocumentEntry, DocumentList, PassageEntry, WholeDocument
from qa.work_queues import person_of

MAX_DOCUMENTS = 1000
_DESCRIPTION = """Questions in Dutch or English about Dutch parliamentary documents, answered with verbatim, cited passages.

Quotes and passages are exactly the documents' own words: `quote` is the document's text from `quote_start` to `quote_end`.
When nothing relevant enough is found, `refused` is true and there are no citations; that is an answer, not an error."""


_NOT_JSON = 'The body is not JSON in UTF-8; send an object such as {"question": "Hoeveel ...?"}.'
_BROKEN = "Something went wrong in the server; what it was stands in the server's log."
_log = logging.getLogger(__name__)


class ListParameters(FilterParameters):
    """Which documents are listed, in which order."""

    words: Annotated[
        str, Field(max_length=200, description="To be in the title, the names, or another part of its metadata.")
    ] = ""
    order: Annotated[Order, Field(description="Newest date first, by title, or last indexed first.")] = Order.TITLE
    offset: Annotated[int, Field(ge=0, description="How many to leave out at the beginning.")] = 0
    limit: Annotated[int, Field(ge=1, le=MAX_DOCUMENTS, description="Most documents.")] = 100


class Problem(BaseModel):
    """Why a request got no result."""

    detail: Annotated[str, Field(description="One sentence: what is wrong, and what to do.")]


def build_api(desk: Desk, questions: FairQueue) -> FastAPI:
    """Return the API as an application to be mounted."""
    api = FastAPI(
        title="Bronvraag",
        version=version("bronvraag"),
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        responses=_errors(422),
    )
    _add_questions(api, desk, questions)
    _add_documents(api, desk)
    api.get("/", include_in_schema=False)(_to_description)
    for error, handler in _HANDLERS.items():
        api.add_exception_handler(error, handler)
    return api


def _add_questions(api: FastAPI, desk: Desk, questions: FairQueue) -> None:
    async def answer(request: Request, asked: AskRequest | AskParameters) -> Response:
        filters, declined = asked.filters, asked.unwanted
        found = await questions.run(
            person_of(request),
            lambda: desk.ask(asked.question, asked.history, top_k=asked.top_k, filters=filters, declined=declined),
        )
        return Response(found.to_json(), media_type="application/json")

    @api.post("/ask", response_model=Answer, responses=_errors(400, 413, 503))
    async def ask(request: Request, asked: AskRequest) -> Response:
        """Answer a question with quoted, cited passages, or say that the documents do not."""
        return await answer(request, asked)

    @api.get("/ask", response_model=Answer, responses=_errors(503))
    async def ask_by_address(request: Request, asked: Annotated[AskParameters, Query()]) -> Response:
        """Answer a question that stands in the address; the same as POST, for trying things out."""
        return await answer(request, asked)


def _add_documents(api: FastAPI, desk: Desk) -> None:
    @api.get("/documents")
    def documents(wanted: Annotated[ListParameters, Query()]) -> DocumentList:
        """List the documents in the library, or those that fit filters and hold words in what they say about themselves."""
        listing = desk.catalogue().listing(
            wanted.filters, wanted.words, order=wanted.order, start=wanted.offset, n_most=wanted.limit
        )
        return DocumentList(
            n_documents=listing.n_documents, offset=wanted.offset, documents=tuple(map(DocumentEntry.of, listing.records))
        )

    @api.get("/documents/{document_id}", responses=_errors(404))
    def document(document_id: Annotated[str, Path(description="From a citation or from the list.")]) -> WholeDocument:
        """Return a document: what it says about itself, its text, and its passages."""
        return WholeDocument.of(desk.document(document_id), desk.passage_records(document_id))

    @api.get("/passages/{passage_id}", responses=_errors(404))
    def passage(passage_id: Annotated[int, Path(ge=1, lt=2**63, description="From a citation or a document.")]) -> PassageEntry:
        """Return a passage with the questions or headings that say what it is about."""
        record = desk.passage(passage_id)
        return PassageEntry.of(record, desk.document(record.document_id))


def _to_description() -> RedirectResponse:
    return RedirectResponse("openapi.json")


def _errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    return {status: {"model": Problem} for status in statuses}


def _invalid(request: Request, error: Exception) -> Response:
    """Say the first thing that is wrong with a request, in words instead of pydantic's list."""
    problems: Sequence[Any] = error.errors() if isinstance(error, RequestValidationError) else ()
    if isinstance(problems[0].get("input"), bytes) and "json" not in request.headers.get("content-type", ""):
        return JSONResponse({"detail": "Say that the body is JSON, with the header content-type: application/json."}, 415)
    if any(problem["type"] == "json_invalid" for problem in problems):
        return JSONResponse({"detail": _NOT_JSON}, 400)
    place, message = problems[0]["loc"], problems[0]["msg"].removeprefix("Value error, ")
    name = ".".join(map(str, place[1:])) or "the request"
    return JSONResponse({"detail": f"{name}: {message.removesuffix('.')}."}, 422)


def _saying(status: int, **headers: str) -> Callable[[Request, Exception], Response]:
    def say(_request: Request, error: Exception) -> Response:
        sentence = error.sentence.said_elsewhere("en") if isinstance(error, BronvraagError) else _BROKEN
        if status == 503 and not isinstance(error, BusyError):
            _log.error("A program got no answer: %s", error)
        return JSONResponse({"detail": sentence}, status, headers)

    return say


def _not_here(request: Request, error: Exception) -> Response:
    """Name what was asked for where no route does."""
    status = error.status_code if isinstance(error, HTTPException) else 404
    if status == 400:  # FastAPI says so of a body that it cannot decode
        return JSONResponse({"detail": _NOT_JSON}, 400)
    what = "is not offered" if status == 405 else "is not known"
    sentence = f"{request.method} {request.url.path} {what} here; /api/openapi.json says what is."
    return JSONResponse({"detail": sentence}, status, getattr(error, "headers", None))


def _broken(_request: Request, _error: Exception) -> Response:
    return JSONResponse({"detail": _BROKEN}, 500)


_HANDLERS: dict[type[Exception], Callable[[Request, Exception], Response]] = {
    RequestValidationError: _invalid,
    HTTPException: _not_here,
    QuestionError: _saying(422),
    FilterError: _saying(422),
    NotInLibraryError: _saying(404),
    BusyError: _saying(503, **{"retry-after": "5"}),
    BronvraagError: _saying(503),
    EmbeddingsError: _saying(503),
    Exception: _broken,
}
