import re
from pathlib import Path

import httpx

import qa.page
from qa.page.shell.assets import page_assets

PAGE = Path(qa.page.__file__).parent


def test_every_script_style_and_icon_of_the_screens_is_served() -> None:
    files = page_assets().files
    for path in PAGE.rglob("*"):
        if path.suffix in {".css", ".js"}:
            assert path.read_bytes() in files[f"page{path.suffix}"], path
        elif path.suffix == ".svg":
            assert files[f"icons/{path.name}"] == path.read_bytes()


def test_every_icon_that_a_style_names_is_there() -> None:
    files = page_assets().files
    named = re.findall(r'url\("([^"]+)"\)', files["page.css"].decode())
    assert named
    assert set(named) <= set(files)


def test_a_file_may_be_kept_and_one_of_another_version_is_not_found(url: str) -> None:
    page = httpx.get(url).text
    for name in ("page.css", "page.js", "icons/icon.svg"):
        assert page.count(f'"{page_assets().address(name)}"') == 1
        served = httpx.get(f"{url}/{page_assets().address(name)}")
        assert (served.status_code, served.content) == (200, page_assets().files[name])
        assert served.headers["cache-control"] == "public, max-age=31536000, immutable"
    older = httpx.get(f"{url}/page/0123456789abcdef/page.js")
    assert (older.status_code, older.headers["cache-control"]) == (404, "no-store")


def test_an_open_page_can_ask_which_version_is_served(url: str) -> None:
    served = httpx.get(f"{url}/page/version")
    assert (served.text, served.headers["cache-control"]) == (page_assets().version, "no-store")
