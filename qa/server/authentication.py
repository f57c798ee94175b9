"""`BasicAuthentication`: lets in who has an account. HTTP Basic (RFC 7617), so that browsers, programs and assistants sign in alike.

Guessing is slow: credentials that have not been right before are looked at one after the other, and a wrong one costs a pause, however many connections
a guesser opens. Whoever has signed in once does not wait, until the accounts change.
"""

import asyncio
import base64
import binascii
import hmac
import logging
import secrets

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from qa.exceptions import BronvraagError
from qa.server.accounts import Accounts
from qa.server.error_response import error_response

_CHALLENGE = {"www-authenticate": 'Basic realm="Bronvraag", charset="UTF-8"'}
_log = logging.getLogger(__name__)


class BasicAuthentication:
    """ASGI middleware that lets only accounts in, at every path but `/healthz`."""

    def __init__(self, app: ASGIApp, *, accounts: Accounts, pause_s: float = 0.25, max_waiting: int = 40) -> None:
        self._app = app
        self._accounts = accounts
        self._pause_s = pause_s
        self._max_waiting = max_waiting
        self._known: set[bytes] = set()
        self._one_by_one, self._reading = asyncio.Lock(), asyncio.Lock()
        self._key = secrets.token_bytes(32)
        self._n_waiting = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "lifespan" or scope["path"] == "/healthz":
            await self._app(scope, receive, send)
            return
        if self._accounts.may_have_changed:
            await self._reread()
        credentials = _credentials(Headers(scope=scope).get("authorization", ""))
        if credentials is None:
            app: ASGIApp = error_response(scope, 401, "sign_in", headers=_CHALLENGE)
        elif (digest := self._digest(credentials)) in self._known:
            app = self._signed_in(scope, credentials)
        elif self._n_waiting >= self._max_waiting:
            app = error_response(scope, 429, "sign_in_busy", headers={"retry-after": "10"})
        elif await self._sign_in(credentials, digest):
            app = self._signed_in(scope, credentials)
        else:
            _log.warning("A sign-in from %s was refused.", (scope.get("client") or ["an unknown address"])[0])
            app = error_response(scope, 401, "sign_in_failed", headers=_CHALLENGE)
        await app(scope, receive, send)

    async def _reread(self) -> None:
        """Take the accounts that are kept now; if they are others, everybody is looked at anew."""
        async with self._reading:
            if not self._accounts.may_have_changed:
                return
            try:
                if await to_thread.run_sync(self._accounts.reread):
                    self._known = set()
            except BronvraagError as error:
                _log.warning("The accounts stay as they were: %s", error.sentence.said_elsewhere("en"))

    def _signed_in(self, scope: Scope, credentials: str) -> ASGIApp:
        """Return what answers, which can read in the request's state whom it is for and whether they may remove documents."""
        user = credentials.partition(":")[0]
        scope.setdefault("state", {}).update(account=user, may_remove=self._accounts.may_remove(user))
        return self._app

    async def _sign_in(self, credentials: str, digest: bytes) -> bool:
        """Look at credentials that have not been right before, when it is their turn."""
        user, _, password = credentials.partition(":")
        self._n_waiting += 1
        try:
            async with self._one_by_one:
                known = self._known  # of these accounts; if they change meanwhile, another set counts
                if digest in known:
                    return True
                if await to_thread.run_sync(self._accounts.admit, user, password):
                    known.add(digest)
                    return True
                await asyncio.sleep(self._pause_s)
                return False
        finally:
            self._n_waiting -= 1

    def _digest(self, credentials: str) -> bytes:
        """Return what stands for `user:password` while this program runs."""
        return hmac.digest(self._key, credentials.encode(), "sha256")


def _credentials(header: str) -> str | None:
    """Return `user:password` from an `Authorization` header, or None if it does not hold that."""
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        return base64.b64decode(token.strip(), validate=True).decode()
    except (binascii.Error, ValueError):
        return None
