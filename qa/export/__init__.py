"""A conversation as a file to keep, to mail or to work on: Markdown, a web page or Word, with its citations, references and links."""

from qa.export.content import Content, content_of
from qa.export.file import ExportedFile, Format, export_conversation, export_quotes
from qa.export.markdown import markdown_of
from qa.export.web_page import fragment_of

__all__ = [
    "Content",
    "ExportedFile",
    "Format",
    "content_of",
    "export_conversation",
    "export_quotes",
    "fragment_of",
    "markdown_of",
]
