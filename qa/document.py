"""`Document`: one file as it was read. Its canonical text is the truth that every offset, passage and quote refers to."""

from bisect import bisect_right
from dataclasses import dataclass, replace
from enum import StrEnum

from qa.structure import NO_STRUCTURE, Structure


class Kind(StrEnum):
    """What a document is, in the field's own Dutch terms."""

    LETTER = "Kamerbrief"
    ANSWERS = "antwoord op schriftelijke vragen"
    NOTICE = "mededeling"
    MOTION = "motie"
    REPORT = "verslag"
    """Of a meeting: a debate, a committee's meeting."""
    DECISIONS = "besluitenlijst"
    AGENDA = "agenda"
    STUDY = "rapport"
    POLICY = "beleidsstuk"
    FICHE = "fiche"
    FAQ = "veelgestelde vragen"
    LAW = "regelgeving"
    OTHER = "overig"


@dataclass(frozen=True, kw_only=True)
class Person:
    """A member who asks or a member of the government who answers; `affiliation` is the party, or the ministry."""

    name: str
    affiliation: str | None = None


class SpeakerRole(StrEnum):
    """As what someone speaks in a debate."""

    CHAIR = "voorzitter"
    MEMBER = "Kamerlid"
    MINISTER = "minister"
    STATE_SECRETARY = "staatssecretaris"
    CLERK = "griffier"


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """Who speaks in a debate, as its report names them; `affiliation` is the party, or the ministry."""

    name: str
    role: SpeakerRole
    affiliation: str | None = None


@dataclass(frozen=True, kw_only=True)
class Metadata:
    """What a document says about itself; nothing here is guessed, and what is not in the text is None or empty.

    Attributes:
        title: the subject in the document's own words.
        kind: what it is.
        official_id: the identifier of the official publication, such as `ah-tk-20232024-878`.
        date: the one to cite it by, as `YYYY-MM-DD`: when answers were received, or a letter's date.
        sent: when questions were sent in, as `YYYY-MM-DD`.
        session: the parliamentary session, such as `2023-2024`.
        dossier: the number of the dossier, with its chapter, such as `30573` or `36410-IV`.
        number: the paper's number in its dossier or, for questions, in the Aanhangsel of the session.
        asked_by: the members who ask, with their parties.
        answered_by: who answers or writes, with their ministries.
        on_behalf_of: those in whose name too, as they are named.
        moved_by: the members who moved a motion.
        request: what a motion asks, in its own words.
        outcome: what became of a motion, where its text says so, such as `aangenomen`.
        speakers: who speak in a debate, its chair left out, in order.
        reference: the sender's own, such as the `Ons kenmerk` of a letter.
        sender: the ministry or directorate in the letterhead.
        addressee: to whom a letter is addressed.
    """

    title: str
    kind: Kind
    official_id: str | None = None
    date: str | None = None
    sent: str | None = None
    session: str | None = None
    dossier: str | None = None
    number: str | None = None
    asked_by: tuple[Person, ...] = ()
    answered_by: tuple[Person, ...] = ()
    on_behalf_of: tuple[str, ...] = ()
    moved_by: tuple[Person, ...] = ()
    request: str | None = None
    outcome: str | None = None
    speakers: tuple[Speaker, ...] = ()
    reference: str | None = None
    sender: str | None = None
    addressee: str | None = None

    @property
    def members(self) -> tuple[Person, ...]:
        """The members whose document it is: who ask, move, or speak, with their parties."""
        speaking = [Person(name=who.name, affiliation=who.affiliation) for who in self.speakers if who.role is SpeakerRole.MEMBER]
        return tuple(dict.fromkeys([*self.asked_by, *self.moved_by, *speaking]))

    @property
    def ministers(self) -> tuple[Person, ...]:
        """The members of the government whose document it is: who answer, write, or speak, with their ministries."""
        offices = {SpeakerRole.MINISTER, SpeakerRole.STATE_SECRETARY}
        speaking = [Person(name=who.name, affiliation=who.affiliation) for who in self.speakers if who.role in offices]
        return tuple(dict.fromkeys([*self.answered_by, *speaking]))


class DoubtCode(StrEnum):
    """Why a document may not be what its file shows."""

    DAMAGED_PAGES = "damaged-pages"
    """They could not be opened and are left out."""
    PAGES_WITHOUT_TEXT = "pages-without-text"
    """They are pictures only."""
    UNREADABLE_PAGES = "unreadable-pages"
    """Their text layer holds other letters than the page shows; they are left out."""
    FORM_VALUES = "form-values"
    """What was filled in on a form is part of the text."""
    NO_PASSAGES = "no-passages"
    """Nothing in it can be found."""
    FEW_WORDS = "few-words"
    """Far less of it can be found than it holds."""


@dataclass(frozen=True)
class Doubt:
    """Something about a document that its reader should know.

    Attributes:
        code: what it is.
        pages: the numbers of the pages it is about, 1 for the first; empty where it is about the whole.
        n_pages: how many pages the file has, 0 where it has none.
    """

    code: DoubtCode
    pages: tuple[int, ...] = ()
    n_pages: int = 0


@dataclass(frozen=True, kw_only=True)
class Footnote:
    """A footnote: `start` and `end` delimit its body in the canonical text, `anchor` is where its mark stood, if it was found."""

    number: int
    anchor: int | None
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class PrintedSpan:
    """Which characters of a printed page part of the canonical text was taken from, one for one; the reader of the file finds their places again.

    Attributes:
        start: offset of the first character in the canonical text.
        end: offset just after the last.
        page: number of the page, 1 for the first.
        first_character: number of the first character on that page, as the reader counts, from 0.
    """

    start: int
    end: int
    page: int
    first_character: int


@dataclass(frozen=True, kw_only=True, repr=False)
class Document:
    """A file as it was read.

    Attributes:
        document_id: a digest of the file's content; the same content has the same id everywhere.
        source: where it was read, as an absolute path.
        text: the canonical text. Paragraphs are separated by an empty line and hold no line breaks; footnote bodies stand at the end.
        metadata: what it says about itself.
        page_starts: offset in `text` at which each page begins, page 1 first; empty where the file has no pages.
        footnotes: in order of number.
        printed_spans: which characters of its pages the text was taken from, in order of start; empty where the file has no fixed pages.
        structure: its headings, lists and tables.
        doubts: what may be missing or wrong in it.
    """

    document_id: str
    source: str
    text: str
    metadata: Metadata
    page_starts: tuple[int, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    printed_spans: tuple[PrintedSpan, ...] = ()
    structure: Structure = NO_STRUCTURE
    doubts: tuple[Doubt, ...] = ()

    def __repr__(self) -> str:
        return f"Document({self.document_id}, {self.metadata.kind}, {self.metadata.title[:40]!r}, n_characters={len(self.text)})"

    def page_at(self, offset: int) -> int | None:
        """Return the number of the page that holds the character at `offset`, or None where the file has no pages.

        A footnote's body stands at the end of the text, and on the page that it was printed on.
        """
        before = bisect_right(self.printed_spans, offset, key=lambda span: span.start)
        if before and offset < self.printed_spans[before - 1].end:
            return self.printed_spans[before - 1].page
        return bisect_right(self.page_starts, offset) or None

    def printed_between(self, start: int, end: int) -> tuple[PrintedSpan, ...]:
        """Return which characters of which pages the text from `start` to `end` was taken from."""
        return tuple(
            replace(
                span,
                start=max(start, span.start),
                end=min(end, span.end),
                first_character=span.first_character + max(start - span.start, 0),
            )
            for span in self.printed_spans
            if max(start, span.start) < min(end, span.end)
        )
