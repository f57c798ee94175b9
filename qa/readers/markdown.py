"""Markdown files, by markdown-it-py (CommonMark, with tables as on GitHub). Markup shapes the paragraphs and is not part of the text; HTML in it is text like any other."""

from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from qa.document import Document
from qa.parliament.metadata import read_metadata
from qa.readers.flow import Flow
from qa.readers.text import decode
from qa.structure import BlockKind


def read_markdown(content: bytes, source: Path, document_id: str) -> Document:
    """Return the document of a Markdown file.

    Raises:
        ReadError: it is not text, or there is none in it.
    """
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(decode(content))
    flow = Flow()
    for token in tokens:
        _add(flow, token)
    canonical = flow.build()
    return canonical.as_document(source, document_id, read_metadata(canonical.text, heading=_first_heading(tokens)))


def _first_heading(tokens: list[Token]) -> str | None:
    for token, inline in pairwise(tokens):
        if token.type == "heading_open":
            return _inline_text(inline) or None
    return None


def _add(flow: Flow, token: Token) -> None:
    match token.type:
        case "heading_open":
            flow.begin_block(BlockKind.HEADING, int(token.tag[1:]))
        case "list_item_open":
            flow.begin_block(BlockKind.ITEM)
        case "heading_close" | "list_item_close":
            flow.end_paragraph()
            flow.end_block()
        case "table_open":
            flow.begin_table()
        case "th_open" | "td_open":
            flow.begin_cell(is_head=token.type == "th_open")
        case "tr_close":
            flow.end_row()
        case "table_close":
            flow.end_table()
        case "inline":
            flow.add_text(_inline_text(token))
            flow.end_paragraph()
        case "fence" | "code_block":
            for line in token.content.splitlines():
                flow.add_text(line)
                flow.end_paragraph()


def _inline_text(token: Token) -> str:
    parts = []
    for child in token.children or []:
        if child.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        elif child.type in {"text", "code_inline", "image", "html_inline"}:
            parts.append(child.content)
    return "".join(parts)
