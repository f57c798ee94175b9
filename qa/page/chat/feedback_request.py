"""Feedback as the browser sends it, made into `Feedback` whose quotes are what the documents say."""

from collections.abc import Mapping
from typing import Any

from qa.address import parse_address
from qa.desk import Desk
from qa.feedback import Feedback, FeedbackError, parse_feedback
from qa.text.language import language_of

_FIELDS = ("verdict", "question", "history", "number", "remark")


def feedback_from(desk: Desk, request: object) -> Feedback:
    """Return the feedback in a request; nothing in it is trusted, and quotes are cut from the documents.

    Args:
        desk: opens the documents.
        request: `{"verdict": "right", "question": "...", "history": ["..."], "links": ["#src=..."], "number": 2, "remark": "..."}`. The links are those of
            all quotes that the answer showed, or of the one that is judged, with its number; a refusal has none. Only the verdict and the question must be there.

    Raises:
        FeedbackError: a value is missing or cannot be kept.
        BronvraagError: a document is not in the library.
    """
    if not isinstance(request, dict):
        raise FeedbackError("feedback_without_verdict")
    sent: dict[str, Any] = {name: request[name] for name in _FIELDS if request.get(name) is not None}
    links = request.get("links") or []
    if not isinstance(links, list):
        raise FeedbackError("feedback_links_no_list")
    return parse_feedback(
        {
            **sent,
            "language": language_of(str(sent.get("question", ""))),
            "quotes": [_judged(desk, link) for link in links],
        }
    )


def _judged(desk: Desk, link: object) -> Mapping[str, object]:
    address = parse_address(str(link)[:1000])
    text = desk.document(address.document_id).text if address else ""
    if address is None or not address.is_within(text):
        raise FeedbackError("feedback_quote_unknown")
    return {
        "document_id": address.document_id,
        "start": address.start,
        "end": address.end,
        "quote": text[address.start : address.end],
    }
