"""The page's own scripts, styles and icons, put together from the screens' folders and served under a name with a digest of them all.

A browser may keep them as long as it likes: when anything in them changes, so does the name, and no old script meets new HTML. The name is also the page's
version, by which an open page notices that the server has become another one.
"""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

PATH = "page"
_PAGE = Path(__file__).parent.parent
_STYLES = (
    "shell/variables.css",
    "shell/page.css",
    "chat/conversations.css",
    "chat/chat.css",
    "source/source.css",
    "lists/lists.css",
    "filters/filters.css",
    "documents/documents.css",
    "collected/collected.css",
)
_SCRIPTS = (
    "shell/navigation.js",
    "shell/connection.js",
    "shell/page.js",
    "chat/conversations.js",
    "chat/welcome.js",
    "chat/actions.js",
    "chat/chat.js",
    "source/copies.js",
    "source/footnotes.js",
    "source/printed.js",
    "source/search.js",
    "source/source.js",
    "lists/lists.js",
    "filters/filters.js",
    "documents/documents.js",
    "collected/collected.js",
)
_MEDIA_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
_FOR_A_YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Assets:
    """The files by name, such as `page.js`, and the version that they are of."""

    files: dict[str, bytes]
    version: str

    def address(self, name: str) -> str:
        """Return where a browser finds a file, relative to the page."""
        return f"{PATH}/{self.version}/{name}"

    def routes(self) -> list[Route]:
        """Return the route that says which version is served, and the one that serves its files and nothing of another version."""
        compressed = {name: gzip.compress(content, mtime=0) for name, content in self.files.items()}

        def get(request: Request) -> Response:
            name = request.path_params["name"]
            if request.path_params["version"] != self.version or name not in self.files:
                return Response(status_code=404, headers={"cache-control": "no-store"})
            headers = {"cache-control": _FOR_A_YEAR, "vary": "accept-encoding"}
            content = self.files[name]
            if "gzip" in request.headers.get("accept-encoding", ""):
                content, headers["content-encoding"] = compressed[name], "gzip"
            return Response(content, media_type=_MEDIA_TYPES[Path(name).suffix], headers=headers)

        def say_version(_request: Request) -> Response:
            return Response(self.version, media_type="text/plain", headers={"cache-control": "no-store"})

        return [
            Route(f"/{PATH}/version", say_version, methods=["GET"]),
            Route(f"/{PATH}/{{version}}/{{name:path}}", get, methods=["GET"]),
        ]


@cache
def page_assets() -> Assets:
    """Return the assets of this installation."""
    files = {"page.css": _joined(_STYLES), "page.js": _joined(_SCRIPTS)}
    files |= {f"icons/{path.name}": path.read_bytes() for path in sorted((_PAGE / "shell/icons").glob("*.svg"))}
    digest = hashlib.sha256()
    for name, content in files.items():
        digest.update(name.encode() + b"\0" + content)
    return Assets(files, digest.hexdigest()[:16])


def _joined(names: tuple[str, ...]) -> bytes:
    return b"\n".join((_PAGE / name).read_bytes() for name in names)
