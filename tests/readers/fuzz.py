"""Mutated files of every kind, read one after the other: a reader may refuse a file with a `ReadError`, and nothing else may happen.

    python -m tests.readers.fuzz --count 5000 --format docx

A mutation follows from the kind and its number alone, so that `--first` 1234 `--count` 1 makes the same file again. To add a kind, add it to `TARGETS`.
"""

import argparse
import copy
import random
import resource
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

from qa.document import Document
from qa.exceptions import ReadError
from qa.readers.kinds import kind_of, without_rubbish
from qa.readers.markdown import read_markdown
from qa.readers.odt import read_odt
from qa.readers.official_xml import read_official_xml
from qa.readers.pdf import read_pdf
from qa.readers.text import read_text
from qa.readers.web_page import read_html
from qa.readers.word import read_docx
from qa.segmenter import segment
from tests.readers.files import (
    Text,
    docx,
    docx_of,
    html,
    html_of,
    members_of,
    numbered,
    numbered_docx,
    odt,
    odt_of,
    paragraph,
    run,
    table,
    xml,
    xml_of,
    zip_of,
)
from tests.readers.pdf_builder import PdfPage, build_pdf, set_text
from tests.readers.test_pdf_faults import STORY, form, lines, pdf, turned

Reader = Callable[[bytes, Path, str], Document]
SOURCE = Path("/nowhere/fuzz")
DOCUMENT_ID = "0123456789abcdef"

TEXT = Text(
    (
        "Vragen van het lid De Vries (ABC) aan de Minister over fietspaden (ingezonden 1 maart 2023).",
        "Vraag 1",
        "Hoeveel fietspaden zijn er\u00ad, en waar{1}?",
        "Antwoord 1",
        "Er zijn er «negentig»{2}, coördinatie inbegrepen.",
        "Antwoord op vraag 2 en 3",
        "Zie het antwoord op vraag 1.",
    ),
    {1: "Kamerstuk 30 573, nr. 153", 2: "Zie www.tweedekamer.nl"},
)


@dataclass(frozen=True)
class Target:
    """A kind of file: its reader, files of it to mutate, and words that its markup is made of."""

    read: Reader
    files: Sequence[bytes]
    words: Sequence[bytes]


_BOX = (
    "<w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent>"
    + paragraph("Kader")
    + "</w:txbxContent></wps:txbx></mc:Choice></mc:AlternateContent></w:r>"
)
_NESTED_TABLE = "<table><tr><td>een<table><tr><td>twee<td>drie</table></td><td>vier</td></tr></table>"
_ODT_STYLES = (
    "<text:list-style style:name='L1'><text:list-level-style-number text:level='1' style:num-format='1' style:num-suffix='.' text:start-value='3'/>"
    "<text:list-level-style-number text:level='2' style:num-format='i' style:num-list-format='%1%.%2%' text:display-levels='2'/></text:list-style>"
)
_ODT_LIST = "<text:list text:style-name='L1' text:continue-numbering='true'><text:list-item><text:p>een<text:line-break/>twee</text:p><text:list><text:list-item><text:p>drie</text:p></text:list-item></text:list></text:list-item></text:list>"
_NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
_DEBATE = (
    "<handelingen><spreekbeurt><spreker><voorvoegsels>De heer</voorvoegsels><naam><achternaam>Proef</achternaam></naam> (<politiek>A</politiek>):"
    "</spreker><tekst><al>Ja.</al></tekst></spreekbeurt><spreekbeurt><spreker><voorvoegsels>De</voorvoegsels><naam><achternaam>voorzitter"
    "</achternaam></naam>:</spreker><tekst><al>Nee.</al></tekst></spreekbeurt></handelingen>"
)
_XML_LIST = "<lijst><li><li.nr>a.</li.nr><al>een</al><lijst><li><li.nr>–</li.nr><al>twee</al></li></lijst></li></lijst>"
_XML_TABLE = "<table><title>Cijfers</title><tgroup><tbody><row><entry><al>2022</al></entry><entry><al>12</al></entry></row></tbody></tgroup></table>"
_TEXTS = (
    "",
    " ",
    "1",
    "0",
    "-1",
    "Vraag 1",
    "Antwoord 2 en 3",
    "Datum",
    "Betreft",
    "#ID-1",
    "n1",
    "11",
    "zacht\u00ad",
    "\u00a0",
    "\n",
    "999999999999",
    "²",
    "x" * 3000,
)
_MARKUP = [
    b"<",
    b">",
    b"</",
    b"/>",
    b'"',
    b"&",
    b"&lt;",
    b"&#0;",
    b"&#x110000;",
    b"&nbsp;",
    b"]]>",
    b"<![CDATA[",
    b"<!--",
    b"-->",
    b"<?x ",
    b"?>",
    b"\x00",
    b"\xff\xfe",
]
_DTD = [b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;", b"<!DOCTYPE html>", b"<!ENTITY % p SYSTEM 'file:///etc/passwd'>"]

_PAGES = (
    PdfPage(
        ["Vraag 1", *set_text("Hoeveel fietspaden zijn er, en waar liggen zij? Dat is de vraag.^1"), "", "Antwoord 1"],
        ["^1 Kamerstuk 30 573, nr. 1"],
    ),
    PdfPage([*set_text("Er zijn er negentig, coördinatie inbegrepen. Dat is veel voor een klein land als dit.")]),
)
_LINES = "Vraag 1\nHoeveel fiets-\npaden zijn er?1\n\nAntwoord 1\nNegentig, zie https://a.nl/\nb.\n\n1 Kamerstuk 30 573, nr. 1\n\fVraag 2\nWie?\n"
_MARKDOWN = "# Kop\n\nVraag 1\n\n- een *twee* `drie`\n- [vier](https://a.nl)\n\n> vijf\n\n```\nzes\n```\n<b>zeven</b>\n"

TARGETS = {
    "txt": Target(
        read_text,
        (_LINES.encode(), _LINES.encode("utf-16")),
        [b"\n", b"\f", b"-\n", b" ", b"Antwoord 5 en 6\n", b"1", b"\xff\xfe", b"\xef\xbb\xbf", b"\x00"],
    ),
    "md": Target(
        read_markdown,
        (_MARKDOWN.encode(),),
        [b"\n", b"#", b"*", b"`", b"[", b"](", b"> ", b"- ", b"    ", b"<b>", b"&amp;", b"\x00", b"\xff"],
    ),
    "pdf": Target(
        read_pdf,
        (build_pdf(*_PAGES), pdf(turned(lines(*STORY), 1), form)),
        [
            b"endobj",
            b"stream\n",
            b"endstream",
            b"/Page",
            b"/Kids",
            b"/Font",
            b"1 0 R",
            b"<<",
            b">>",
            b"[",
            b"BT",
            b"Tj",
            b"-1",
            b"99999999",
            b"/Rotate 90",
            b"/AcroForm",
            b"/Widget",
            b"/V (x)",
        ],
    ),
    "docx": Target(
        read_docx,
        (
            docx_of(TEXT),
            docx(
                paragraph(run("Vraag 1", "<w:b/>"), "<w:r><w:tab/></w:r>", run("Waarom?")),
                table(("a", table(("b", "c"))), ("d", "e")),
                paragraph("<w:ins>" + run("nieuw") + "</w:ins><w:del><w:r><w:delText>oud</w:delText></w:r></w:del>", _BOX),
                endnotes={1: "Eindnoot"},
            ),
            numbered_docx(
                numbered("Waarom?", 1),
                numbered("Zo nee?", 1, 1),
                paragraph("Daarom[1].", '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'),
                paragraph("[1] Noot"),
                numbering=_NUMBERING,
            ),
        ),
        [
            b"<w:p>",
            b"</w:p>",
            b"<w:tbl>",
            b"</w:tbl>",
            b"<w:tc>",
            b"<w:tr>",
            b"<w:txbxContent>",
            b"<w:footnoteReference w:id='11'/>",
            b"<w:br/>",
            b"<w:numPr><w:numId w:val='1'/></w:numPr>",
            b"<w:sym w:font='Symbol' w:char='F0A3'/>",
            b"%1%2",
            b"<w:del>",
            *_MARKUP,
            *_DTD,
        ],
    ),
    "odt": Target(
        read_odt,
        (
            odt_of(TEXT),
            odt(
                _ODT_LIST
                + "<table:table><table:table-row><table:table-cell><text:p>een</text:p></table:table-cell></table:table-row></table:table>",
                styles=_ODT_STYLES,
            ),
        ),
        [
            b"<text:p>",
            b"</text:p>",
            b"<text:note>",
            b"<text:s/>",
            b"<table:table>",
            b"</table:table>",
            b"<table:table-row>",
            b"<draw:text-box>",
            *_MARKUP,
            *_DTD,
        ],
    ),
    "html": Target(
        read_html,
        (
            html_of(TEXT),
            html(
                f"<main><h1>Kop</h1><p>een<br>twee<sup><a href='#fn1'>1</a></sup>{_NESTED_TABLE}<ul><li>a<li>b</ul><ol start=7 type=i><li>c<li value=2>d</ol><ol><li id=fn1>noot</ol></main>"
            ),
        ),
        [
            b"<p>",
            b"</p>",
            b"<div class='vraag'>",
            b"</div>",
            b"<table>",
            b"</table>",
            b"<td>",
            b"<tr>",
            b"<li id='fn1'>",
            b"<a href='#fn1'>1</a>",
            b"<main>",
            b"<form>",
            *_MARKUP,
            *_DTD,
        ],
    ),
    "xml": Target(
        read_official_xml,
        (
            xml_of(TEXT),
            xml(_DEBATE),
            xml(
                f"<kamerstuk><stuk><stuknr>Nr. 4</stuknr><titel>Brief</titel><al>een</al>{_XML_LIST}{_XML_TABLE}</stuk></kamerstuk>"
            ),
        ),
        [
            b"<al>",
            b"</al>",
            b"<vraag>",
            b"<antwoord>",
            b"</vraag>",
            b"<nr>",
            b"<noot>",
            b"<nootref refid='n1'/>",
            b"<kop>",
            b"</kop>",
            b"<row>",
            b"<table>",
            *_MARKUP,
            *_DTD,
        ],
    ),
}
"""What is mutated, by the name of its format."""


@dataclass
class Outcome:
    """What came of reading mutated files."""

    counts: Counter[str] = field(default_factory=Counter)
    slowest_s: float = 0.0
    slowest: int = 0
    crashes: list[tuple[int, str]] = field(default_factory=list)

    def report(self, name: str) -> str:
        """Return lines about a kind of file; the peak is that of the process so far."""
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        summary = (
            f"{name}: {self.counts.total()} files read or refused, slowest {self.slowest_s:.3f} s (number {self.slowest}), "
            f"peak memory {peak_mb:.0f} MB, {len(self.crashes)} crashes"
        )
        lines = [
            summary,
            *(f"  {n_files:6} {reason}" for reason, n_files in self.counts.most_common(12)),
            *(f"  crash at number {number}\n{report}" for number, report in self.crashes[:5]),
        ]
        return "\n".join(lines) + "\n"


def mutated(name: str, number: int) -> bytes:
    """Return the mutation of that number of a kind of file."""
    target = TARGETS[name]
    choice = random.Random(f"{name} {number}")  # noqa: S311, for repetition and not for secrets
    content = choice.choice(target.files)
    if content.startswith(b"PK") and choice.random() < 0.85:
        members = members_of(content)
        member = choice.choice([name for name in sorted(members) if name.endswith((".xml", ".rels"))])
        return zip_of({**members, member: _mutate_markup(members[member], choice, target.words)})
    return _mutate_markup(content, choice, target.words)


def _mutate_markup(content: bytes, choice: random.Random, words: Sequence[bytes]) -> bytes:
    """Return the markup changed byte by byte or, as often, element by element, so that it stays well-formed."""
    if choice.random() < 0.5:
        return _mutate(content, choice, words)
    try:
        root = ET.fromstring(content)  # noqa: S314, our own file
    except (ET.ParseError, ValueError):  # a format without markup
        return _mutate(content, choice, words)
    for _time in range(choice.choice((1, 2, 4, 16))):
        elements = list(root.iter())
        parent, other = choice.choice(elements), choice.choice(elements)
        match choice.randrange(7):
            case 0 if len(parent):
                parent.remove(choice.choice(list(parent)))
            case 1 if len(elements) < 2000:
                parent.append(copy.deepcopy(other))
            case 2:
                parent.tag = other.tag
            case 3:
                parent.text, parent.tail = other.tail, choice.choice(_TEXTS)
            case 4:
                parent.attrib.update({key: choice.choice(_TEXTS) for key in parent.attrib})
            case 5:
                parent.attrib.update(other.attrib)
            case _:
                for _depth in range(choice.choice((1, 10, 100))):
                    parent = ET.SubElement(parent, other.tag, other.attrib)
                parent.text = choice.choice(_TEXTS)
    return ET.tostring(root)


def _mutate(content: bytes, choice: random.Random, words: Sequence[bytes]) -> bytes:
    changed = bytearray(content)
    for _time in range(choice.choice((1, 1, 2, 4, 16))):
        place = choice.randrange(len(changed) + 1)
        other = choice.randrange(len(changed) + 1)
        match choice.randrange(7):
            case 0:
                changed[place : place + 1] = bytes([choice.randrange(256)])
            case 1 if changed:
                changed[place % len(changed)] ^= 1 << choice.randrange(8)
            case 2:
                del changed[place : place + choice.choice((1, 8, 64, 512))]
            case 3:
                changed[place:place] = choice.choice(words) * choice.choice((1, 1, 1, 50, 3000))
            case 4:
                changed[place:place] = changed[min(place, other) : max(place, other)][:2000]
            case 5:
                changed[place:place] = choice.choice(words) + changed[other : other + 40] + choice.choice(words)
            case _ if choice.random() < 0.2:
                del changed[place:]
    return bytes(changed)


def try_one(name: str, content: bytes) -> str:
    """Read a file, divide it into passages, and return what came of it; raises whatever is no `ReadError`."""
    kind_of(without_rubbish(content, f".{name}"), f".{name}")
    try:
        document = TARGETS[name].read(content, SOURCE, DOCUMENT_ID)
    except ReadError as error:
        return str(error).split("(")[0].strip()
    for passage in segment(document):
        assert document.text[passage.start : passage.end] == passage.text
    assert all(
        cell.start <= cell.end <= len(document.text) for table in document.structure.tables for row in table.rows for cell in row
    )
    assert all(table.start >= before.end for before, table in pairwise(document.structure.tables))
    assert all(document.text[note.start : note.end].startswith(f"{note.number} ") for note in document.footnotes)
    assert not any(not part or part != part.strip() or "\n" in part for part in document.text.split("\n\n"))
    return "read"


def fuzz(name: str, count: int, *, first: int = 0) -> Outcome:
    """Read `count` mutations of a kind of file."""
    outcome = Outcome()
    for number in range(first, first + count):
        content = mutated(name, number)
        started = time.perf_counter()
        try:
            outcome.counts[try_one(name, content)] += 1
        except Exception:  # whatever it is, it is what is looked for
            outcome.crashes.append((number, traceback.format_exc()))
        elapsed = time.perf_counter() - started
        if elapsed > outcome.slowest_s:
            outcome.slowest_s, outcome.slowest = elapsed, number
    return outcome


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=5000, help="mutations of every format")
    parser.add_argument("--first", type=int, default=0, help="the number of the first mutation")
    parser.add_argument("--format", choices=sorted(TARGETS), action="append", help="only this format; may be given again")
    arguments = parser.parse_args()
    n_crashes = 0
    for name in arguments.format or TARGETS:
        outcome = fuzz(name, arguments.count, first=arguments.first)
        n_crashes += len(outcome.crashes)
        sys.stdout.write(outcome.report(name))
        sys.stdout.flush()
    return 1 if n_crashes else 0


if __name__ == "__main__":
    sys.exit(main())
