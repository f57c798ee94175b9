"""`main_text`: the part of a web page that is the document, without menus, forms, scripts and the page's head and foot."""

from qa.readers.markup import Element, End, Start, elements_of, text_of, walk

_LEFT_OUT = {
    "head",
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "object",
    "svg",
    "math",
    "canvas",
    "audio",
    "video",
    "nav",
    "aside",
    "dialog",
    "form",
    "button",
    "select",
    "textarea",
    "input",
    "rt",
    "rp",
}
HEAD_AND_FOOT = {"header", "footer"}
_PUBLICATION_PARTS = {"vraag", "antwoord", "kamervraagopmerking", "stuk", "kamervraagomschrijving", "kamervraagomschrijving_kop"}
"""Classes of what an official publication consists of."""

_TEXT_BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "table", "blockquote", "pre"}


def classes_of(element: Element) -> set[str]:
    """Return the classes of an element."""
    return set(element.attributes.get("class", "").split())


def is_left_out(element: Element) -> bool:
    """Return whether an element is not shown, or no text."""
    attributes = element.attributes
    return (
        element.name in _LEFT_OUT
        or "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or "display:none" in attributes.get("style", "").replace(" ", "").lower()
    )


def main_text(page: Element) -> Element:
    """Return the element that holds the main text."""
    parts = [element for element in elements_of(page) if classes_of(element) & _PUBLICATION_PARTS]
    if parts:
        return _common_ancestor(page, parts)
    for marked in (
        [element for element in elements_of(page) if element.name == "main" or element.attributes.get("role") == "main"],
        list(elements_of(page, "article")),
    ):
        if len(marked) == 1 and text_of(marked[0], skip=is_left_out):
            return marked[0]
    if text_of(page, skip=is_left_out):
        return _densest(page)
    return next(
        (form for form in elements_of(page, "form") if text_of(form, skip=is_left_out)), page
    )  # some sites wrap the whole page in one


def _common_ancestor(page: Element, parts: list[Element]) -> Element:
    """Return the smallest element that holds all these and the footnotes; it may be one of them."""
    wanted = {*parts, *(element for element in elements_of(page) if {"voet", "noot"} <= classes_of(element))}
    path: list[Element] = []
    common: list[Element] | None = None
    for step in walk(page):
        if isinstance(step, Start):
            path.append(step.element)
            if step.element in wanted:
                common = path[:] if common is None else [left for left, right in zip(common, path, strict=False) if left is right]
        elif isinstance(step, End):
            path.pop()
    return common[-1] if common else page


def _densest(page: Element) -> Element:
    """Return the smallest element that holds four fifths of the text outside links."""
    sizes: dict[Element, int] = {}
    path: list[Element] = []
    for step in walk(page, skip=_is_beside_main_text):
        if isinstance(step, Start):
            path.append(step.element)
            sizes[step.element] = 0
        elif isinstance(step, End):
            path.pop()
            if path:
                sizes[path[-1]] += sizes[step.element]
        else:
            sizes[path[-1]] += len(step.strip())
    densest: Element | None = page
    found = page
    while densest is not None and densest.name not in _TEXT_BLOCKS:
        found = densest
        densest = next((child for child in found.elements() if sizes.get(child, 0) * 5 >= sizes[page] * 4), None)
    return found


def _is_beside_main_text(element: Element) -> bool:
    return is_left_out(element) or element.name in {"a", *HEAD_AND_FOOT}
