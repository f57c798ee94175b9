"""An export as Markdown (CommonMark). Whatever has a meaning in Markdown or HTML is escaped, so that foreign text stays text."""

import re
from collections.abc import Iterator

from qa.export.content import Content, Link, Section, Source
from qa.table_rows import QuotedTable

_MEANS_SOMETHING = re.compile(r"([\\`*_\[\]<>&|~$#{}@^=!])")
_BEGINS_A_BLOCK = re.compile(r"^([-+:]|\d{1,9}(?=[.)]))")
_BARE_ADDRESS = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp)(?=:)|\b(www)(?=\.)")


def markdown_of(content: Content) -> str:
    """Return the whole conversation."""
    blocks = [f"# {escape(content.title)}", f"*{escape(content.made_with)}*"]
    for section in content.sections:
        blocks += _section(section, content)
    return "\n\n".join(blocks) + "\n"


def escape(text: str) -> str:
    """Return text on one line that CommonMark shows as it is; bare addresses stay text in dialects that would link them."""
    escaped = _MEANS_SOMETHING.sub(r"\\\1", text)
    escaped = _BARE_ADDRESS.sub(lambda match: f"{match[0]}\\", escaped)
    begin = _BEGINS_A_BLOCK.match(escaped)
    if begin is None:
        return escaped
    return f"{begin[0]}\\{escaped[begin.end() :]}" if begin[0][0].isdigit() else f"\\{escaped}"


def _section(section: Section, content: Content) -> Iterator[str]:
    yield f"## {escape(section.question) or content.texts.question}"
    yield from (escape(sentence) for sentence in section.sentences)
    for source in section.sources:
        quote = _table(source.table) if source.table else f"> {escape(source.quote)} \\[{source.number}\\]"
        yield f"{quote}\n>\n> {_provenance(source, content)}"
        if source.note:
            yield escape(source.note)


def _table(table: QuotedTable) -> str:
    """Return a table in a quote, as GitHub's Markdown has them; it always has heads there, if only empty ones."""
    n_columns = max(map(len, table.rows))
    heads = table.heads or ("",) * n_columns
    lines = [heads, ("---",) * n_columns, *table.rows]
    return "\n".join(f"> | {' | '.join(cell if cells is lines[1] else escape(cell) for cell in cells)} |" for cells in lines)


def _provenance(source: Source, content: Content) -> str:
    facts = " · ".join([f"**{_link(source.reference)}**", *map(escape, source.facts)])
    permalink = f" · {_link(source.permalink)}" if source.permalink.address else ""
    also_in = f" · {content.texts.also_in} {'; '.join(map(_link, source.also_in))}" if source.also_in else ""
    return f"\\[{source.number}\\] {facts}{also_in}{permalink}"


def _link(link: Link) -> str:
    return f"[{escape(link.name)}](<{link.address}>)" if link.address else escape(link.name)
