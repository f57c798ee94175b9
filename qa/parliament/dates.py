"""Dates as Dutch documents write them: `16 mei 2022`."""

import re
from datetime import date

MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()

MONTH = rf"(?i:{'|'.join(MONTHS)})"
"""Pattern of the name of a month."""

DATE = rf"(?P<day>[0-9]{{1,2}})\s{{1,3}}(?P<month>{MONTH})\s{{1,3}}(?P<year>(?:19|20)[0-9][0-9])(?![0-9])"
"""Pattern of a date, with the groups that `read_date` reads."""


def read_date(match: re.Match[str] | None) -> str | None:
    """Return the date that a pattern with `DATE` in it matched as `YYYY-MM-DD`, or None for no match and for days such as 31 juni."""
    if match is None:
        return None
    month = MONTHS.index(match["month"].lower()) + 1
    try:
        return date(int(match["year"]), month, int(match["day"])).isoformat()
    except ValueError:  # a day that does not exist
        return None
