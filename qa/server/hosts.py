"""`HostCheck`: protects a server that trusts its network from the web sites that its readers visit.

1. DNS rebinding: a site lets its own name point to this computer, so that its scripts may read what is served here. Such a request carries the site's name
   as `Host`. Only names that we know are served. An address always is: whoever calls by address was not led here by a name.
2. Cross-site requests: a site's script sends a request here under our own name. Browsers say so in `Sec-Fetch-Site`, and where they do not (plain http to
   another computer) in `Origin`. Such a request is refused, unless it only follows a link. This is the check of Go's `http.CrossOriginProtection`, made
   stricter: it holds for reading too, since Gradio allows any origin to read with credentials where the server's name is not a loopback name.
"""

import ipaddress
import re
import socket
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from qa.exceptions import BronvraagError
from qa.server.error_response import error_response

_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[^\[\]:@/?#\s]+)(?::\d{1,5})?", re.ASCII | re.IGNORECASE)
_PUBLIC_NAME = re.compile(r"(?!-)[a-z0-9_-]+(?:\.[a-z0-9_-]+)*", re.ASCII)


@dataclass(frozen=True)
class ServedNames:
    """The names by which a server is called, besides addresses: `own` on its network, `public` at its reverse proxy."""

    own: frozenset[str] = frozenset({"localhost"})
    public: frozenset[str] = frozenset()


def served_names(host: str, public_hosts: Sequence[str] = ()) -> ServedNames:
    """Return the names of a server that listens on `host`.

    Raises:
        BronvraagError: a public host is not a name.
    """
    for name in public_hosts:
        if not _PUBLIC_NAME.fullmatch(name.lower()):
            raise BronvraagError("public_host_wrong", name=name)
    own = {"localhost", socket.gethostname().lower(), host.lower()}
    return ServedNames(frozenset(own), frozenset(name.lower() for name in public_hosts))


class HostCheck:
    """ASGI middleware that refuses requests for other names and from other sites; `/healthz` is open to whatever watches the server."""

    def __init__(self, app: ASGIApp, *, names: ServedNames) -> None:
        self._app = app
        self._names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        app = self._app
        if scope["type"] == "http" and scope["path"] != "/healthz":
            headers = Headers(scope=scope)
            wrong = self._wrong_host(headers)
            if wrong is not None:
                app = error_response(scope, 421, "unknown_host", values={"name": wrong})
            elif self._is_from_elsewhere(scope["method"], headers):
                app = error_response(scope, 403, "other_site")
        await app(scope, receive, send)

    def _wrong_host(self, headers: Headers) -> str | None:
        """Return the host of a request that is not ours, or None. A proxy that is trusted may name the visitor's beside its own."""
        for header, n_least in (("host", 1), ("x-forwarded-host", 0)):
            hosts = headers.getlist(header)
            name = _name_of(hosts[0]) if len(hosts) == 1 else None
            if (hosts or n_least) and not self._serves(name):
                return name or ", ".join(hosts)
        return None

    def _serves(self, name: str | None) -> bool:
        return name is not None and (name in self._names.own | self._names.public or _is_address(name))

    def _is_from_elsewhere(self, method: str, headers: Headers) -> bool:
        site = headers.get("sec-fetch-site")
        if site is not None:
            follows_link = method in {"GET", "HEAD"} and headers.get("sec-fetch-mode") == "navigate"
            return site not in {"same-origin", "none"} and not follows_link
        origin = headers.get("origin")
        return origin is not None and not self._is_ours(origin, headers.get("x-forwarded-host", headers["host"]))

    def _is_ours(self, origin: str, host: str) -> bool:
        """Whether an origin is the host that was called. A reverse proxy may call us by another name than its visitors call it."""
        called = origin.partition("://")[2].lower()
        return called == host.lower() or _name_of(called) in self._names.public


def _name_of(host: str) -> str | None:
    """Return the name or address in a `Host` header, without its port, or None if that is not what it holds."""
    match = _HOST.fullmatch(host)
    return match["name"].lower().rstrip(".") if match else None


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
