"""An export as a web page that needs nothing else, neither to be read nor to be printed. Every text is escaped; nothing in it can run."""

from qa.export.content import Content
from qa.templates import macros

_TEMPLATE = "export/web_page.html"

_STYLE = """
:root { color-scheme: light dark; --ink: #1b2433; --muted: #526074; --paper: #fff; --rail: #b6c9f6; --accent: #1d4ed8; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e9f1; --muted: #a9b5c7; --paper: #10151f; --rail: #3d5898; --accent: #a3c0ff; } }
body { max-width: 46rem; margin: 2.5rem auto; padding: 0 1.25rem; font: 1rem/1.6 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
h1 { font-size: 1.5rem; line-height: 1.3; } h2 { margin-top: 2.4rem; font-size: 1.15rem; line-height: 1.4; }
a { color: var(--accent); } .made, .facts { color: var(--muted); font-size: .86rem; } .made { margin-bottom: 2rem; }
blockquote { margin: 1.2rem 0; padding: .1rem 0 .1rem 1.1rem; border-left: 4px solid var(--rail); overflow-wrap: anywhere; }
blockquote p { margin: .35rem 0; } table { border-collapse: collapse; } th, td { padding: .2rem .7rem .2rem 0; text-align: left; vertical-align: top; }
thead { color: var(--muted); font-size: .86rem; } tbody { border-top: 1px solid var(--rail); } .number { font-weight: 700; font-size: .85rem; color: var(--accent); }
@media print { :root { --ink: #000; --muted: #333; --paper: #fff; --accent: #000; } body { margin: 0; max-width: none; font-size: 11pt; }
 blockquote, h2 { break-inside: avoid; } h2 { break-after: avoid; } .facts a::after { content: " <" attr(href) ">"; overflow-wrap: anywhere; } }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def web_page_of(content: Content) -> str:
    """Return the whole page."""
    return str(macros(_TEMPLATE).page(content, _STYLE, _POLICY))


def fragment_of(content: Content) -> str:
    """Return the questions and answers alone, to be pasted into another document."""
    return str(macros(_TEMPLATE).sections(content))
