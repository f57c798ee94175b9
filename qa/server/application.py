"""The application: what answers at which path, and the checks that every request passes."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import FastAPI
from fastapi.responses import RedirectResponse, Response
from starlette.types import ASGIApp

from qa.desk import Desk
from qa.observing import listen
from qa.page.documents.upload import upload_routes
from qa.page.shell.assets import page_assets
from qa.page.shell.mounting import mount_page
from qa.server.accounts import Accounts
from qa.server.assistant_door import AssistantDoor
from qa.server.authentication import BasicAuthentication
from qa.server.body_size import BodySize
from qa.server.forwarded import ForwardedHeaders, Proxies, PublicAddress
from qa.server.gradio_paths import GradioPaths
from qa.server.hosts import HostCheck, ServedNames
from qa.server.metrics import MEDIA_TYPE, Metrics
from qa.server.rest import build_api
from qa.server.security import PageSecurity
from qa.server.traffic import Traffic, WatchTraffic
from qa.work_queues import WorkQueues


def build_app(
    desk: Desk,
    *,
    names: ServedNames,
    accounts: Accounts | None = None,
    proxies: Proxies | None = None,
    queues: WorkQueues | None = None,
    traffic: Traffic | None = None,
) -> FastAPI:
    """Return the application: `/healthz`, `/api`, `/mcp`, the page's own files, and the page.

    Args:
        desk: answers the questions.
        names: by which browsers may call the server.
        accounts: who may come in; everybody without it.
        proxies: which are believed, and below which path they offer the page.
        queues: in which people wait for what takes a while.
        traffic: counts the requests that are being answered.
    """
    queues, traffic = queues or WorkQueues(), traffic or Traffic()
    metrics = Metrics(queues, traffic, lambda: desk.counts())
    listen(metrics.hear)
    assistants = AssistantDoor(lambda: _assistants_server(desk, queues))

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with assistants.sessions():
            yield

    app = FastAPI(title="Bronvraag", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.get("/healthz")(_healthz)
    app.head("/healthz")(_healthz)
    app.get("/api")(_to_description)
    app.get("/metrics")(lambda: Response(metrics.text(), media_type=MEDIA_TYPE))
    app.mount("/api", build_api(desk, queues.questions))
    app.router.routes.extend(assistants.routes)
    app.router.routes.extend(upload_routes(desk))
    app.router.routes.extend(page_assets().routes())
    mount_page(app, desk, queues)
    _add_checks(app, accounts, names, proxies or Proxies(), traffic)
    return app


def _assistants_server(desk: Desk, queues: WorkQueues) -> tuple[ASGIApp, AbstractAsyncContextManager[None]]:
    from qa.server.mcp import build_http_server  # half a second, for those whom an assistant asks

    return build_http_server(desk, queues.questions)


def _add_checks(app: FastAPI, accounts: Accounts | None, names: ServedNames, proxies: Proxies, traffic: Traffic) -> None:
    """Add what stands around the application; the last one added sees a request first."""
    app.add_middleware(PublicAddress)
    app.add_middleware(BodySize)
    app.add_middleware(GradioPaths)
    if accounts is not None:
        app.add_middleware(BasicAuthentication, accounts=accounts)
    app.add_middleware(HostCheck, names=names)
    app.add_middleware(PageSecurity)
    app.add_middleware(WatchTraffic, traffic=traffic)
    app.add_middleware(ForwardedHeaders, proxies=proxies)


def _healthz() -> dict[str, str]:
    return {"status": "ok"}


def _to_description() -> RedirectResponse:
    return RedirectResponse("api/openapi.json")  # relative, so that it stays below the path of a reverse proxy
