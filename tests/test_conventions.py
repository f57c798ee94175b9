"""What would otherwise have to be remembered."""

import ast
import re
from pathlib import Path

import pytest

from qa.cli.program import program

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()


def imported_packages(path: Path) -> set[str]:
    tree = ast.parse(path.read_text())
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in names}


@pytest.mark.parametrize("path", sorted((ROOT / "embeddings").rglob("*.py")), ids=lambda path: path.name)
def test_embeddings_knows_nothing_of_documents_or_of_the_page(path: Path) -> None:
    assert not imported_packages(path) & {"qa", "app", "gradio"}


@pytest.mark.parametrize("path", sorted((ROOT / "qa").rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_page_knows_gradio(path: Path) -> None:
    assert "gradio" not in imported_packages(path) or "page" in path.parts


@pytest.mark.parametrize(
    "command", [command.name or command.callback.__name__ for command in program().registered_commands if command.callback]
)
def test_every_command_stands_in_the_readme(command: str) -> None:
    assert f"bronvraag {command}" in README or f"`{command} " in README


def test_every_dependency_of_the_product_has_its_licence_and_its_reason_beside_it() -> None:
    wanted = (ROOT / "pyproject.toml").read_text().split("dependencies = [", 1)[1].split("dev = [")[0]
    lines = [line for line in wanted.splitlines() if re.match(r'\s+"[\w-]+[=><]', line)]
    assert len(lines) > 15
    assert [line for line in lines if not re.search(r"#.*(MIT|BSD|Apache|HPND|PSF|LGPL)", line)] == []


def test_what_leaves_the_server_is_said_without_the_folders_of_this_computer() -> None:
    outside = [path for folder in ("page", "server") for path in (ROOT / "qa" / folder).rglob("*.py")]
    assert [path.name for path in outside if re.search(r"(?:sentence|reason)\.said\(", path.read_text())] == []
