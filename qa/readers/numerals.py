"""`numeral`: a number as the items of a list show it."""

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_MAX_LETTERS = 260
_MAX_ROMAN = 3999


def numeral(number: int, form: str) -> str:
    """Return a number in digits, letters or Roman numerals; where a form has none for it, in digits.

    Args:
        number: any whole number.
        form: the first of the row, as HTML and ODF name it: `1`, `01`, `a`, `A`, `i` or `I`; anything else is digits.
    """
    match form:
        case "01":
            return f"{number:02}"
        case "a" | "A" if 0 < number <= _MAX_LETTERS:
            letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
            return letters.upper() if form == "A" else letters
        case "i" | "I" if 0 < number <= _MAX_ROMAN:
            return _roman(number).upper() if form == "I" else _roman(number)
    return str(number)


def _roman(number: int) -> str:
    said = ""
    for value, letters in _ROMAN:
        said += letters * (number // value)
        number %= value
    return said
