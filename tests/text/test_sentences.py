import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.text.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["De Kamer vroeg.", "De minister antwoordde."],
        ["Ja.", "Nee.", "Ja!"],
        ["Zo ja, welke, zo nee, waarom niet?", "Kunt u dit toelichten?"],
        ["Is dat zo?!", "Ja."],
        ["Dat is zo...", "Maar niet altijd."],
        ["Dat is zo…", "Maar niet altijd."],
        ["Een zin zonder punt"],
        # Abbreviations and numbers.
        ["Waarschijnlijk tussen de ca. 23.000 en ca. 58.000 vreemdelingen.", "Daarmee is het lager."],
        ["De kosten zijn € 1.250.000,50.", "Dat is veel."],
        ["Het was 3.5 procent.", "Nu is het 4."],
        ["Dat was om 12.30 uur.", "Toen ging hij."],
        ["Zie art. 5 van de wet.", "Dat geldt ook."],
        ["Zie Kamerstuk 30 573, nr. 153.", "Dat is bekend."],
        ["Volgens Stb. 2018, 45.", "Zie Stcrt. 2019, 3."],
        ["Dat staat op blz. 12 e.v. van het rapport.", "Lees het."],
        ["De vraag t.a.v. de implementatie i.v.m. de wet.", "Dat m.b.t. de regeling."],
        ["De organisaties (o.a. Oxfam-Novib e.d.) zijn gehoord.", "Anderen niet."],
        ["Het kost max. 5 jaar, resp. 4 jaar.", "Dat is kort."],
        ["Dit is het standpunt d.d. 29 april 2022.", "Daarna niets."],
        ["De bijdrage is 5 mln. euro.", "Dat is veel."],
        ["Van 1997–2003, 2005–2006, 2009, 2012–2013.", "De onderzoekers zwijgen."],
        ["Ik verwijs naar vraag 2.", "Daar staat het."],
        ["Dat gebeurde in 2022.", "10 mensen betaalden."],
        ["Zoals i.c. De Vries schrijft.", "Dat klopt."],
        # Those that may end a sentence.
        ["In uw brief van 29 april jl.", "Daarin staat meer."],
        ["Bij brief van 16 december jl. geïnformeerd.", "De rest volgt."],
        ["Fruit, groente, etc.", "Daarna vlees."],
        ["Fruit, groente enz. en vlees.", "Daarna niets."],
        # Initials and titles.
        ["De Staatssecretaris, E. van der Burg, antwoordt.", "Goed."],
        ["De heer dr. A.B. de Vries sprak.", "Daarna niemand."],
        ["Prof. dr. J.H.M. van Dijk schreef.", "Dat is waar."],
        ["Mr. Jansen kwam.", "Drs. P. Pietersen ook."],
        ["Th. de Vries kwam.", "Chr. Jansen niet."],
        ["De heer M.M. Kuiper kwam.", "Zij niet."],
        ["De heer C.S. Lewis kwam.", "Zij niet."],
        # Acronyms end a sentence.
        ["Dit past bij de doelen van het GCM.", "Dit geldt ook."],
        ["Uitwisseling in de EU.", "Ook zijn er stappen."],
        ["De Algemene Vergadering van de VN.", "De rest volgt."],
        ["Zij volgen de BV.", "De NV niet."],
        # Quotation marks, brackets, addresses.
        ["«Wat is dat?» vroeg hij.", "Niets."],
        ["Hij zei: «Dat klopt.»", "Daarna ging hij."],
        ["Hij zei ‘nee.’", "Zij zei “ja.”", "Toen was het stil."],
        ["Dat klopt.", "«Samen tegen Mensenhandel» loopt."],
        ["Dat klopt.", "(Zie ook vraag 3.)"],
        ["De wet (van Justitie).", "Hij kwam."],
        ["Zie www.tweedekamer.nl.", "Daar staat het."],
        ["Zie https://www.dtv.nl/over-dtv/cijfers.", "Daar staat het."],
        # English.
        ["Dr. Smith vs. the State, e.g. in 2019.", "He won."],
        ["It was Mr. Smith.", "He came on 12 May."],
    ],
)
def test_sentences_end_where_they_end(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


@pytest.mark.parametrize("text", ["", " ", "\n\t "])
def test_white_space_holds_no_sentence(text: str) -> None:
    assert sentence_spans(text) == []


def test_white_space_around_sentences_belongs_to_none() -> None:
    assert sentence_spans("  Ja.  \n Nee. ") == [(2, 5), (9, 13)]


PROSE = st.lists(
    st.sampled_from(["De", "ca.", "23.000", "E.", "van", "«ja.»", "EU.", "(o.a.", "e.d.)", "jl.", "?", "…", "“", "x", "\n"])
)


@pytest.mark.parametrize("texts", [st.text(), PROSE.map(" ".join)], ids=["any text", "words of prose"])
@given(data=st.data())
def test_spans_are_in_order_and_disjoint(texts: st.SearchStrategy[str], data: st.DataObject) -> None:
    spans = sentence_spans(data.draw(texts))
    borders = [border for span in spans for border in span]
    assert borders == sorted(borders)


@pytest.mark.parametrize("texts", [st.text(), PROSE.map(" ".join)], ids=["any text", "words of prose"])
@given(data=st.data())
def test_spans_cover_everything_but_white_space(texts: st.SearchStrategy[str], data: st.DataObject) -> None:
    text = data.draw(texts)
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())
