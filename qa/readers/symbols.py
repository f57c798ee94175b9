"""Characters of symbol fonts, which documents store by their place in the font: `≥` is place F0B3 of Symbol."""

_SYMBOL_LOW = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"  # noqa: RUF001
_SYMBOL_HIGH = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…|—↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊⟨®©™∑"  # noqa: RUF001
_SYMBOL = {
    **{0x20 + place: character for place, character in enumerate(_SYMBOL_LOW)},
    **{0xA0 + place: character for place, character in enumerate(_SYMBOL_HIGH)},
    0xF1: "⟩",
    0xF2: "∫",
}
_WINGDINGS = {
    0x28: "☎",
    0x2A: "✉",
    0x6C: "●",
    0x6E: "■",
    0x6F: "☐",
    0x71: "❑",
    0x76: "❖",
    0x77: "◆",
    0x9F: "•",
    0xA7: "▪",
    0xA8: "☐",
    0xD8: "➢",
    0xDF: "←",
    0xE0: "→",
    0xE1: "↑",
    0xE2: "↓",
    0xE8: "➔",
    0xF0: "⇨",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}
PRIVATE = range(0xF020, 0xF100)
"""Where Windows keeps the places of a symbol font."""
UNAMBIGUOUS = {0xF000 + place: _SYMBOL[place] for place in (0xA3, 0xAE, 0xB0, 0xB1, 0xB3, 0xB4, 0xB7, 0xB8, 0xB9, 0xBB)}
"""What is hardly ever anything but Symbol's, for files that do not say in which font."""


def symbol_of(font: str, code: int) -> str:
    """Return the character at a place in a font, or nothing for one that no character stands for."""
    place = code - 0xF000 if code in PRIVATE else code
    table = _FONTS.get(font.strip().lower())
    if table is not None:
        return table.get(place, "")
    if code in PRIVATE:
        return UNAMBIGUOUS.get(code, "")
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF else ""


def with_symbols(text: str, font: str) -> str:
    """Return a text with the characters of a symbol font that stand in it by their places as what they are."""
    if font.strip().lower() not in _FONTS and not any(ord(character) in PRIVATE for character in text):
        return text
    return "".join(symbol_of(font, ord(character)) if ord(character) in PRIVATE else character for character in text)
