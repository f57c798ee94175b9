from itertools import accumulate

import pytest

from qa.document import Document, Kind, Metadata
from qa.outline import Line, LineKind, outline_of
from qa.segmenter import n_words_outside, segment
from qa.structure import Block, BlockKind, Structure

LETTERS = {
    LineKind.HEADING: "H",
    LineKind.TEXT: "T",
    LineKind.ITEM: "I",
    LineKind.SHORT: "S",
    LineKind.CONTENTS: "C",
    LineKind.REFERENCES: "R",
    LineKind.CAPTION: "O",
}


def document(*paragraphs: str, kinds: dict[int, tuple[BlockKind, int]] | None = None) -> Document:
    """Return a document of these paragraphs, of which some are known to be headings and the like."""
    starts = list(accumulate((len(text) + 2 for text in paragraphs), initial=0))
    blocks = [Block(starts[place], starts[place] + len(paragraphs[place]), *kind) for place, kind in (kinds or {}).items()]
    return Document(
        document_id="0123456789abcdef",
        source="/stuk.txt",
        text="\n\n".join(paragraphs),
        metadata=Metadata(title="Besluitenlijst", kind=Kind.OTHER),
        structure=Structure(blocks=tuple(blocks)),
    )


def outline(read: Document) -> list[Line]:
    return outline_of(read, [True] * (read.text.count("\n\n") + 1))


def letters(*paragraphs: str, kinds: dict[int, tuple[BlockKind, int]] | None = None) -> str:
    return "".join(LETTERS[line.kind] for line in outline(document(*paragraphs, kinds=kinds)))


BODY = "De commissie besluit het voorstel aan te houden."


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (["Inleiding", BODY, "Vervolg", BODY], "HTHT"),
        (
            ["Besluitenlijst", "Agendapunt 1: Begroting", "Besluit: aangehouden", "Agendapunt 2: Motie", "Besluit: aangenomen"],
            "SSSSS",
        ),
        (["De veerdienst stopt op 3 mei 2031"], "S"),
        (["Jansen", "Pietersen", "Klaassen", "Opening", BODY], "SSSHT"),
        (["Deel A", "Opening", BODY], "HHT"),
        (["2 Dijken", "2.1 Zeedijken", "2.1.1 Het noorden", BODY], "HHHT"),
        (["Aanwezig", "- Jansen", "• Pietersen", "a) de griffier"], "HIII"),
        (["Slot", BODY, "Aldus vastgesteld"], "HTS"),
        (["Inhoud", "Inleiding 3", "Dijken 12", "Inleiding", BODY], "CCCHT"),
        (["Inleiding .......... 3", "Dijken ...... 12 Sluizen ...... 15", BODY], "CCT"),
        (["Kort", BODY, "Literatuur", "Jansen, P. (2019). Dijken. Utrecht.", "www.dijken.nl"], "HTHRR"),
        (["Tabel 2: Uitgaven per project", BODY, "Figuur A. Kaart"], "OTO"),
        (["Bronnen", "De bronnen van de Rijn liggen in de Alpen.", "Daar is het koud."], "HTT"),
    ],
)
def test_lines_are_told_by_their_words_and_by_what_follows(paragraphs: list[str], expected: str) -> None:
    assert letters(*paragraphs) == expected


def test_what_the_file_says_holds() -> None:
    kinds = {0: (BlockKind.HEADING, 1), 1: (BlockKind.ITEM, 1), 2: (BlockKind.CAPTION, 1)}
    assert letters("Dit is, met een punt, een kop.", "Jansen", "Figuur", BODY, kinds=kinds) == "HIOT"


def test_headings_that_nothing_stands_under_are_short_lines() -> None:
    kinds = {place: (BlockKind.HEADING, level) for place, level in enumerate((1, 2, 2, 1))}
    assert letters("Een", "Een punt een", "Een punt twee", "Twee", BODY, kinds=kinds) == "HSSHT"


def test_headings_stand_above_each_other_by_their_level() -> None:
    kinds = {0: (BlockKind.HEADING, 1), 1: (BlockKind.HEADING, 2), 3: (BlockKind.HEADING, 2)}
    passages = segment(document("Dijken", "Aanleg", BODY, "Onderhoud", BODY, kinds=kinds))
    assert [passage.context for passage in passages] == ["Besluitenlijst\nDijken > Aanleg", "Besluitenlijst\nDijken > Onderhoud"]


def test_a_decision_is_one_passage_with_what_it_is_about() -> None:
    passages = segment(document("Agendapunt 1: Begroting", "Besluit: aangehouden", "Agendapunt 2: Motie", "Besluit: aangenomen"))
    assert [passage.text for passage in passages] == [
        "Agendapunt 1: Begroting\n\nBesluit: aangehouden",
        "Agendapunt 2: Motie\n\nBesluit: aangenomen",
    ]


def test_a_list_has_the_sentence_that_leads_it_in() -> None:
    [_before, passage] = segment(document(BODY, "De commissie wijst aan:", "- Jansen", "- Pietersen"))
    assert passage.text == "De commissie wijst aan:\n\n- Jansen\n\n- Pietersen"


def test_the_rest_of_a_long_list_has_the_sentence_that_leads_it_in_as_context() -> None:
    items = [f"- punt {number} van de lijst, met een toelichting van een paar woorden" for number in range(30)]
    rest = segment(document("De minister noemt drie dingen. De commissie wijst aan:", *items))[1:]
    assert {passage.context for passage in rest} == {"Besluitenlijst\nDe commissie wijst aan:"}


def test_a_table_of_contents_and_a_list_of_literature_are_no_evidence() -> None:
    read = document("Inhoud", "Dijken 3", "Dijken", BODY, "Literatuur", "Jansen (2019), Dijken. Utrecht.")
    assert [passage.role.is_evidence for passage in segment(read)] == [False, True, False]


def test_words_that_are_in_no_passage_are_counted() -> None:
    read = document("Inleiding", BODY, "Slot", BODY)
    assert [n_words_outside(read, passages) for passages in (segment(read), segment(read)[:1], [])] == [0, 9, 18]


def test_a_list_of_very_many_items_costs_each_of_them_once() -> None:
    """Counted in passages and characters, which a quadratic way would repeat."""
    read = document(*(f"- punt {number}" for number in range(100_000)))
    passages = segment(read)
    assert sum(len(passage.text) for passage in passages) <= len(read.text) <= 620 * len(passages)
