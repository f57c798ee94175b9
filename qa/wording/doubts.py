"""What is doubtful about a document, in words, with what helps."""

from qa.answer import Language
from qa.document import Doubt
from qa.wording.sentence import say_one_or_many

MAX_PAGES = 8
"""Page numbers that are named, ranges counting as one."""


def say_doubt(doubt: Doubt, language: Language) -> str:
    """Return what is doubtful, in one or two sentences."""
    n, pages = len(doubt.pages), _say_pages(doubt.pages)
    return say_one_or_many(language, "doubts", doubt.code.name.lower(), n, all=doubt.n_pages, pages=pages)


def _say_pages(pages: tuple[int, ...]) -> str:
    """Return page numbers with ranges, `2-4, 7`; an ellipsis stands for what is left out."""
    ranges: list[list[int]] = []
    for page in pages:
        if ranges and page == ranges[-1][1] + 1:
            ranges[-1][1] = page
        else:
            ranges.append([page, page])
    said = [str(first) if first == last else f"{first}-{last}" for first, last in ranges[:MAX_PAGES]]
    return ", ".join([*said, "…"] if len(ranges) > MAX_PAGES else said)
