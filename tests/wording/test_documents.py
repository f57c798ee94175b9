from typing import get_args

import pytest

from qa.answer import Language, Relevance
from qa.document import Kind
from qa.passage import Role
from qa.wording.documents import say_date, say_kind, say_relevance, say_role

LANGUAGES = get_args(Language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_name(kind: Kind, language: Language) -> None:
    assert say_kind(kind, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_name(role: Role, language: Language) -> None:
    assert say_role(role, (1,), Kind.OTHER, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("relevance", Relevance)
def test_every_relevance_has_a_name(relevance: Relevance, language: Language) -> None:
    assert say_relevance(relevance, language)


def test_a_date_is_said_in_words() -> None:
    assert (say_date("2022-05-16", "nl"), say_date("2022-05-16", "en")) == ("16 mei 2022", "16 May 2022")
