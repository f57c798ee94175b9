import pytest

from qa.readers.lines import join_lines, words_of

NO_WORDS: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        # The printer's hyphen goes (all from the seeds).
        ("en Ontwik-", "kelingssamenwerking, over", "en Ontwikkelingssamenwerking, over"),
        ("zowel de mogelijk-", "heden voor", "zowel de mogelijkheden voor"),
        ("een vrijwillige voort-", "gangsrapportage in", "een vrijwillige voortgangsrapportage in"),
        ("in de voortgangsrap-", "portage worden", "in de voortgangsrapportage worden"),
        ("het Nederlandse migratie-", "beleid in relatie", "het Nederlandse migratiebeleid in relatie"),
        ("«Samen tegen Mensen-", "handel», de", "«Samen tegen Mensenhandel», de"),
        ("met maat-", "schappelijke organisaties", "met maatschappelijke organisaties"),
        ("in de Kamer-", "brief over", "in de Kamerbrief over"),
        ("om migratiesamenwer-", "king tussen", "om migratiesamenwerking tussen"),
        ("voor de Neder-", "landse prioriteiten", "voor de Nederlandse prioriteiten"),
        ("aan de onderhan-", "delingen over", "aan de onderhandelingen over"),
        ("in Nederland verblij-", "ven? Uit", "in Nederland verblijven? Uit"),
        ("jl. geïnfor-", "meerd.3 De", "jl. geïnformeerd.3 De"),
        ("(arbeids-", "migranten)", "(arbeidsmigranten)"),
        ("de coör-", "dinatie van", "de coördinatie van"),
        # A hyphen that stands for the second half of a word stays, with its space.
        ("van mensenhandel-", "en smokkel", "van mensenhandel- en smokkel"),
        ("van mensenhandel-", "en -smokkel", "van mensenhandel- en -smokkel"),
        ("landen van transit-", "en herkomst", "landen van transit- en herkomst"),
        ("het asiel-", "en migratiebeleid", "het asiel- en migratiebeleid"),
        ("de in-", "of uitvoer", "de in- of uitvoer"),
        ("een korte-", "tot middellange", "een korte- tot middellange"),
        # A hyphen that Dutch spelling requires stays, without a space.
        ("in Noord-", "Afrika, het", "in Noord-Afrika, het"),
        ("het Midden-", "Oosten en", "het Midden-Oosten en"),
        ("Sub-", "Sahara Afrika", "Sub-Sahara Afrika"),
        ("zoals Oxfam-", "Novib en", "zoals Oxfam-Novib en"),
        ("de Minister-", "President", "de Minister-President"),
        ("in VN-", "verband", "in VN-verband"),
        ("de EU-", "lidstaten", "de EU-lidstaten"),
        ("een 20-", "jarige", "een 20-jarige"),
        ("de COVID-19-", "maatregelen", "de COVID-19-maatregelen"),
        ("de jaren 2012-", "2013", "de jaren 2012-2013"),
        ("terugkeer, re-", "integratie en", "terugkeer, re-integratie en"),
        ("van informatie-", "uitwisseling in", "van informatie-uitwisseling in"),
        ("een zee-", "eend", "een zee-eend"),
        # No hyphen at the line end.
        ("de Minister van", "Buitenlandse Zaken", "de Minister van Buitenlandse Zaken"),
        ("kwetsbare (arbeids-)migranten in", "Nederland", "kwetsbare (arbeids-)migranten in Nederland"),
        ("medio 2017 –", "medio 2018", "medio 2017 – medio 2018"),
        ("van 17 t/m", "20 mei", "van 17 t/m 20 mei"),
        ("Den Haag", "- eerste punt", "Den Haag - eerste punt"),
        ("-", "tweede", "- tweede"),
        ("zacht\u00ad", "koppelteken", "zachtkoppelteken"),
    ],
)
def test_lines_are_joined_as_they_were_written(left: str, right: str, joined: str) -> None:
    assert join_lines(left, right, NO_WORDS) == joined


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        (
            "te raadplegen: https://www.dienstterugkeerenvertrek.nl/",
            "over-dtv/cijfers. De",
            "te raadplegen: https://www.dienstterugkeerenvertrek.nl/over-dtv/cijfers. De",
        ),
        ("https://www.rijks-", "overheid.nl/x", "https://www.rijks-overheid.nl/x"),
        ("https://a.nl/documenten/kamer", "stukken/2022/05", "https://a.nl/documenten/kamerstukken/2022/05"),
        ("https://a.nl/ah-tk-20232024-", "878.html", "https://a.nl/ah-tk-20232024-878.html"),
        ("https://a.nl/detail?id=2022Z08123&", "did=2022D17001", "https://a.nl/detail?id=2022Z08123&did=2022D17001"),
        ("https://a.nl/detail?", "id=5", "https://a.nl/detail?id=5"),
        ("www.a.nl/vraag-", "en-antwoord", "www.a.nl/vraag-en-antwoord"),
        ("https://a.nl", "/pad/verder", "https://a.nl/pad/verder"),
        ("https://a.nl/een_", "twee", "https://a.nl/een_twee"),
    ],
)
def test_an_address_that_is_broken_is_mended(left: str, right: str, joined: str) -> None:
    assert join_lines(left, right, NO_WORDS) == joined


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("zie www.tweedekamer.nl", "voor meer"),
        ("zie https://a.nl/x.", "De minister"),
        ("(https://a.nl/x)", "De minister"),
        ("https://a.nl/x,", "en verder"),
        ("zie https://a.nl/x", "Kamerstuk 30 573"),
        ("zie https://a.nl/x", "en de bijlage"),
        ("is op https://a.nl/rapport", "gepubliceerd. De minister"),
        ("zie https://a.nl/rapport", "gezondheidszorg is"),
        ("via www.a.nl", "Noord-Afrika en"),
    ],
)
def test_a_word_after_an_address_is_no_part_of_it(left: str, right: str) -> None:
    assert join_lines(left, right, NO_WORDS) == f"{left} {right}"


@pytest.mark.parametrize(
    ("left", "right", "elsewhere", "joined"),
    [
        ("juridisch niet-", "bindend", "niet-bindend", "juridisch niet-bindend"),
        ("de oud-", "minister", "oud-minister", "de oud-minister"),
        ("de oud-", "heid", "oudheid", "de oudheid"),
        ("de ex-", "asielzoekers", "ex-asielzoekers", "de ex-asielzoekers"),
        ("de ex-", "perts", "experts", "de experts"),
        ("de vice-", "voorzitter", "vicevoorzitter", "de vicevoorzitter"),
        ("de mini-", "IMRF", "mini-IMRF", "de mini-IMRF"),
        ("Re-", "integratie", "re-integratie", "Re-integratie"),
        ("het na-", "apen", "naapen", "het naapen"),
    ],
)
def test_what_the_document_writes_elsewhere_decides(left: str, right: str, elsewhere: str, joined: str) -> None:
    assert join_lines(left, right, words_of([elsewhere])) == joined


@pytest.mark.parametrize(
    ("left", "right"), [("zijn A-", "status"), ("een e-", "mail"), ("een X-", "chromosoom"), ("de t-", "toets")]
)
def test_a_single_letter_keeps_its_hyphen(left: str, right: str) -> None:
    assert join_lines(left, right, NO_WORDS) == left + right


def test_words_are_in_lower_case_with_their_hyphens() -> None:
    assert words_of(["De re-integratie van VN-lidstaten."]) == {"de", "re-integratie", "van", "vn-lidstaten"}


def test_a_word_cut_off_at_the_line_end_is_no_word() -> None:
    assert "mogelijk" not in words_of(["zowel de mogelijk-", "heden voor"])
