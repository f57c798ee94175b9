"""`Sentence`: something to tell people, as a code and what is filled in; `said` says it in a language. Leaf module: errors are made of it.

Every sentence stands in one file a language (`nl.toml`, `en.toml`), under the same code. What is filled in is data: it is never read as a template.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePath
from typing import Any

_FOLDER = Path(__file__).parent


@cache
def words(language: str) -> Mapping[str, Any]:
    """Return everything that is said in a language, by section and name."""
    with (_FOLDER / f"{language}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that there is a file for."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def say_number(number: int, language: str) -> str:
    """Return a whole number as the language writes it: `20.000` or `20,000`."""
    return f"{number:,}".replace(",", words(language)["language"]["thousands"])


def say(language: str, section: str, name: str, /, **details: object) -> str:
    """Return a sentence of a section in a language, with what is filled in.

    Raises:
        KeyError: there is no such sentence, or a detail that it needs is missing.
    """
    template: str = words(language)[section][name]
    return template.format_map(details)


def say_one_or_many(language: str, section: str, name: str, n: int, /, **details: object) -> str:
    """Return a sentence that has a form for one and a form for many, with what is filled in; `n` is filled in too."""
    one, many = words(language)[section][name]
    said: str = (one if n == 1 else many).format_map({"n": n, **details})
    return said


@dataclass(frozen=True)
class Sentence:
    """A sentence to be said in any language.

    Attributes:
        code: its name in the section `errors`.
        details: what is filled in; whole numbers are written as the language does, other sentences are said in it.
    """

    code: str
    details: Mapping[str, object] = field(default_factory=dict)

    def said(self, language: str) -> str:
        """Return the sentence in a language.

        Raises:
            KeyError: there is no sentence of this code, or a detail that it needs is missing.
        """
        template: str = words(language)["errors"][self.code]
        return template.format_map({name: _said(detail, language) for name, detail in self.details.items()})

    def said_elsewhere(self, language: str) -> str:
        """Return the sentence for people at other computers, whom the folders of this one, and its database, do not concern: they are named without where they are."""
        return Sentence(self.code, {name: _without_folders(detail) for name, detail in self.details.items()}).said(language)


def _without_folders(detail: object) -> object:
    if isinstance(detail, Sentence):
        return Sentence(detail.code, {name: _without_folders(own) for name, own in detail.details.items()})
    if isinstance(detail, Exception):
        return getattr(detail, "strerror", None) or type(detail).__name__
    if isinstance(detail, str) and "://" in detail:  # the address of a database
        return detail.rpartition("/")[2]
    return detail.name if isinstance(detail, PurePath) else detail


def _said(detail: object, language: str) -> str:
    if isinstance(detail, Sentence):
        return detail.said(language)
    return say_number(detail, language) if isinstance(detail, int) else str(detail)
