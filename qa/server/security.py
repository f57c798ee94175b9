"""The middleware around every response: a strict content policy; on the page itself also its language, its style and its script.

Gradio writes `<html lang="en">`, scripts without a nonce, and looks at the browser's language before any script of ours could run.
So the page is rewritten on its way out, which also puts our style sheet in place before anything is drawn.
"""

import json
import re
import secrets

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.answer import Language
from qa.page.shell.assets import page_assets
from qa.wording.interface import TEXTS, as_dictionary, preferred_language

LANGUAGE_COOKIE = "bronvraag_language"
# Gradio compiles its templates in the browser, hence 'unsafe-eval'; it sets style attributes, hence 'unsafe-inline' for styles.
_POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'unsafe-eval' 'nonce-{nonce}'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "frame-ancestors 'none'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
    ]
)
_PROGRAMS = ("/api", "/mcp")


class PageSecurity:
    """ASGI middleware that adds the headers to every response and completes the page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its response back with what is added."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        response = _Response(
            send,
            language=_language(headers),
            for_program=scope["path"].startswith(_PROGRAMS),
        )
        if scope["path"] == "/":  # the page is rewritten, so it must not arrive compressed
            scope["headers"] = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        await self._app(scope, receive, response.send)


class _Response:
    """A response on its way out; a page of HTML is held back until it is whole. What programs get is left as it is, and kept nowhere."""

    def __init__(self, send: Send, *, language: Language, for_program: bool) -> None:
        self._send = send
        self._language = language
        self._for_program = for_program
        self._nonce = secrets.token_urlsafe(16)
        self._held: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        """Send a message of the response, or hold it back."""
        if message["type"] == "http.response.start":
            await self._start(message)
        elif self._held is None:
            await self._send(message)
        else:
            await self._add(self._held, message)

    async def _start(self, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        headers["content-security-policy"] = _POLICY.format(nonce=self._nonce)
        headers["x-content-type-options"] = "nosniff"
        headers["referrer-policy"] = "no-referrer"
        headers["x-frame-options"] = "DENY"
        headers["cross-origin-opener-policy"] = "same-origin"
        headers["permissions-policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        if self._for_program:
            headers.setdefault("cache-control", "no-store")
            await self._send(message)
        elif headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers:
            self._held = message
        else:
            await self._send(message)

    async def _add(self, start: Message, message: Message) -> None:
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        body = complete_page(self._body.decode(), self._language, self._nonce).encode()
        headers = MutableHeaders(scope=start)
        headers["content-length"] = str(len(body))
        headers["cache-control"] = "no-store"
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


def complete_page(page: str, language: Language, nonce: str) -> str:
    """Return Gradio's page in a language, with our head, a nonce on every script, and nothing that names an outside host."""
    texts = json.dumps(as_dictionary(language), ensure_ascii=False).replace("<", "\\u003c")
    page = re.sub(r'<meta\s+(?:property|name)="(?:og|twitter):[^>]*>', "", page)
    page = re.sub(r'(<html\s+lang=)"en"', rf'\1"{language}"', page, count=1)
    page = page.replace("</head>", f"{_head(texts)}</head>", 1)
    return re.sub(r"<script(?=[\s>])", f"<script nonce={nonce}", page)


def _head(texts: str) -> str:
    assets = page_assets()
    return "".join(
        [
            f'<link rel="icon" href="{assets.address("icons/icon.svg")}">',
            f'<link rel="stylesheet" href="{assets.address("page.css")}">',
            f'<script id="texts" type="application/json">{texts}</script>',
            f'<script src="{assets.address("page.js")}" data-version="{assets.version}"></script>',
        ]
    )


def _language(headers: Headers) -> Language:
    chosen = cookie_parser(headers.get("cookie", "")).get(LANGUAGE_COOKIE)
    if chosen in TEXTS:
        return "en" if chosen == "en" else "nl"
    return preferred_language(headers.get("accept-language", ""))
