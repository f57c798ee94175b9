"""What programs and assistants ask: the parts of a question as they come from outside, each with its bounds."""

import json
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from qa.answering import DEFAULT_TOP_K, MAX_QUESTION, MAX_TOP_K
from qa.conversation import EarlierQuestion
from qa.exceptions import FilterError
from qa.library.filters import EVERYTHING, Filters, read_filters

MAX_EARLIER = 50


def _whole(text: str) -> str:
    """Return a text as it is. JSON can write half a character (a lone surrogate), which no answer could repeat."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("holds half a character, which is no text")
    return text


def _filters(value: object) -> Filters:
    try:
        return value if isinstance(value, Filters) else read_filters(value)
    except FilterError as error:
        raise ValueError(str(error)) from error


def _readable(text: str) -> str:
    """Return filters as they stand in an address, if they can be read."""
    try:
        _filters(json.loads(text))
    except json.JSONDecodeError as error:
        raise ValueError(f'is no JSON object such as {{"parties": ["PVV"]}}: {error}') from error
    return text


def _earlier(value: object) -> object:
    """Return an earlier question given as a text as the object that it stands for."""
    question = value.get("question") if isinstance(value, dict) else value
    if isinstance(question, str) and len(_whole(question)) > MAX_QUESTION:
        raise ValueError(f"an earlier question has at most {MAX_QUESTION:,} characters")
    return {"question": value} if isinstance(value, str) else value


Question = Annotated[str, AfterValidator(_whole), Field(description=f"In Dutch or English; at most {MAX_QUESTION:,} characters.")]
_Text = Annotated[str, Field(max_length=MAX_QUESTION), AfterValidator(_whole)]
EarlierQuestions = Annotated[
    tuple[Annotated[EarlierQuestion, BeforeValidator(_earlier, json_schema_input_type=_Text | EarlierQuestion)], ...],
    Field(
        max_length=MAX_EARLIER,
        description="The earlier questions of the conversation, oldest first, if this one leans on them: texts, or objects with the question and the "
        "`passage_ids` that were cited for it.",
    ),
]
EarlierTexts = Annotated[tuple[_Text, ...], Field(max_length=MAX_EARLIER, description="The earlier questions, oldest first.")]
TopK = Annotated[int, Field(ge=1, le=MAX_TOP_K, description="Most citations.")]
AskedFilters = Annotated[
    Filters, BeforeValidator(_filters), Field(description="Asks only documents that fit; a date may be a year or a month, too.")
]
DeclinedFilters = Annotated[
    Filters,
    BeforeValidator(_filters),
    Field(
        description="Filters that the question itself names and that are not to be applied, as an answer's `filters` gives them."
    ),
]
Values = Annotated[list[str], Field(description="Only documents with one of these; can be given more than once.")]


class FilterParameters(BaseModel):
    """Filters in an address: each value a parameter of its own."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kinds: Values = []
    date_from: Annotated[str | None, Field(description="A year, a month or a day: 2024, 2024-03 or 2024-03-01.")] = None
    date_to: Annotated[str | None, Field(description="The last year, month or day.")] = None
    members: Values = []
    parties: Values = []
    ministers: Values = []
    ministries: Values = []
    dossiers: Values = []
    document_ids: Values = []

    @property
    def filters(self) -> Filters:
        """The filters that the parameters make.

        Raises:
            FilterError: they make none.
        """
        return read_filters(self.model_dump(include=set(FilterParameters.model_fields)))


class AskRequest(BaseModel):
    """A question, and how it is to be answered."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: Question
    history: EarlierQuestions = ()
    top_k: TopK = DEFAULT_TOP_K
    filters: AskedFilters = EVERYTHING
    declined: DeclinedFilters = EVERYTHING

    @property
    def unwanted(self) -> Filters:
        """The filters that are not to be applied."""
        return self.declined


class AskParameters(FilterParameters):
    """A question in an address."""

    question: Question
    history: EarlierTexts = ()
    top_k: TopK = DEFAULT_TOP_K

    declined: Annotated[
        str,
        AfterValidator(_readable),
        Field(description='What the question itself names and is not to be applied, as a JSON object: {"parties": ["PVV"]}.'),
    ] = "{}"

    @property
    def unwanted(self) -> Filters:
        """The filters that are not to be applied."""
        return read_filters(json.loads(self.declined))
