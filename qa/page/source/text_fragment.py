"""Text fragments: the end of a web address that makes a browser scroll to a passage and mark it.

As in the draft "URL Fragment Text Directives" of the WICG: `#:~:text=START,END`, where a short passage stands as a whole. What is not a letter or a
digit is percent-encoded, since comma, dash and ampersand part the directive.
"""

import re
from collections.abc import Iterable
from itertools import pairwise
from urllib.parse import quote

MAX_WHOLE = 10
"""Words of the longest passage that stands as a whole; of a longer one its first and last words, which survives small differences in between."""
N_WORDS = 5
MIN_WORDS = 3
"""Fewer words may stand elsewhere in the publication too."""


def text_fragment(text: str, gaps: Iterable[int] = ()) -> str:
    """Return the fragment that leads to `text`, or nothing if there are no words to look for.

    Args:
        text: as it stands in the publication.
        gaps: offsets at which the publication shows something else in between, such as a footnote's number.
    """
    runs = [run for run in _runs(text, gaps) if len(run) >= MIN_WORDS] or [run for run in _runs(text, gaps) if run][:1]
    if not runs:
        return ""
    if len(runs) == 1 and len(runs[0]) <= MAX_WHOLE:
        return f"#:~:text={_encoded(runs[0])}"
    return f"#:~:text={_encoded(runs[0][:N_WORDS])},{_encoded(runs[-1][-N_WORDS:])}"


def _runs(text: str, gaps: Iterable[int]) -> list[list[str]]:
    """Return the words between gaps; a word that a mark stands right behind has no end there that a browser would see, so it is left out."""
    cuts = [0, *sorted(gap for gap in gaps if 0 < gap < len(text)), len(text)]
    runs = []
    for start, end in pairwise(cuts):
        words = text[start:end].split()
        if words and end < len(text) and text[end - 1].isalnum():
            words.pop()
        runs.append(words if re.search(r"\w", "".join(words)) else [])
    return runs


def _encoded(words: Iterable[str]) -> str:
    return quote(" ".join(words), safe="", errors="replace").replace("-", "%2D")
