"""`bronvraag list` and `ask` with filters, over a library that is made with the embedded model."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from qa.cli.program import program
from qa.exceptions import FilterError
from tests.builders import make_library
from tests.fake_embedder import FakeEmbedder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_library(tmp_path_factory.mktemp("filters"), FakeEmbedder()).folder


def listed(folder: Path, *options: str) -> list[str]:
    result = CliRunner().invoke(
        program(), ["list", "--library", str(folder), "--format", "json", *options], catch_exceptions=False
    )
    return [document["kind"] for document in json.loads(result.stdout)]


@pytest.mark.parametrize(
    ("options", "kinds"),
    [
        (["--kind", "letter"], ["Kamerbrief"]),
        (["--kind", "answers", "--kind", "letter"], ["Kamerbrief", "antwoord op schriftelijke vragen"]),
        (["--from", "2023"], ["antwoord op schriftelijke vragen"]),
        (["--from", "2024"], []),
        (["--to", "2023-04"], ["antwoord op schriftelijke vragen"]),
        (["--to", "2023-03"], []),
        (["--member", "de vries"], ["antwoord op schriftelijke vragen"]),
        (["--party", "abc", "--minister", "Jansen"], ["antwoord op schriftelijke vragen"]),
        (["--minister", "Jansen"], ["Kamerbrief", "antwoord op schriftelijke vragen"]),
    ],
)
def test_only_documents_that_fit_are_listed(folder: Path, options: list[str], kinds: list[str]) -> None:
    assert sorted(listed(folder, *options)) == kinds


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--party", "XYZ"], "No document in the library has --party 'XYZ'; there are: ABC"),
        (["--dossier", "30 573"], "no document|No document in the library has --dossier '30573'; none says"),
        (["--from", "gisteren"], "'gisteren' is not a date"),
        (["--kind", "brief"], "no kind of document called 'brief'; there are: letter"),
    ],
)
def test_a_value_of_no_document_is_refused_with_what_there_is(folder: Path, options: list[str], sentence: str) -> None:
    with pytest.raises(FilterError, match=sentence):
        listed(folder, *options)
