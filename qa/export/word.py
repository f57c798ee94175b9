"""An export as a Word file. Texts are runs and links are relations of the file, so nothing in them can be markup or a field."""

import io
from collections.abc import Iterator, Sequence

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from qa.export.content import Content, Link, Section, Source
from qa.table_rows import QuotedTable
from qa.wording.sentence import say

_MUTED = RGBColor(0x52, 0x60, 0x74)
_LINK = RGBColor(0x1D, 0x4E, 0xD8)


def word_of(content: Content) -> bytes:
    """Return the file."""
    document = docx.Document()
    _set_properties(document, content)
    document.add_heading(content.title, level=0)
    _muted(document.add_paragraph(content.made_with))
    for section in content.sections:
        _add_section(document, section, content)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _set_properties(document: WordDocument, content: Content) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.comments = content.title[:255], "Bronvraag", ""
    properties.language = say(content.language, "language", "tag")
    normal = document.styles["Normal"].element.get_or_add_rPr()
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), say(content.language, "language", "tag"))
    normal.append(language)


def _add_section(document: WordDocument, section: Section, content: Content) -> None:
    document.add_heading(section.question, level=1)
    for sentence in section.sentences:
        document.add_paragraph(sentence)
    for source in section.sources:
        if source.table is None:
            document.add_paragraph(f"{source.quote} [{source.number}]", style="Quote").paragraph_format.keep_with_next = True
        else:
            _add_table(document, source.table)
        paragraph = document.add_paragraph(f"[{source.number}] ")
        _add_joined(paragraph, _provenance(source, content))
        _muted(paragraph)
        if source.note:
            document.add_paragraph(source.note)


def _add_table(document: WordDocument, quoted: QuotedTable) -> None:
    """Add the rows of a table below their heads; the first row of the file's table is one that heads the columns."""
    rows = [*([quoted.heads] if quoted.heads else []), *quoted.rows]
    table = document.add_table(rows=len(rows), cols=max(map(len, rows)), style="Table Grid")
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.add_run(text).bold = texts is quoted.heads
            paragraph.paragraph_format.keep_with_next = True
    if quoted.heads:
        header = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(header)


def _provenance(source: Source, content: Content) -> Iterator[Sequence[Link]]:
    """Yield the facts about a source, each as what stands together."""
    yield (source.reference,)
    yield from ((Link(name=fact),) for fact in source.facts)
    if source.also_in:
        yield (Link(name=f"{content.texts.also_in} "), *source.also_in)
    if source.permalink.address:
        yield (source.permalink,)


def _add_joined(paragraph: Paragraph, facts: Iterator[Sequence[Link]]) -> None:
    for place, fact in enumerate(facts):
        if place:
            paragraph.add_run(" · ")
        for link in fact:
            _add_link(paragraph, link)


def _add_link(paragraph: Paragraph, link: Link) -> None:
    run = paragraph.add_run(link.name)
    if link.address is None:
        return
    relation = paragraph.part.relate_to(link.address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), relation)
    run.font.underline = True
    run.font.color.rgb = _LINK
    element.append(run._r)
    paragraph._p.append(element)


def _muted(paragraph: Paragraph) -> None:
    for run in _runs(paragraph):
        run.font.size = Pt(9)
        if run.font.color.rgb is None:
            run.font.color.rgb = _MUTED


def _runs(paragraph: Paragraph) -> Iterator[Run]:
    for part in paragraph.iter_inner_content():
        yield from [part] if isinstance(part, Run) else part.runs
