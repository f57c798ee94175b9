import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.address import Address, parse_address


@given(
    st.text(min_size=1, max_size=40).filter(lambda text: text.isprintable()), st.integers(0, 10**9 - 1), st.integers(0, 10**9 - 1)
)
def test_link_and_address_are_each_others_inverse(document_id: str, start: int, end: int) -> None:
    assert parse_address(Address(document_id, start, end).link) == Address(document_id, start, end)


@pytest.mark.parametrize(
    "link", ["", "#src=", "#src=a", "#src=a.1", "#src=a.1.x", "#src=a.-1.2", "#src=a.1.99999999999", "#src=.1.2", "#src=a.1.²"]
)
def test_other_links_hold_no_address(link: str) -> None:
    assert parse_address(link) is None


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3), (0, 11), (11, 12)])
def test_empty_or_outside_span_is_not_within_the_text(start: int, end: int) -> None:
    assert not Address("a", start, end).is_within("0123456789")


def test_span_of_the_whole_text_is_within_it() -> None:
    assert Address("a", 0, 10).is_within("0123456789")
