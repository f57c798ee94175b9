"""The application: what answers at which path, and the checks that every request passes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.responses import RedirectResponse

from qa.desk import MAX_WAITING, N_AT_ONCE, Desk
from qa.page.documents.upload import upload_routes
from qa.page.shell.assets import page_assets
from qa.page.shell.mounting import mount_page
from qa.server.authentication import Accounts, BasicAuthentication
from qa.server.body_size import BodySize
from qa.server.gradio_paths import GradioPaths
from qa.server.hosts import HostCheck, ServedNames
from qa.server.mcp import build_assistant_door
from qa.server.rest import build_api
from qa.server.security import PageSecurity
from qa.server.turns import Turns


def build_app(desk: Desk, *, names: ServedNames, accounts: Accounts | None = None) -> FastAPI:
    """Return the application: `/healthz`, `/api`, `/mcp`, the page's own files, and the page.

    Args:
        desk: answers the questions.
        names: by which browsers may call the server.
        accounts: who may come in; everybody without it.
    """
    turns = Turns(n_at_once=N_AT_ONCE, max_waiting=MAX_WAITING)
    assistants = build_assistant_door(desk, turns)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with assistants.sessions():
            yield

    app = FastAPI(title="Bronvraag", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.get("/healthz")(_healthz)
    app.head("/healthz")(_healthz)
    app.get("/api")(_to_reference)
    app.mount("/api", build_api(desk, turns))
    app.router.routes.append(assistants.route)
    app.router.routes.extend(upload_routes(desk))
    app.router.routes.append(page_assets().route())
    mount_page(app, desk)
    _add_checks(app, accounts, names)
    return app


def _add_checks(app: FastAPI, accounts: Accounts | None, names: ServedNames) -> None:
    """Add what stands around the application; the last one added sees a request first."""
    app.add_middleware(BodySize)
    app.add_middleware(GradioPaths)
    if accounts is not None:
        app.add_middleware(BasicAuthentication, accounts=accounts)
    app.add_middleware(HostCheck, names=names)
    app.add_middleware(PageSecurity)


def _healthz() -> dict[str, str]:
    return {"status": "ok"}


def _to_reference() -> RedirectResponse:
    return RedirectResponse("api/")  # relative, so that it stays below the path of a reverse proxy
