"""Messages of every kind and short conversations about the seeds, with what is to become of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from qa.answer import Certainty, MessageKind

ESTIMATE = "How many people are staying in the Netherlands illegally?"
SCHATTING = "Hoeveel vreemdelingen verblijven onrechtmatig in Nederland?"
EMAIL = (
    "Geachte heer, mevrouw, "
    + "Met veel belangstelling volg ik al jaren de politiek, en ik heb daar thuis en op mijn werk vaak gesprekken over. " * 12
    + "Mijn vraag is deze. Hoeveel vreemdelingen verblijven onrechtmatig in Nederland? Alvast bedankt."
)


@dataclass(frozen=True)
class Expected:
    """What an answer is to be: its kind, what its message and its first passage hold, and how many documents its links lead to."""

    kind: MessageKind = MessageKind.CONTENT
    said: Sequence[str] = ()
    passage: str = ""
    quote: str = ""
    shows: bool = True
    links: Sequence[int] = ()
    certainty: Sequence[Certainty] = tuple(Certainty)


LIKELY = (Certainty.FOUND, Certainty.PROBABLE)
NOT_SURE = (Certainty.PROBABLE, Certainty.UNCLEAR)
NUMBERS = "tussen de ca. 23.000 en ca. 58.000"
TITLE = "Kamerbrief over de inzet voor en deelname van het Kabinet"
EXAMPLES: Sequence[tuple[Sequence[str], Expected]] = (
    (("hoi",), Expected(MessageKind.GREETING, shows=False)),
    (("dank je wel",), Expected(MessageKind.THANKS, shows=False)),
    (("help",), Expected(MessageKind.HELP, ["word for word"], shows=False)),
    (("wat kan je allemaal?",), Expected(MessageKind.HELP, ["letterlijk"], shows=False)),
    (("welke documenten zijn er",), Expected(MessageKind.LIBRARY, ["2 documenten"], shows=False, links=(2, 1, 1))),
    (("How many documents are there?",), Expected(MessageKind.LIBRARY, ["2 documents"], shows=False, links=(2, 1, 1))),
    (("which ministers",), Expected(MessageKind.LIBRARY, ["Van der Burg (2)"], shows=False, links=(2, 1, 1))),
    (
        ("nieuwste brief van Van der Burg",),
        Expected(MessageKind.LIBRARY, [f"Het nieuwste is “{TITLE}"], shows=False, links=(1, 1)),
    ),
    (
        ("alle vragen van lid Van Haga over terugkeer",),
        Expected(MessageKind.LIBRARY, ["Kamerlid: Van Haga"], passage="terugkeer", links=(1,)),
    ),
    (
        ("brieven van Van der Burg uit 2022",),
        Expected(MessageKind.LIBRARY, ["Bewindspersoon: Van der Burg"], shows=False, links=(1,)),
    ),
    (("2021Z12345",), Expected(MessageKind.NAME, ["2021Z12345"], shows=False)),
    (("Van der Burg",), Expected(MessageKind.NAME, passage="Staatssecretaris van Justitie")),
    (("vertaal dit naar het Engels",), Expected(MessageKind.TRANSLATE, ["vertaal niet"], shows=False)),
    ((SCHATTING, "vertaal dit naar het Engels"), Expected(MessageKind.TRANSLATE, ["vertaal niet"], passage=NUMBERS)),
    (("vat de brief over het IMRF samen",), Expected(MessageKind.SUMMARISE, ["vat niet samen"], passage="IMRF")),
    (
        ("wat vind jij van het kabinet?",),
        Expected(MessageKind.OPINION, ["geen mening"], passage="abinet", certainty=(Certainty.UNCLEAR,)),
    ),
    (("Combien d'étrangers vivent illégalement aux Pays-Bas ?",), Expected(MessageKind.OTHER_LANGUAGE, passage=NUMBERS)),
    (("Wieviele Ausländer leben in den Niederlanden?",), Expected(MessageKind.OTHER_LANGUAGE, passage=NUMBERS)),
    ((ESTIMATE, "And who made that estimate?"), Expected(quote="de schatting die het WODC heeft uitgevoerd", certainty=LIKELY)),
    ((SCHATTING, "And who made that estimate?"), Expected(quote="de schatting die het WODC heeft uitgevoerd", certainty=LIKELY)),
    (("How many people are in the Netherlands illegally?", "who made that estimate?"), Expected(quote="WODC", certainty=LIKELY)),
    ((ESTIMATE, "who said that?"), Expected(said=["Van der Burg"], certainty=(Certainty.FOUND,))),
    ((SCHATTING, "wat voor weer wordt het morgen?"), Expected(shows=False, certainty=(Certainty.NONE,))),
    ((SCHATTING, "wie vroeg dat?"), Expected(said=["Van Haga"], certainty=(Certainty.FOUND,))),
    ((SCHATTING, "wanneer was dat?"), Expected(said=["2022"], certainty=(Certainty.FOUND,))),
    ((SCHATTING, "waarom?"), Expected(passage="De onderzoekers concludeerden")),
    ((SCHATTING, "En in 2018?"), Expected(passage="2018")),
    (("Wat vindt de VVD hiervan?",), Expected(certainty=NOT_SURE)),
    (("Wie is de minister-president?",), Expected(certainty=NOT_SURE)),
    (("Wat zei staatssecretaris Van der Burg over het WODC?",), Expected(passage="WODC", certainty=LIKELY)),
    (("Wat gebeurt er in 2031 met het IMRF?",), Expected(said=["2031"], certainty=NOT_SURE)),
    ((EMAIL,), Expected(passage=NUMBERS, certainty=LIKELY)),
    (("hoeveel vreemdlingen verbljiven onrechtmatig in nederland",), Expected(passage=NUMBERS, certainty=LIKELY)),
    ((SCHATTING.upper(),), Expected(passage=NUMBERS, certainty=LIKELY)),
    (("Er zijn te veel mensen zonder verblijfsrecht in Nederland.",), Expected(passage=NUMBERS)),
)
