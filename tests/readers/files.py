"""Builders of small Word, ODT, HTML and official XML files, from markup of their own or from the text of a document."""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from qa.document import Document
from qa.parliament.headings import parse_heading
from qa.passage import Role

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
Mark = Callable[[int], str]
Markup = Callable[[str], str]
_MARK = re.compile(r"\{(\d+)\}")


@dataclass(frozen=True)
class Text:
    """A document's text: paragraphs in which `{1}` is the mark of footnote 1, and the bodies of the footnotes."""

    paragraphs: tuple[str, ...]
    notes: Mapping[int, str]

    @classmethod
    def of(cls, document: Document) -> "Text":
        """Return the text of a document that was read."""
        text = document.text[: min((note.start for note in document.footnotes), default=len(document.text))]
        for note in sorted(document.footnotes, key=lambda note: note.anchor or 0, reverse=True):
            if note.anchor is not None:
                text = f"{text[: note.anchor]}{{{note.number}}}{text[note.anchor :]}"
        notes = {note.number: document.text[note.start : note.end].removeprefix(f"{note.number} ") for note in document.footnotes}
        return cls(tuple(text.strip().split("\n\n")), notes)


def zip_of(members: Mapping[str, str | bytes]) -> bytes:
    """Return a zip archive of these members; the same members make the same bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, (2022, 5, 16, 12, 0, 0))
            member.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(member, content)
    return file.getvalue()


def members_of(content: bytes) -> dict[str, bytes]:
    """Return the members of a zip archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def run(text: str, properties: str = "") -> str:
    """Return a run of a Word paragraph."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str, style: str = "") -> str:
    """Return a Word paragraph of runs; one that is no markup is plain text."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(each if each.startswith('<') else run(each) for each in runs)}</w:p>"


def table(*rows: Iterable[str]) -> str:
    """Return a Word table; a cell that is no markup is one paragraph."""
    return f"<w:tbl>{''.join(_row(row) for row in rows)}</w:tbl>"


def _row(cells: Iterable[str]) -> str:
    contents = (cell if cell.startswith("<") else paragraph(cell) for cell in cells)
    return f"<w:tr>{''.join(f'<w:tc>{content}</w:tc>' for content in contents)}</w:tr>"


def docx(
    *body: str,
    notes: Mapping[int, str] | None = None,
    endnotes: Mapping[int, str] | None = None,
    header: str = "",
    footer: str = "",
) -> bytes:
    """Return a Word file with this body, in markup."""
    parts = {
        "footnotes": _word_notes("footnote", notes or {}),
        "endnotes": _word_notes("endnote", endnotes or {}),
        "header": f'<w:hdr xmlns:w="{W}">{paragraph(header)}</w:hdr>',
        "footer": f'<w:ftr xmlns:w="{W}">{paragraph(footer)}</w:ftr>',
    }
    relations = "".join(f'<Relationship Id="r{kind}" Type="{RELATIONS}/{kind}" Target="{kind}1.xml"/>' for kind in parts)
    return zip_of(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships><Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": (
                f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{W}" xmlns:mc="mc" xmlns:wps="wps" xmlns:v="v">'
                f"<w:body>{''.join(body)}<w:sectPr/></w:body></w:document>"
            ),
            "word/_rels/document.xml.rels": f"<Relationships>{relations}</Relationships>",
            **{f"word/{kind}1.xml": part for kind, part in parts.items()},
        }
    )


def numbered_docx(*body: str, numbering: str, styles: str = "") -> bytes:
    """Return a Word file with this body and what it says of its lists, in markup."""
    members = {name: content.decode() for name, content in members_of(docx(*body)).items()}
    kinds = {"numbering": numbering, "styles": styles}
    more = "".join(f'<Relationship Id="r{kind}" Type="{RELATIONS}/{kind}" Target="{kind}.xml"/>' for kind in kinds)
    relations = "word/_rels/document.xml.rels"
    members[relations] = members[relations].replace("</Relationships>", f"{more}</Relationships>")
    for kind, content in kinds.items():
        members[f"word/{kind}.xml"] = f'<w:{kind} xmlns:w="{W}">{content}</w:{kind}>'
    return zip_of(members)


def numbered(text: str, number: int, level: int = 0) -> str:
    """Return a Word paragraph of a list, at a level of it."""
    properties = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
    return f"<w:p>{properties}{run(text)}</w:p>"


def _word_notes(kind: str, notes: Mapping[int, str]) -> str:
    bodies = "".join(
        f'<w:{kind} w:id="{number}"><w:p><w:r><w:{kind}Ref/></w:r>' + run(" " + text) + f"</w:p></w:{kind}>"
        for number, text in notes.items()
    )
    separator = f'<w:{kind} w:id="-1" w:type="separator"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
    return f'<w:{kind}s xmlns:w="{W}">{separator}{bodies}</w:{kind}s>'


def docx_of(text: Text) -> bytes:
    """Return a Word file with this text, below a letterhead in a table; the ids of its notes are not their numbers."""
    letterhead = table(
        ("Datum", "16 mei 2022"), ("Ons kenmerk", "4023811"), ("Betreft", "Beantwoording Kamervragen over het IMRF")
    )
    body = [
        paragraph(
            *(_word_mark(int(part) + 10) if number % 2 else run(part) for number, part in enumerate(_MARK.split(whole)) if part)
        )
        for whole in text.paragraphs
    ]
    notes = {number + 10: body for number, body in text.notes.items()}
    return docx(
        letterhead, *body, notes=notes, header="Tweede Kamer, vergaderjaar 2021-2022, Aanhangsel", footer="ah-tk-20212022-2811"
    )


def _word_mark(note_id: int) -> str:
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{note_id}"/></w:r>'


def odt(body: str, *, header: str = "", styles: str = "", manifest: str = "<manifest/>") -> bytes:
    """Return an ODT file with this body and these styles, in markup."""
    return zip_of(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": (
                '<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="tb" xmlns:draw="d">'
                f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
            ),
            "styles.xml": f'<office:document-styles xmlns:office="o" xmlns:text="t" xmlns:style="s">{styles}<style:header><text:p>{header}</text:p></style:header></office:document-styles>',
            "META-INF/manifest.xml": manifest,
        }
    )


def odt_of(text: Text) -> bytes:
    """Return an ODT file with this text."""

    def note(number: int) -> str:
        return f'<text:note text:note-class="footnote"><text:note-citation>{number}</text:note-citation><text:note-body><text:p>{escape(text.notes[number])}</text:p></text:note-body></text:note>'

    return odt("".join(f"<text:p>{_marked(whole, note)}</text:p>" for whole in text.paragraphs), header="ah-tk-20212022-2811")


def html(body: str, head: str = "") -> bytes:
    """Return an HTML page with this body, in markup."""
    return f'<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"><title>Pagina</title>{head}</head><body>{body}</body></html>'.encode()


def html_of(text: Text) -> bytes:
    """Return a page of an official publication with this text."""

    def mark(number: int) -> str:
        return f'<a class="nootnum supernote-click-ID-{number}" href="#ID-{number}">{number}</a>'

    def paragraph_of(whole: str) -> str:
        return f"<p>{_marked(whole, mark)}</p>"

    parts = _parts(text, lambda heading: f'<h2 class="stuktitel no-toc">{heading}\n   </h2>', paragraph_of, "div class=", "div")
    notes = "".join(
        f'<div class="voet noot snp-mouseoffset" id="supernote-note-ID-{number}"><h5 class="note-close"><a class="note-close" href="#close">X</a> Noot</h5>'
        f'<sup><span class="nootnum"><a id="ID-{number}" name="ID-{number}"></a>{number}</span></sup><p>{escape(body)}</p></div>'
        for number, body in text.notes.items()
    )
    head = '<meta name="DC.identifier" scheme="OVERHEIDop.ParlID" content="ah-tk-20212022-2811">'
    menu = "<header><h1>Officiële bekendmakingen</h1></header><nav><ul><li>Zoeken</li></ul></nav>"
    return html(
        f'{menu}<div id="main-column"><div>{parts}<div id="noten"><hr>{notes}</div></div></div><footer>Over deze site</footer>',
        head,
    )


def xml(body: str, *, root: str = "officiele-publicatie", metadata: str = "") -> bytes:
    """Return an official publication in XML with this body, in markup."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root}><metadata>{metadata}</metadata>{body}</{root}>'.encode()


def xml_of(text: Text) -> bytes:
    """Return an official publication in XML with this text."""

    def note(number: int) -> str:
        return (
            f'<noot id="n{number}" type="voet"><noot.nr>{number}</noot.nr><noot.al>{escape(text.notes[number])}</noot.al></noot>'
        )

    def paragraph_of(whole: str) -> str:
        return f"<al>{_marked(whole, note)}</al>\n"

    parts = _parts(text, lambda heading: f"<nr>{heading}</nr>", paragraph_of, "", "")
    head = '<kamervraagkop><tekstregel inhoud="vergaderjaar">Vergaderjaar 2021-2022</tekstregel></kamervraagkop>'
    return xml(f"<kamervragen>{head}{parts}</kamervragen>", metadata='<meta name="DC.identifier" content="ah-tk-20212022-2811"/>')


def _marked(whole: str, mark: Mark) -> str:
    return "".join(mark(int(part)) if number % 2 else escape(part) for number, part in enumerate(_MARK.split(whole)))


def _parts(text: Text, heading_of: Markup, paragraph_of: Markup, class_attribute: str, closing: str) -> str:
    """Return the paragraphs with every question and answer in an element or class of its own."""
    markup = ""
    end = ""
    for whole in text.paragraphs:
        heading = parse_heading(whole)
        if heading:
            word = "vraag" if heading.role is Role.QUESTION else "antwoord"
            markup += f'{end}<{class_attribute}"{word}">' if class_attribute else f"{end}<{word}>"
            markup += heading_of(whole)
            end = f"</{closing or word}>"
        else:
            markup += paragraph_of(whole)
    return markup + end
