"""`OrderedLists`: the numbers that a browser shows before the items of a page's ordered lists; a page holds how they are made, not the numbers."""

import re

from qa.readers.markup import Element, opening_of
from qa.readers.numerals import numeral

_WHOLE = re.compile(r"\s*([+-]?[0-9]{1,6})")
_OWN_NUMBER = re.compile(r"[(\[]?(?:[0-9]{1,4}(?:\.[0-9]{1,4})*|[a-zA-Z])[.)\]:]|(?:Vraag|Antwoord|Question|Answer)\s+[0-9]")
_UNNUMBERED = re.compile(r"list-style(?:-type)?\s*:[^;]*\bnone\b", re.IGNORECASE)
_FORMS = {"1", "a", "A", "i", "I"}


class OrderedLists:
    """The lists around the place that is being read, and how far each has counted (HTML Standard, 4.4.5 to 4.4.8)."""

    def __init__(self) -> None:
        self._lists: list[_Counting | None] = []

    def begin(self, element: Element) -> None:
        """Begin a list, of either kind."""
        is_numbered = element.name == "ol" and not _UNNUMBERED.search(element.attributes.get("style", ""))
        self._lists.append(_Counting(element) if is_numbered else None)

    def end(self) -> None:
        """End the list that was begun last."""
        if self._lists:
            self._lists.pop()

    def number_of(self, item: Element) -> str:
        """Count an item, and return its number as it is shown; nothing if it has none, or if its text begins with one of its own."""
        counting = self._lists[-1] if self._lists else None
        number = counting.next_number(item) if counting else ""
        return "" if _OWN_NUMBER.match(opening_of(item)) else number


class _Counting:
    def __init__(self, element: Element) -> None:
        self._form = form if (form := element.attributes.get("type", "1")) in _FORMS else "1"
        self._step = -1 if "reversed" in element.attributes else 1
        n_items = sum(child.name == "li" for child in element.elements())
        self._next = _whole(element, "start", n_items if self._step < 0 else 1)

    def next_number(self, item: Element) -> str:
        number = _whole(item, "value", self._next)
        self._next = number + self._step
        return f"{numeral(number, self._form)}."


def _whole(element: Element, name: str, default: int) -> int:
    found = _WHOLE.match(element.attributes.get(name, ""))
    return int(found[1]) if found else default
