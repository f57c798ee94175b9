"""How a citation's facts are said in words: its role and numbers, its kind, its date, its people, its relevance."""

from collections.abc import Sequence
from datetime import date

from qa.answer import AnsweredQuestion, Language, Relevance
from qa.document import Kind, Person, Speaker, SpeakerRole
from qa.parliament.dates import MONTHS
from qa.passage import Role

_SAID_BY: dict[Language, str] = {"nl": "gezegd door {}", "en": "said by {}"}
_SPEAKERS: dict[Language, dict[SpeakerRole, str]] = {
    "nl": {
        SpeakerRole.CHAIR: "de voorzitter",
        SpeakerRole.MEMBER: "Kamerlid",
        SpeakerRole.MINISTER: "minister",
        SpeakerRole.STATE_SECRETARY: "staatssecretaris",
        SpeakerRole.CLERK: "de griffier",
    },
    "en": {
        SpeakerRole.CHAIR: "the chair",
        SpeakerRole.MEMBER: "member of parliament",
        SpeakerRole.MINISTER: "minister",
        SpeakerRole.STATE_SECRETARY: "state secretary",
        SpeakerRole.CLERK: "the clerk",
    },
}
_AND: dict[Language, str] = {"nl": "en", "en": "and"}
_MONTHS: dict[Language, Sequence[str]] = {
    "nl": MONTHS,
    "en": "January February March April May June July August September October November December".split(),
}
_RELEVANCE: dict[Language, dict[Relevance, str]] = {
    "nl": {Relevance.STRONG: "relevantie: sterk", Relevance.POSSIBLE: "relevantie: mogelijk", Relevance.WEAK: "relevantie: zwak"},
    "en": {Relevance.STRONG: "relevance: strong", Relevance.POSSIBLE: "relevance: possible", Relevance.WEAK: "relevance: weak"},
}
_KINDS: dict[Language, dict[Kind, str]] = {
    "nl": {
        Kind.LETTER: "Kamerbrief",
        Kind.ANSWERS: "antwoord op schriftelijke vragen",
        Kind.NOTICE: "mededeling",
        Kind.MOTION: "motie",
        Kind.REPORT: "verslag",
        Kind.DECISIONS: "besluitenlijst",
        Kind.AGENDA: "agenda",
        Kind.STUDY: "rapport",
        Kind.POLICY: "beleidsstuk",
        Kind.FICHE: "fiche",
        Kind.FAQ: "veelgestelde vragen",
        Kind.LAW: "regelgeving",
        Kind.OTHER: "overig document",
    },
    "en": {
        Kind.LETTER: "Kamerbrief (letter to parliament)",
        Kind.ANSWERS: "answers to written questions",
        Kind.NOTICE: "notice that answers will follow",
        Kind.MOTION: "motie (motion)",
        Kind.REPORT: "verslag (report of a meeting)",
        Kind.DECISIONS: "besluitenlijst (list of decisions)",
        Kind.AGENDA: "agenda",
        Kind.STUDY: "rapport (report)",
        Kind.POLICY: "beleidsstuk (policy paper)",
        Kind.FICHE: "fiche (note on a European proposal)",
        Kind.FAQ: "frequently asked questions",
        Kind.LAW: "regelgeving (law or regulation)",
        Kind.OTHER: "other document",
    },
}
# One number, several numbers, none.
_ROLES: dict[Language, dict[Role, tuple[str, str, str]]] = {
    "nl": {
        Role.ANSWER: ("antwoord op vraag {}", "antwoord op vragen {}", "antwoord"),
        Role.QUESTION: ("vraag {} van een Kamerlid", "vragen {} van een Kamerlid", "vraag van een Kamerlid"),
        Role.FOOTNOTE: ("voetnoot {}", "voetnoten {}", "voetnoot"),
        Role.NOTICE: ("mededeling", "mededeling", "mededeling"),
        Role.INTRODUCTION: ("inleiding", "inleiding", "inleiding"),
        Role.SIGNATURE: ("ondertekening", "ondertekening", "ondertekening"),
        Role.CONTENTS: ("inhoudsopgave", "inhoudsopgave", "inhoudsopgave"),
        Role.REFERENCES: ("bronnenlijst", "bronnenlijst", "bronnenlijst"),
        Role.LETTERHEAD: ("briefhoofd", "briefhoofd", "briefhoofd"),
    },
    "en": {
        Role.ANSWER: ("answer to question {}", "answer to questions {}", "answer"),
        Role.QUESTION: (
            "question {} by a member of parliament",
            "questions {} by a member of parliament",
            "question by a member of parliament",
        ),
        Role.FOOTNOTE: ("footnote {}", "footnotes {}", "footnote"),
        Role.NOTICE: ("notice", "notice", "notice"),
        Role.INTRODUCTION: ("introduction", "introduction", "introduction"),
        Role.SIGNATURE: ("signature", "signature", "signature"),
        Role.CONTENTS: ("table of contents", "table of contents", "table of contents"),
        Role.REFERENCES: ("list of sources", "list of sources", "list of sources"),
        Role.LETTERHEAD: ("letterhead", "letterhead", "letterhead"),
    },
}
_ASKED_BY: dict[Language, str] = {"nl": "gevraagd door {}", "en": "asked by {}"}
_ANSWERED_BY: dict[Language, str] = {"nl": "beantwoord door {}", "en": "answered by {}"}
_WRITTEN_BY: dict[Language, str] = {"nl": "geschreven door {}", "en": "written by {}"}
_QUESTION: dict[Language, str] = {"nl": "Vraag", "en": "Question"}
_NOT_THE_ANSWER: dict[Language, str] = {"nl": "niet het antwoord van de regering", "en": "not the government's answer"}


def say_role(role: Role, numbers: Sequence[int], kind: Kind, language: Language) -> str:
    """Return what a passage is; a question is told apart from the government's answer. A mere paragraph is named after its document's kind."""
    forms = _ROLES[language].get(role)
    if forms is None:
        return say_kind(kind, language)
    form = forms[2] if not numbers else forms[0] if len(numbers) == 1 else forms[1]
    said = form.format(_enumerate(numbers, language))
    return f"{said}, {_NOT_THE_ANSWER[language]}" if role is Role.QUESTION else said


def say_kind(kind: Kind, language: Language) -> str:
    """Return what a document is."""
    return _KINDS[language][kind]


def say_relevance(relevance: Relevance, language: Language) -> str:
    """Return how well a citation fits."""
    return _RELEVANCE[language][relevance]


def say_people(asked_by: Sequence[Person], answered_by: Sequence[Person], kind: Kind, language: Language) -> str:
    """Return who asked and who answered or wrote, as far as known: `gevraagd door Van Haga (FVD), beantwoord door ...`."""
    answers = _ANSWERED_BY if kind in {Kind.ANSWERS, Kind.NOTICE} else _WRITTEN_BY
    said = [(_ASKED_BY[language], asked_by), (answers[language], answered_by)]
    return ", ".join(form.format(_enumerate([_name(person) for person in people], language)) for form, people in said if people)


def say_speaker(speaker: Speaker, language: Language) -> str:
    """Return who says something in a debate: `gezegd door Kamerlid Van Dijk (PvdA)`."""
    said = _SPEAKERS[language][speaker.role]
    name = f"{said} {speaker.name}" if speaker.name.lower() not in {speaker.role, "minister-president"} else said
    return _SAID_BY[language].format(f"{name} ({speaker.affiliation})" if speaker.affiliation else name)


def say_names(people: Sequence[Person], language: Language) -> str:
    """Return people with their parties or ministries: `Van Haga (FVD) en Smit (ABC)`."""
    return _enumerate([_name(person) for person in people], language)


def say_questions(questions: Sequence[AnsweredQuestion], language: Language) -> str:
    """Return the questions that a passage answers: `Vraag 3: Kent u ...?`, one a line."""
    return "\n".join(f"{_QUESTION[language]} {question.number}: {question.text}" for question in questions)


def say_date(iso_date: str, language: Language) -> str:
    """Return a date such as `16 mei 2022`; what is no date is returned as it is."""
    try:
        day = date.fromisoformat(iso_date)
    except ValueError:
        return iso_date
    return f"{day.day} {_MONTHS[language][day.month - 1]} {day.year}"


def _name(person: Person) -> str:
    return f"{person.name} ({person.affiliation})" if person.affiliation else person.name


def say_month(iso_month: str, language: Language) -> str:
    """Return a month, given as `YYYY-MM`, such as `mei 2022`."""
    year, month = iso_month.split("-")
    return f"{_MONTHS[language][int(month) - 1]} {year}"


def _enumerate(named: Sequence[int] | Sequence[str], language: Language) -> str:
    *firsts, last = map(str, named or ("",))
    return f"{', '.join(firsts)} {_AND[language]} {last}" if firsts else last
