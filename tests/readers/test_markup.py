import pytest

from qa.exceptions import ReadError
from qa.readers import markup
from qa.readers.markup import Element, parse_xml, text_of, walk


def test_names_are_without_namespace() -> None:
    root = parse_xml(b'<w:p xmlns:w="x" w:val="1"><w:r/></w:p>')
    assert (root.name, root.attributes["val"], root.child("r") is not None) == ("p", "1", True)


def test_a_walk_is_in_the_order_of_the_document() -> None:
    steps = [
        step if isinstance(step, str) else f"{type(step).__name__} {step.element.name}"
        for step in walk(parse_xml(b"<a>een<b>twee</b>drie</a>"))
    ]
    assert steps == ["Start a", "een", "Start b", "twee", "End b", "drie", "End a"]


def test_a_walk_passes_over_what_is_skipped() -> None:
    assert text_of(parse_xml(b"<a>een<b>twee</b>drie</a>"), skip=lambda element: element.name == "b") == "eendrie"


def test_a_tree_of_any_depth_is_walked() -> None:
    assert text_of(parse_xml(b"<a>" * 19_000 + b"diep" + b"</a>" * 19_000)) == "diep"


def test_a_tree_that_is_too_deep_is_refused() -> None:
    with pytest.raises(ReadError, match="nested more than 20,000 deep"):
        parse_xml(b"<a>" * 30_000 + b"</a>" * 30_000)


def test_a_tree_of_too_many_elements_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "MAX_ELEMENTS", 10)
    with pytest.raises(ReadError, match="more than 10 elements"):
        parse_xml(b"<a>" + b"<b/>" * 10 + b"</a>")


def test_an_element_names_itself() -> None:
    assert repr(Element("al", {}, ["tekst"])) == "Element(al, n_children=1)"
