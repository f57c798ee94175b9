"""The formal reference of a passage: `Aanhangsel Handelingen II 2023/24, nr. 878, antwoord 3`."""

from collections.abc import Sequence

from qa.answer import Citation, OtherPlace
from qa.document import Metadata
from qa.parliament.identifiers import Series, parse_official_id, short_session, spaced_dossier
from qa.passage import Role

FIRST_SESSION_OF_SENATE_LETTERS = "2005-2006"
"""Before, the House of Representatives numbered some of its own papers with letters, so a letter did not tell the chamber."""

_PARTS = {Role.QUESTION: "vraag", Role.ANSWER: "antwoord", Role.FOOTNOTE: "voetnoot"}


def formal_reference(metadata: Metadata, role: Role, numbers: Sequence[int]) -> str | None:
    """Return how a passage is cited formally, or None where the document does not say which publication it is.

    Args:
        metadata: of the document.
        role: of the passage; questions, answers and footnotes are named.
        numbers: of the passage.
    """
    publication = _answers(metadata) or _debate(metadata) or _paper(metadata)
    if publication is None or role not in _PARTS or not numbers:
        return publication
    return f"{publication}, {_PARTS[role]} {_enumerate(numbers)}"


def reference_of(citation: Citation | OtherPlace) -> str | None:
    """Return how a citation is cited formally, as far as the official identifier alone tells it."""
    metadata = Metadata(title=citation.title, kind=citation.kind, official_id=citation.official_id)
    return formal_reference(metadata, citation.role, citation.numbers)


def _answers(metadata: Metadata) -> str | None:
    identifier = parse_official_id(metadata.official_id or "")
    if identifier is None or identifier.series is not Series.ANSWERS or identifier.session is None:
        return None
    chamber = "I" if metadata.official_id and metadata.official_id.startswith("ah-ek") else "II"
    return f"Aanhangsel Handelingen {chamber} {short_session(identifier.session)}, nr. {identifier.number}"


def _debate(metadata: Metadata) -> str | None:
    identifier = parse_official_id(metadata.official_id or "")
    if identifier is None or identifier.series is not Series.DEBATES or identifier.session is None:
        return None
    chamber = "I" if metadata.official_id and metadata.official_id.startswith("h-ek") else "II"
    return f"Handelingen {chamber} {short_session(identifier.session)}, nr. {identifier.meeting}, item {identifier.number}"


def _paper(metadata: Metadata) -> str | None:
    identifier = parse_official_id(metadata.official_id or "")
    dossier, number = (identifier.dossier, identifier.number) if identifier else (metadata.dossier, metadata.number)
    if dossier is None or number is None:
        return None
    if number.isdigit():
        paper = f"{spaced_dossier(dossier)}, nr. {number}"
        return f"Kamerstukken II {short_session(metadata.session)}, {paper}" if metadata.session else f"Kamerstuk {paper}"
    paper = f"{spaced_dossier(dossier)}, {number}"
    if metadata.session is None or metadata.session < FIRST_SESSION_OF_SENATE_LETTERS:
        return f"Kamerstuk {paper}"
    return f"Kamerstukken I {short_session(metadata.session)}, {paper}"


def _enumerate(numbers: Sequence[int]) -> str:
    *others, last = map(str, numbers)
    return f"{', '.join(others)} en {last}" if others else last
