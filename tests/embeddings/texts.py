"""Texts that try an embedder's every corner, the same in every run: lines and paragraphs of the seeds, and made ones."""

from pathlib import Path

SEEDS = Path(__file__).parents[2] / "seeds"

_SENTENCE = "De minister antwoordt dat de gevraagde cijfers over 2018 en 2019 niet beschikbaar zijn. "

ODD_TEXTS = [
    "",
    " ",
    ".",
    "?",
    "\n",
    "a",
    "1",
    "Eén coördinator met een façade, naïeve oeuvres en een crème brûlée.",
    "In 2017 – medio 2018 tussen de ca. 23.000 en ca. 58.000 (0,34%), € 1.250.000,50.",
    "«Samen tegen Mensenhandel» en “Omzien naar elkaar” of ‘vooruit’.",
    "https://www.dienstterugkeerenvertrek.nl/over-dtv/cijfers?jaar=2022&maand=5#top",
    "Zie www.tweedekamer.nl/kamerstukken/detail?id=2022Z08123&did=2022D17001.",
    "Dank u wel 👍🏽 voor uw 🇳🇱 brief 🙂!",
    "zero\u200bwidth en zero\u200dwidth",
    "harde\u00a0spatie en zacht\u00adkoppelteken",
    "tab\ttab\t\ttab\nregel\r\nregel\n\nalinea",
    "   spaties   rondom   en   binnen   ",
    "HOEVEEL VLUCHTELINGEN ZIJN ER IN 2021 NAAR NEDERLAND GEKOMEN?",
    "hoeveel asielzoekers kwamen er in 2021",
    "Aansprakelijkheidswaardevaststellingsveranderingsvoorwaardenbesluit",
    "hottentottensoldatententententoonstellingsbouwterrein" * 4,
    "x" * 400,
    "0" * 90,
    "-" * 80,
    "!?!?!? ... ;;; ((( )))",
    "ﬁnanciële ﬂexibiliteit ½ ² ™ №",
    "Москва, Αθήνα, 北京 en القاهرة",
    "<p>HTML &amp; <b>opmaak</b></p>",
    "SELECT * FROM passages WHERE id = 1; --",
    "Vraag 1",
    "Antwoord op vraag 4",
    "Ja.",
    "E. van der Burg",
    "'s-Gravenhage, 16 mei 2022",
    "query: een vraag die al een voorvoegsel draagt",
    "passage: de Kamer",
    "What did the government say about voluntary return of migrants?",
    "How many people stay in the Netherlands without a right to do so?",
    "Does the State Secretary's answer mention Oxfam-Novib's role?",
    "The Global Compact on Migration was adopted in December 2018.",
]

LONG_TEXTS = [
    (_SENTENCE * 40)[:2600],  # about 600 tokens
    _SENTENCE * 65,  # about 1,500 tokens
]


def varied_texts() -> list[str]:
    """Return at least 200 different texts."""
    whole = "\n\n".join(path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt")))
    lines = [line.strip() for line in whole.splitlines() if line.strip()]
    in_capitals = [line.upper() for line in lines[1::3]]
    return list(dict.fromkeys([*ODD_TEXTS, *LONG_TEXTS, *lines[::2], *in_capitals]))
