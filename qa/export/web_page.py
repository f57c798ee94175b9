"""An export as a web page that needs nothing else, neither to be read nor to be printed. Every text is escaped; nothing in it can run."""

import html
from collections.abc import Iterator, Sequence

from qa.export.content import Content, Link, Section, Source

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
    title = html.escape(content.title)
    return (
        f'<!doctype html>\n<html lang="{content.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n<meta name="referrer" content="no-referrer">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n'
        f'<body>\n<main>\n<h1>{title}</h1>\n<p class="made">{html.escape(content.made_with)}</p>\n{fragment_of(content)}\n</main>\n</body>\n</html>\n'
    )


def fragment_of(content: Content) -> str:
    """Return the questions and answers alone, to be pasted into another document."""
    return "\n".join(_section(section, content) for section in content.sections)


def _section(section: Section, content: Content) -> str:
    sentences = "".join(f"<p>{html.escape(sentence)}</p>\n" for sentence in section.sentences)
    sources = "".join(_source(source, content) for source in section.sources)
    return f'<section lang="{section.language}">\n<h2>{html.escape(section.question)}</h2>\n{sentences}{sources}</section>'


def _source(source: Source, content: Content) -> str:
    facts = [f"<strong>{_link(source.reference)}</strong>", *(f"<bdi>{html.escape(fact)}</bdi>" for fact in source.facts)]
    if source.also_in:
        facts.append(f"{html.escape(content.texts.also_in)} {'; '.join(map(_link, source.also_in))}")
    if source.permalink.address:
        facts.append(_link(source.permalink))
    number = f'<span class="number">[{source.number}]</span>'
    return f'<blockquote>{_quote(source, number)}\n<p class="facts">[{source.number}] {" · ".join(facts)}</p></blockquote>\n'


def _quote(source: Source, number: str) -> str:
    if source.table is None:
        return f'<p lang="nl">{html.escape(source.quote)} {number}</p>'
    heads = "".join(f'<th scope="col">{html.escape(head)}</th>' if head else "<td></td>" for head in source.table.heads)
    rows = "".join(f"<tr>{''.join(_cells(row, source.table.n_header_columns))}</tr>" for row in source.table.rows)
    return f'<table lang="nl">{f"<thead><tr>{heads}</tr></thead>" if heads else ""}<tbody>{rows}</tbody></table>'


def _cells(row: Sequence[str], n_header_columns: int) -> Iterator[str]:
    for column, text in enumerate(row):
        yield (
            f'<th scope="row">{html.escape(text)}</th>' if text and column < n_header_columns else f"<td>{html.escape(text)}</td>"
        )


def _link(link: Link) -> str:
    name = f"<bdi>{html.escape(link.name)}</bdi>"
    return f'<a href="{html.escape(link.address)}" rel="noopener noreferrer">{name}</a>' if link.address else name
