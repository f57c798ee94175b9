"""What a publication says about itself in its markup, as `<meta>` elements in HTML and XML do, by name: `DC.identifier`, `OVERHEIDop.vergaderjaar` ..."""

from collections.abc import Mapping, Sequence

from qa.document import Kind, Metadata
from qa.parliament.metadata import read_metadata
from qa.readers.builder import CanonicalText
from qa.readers.markup import Element

Published = Mapping[str, Sequence[str]]
"""What a publication says about itself, by name: `DC.identifier`, `OVERHEIDop.vergaderjaar` ..."""

_IDENTIFIERS = ("DC.identifier", "DCTERMS.identifier", "dcterms.identifier")


def metadata_of(canonical: CanonicalText, published: Published, title: str | None) -> Metadata:
    """Return what a publication says about itself; `title` is that of its own markup, which questions and answers do without."""
    own = identifiers(published)
    official_id = own[0] if len(own) == 1 else None
    metadata = read_metadata(canonical.text, furniture=canonical.furniture, official_id=official_id)
    if metadata.kind not in {Kind.LETTER, Kind.OTHER}:
        return metadata
    heading = next(iter(published.get("OVERHEIDop.documenttitel", ())), title)
    return read_metadata(canonical.text, heading=heading, furniture=canonical.furniture, official_id=official_id)


def identifiers(published: Published) -> list[str]:
    """Return the official identifiers that a publication gives itself."""
    return list(dict.fromkeys(value for name in _IDENTIFIERS for value in published.get(name, ())))


def published_by(elements: Sequence[Element]) -> dict[str, list[str]]:
    """Return what elements with a `name` and a `content` say."""
    published: dict[str, list[str]] = {}
    for element in elements:
        name, value = element.attributes.get("name", ""), " ".join(element.attributes.get("content", "").split())
        if name and value:
            published.setdefault(name, []).append(value)
    return published
