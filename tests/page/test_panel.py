import html
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.address import Address
from qa.document import Document, Footnote, Kind, Metadata
from qa.page.source.contents import contents_of
from qa.page.source.document_html import document_html
from qa.page.source.document_links import links_of
from qa.page.source.panel import open_source, panel_html, questions_of
from qa.passage import Passage, Role
from qa.wording.interface import TEXTS
from tests.page.small_library import HOSTILE, HOSTILE_TITLE, QUESTION_4, QUOTE_OF_ANSWER_4, QUOTE_OF_LETTER, small_desk
from tests.page.source_documents import HOSTILE_ANSWER, hostile_set

DESK = small_desk()
OUR_ELEMENTS = set(
    "header div h2 h3 button p span bdi a article mark details summary dl dt dd ul ol li section sup form input em".split()
)


class Reading(HTMLParser):
    """What a browser reads: the text, the text in `mark`, and the start tags."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.text, self.marked, self.tags, self._marks = "", "", list[str](), 0
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's own signature
        self.tags.append(tag)
        self._marks += tag == "mark"

    def handle_endtag(self, tag: str) -> None:
        self._marks -= tag == "mark"

    def handle_data(self, data: str) -> None:
        self.text += data
        self.marked += data if self._marks else ""


def panel(quote: str, *, document_id: str = "0a1b2c") -> str:
    document = DESK.document(document_id)
    start = document.text.index(quote)
    return panel_html(document, DESK.passages(document_id), Address(document_id, start, start + len(quote)), "nl")


def article(panel: str) -> str:
    match = re.search(r"<article[^>]*>(.*)</article>", panel, re.DOTALL)
    assert match
    return match[1]


def bare_document(text: str, *, footnotes: tuple[Footnote, ...] = (), page_starts: tuple[int, ...] = ()) -> Document:
    metadata = Metadata(title="Titel", kind=Kind.OTHER)
    return Document(document_id="a", source="/a.txt", text=text, metadata=metadata, footnotes=footnotes, page_starts=page_starts)


@st.composite
def documents_with_spans(draw: st.DrawFn) -> tuple[Document, tuple[int, int]]:
    """Any text with any span in it, footnote anchors and page starts anywhere."""
    text = draw(st.text(st.sampled_from("ab <>&\"'\n\u202e${é"), min_size=1, max_size=60))
    places = st.integers(0, len(text))
    start, end = sorted(draw(st.tuples(places, places).filter(lambda pair: pair[0] != pair[1])))
    anchors = draw(st.lists(places, max_size=3))
    notes = tuple(Footnote(number=number, anchor=anchor, start=0, end=1) for number, anchor in enumerate(anchors, start=1))
    return bare_document(text, footnotes=notes, page_starts=tuple(sorted(draw(st.lists(places, max_size=3))))), (start, end)


@given(documents_with_spans())
def test_mark_holds_exactly_the_span(case: tuple[Document, tuple[int, int]]) -> None:
    document, (start, end) = case
    assert Reading(document_html(document, [], (start, end), TEXTS["nl"])).marked == document.text[start:end]


@given(documents_with_spans())
def test_text_content_is_exactly_the_documents_text(case: tuple[Document, tuple[int, int]]) -> None:
    document, span = case
    assert Reading(document_html(document, [], span, TEXTS["nl"])).text == document.text


def test_quote_is_marked() -> None:
    assert Reading(panel(QUOTE_OF_ANSWER_4)).marked == QUOTE_OF_ANSWER_4


def test_second_of_two_equal_texts_is_marked_by_its_offsets() -> None:
    assert document_html(bare_document("Ja. Ja."), [], (4, 7), TEXTS["nl"]) == '<p>Ja. <mark tabindex="-1">Ja.</mark></p>'


def test_headings_of_questions_and_answers_are_headings() -> None:
    headings = re.findall(r'<h3 class="(\w+)" id="part-\d+" tabindex="-1">(.*?)</h3>', panel(QUOTE_OF_ANSWER_4))
    assert headings == [("question", "Vraag 3"), ("answer", "Antwoord 3"), ("question", "Vraag 4"), ("answer", "Antwoord 4")]


def test_short_text_outside_every_passage_is_a_heading() -> None:
    document = bare_document("Inzet\n\nHet kabinet zet zich in.")
    passage = Passage(role=Role.PARAGRAPH, start=7, end=31, text="Het kabinet zet zich in.")
    assert document_html(document, [passage], (7, 10), TEXTS["nl"]).startswith('<h3 id="part-0" tabindex="-1">Inzet</h3>')


def test_footnote_mark_links_to_its_body() -> None:
    note = DESK.document("0a1b2c").footnotes[0]
    mark = f'<sup><a id="note-place-{note.start}" href="#note-{note.start}" role="button" aria-expanded="false" aria-label="Voetnoot 1"'
    assert mark in panel(QUOTE_OF_ANSWER_4)


def test_footnote_body_can_be_linked_to() -> None:
    note = DESK.document("0a1b2c").footnotes[0]
    assert f'<p class="footnote" id="note-{note.start}" tabindex="-1">1 ' in panel(QUOTE_OF_ANSWER_4)


def test_a_members_question_comes_with_a_warning() -> None:
    assert TEXTS["nl"].question_warning in html.unescape(panel(QUESTION_4))


def test_an_answer_comes_without_that_warning() -> None:
    assert TEXTS["nl"].question_warning not in panel(QUOTE_OF_ANSWER_4)


def test_official_publication_opens_outside_and_says_so() -> None:
    link = re.search(r'<a class="published"[^>]*>', panel(QUOTE_OF_ANSWER_4))
    assert link is not None
    assert link[0] == (
        '<a class="published" href="https://zoek.officielebekendmakingen.nl/ah-tk-20212022-2856.html'
        '#:~:text=De%20onderzoekers%20concludeerden%20dat%20de,en%20ca%2E%2058%2E000%20vreemdelingen%20ligt%2E" target="_blank" '
        f'rel="noopener noreferrer" title="{TEXTS["nl"].leaves}">'
    ).replace("%2E", ".")


def shown_with_links(text: str, span: tuple[int, int] = (0, 3), held: dict[str, str] | None = None) -> str:
    document = bare_document(text)
    links = links_of(
        document, [], lambda identifiers: {name: id_ for name, id_ in (held or {}).items() if name in identifiers}, TEXTS["nl"]
    )
    return document_html(document, [], span, TEXTS["nl"], links=links)


def test_a_reference_to_another_paper_is_a_link_to_its_publication() -> None:
    assert re.search(
        r'<a class="reference leaves" href="https://zoek.officielebekendmakingen.nl/kst-30573-153.html"[^>]*target="_blank"[^>]*>Kamerstuk 30 573, nr. 153</a>',
        shown_with_links("Zie Kamerstuk 30 573, nr. 153 & meer."),
    )


def test_a_reference_to_a_paper_in_the_library_is_a_link_to_that_copy() -> None:
    shown = shown_with_links("Zie Kamerstuk 30 573, nr. 153.", held={"kst-30573-153": "a/b"})
    assert f'<a class="reference" href="#doc=a%2Fb" title="{TEXTS["nl"].own_copy}">Kamerstuk 30 573, nr. 153</a>' in shown


def test_a_reference_to_the_document_itself_leads_to_its_publication() -> None:
    assert "officielebekendmakingen" in shown_with_links("Zie Kamerstuk 30 573, nr. 153.", held={"kst-30573-153": "a"})


def test_references_are_found_in_every_paragraph() -> None:
    text = "Zie Kamerstuk 30 573, nr. 153.\n\nNiets.\n\nAanhangsel Handelingen II 2021/22, nr. 2856 en meer.\n\nkst-30573-12"
    assert shown_with_links(text).count("<a ") == 3


def test_a_reference_that_the_quote_ends_in_stays_text() -> None:
    assert "<a" not in shown_with_links("Zie Kamerstuk 30 573, nr. 153.", (0, 16))


def test_file_is_named_without_its_folder() -> None:
    assert "<bdi>001_22b0354069afef56.txt</bdi>" in panel(QUOTE_OF_ANSWER_4)


def test_hostile_document_adds_no_element() -> None:
    assert set(Reading(panel(HOSTILE, document_id="6a7b8c")).tags) <= OUR_ELEMENTS


def test_hostile_set_of_questions_adds_no_element() -> None:
    document, passages = hostile_set()
    start = document.text.index(HOSTILE_ANSWER)
    address = Address(document.document_id, start, start + len(HOSTILE_ANSWER))
    assert set(Reading(panel_html(document, passages, address, "nl")).tags) <= OUR_ELEMENTS


def test_what_is_no_official_identifier_becomes_no_address() -> None:
    assert 'class="published"' not in panel(HOSTILE, document_id="6a7b8c")


def test_the_question_that_an_answer_belongs_to_is_a_link_to_its_one_copy_in_the_document() -> None:
    shown = panel(QUOTE_OF_ANSWER_4)
    asked = re.search(r'<section class="asked".*?</section>', shown, re.DOTALL)
    assert asked is not None
    assert TEXTS["nl"].members_words in asked[0]
    place = re.search(r'<a href="#(part-\d+)" aria-label="Vraag 4">4</a>', asked[0])
    assert place is not None
    assert f'<p class="question asked" id="{place[1]}" tabindex="-1">Klopt het' in shown
    assert shown.count("verblijven? Uit welke herkomstlanden?") == 2  # in the document and in its contents


def test_contents_hold_every_question_of_a_set_and_tell_which_answer_is_cited() -> None:
    document, passages = DESK.document("0a1b2c"), DESK.passages("0a1b2c")
    start = document.text.index(QUOTE_OF_ANSWER_4)
    entries = contents_of(document, passages, (start, start + 5))
    assert [(entry.name[:11], entry.is_cited) for entry in entries] == [("3. Welke or", False), ("4. Klopt he", True)]
    shown = panel(QUOTE_OF_ANSWER_4)
    assert all(f'id="part-{entry.start}"' in shown for entry in entries)


def test_contents_of_a_long_document_are_its_headings_and_a_short_one_has_none() -> None:
    paragraphs = [part for number in range(4) for part in (f"Kop {number}", "Een alinea van de brief. " * 60)]
    document = bare_document("\n\n".join(paragraphs))
    passages, start = [], 0
    for place, paragraph in enumerate(paragraphs):
        if place % 2:
            passages.append(Passage(role=Role.PARAGRAPH, start=start, end=start + len(paragraph), text=paragraph))
        start += len(paragraph) + 2
    second = passages[1]
    entries = contents_of(document, passages, (second.start, second.start + 9))
    assert [(entry.name, entry.is_cited) for entry in entries] == [(f"Kop {n}", n == 1) for n in range(4)]
    assert contents_of(bare_document("Kop\n\nKort."), [], (0, 1)) == []


def test_an_answer_that_the_text_names_is_a_link_to_it() -> None:
    text = "Zie het antwoord op vraag 3.\n\nJa, dat klopt."
    passages = [
        Passage(role=Role.PARAGRAPH, start=0, end=28, text=text[:28]),
        Passage(role=Role.ANSWER, numbers=(3,), start=30, end=44, text=text[30:]),
    ]
    document = bare_document(text)
    links = links_of(document, passages, lambda _: {}, TEXTS["nl"])
    shown = document_html(document, passages, (0, 3), TEXTS["nl"], links=links)
    assert '<a class="reference" href="#part-30" title="naar dit antwoord in het document">antwoord op vraag 3</a>' in shown
    assert '<p class="answer" id="part-30" tabindex="-1">Ja' in shown
    assert "<a" not in shown_with_links("Zie het antwoord op vraag 3.")


def test_an_answer_to_several_questions_shows_them_all() -> None:
    def passage(role: Role, numbers: tuple[int, ...], start: int) -> Passage:
        return Passage(role=role, numbers=numbers, start=start, end=start + 3, text="Ja?")

    passages = [passage(Role.QUESTION, (number,), 5 * number) for number in (1, 2, 3)] + [passage(Role.ANSWER, (1, 3), 20)]
    assert [asked.numbers for asked in questions_of(passages[3], passages)] == [(1,), (3,)]


def test_a_paragraph_of_a_letter_belongs_to_no_question() -> None:
    assert 'class="asked"' not in panel(QUOTE_OF_LETTER, document_id="3d4e5f")


def test_facts_are_a_list_of_names_and_values() -> None:
    facts = re.findall(r"<dt>(.*?)</dt><dd><bdi>(.*?)</bdi></dd>", panel(QUOTE_OF_ANSWER_4))
    assert facts == [
        ("Formele verwijzing", "Aanhangsel Handelingen II 2021/22, nr. 2856"),
        ("Soort", "antwoord op schriftelijke vragen"),
        ("Datum", "16 mei 2022"),
        ("Gevraagd door", "Van Haga (Groep Van Haga)"),
        ("Beantwoord door", "Van der Burg (Justitie en Veiligheid)"),
        ("Bestand", "001_22b0354069afef56.txt"),
    ]


def test_a_whole_document_can_be_opened_without_a_quote() -> None:
    shown = open_source(DESK, {"link": "#doc=3d4e5f", "language": "nl"})
    assert QUOTE_OF_LETTER in shown
    assert "<mark" not in shown


def test_a_text_file_has_no_second_view() -> None:
    assert "tablist" not in panel(QUOTE_OF_ANSWER_4)


def test_hostile_title_is_shown_as_it_is() -> None:
    assert f"<bdi>{HOSTILE_TITLE}</bdi></h2>" in html.unescape(panel(HOSTILE, document_id="6a7b8c"))


def test_direction_control_takes_no_part_in_the_display() -> None:
    assert document_html(bare_document("a\u202eb"), [], (0, 3), TEXTS["nl"]).count("<span hidden>\u202e</span>") == 1


@pytest.mark.parametrize(
    "link",
    [
        None,
        7,
        [],
        "",
        "#src=",
        "#src=unknown.0.5",
        "#src=0a1b2c.5.5",
        "#src=0a1b2c.9.3",
        "#src=0a1b2c.0.999999999",
        "#src=<b>.1.2",
        "x" * 100_000,
    ],
)
def test_link_to_nothing_gets_a_sentence(link: object) -> None:
    shown = open_source(DESK, {"link": link, "language": "en"})
    assert TEXTS["en"].open_wrong in shown or TEXTS["en"].document_gone in shown


def test_a_document_that_is_gone_gets_a_sentence_of_its_own() -> None:
    assert TEXTS["nl"].document_gone in open_source(DESK, {"link": "#src=unknown.0.5", "language": "nl"})


@pytest.mark.parametrize("request_", [None, 0, "#src=0a1b2c.0.5", ["#src=0a1b2c.0.5", "nl"], {}, {"link": {}, "language": []}])
def test_request_of_any_other_form_gets_a_sentence_in_dutch(request_: object) -> None:
    assert TEXTS["nl"].open_wrong in html.unescape(open_source(DESK, request_))


def test_reason_of_a_failure_is_escaped() -> None:
    assert "<b>" not in open_source(DESK, {"link": "#src=%3Cb%3E.1.2"})
