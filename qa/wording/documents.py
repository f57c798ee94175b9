"""How a citation's facts are said in words: its role and numbers, its kind, its date, its people, its relevance."""

from collections.abc import Sequence
from datetime import date

from qa.answer import AnsweredQuestion, Language, Relevance
from qa.document import Kind, Person, Speaker
from qa.passage import Role
from qa.wording.sentence import say, words


def say_role(role: Role, numbers: Sequence[int], kind: Kind, language: Language) -> str:
    """Return what a passage is; a question is told apart from the government's answer. A mere paragraph is named after its document's kind."""
    forms = words(language)["roles"].get(role.name.lower())
    if forms is None:
        return say_kind(kind, language)
    one, many, none = forms
    said: str = (none if not numbers else one if len(numbers) == 1 else many).format(enumerated(numbers, language))
    return f"{said}, {_word('not_the_answer', language)}" if role is Role.QUESTION else said


def say_kind(kind: Kind, language: Language) -> str:
    """Return what a document is."""
    return say(language, "kinds", kind.name.lower())


def say_relevance(relevance: Relevance, language: Language) -> str:
    """Return how well a citation fits."""
    return say(language, "relevance", relevance.name.lower())


def say_people(asked_by: Sequence[Person], answered_by: Sequence[Person], kind: Kind, language: Language) -> str:
    """Return who asked and who answered or wrote, as far as known: `gevraagd door Van Haga (FVD), beantwoord door ...`."""
    answers = "answered_by" if kind in {Kind.ANSWERS, Kind.NOTICE} else "written_by"
    said = [("asked_by", asked_by), (answers, answered_by)]
    return ", ".join(_word(form, language).format(say_names(people, language)) for form, people in said if people)


def say_speaker(speaker: Speaker, language: Language) -> str:
    """Return who says something in a debate: `gezegd door Kamerlid Van Dijk (PvdA)`."""
    said = say(language, "speakers", speaker.role.name.lower())
    name = f"{said} {speaker.name}" if speaker.name.lower() not in {speaker.role, "minister-president"} else said
    return _word("said_by", language).format(f"{name} ({speaker.affiliation})" if speaker.affiliation else name)


def say_names(people: Sequence[Person], language: Language) -> str:
    """Return people with their parties or ministries: `Van Haga (FVD) en Smit (ABC)`."""
    return enumerated([_name(person) for person in people], language)


def say_questions(questions: Sequence[AnsweredQuestion], language: Language) -> str:
    """Return the questions that a passage answers: `Vraag 3: Kent u ...?`, one a line."""
    return "\n".join(f"{_word('question', language)} {question.number}: {question.text}" for question in questions)


def say_date(iso_date: str, language: Language) -> str:
    """Return a date such as `16 mei 2022`; what is no date is returned as it is."""
    try:
        day = date.fromisoformat(iso_date)
    except ValueError:
        return iso_date
    return f"{day.day} {_month(day.month, language)} {day.year}"


def _name(person: Person) -> str:
    return f"{person.name} ({person.affiliation})" if person.affiliation else person.name


def say_month(iso_month: str, language: Language) -> str:
    """Return a month, given as `YYYY-MM`, such as `mei 2022`."""
    year, month = iso_month.split("-")
    return f"{_month(int(month), language)} {year}"


def enumerated(named: Sequence[int] | Sequence[str], language: Language, *, conjunction: str = "and") -> str:
    """Return things in a row: `3, 4 en 5`; the conjunction is the name of the word before the last."""
    *firsts, last = map(str, named or ("",))
    return f"{', '.join(firsts)} {_word(conjunction, language)} {last}" if firsts else last


def _word(name: str, language: Language) -> str:
    word: str = words(language)["documents"][name]
    return word


def _month(number: int, language: Language) -> str:
    month: str = words(language)["documents"]["months"][number - 1]
    return month
