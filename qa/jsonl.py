"""JSON Lines from outside, checked line by line."""

from collections.abc import Iterable
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from qa.exceptions import BronvraagError

Model = TypeVar("Model", bound=BaseModel)


def parse_lines(lines: Iterable[str], model: type[Model], *, name: str) -> list[Model]:
    """Return every line that is not blank as a `model`.

    Raises:
        BronvraagError: a line is not valid; the message names the line of `name`, the field and the reason.
    """
    parsed = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            parsed.append(model.model_validate_json(line))
        except ValidationError as error:
            raise BronvraagError("line_wrong", name=name, number=str(number), fault=_explain(error)) from error
    return parsed


def _explain(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    field = ".".join(map(str, first["loc"]))
    return f"{field}: {first['msg']}" if field else first["msg"]
