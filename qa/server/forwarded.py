"""What a reverse proxy says of a request: believed of proxies that are trusted, taken away from everybody else.

1. `ForwardedHeaders` sees a request first. What `X-Forwarded-For` and `-Proto` say becomes the client and the scheme (uvicorn does that); the path below
   which the proxy offers the page, from `X-Forwarded-Prefix` or `--root-path`, becomes the ASGI `root_path`. Checks behind it see paths without it.
2. `PublicAddress` stands just before the application. It gives it the address that the visitor sees: the path with its prefix, as ASGI has it, and the host
   of `X-Forwarded-Host`, which `HostCheck` has looked at by then. All that makes addresses (Gradio, redirects, links for assistants) reads them there.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_network

from starlette.datastructures import MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from qa.exceptions import BronvraagError

LOOPBACK = ("127.0.0.1", "::1")
_PREFIX = re.compile(r"(/[A-Za-z0-9._~-]*[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+", re.ASCII)
_BELIEVED = frozenset({"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-forwarded-prefix"})


@dataclass(frozen=True)
class Proxies:
    """The reverse proxies before a server: their addresses or networks, and the path below which they offer it where they do not say so."""

    trusted: tuple[str, ...] = LOOPBACK
    root_path: str = ""


def read_proxies(trusted: Sequence[str], root_path: str) -> Proxies:
    """Return the proxies that options name; those on this computer are always trusted.

    Raises:
        BronvraagError: one is no address, or the path is none.
    """
    for address in trusted:
        try:
            ip_network(address)
        except ValueError:
            raise BronvraagError("proxy_wrong", address=repr(address)) from None
    kept = root_path.rstrip("/")
    if kept and not _PREFIX.fullmatch(kept):
        raise BronvraagError("root_path_wrong", path=repr(root_path))
    return Proxies((*LOOPBACK, *trusted), kept)


class ForwardedHeaders:
    """ASGI middleware that reads what trusted proxies say and forgets what others say."""

    def __init__(self, app: ASGIApp, *, proxies: Proxies) -> None:
        self._app = app
        self._of_proxy = ProxyHeadersMiddleware(app, list(proxies.trusted))  # type: ignore[arg-type]  # uvicorn's types of ASGI
        self._root_path = proxies.root_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on as the visitor made it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        client = scope.get("client")
        is_trusted = client is not None and client[0] in self._of_proxy.trusted_hosts
        scope = dict(scope)
        scope["headers"] = [(name, value) for name, value in scope["headers"] if _is_kept(name.decode("latin-1"), is_trusted)]
        root_path = self._root_path or (_prefix_of(scope) if is_trusted else "")
        if root_path and scope["path"] == root_path:
            await RedirectResponse(f"{root_path}/")(scope, receive, send)
            return
        scope["root_path"] = root_path
        scope["path"] = _without(root_path, scope["path"])
        await (self._of_proxy if is_trusted else self._app)(scope, receive, send)  # type: ignore[arg-type]


class PublicAddress:
    """ASGI middleware that gives the application the address that the visitor sees."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on under its public address."""
        if scope["type"] == "http":
            scope = {**scope, "headers": list(scope["headers"]), "path": scope.get("root_path", "") + scope["path"]}
            headers = MutableHeaders(scope=scope)
            if host := headers.get("x-forwarded-host"):
                headers["host"] = host
                del headers["x-forwarded-host"]
        await self._app(scope, receive, send)


def _is_kept(name: str, is_trusted: bool) -> bool:
    """Whether a header is passed on. Gradio would believe `x-gradio-server` whoever sends it."""
    about_proxy = name.startswith("x-forwarded-") or name in {"forwarded", "x-gradio-server", "x-original-url", "x-rewrite-url"}
    return not about_proxy or (is_trusted and name in _BELIEVED)


def _prefix_of(scope: Scope) -> str:
    prefixes = MutableHeaders(scope=scope).getlist("x-forwarded-prefix")
    prefix = prefixes[0].strip().rstrip("/") if len(prefixes) == 1 else ""
    return prefix if _PREFIX.fullmatch(prefix) else ""


def _without(root_path: str, path: str) -> str:
    """Return a path below the root path, whether the proxy has taken that away or not."""
    return path[len(root_path) :] if root_path and path.startswith(f"{root_path}/") else path
