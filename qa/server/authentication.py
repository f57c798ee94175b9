"""`Accounts` and `BasicAuthentication`: who may come in. HTTP Basic (RFC 7617), so that browsers, programs and assistants sign in alike.

Guessing is slow: credentials that have not been right before are looked at one after the other, each after a pause, however many connections
a guesser opens. Whoever has signed in once does not wait.
"""

import asyncio
import base64
import binascii
import hmac
import logging
import secrets
import unicodedata
from collections.abc import Mapping, MutableMapping
from pathlib import Path

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from qa.exceptions import BronvraagError
from qa.server.error_response import error_response

VARIABLE = "BRONVRAAG_AUTH"
MIN_PASSWORD = 8
_CHALLENGE = {"www-authenticate": 'Basic realm="Bronvraag", charset="UTF-8"'}
_log = logging.getLogger(__name__)


class Accounts:
    """User names with their passwords, kept as keyed digests only."""

    def __init__(self, passwords: Mapping[str, str]) -> None:
        self._key = secrets.token_bytes(32)
        self._digests = [self.digest(f"{user}:{password}") for user, password in passwords.items()]

    def __repr__(self) -> str:
        return f"Accounts(n={len(self._digests)})"

    def digest(self, credentials: str) -> bytes:
        """Return what stands for `user:password` while this program runs."""
        return hmac.digest(self._key, unicodedata.normalize("NFC", credentials).encode(), "sha256")

    def admit(self, digest: bytes) -> bool:
        """Whether these are the credentials of an account; takes the same time whichever account it is, and if it is none."""
        equal = [secrets.compare_digest(digest, own) for own in self._digests]
        return any(equal)


def load_accounts(file: Path | None, environment: MutableMapping[str, str]) -> Accounts | None:
    """Return the accounts in a file of `user:password` lines or in the environment, or None where there is neither.

    The variable is taken out of the environment, so that no process started later inherits the password.

    Raises:
        BronvraagError: they cannot be used. The error never holds a password.
    """
    variable = environment.pop(VARIABLE, None)
    if file is not None and variable is not None:
        raise BronvraagError("accounts_twice", variable=VARIABLE)
    if file is not None:
        return _parse(_read(file), str(file))
    return None if variable is None else _parse(variable, VARIABLE)


class BasicAuthentication:
    """ASGI middleware that lets only accounts in, at every path but `/healthz`."""

    def __init__(self, app: ASGIApp, *, accounts: Accounts, pause_s: float = 0.25, max_waiting: int = 40) -> None:
        self._app = app
        self._accounts = accounts
        self._pause_s = pause_s
        self._max_waiting = max_waiting
        self._known: set[bytes] = set()
        self._turn = asyncio.Lock()
        self._n_waiting = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "lifespan" or scope["path"] == "/healthz":
            await self._app(scope, receive, send)
            return
        credentials = _credentials(Headers(scope=scope).get("authorization", ""))
        if credentials is None:
            app: ASGIApp = error_response(scope, 401, "sign_in", headers=_CHALLENGE)
        elif (digest := self._accounts.digest(credentials)) in self._known:
            app = self._signed_in(scope, credentials)
        elif self._n_waiting >= self._max_waiting:
            app = error_response(scope, 429, "sign_in_busy", headers={"retry-after": "10"})
        elif await self._sign_in(digest):
            app = self._signed_in(scope, credentials)
        else:
            _log.warning("A sign-in from %s was refused.", (scope.get("client") or ["an unknown address"])[0])
            app = error_response(scope, 401, "sign_in_failed", headers=_CHALLENGE)
        await app(scope, receive, send)

    def _signed_in(self, scope: Scope, credentials: str) -> ASGIApp:
        """Return what answers, which can read whom it is for in the request's state."""
        scope.setdefault("state", {})["account"] = credentials.partition(":")[0]
        return self._app

    async def _sign_in(self, digest: bytes) -> bool:
        """Look at credentials that have not been right before, when it is their turn."""
        self._n_waiting += 1
        try:
            async with self._turn:
                if digest not in self._known:
                    await asyncio.sleep(self._pause_s)
        finally:
            self._n_waiting -= 1
        if self._accounts.admit(digest):
            self._known.add(digest)
        return digest in self._known


def _credentials(header: str) -> str | None:
    """Return `user:password` from an `Authorization` header, or None if it does not hold that."""
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        return base64.b64decode(token.strip(), validate=True).decode()
    except (binascii.Error, ValueError):
        return None


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise BronvraagError("accounts_not_utf8", path=file) from None
    except OSError as error:
        raise BronvraagError("accounts_unreadable", path=file, reason=error.strerror) from error


def _parse(text: str, where: str) -> Accounts:
    passwords: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        user, colon, password = line.partition(":")
        if not (user and colon):
            raise BronvraagError("account_line_wrong", number=number, where=where)
        if len(password) < MIN_PASSWORD:
            raise BronvraagError("password_too_short", number=number, where=where, least=MIN_PASSWORD)
        if user in passwords:
            raise BronvraagError("account_twice", number=number, where=where)
        passwords[user] = password
    if not passwords:
        raise BronvraagError("accounts_none", where=where)
    return Accounts(passwords)
