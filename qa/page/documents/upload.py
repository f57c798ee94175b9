"""The door for uploads: `PUT /uploads?name=...&language=...` with a file as its body; the reply says what came of it.

Not Gradio's own upload: that keeps every file under a path that comes back from the browser. Here a file is counted while it arrives, and whatever
the browser says of it is only ever part of its name.
"""

import asyncio
import logging

from anyio import to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from qa.answer import Language
from qa.desk import Desk
from qa.exceptions import BronvraagError, UploadError
from qa.intake import Intake, Outcome, Received
from qa.intake.uploads import Incoming
from qa.wording.interface import as_language
from qa.wording.library import LIBRARY_TEXTS, say_n_passages

PATH = "/uploads"
GRACE_S = 60.0
"""Seconds that a file may take to arrive, beside those that its size allows it."""
LEAST_BYTES_PER_S = 10_000
_WRITTEN_AT_ONCE = 1024**2
_GRADIO_PATH = "/gradio_api/upload"

logger = logging.getLogger(__name__)


def upload_routes(desk: Desk) -> list[Route]:
    """Return the route by which files come in, and one that closes Gradio's own, which would keep anything that anyone sends.

    Where the library can only be read, no file comes in at all.
    """

    async def put(request: Request) -> Response:
        language = as_language(request.query_params.get("language"))
        if desk.intake is None:
            return JSONResponse({"detail": LIBRARY_TEXTS[language].upload_closed}, 403)
        try:
            received = await _received(request, desk.intake, request.query_params.get("name", ""))
        except ClientDisconnect:
            return Response(status_code=400)
        return JSONResponse(_reply(desk, received, language))

    return [Route(PATH, put, methods=["PUT"]), Route(_GRADIO_PATH, _closed, methods=["POST"])]


def _closed(_request: Request) -> Response:
    return JSONResponse({"detail": "Not Found"}, 404)


async def _take_in(request: Request, incoming: Incoming) -> None:
    """Write a file as it arrives, in a thread: a slow disk is nobody else's business.

    Raises:
        UploadError: it is too large or arrives too slowly.
    """
    begun, n_bytes, held = asyncio.get_running_loop().time(), 0, bytearray()
    try:
        async with asyncio.timeout(GRACE_S) as patience:
            async for content in request.stream():
                n_bytes += len(content)
                held += content
                patience.reschedule(begun + GRACE_S + n_bytes / LEAST_BYTES_PER_S)
                if len(held) >= _WRITTEN_AT_ONCE:
                    await to_thread.run_sync(incoming.write, bytes(held))
                    held.clear()
    except TimeoutError:
        raise UploadError("upload_too_slow") from None
    await to_thread.run_sync(incoming.write, bytes(held))


async def _received(request: Request, intake: Intake, name: str) -> Received:
    """Return what came of the file that a request carries; whatever goes wrong, nothing of it stays behind."""
    try:
        incoming = await to_thread.run_sync(intake.receive)
        try:
            await _take_in(request, incoming)
        except BaseException:
            incoming.discard()
            raise
        return await asyncio.shield(asyncio.wrap_future(intake.add(incoming, name)))
    except UploadError as error:
        return Received(Outcome.REFUSED, reason=error.sentence)
    except BronvraagError as error:
        logger.warning("An uploaded file was not indexed: %s", error)
        return Received(Outcome.REFUSED, reason=error.sentence)


def _reply(desk: Desk, received: Received, language: Language) -> dict[str, str | None]:
    return {"outcome": received.outcome, "document_id": received.document_id, "said": _sentence(desk, received, language)}


def _sentence(desk: Desk, received: Received, language: Language) -> str:
    texts = LIBRARY_TEXTS[language]
    if received.outcome is Outcome.REFUSED:
        return texts.upload_refused.format_map({"reason": received.reason.said_elsewhere(language) if received.reason else ""})
    if received.outcome is Outcome.PRESENT:
        return texts.upload_present
    record = desk.catalogue().record(received.document_id or "")
    return texts.upload_indexed.format(n=say_n_passages(record.n_passages if record else 0, language))
