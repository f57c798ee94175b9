import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.wording.refusal_reasons import say_reason

ROOT = Path(__file__).parents[2] / "qa"
_RAISED = {"ReadError", "Refused", "UploadError"}


def reasons() -> Iterator[str]:
    """Every sentence that the program itself gives for not reading a file, with 7 for each number in it."""
    for path in [
        *sorted((ROOT / "readers").glob("*.py")),
        *sorted((ROOT / "workers").glob("*.py")),
        *sorted((ROOT / "intake").glob("*.py")),
    ]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        constants = {
            target.id: node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _RAISED and node.args:
                said = node.args[0]
                yield from _texts(constants.get(said.id, said) if isinstance(said, ast.Name) else said)


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values)
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)


@pytest.mark.parametrize("reason", sorted(set(reasons())))
def test_every_reason_is_said_in_dutch_too(reason: str) -> None:
    assert say_reason(reason, "nl") != reason


@pytest.mark.parametrize("reason", sorted(set(reasons()))[:3])
def test_a_reason_in_english_stays_as_it_is(reason: str) -> None:
    assert say_reason(reason, "en") == reason


def test_a_reason_that_is_not_known_stays_as_it_is() -> None:
    assert say_reason("the moon {0} is full", "nl") == "the moon {0} is full"


def test_numbers_in_a_reason_are_kept() -> None:
    assert say_reason("it has 9000 pages, and 5000 is the most that is read", "nl") == "het heeft 9000 pagina’s; meer dan 5000 wordt niet gelezen"  # fmt: skip
