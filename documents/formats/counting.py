"""Numbers as lists print them: Arabic, Roman, Latin and Russian letters."""

from __future__ import annotations

_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_LATIN = "abcdefghijklmnopqrstuvwxyz"
# Word and LibreOffice leave out ё, й, ъ, ы and ь in lettered lists.
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"


def written(number: int, style: str) -> str:
    """`number` in one of Word's number formats; unknown formats print Arabic digits."""
    if style == "none" or style == "bullet":
        return ""
    if style in ("upperRoman", "lowerRoman"):
        return roman(number) if style == "upperRoman" else roman(number).lower()
    letters = {
        "upperLetter": _LATIN,
        "lowerLetter": _LATIN,
        "russianUpper": _RUSSIAN,
        "russianLower": _RUSSIAN,
    }
    if style in letters:
        text = _lettered(number, letters[style])
        return text.upper() if style.endswith(("upperLetter", "Upper")) else text
    return f"{number:02d}" if style == "decimalZero" else str(number)


def roman(number: int) -> str:
    """«IV» for 4; Arabic digits outside 1–3999."""
    if not 0 < number < 4000:
        return str(number)
    text = ""
    for amount, sign in _ROMAN:
        text += sign * (number // amount)
        number %= amount
    return text


def _lettered(number: int, letters: str) -> str:
    """Word doubles the letter after the end of the alphabet: а … я, аа, бб."""
    if number < 1:
        return ""
    times, index = divmod(number - 1, len(letters))
    return letters[index] * min(times + 1, 5)
