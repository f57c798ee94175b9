"""Options that limit `ask` and `list` to some documents."""

from collections.abc import Sequence
from functools import reduce
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from qa.document import Kind
from qa.exceptions import FilterError

if TYPE_CHECKING:
    from qa.library import Catalogue
    from qa.library.filters import Dimension, Filters
    from qa.understanding.recognised import NamedFilter, Recognised

SHOWN_VALUES = 20

Values = Optional[list[str]]  # noqa: UP045 - typer shows this form best
_REPEATED = "Can be given more than once."

KindsOption = Annotated[
    Values,
    typer.Option("--kind", metavar="KIND", help=f"Only documents of this kind: {', '.join(kind.name.lower() for kind in Kind)}. {_REPEATED}", show_default=False),
]  # fmt: skip
FromOption = Annotated[
    str | None, typer.Option("--from", metavar="DATE", help="Only documents from this day, month or year on: 2024, 2024-03 or 2024-03-01.", show_default=False)
]  # fmt: skip
ToOption = Annotated[
    str | None, typer.Option("--to", metavar="DATE", help="Only documents until the end of this day, month or year.", show_default=False)
]  # fmt: skip
MembersOption = Annotated[
    Values, typer.Option("--member", metavar="NAME", help=f"Only questions asked by this member. {_REPEATED}", show_default=False)
]
PartiesOption = Annotated[
    Values, typer.Option("--party", metavar="NAME", help=f"Only questions asked by members of this party. {_REPEATED}", show_default=False)
]  # fmt: skip
MinistersOption = Annotated[
    Values, typer.Option("--minister", metavar="NAME", help=f"Only what this minister or state secretary answered or wrote. {_REPEATED}", show_default=False)
]  # fmt: skip
DossiersOption = Annotated[
    Values, typer.Option("--dossier", metavar="NUMBER", help=f"Only papers of this dossier, such as 30573. {_REPEATED}", show_default=False)
]  # fmt: skip

WithoutOption = Annotated[
    Values, typer.Option("--without", metavar="WORDS", help=f"Do not apply a filter that the question names, given by its value or the words that name it: 2024, PVV. {_REPEATED}", show_default=False)
]  # fmt: skip


def chosen_filters(
    catalogue: "Catalogue",
    *,
    kinds: Values,
    date_from: str | None,
    date_to: str | None,
    members: Values,
    parties: Values,
    ministers: Values,
    dossiers: Values,
) -> "Filters":
    """Return the filters that options ask for, with names as the library writes them.

    Raises:
        FilterError: a value cannot be used, or no document has it.
    """
    from qa.library.filters import make_filters

    return make_filters(
        kinds=kinds or (),
        date_from=date_from,
        date_to=date_to,
        members=_known(catalogue, "members", "--member", members),
        parties=_known(catalogue, "parties", "--party", parties),
        ministers=_known(catalogue, "ministers", "--minister", ministers),
        dossiers=_known(catalogue, "dossiers", "--dossier", [number.replace(" ", "") for number in dossiers or ()]),
    )


def declined_filters(recognised: "Recognised", without: Values) -> "Filters":
    """Return those of the filters that a question names whose value, or whose words in the question, are among `without`.

    Raises:
        FilterError: the question names no such filter.
    """
    from qa.library.filters import EVERYTHING, Filters

    declined = EVERYTHING
    for asked in without or ():
        meant = [one.part for one in recognised.named if asked.casefold() in _called(one)]
        if not meant:
            named = "; ".join(dict.fromkeys(one.words for one in recognised.named))
            raise FilterError("filter_not_named" if named else "no_filter_named", asked=asked, named=named)
        declined = reduce(Filters.joined, meant, declined)
    return declined


def _called(named: "NamedFilter") -> set[str]:
    from qa.library.filters import DIMENSIONS
    from qa.wording.filters import say_period

    values = [value for name in DIMENSIONS for value in named.part.values(name)]
    period = say_period(named.part.date_from, named.part.date_to, "en") if named.part.date_from or named.part.date_to else ""
    return {text.casefold() for text in (named.words, period, *values)}


def _known(catalogue: "Catalogue", dimension: "Dimension", option: str, asked: Values) -> list[str]:
    values = {value.casefold(): value for value in catalogue.values(dimension)}
    for name in asked or ():
        if name.casefold() not in values:
            raise FilterError("no_document_has_value", option=option, value=name, choice=_choice(list(values.values())))
    return [values[name.casefold()] for name in asked or ()]


def _choice(values: Sequence[str]) -> str:
    if not values:
        return "none says anything of that kind"
    return f"there are: {', '.join(values[:SHOWN_VALUES])}{', ...' if len(values) > SHOWN_VALUES else ''}"
