"""Dates in words: «двадцать пятого мая две тысячи двадцать первого года», «Пятого марта 2019 года»."""

import re
from collections.abc import Iterator
from datetime import date

_UNITS = (
    "перв", "втор", "треть", "четверт", "пят", "шест", "седьм", "восьм", "девят", "десят", "одиннадцат",
    "двенадцат", "тринадцат", "четырнадцат", "пятнадцат", "шестнадцат", "семнадцат", "восемнадцат",
    "девятнадцат",
)  # fmt: skip
_TENS = {"двадцать": 20, "тридцать": 30, "сорок": 40, "пятьдесят": 50, "шестьдесят": 60, "семьдесят": 70,
         "восемьдесят": 80, "девяносто": 90}  # fmt: skip
_ROUND = {"двадцат": 20, "тридцат": 30, "сороков": 40, "пятидесят": 50, "шестидесят": 60, "семидесят": 70,
          "восьмидесят": 80, "девяност": 90}  # fmt: skip
_MONTHS = ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября",
           "ноября", "декабря")  # fmt: skip
_ENDING = r"(?:ого|его|ое|ье|ый|ий|ой)"
_ORDINAL = rf"(?:(?:{'|'.join(_TENS)})\s+)?(?:{'|'.join(_UNITS)}){_ENDING}|(?:{'|'.join(_ROUND)}){_ENDING}"
_WORDED = re.compile(
    rf"(?<!\w)(?P<day>{_ORDINAL}|\d{{1,2}})\s+(?P<month>{'|'.join(_MONTHS)})\s+"
    rf"(?:(?P<century>дв(?:е|ух)\s*тысяч[иа]?|(?:одна\s+)?тысяча\s+девятьсот)\s+(?P<year>{_ORDINAL})|"
    rf"(?P<digits>(?:19|20)\d\d))(?=\s+год|\W|$)",
    re.IGNORECASE,
)

_HINT = re.compile(rf"(?:го|[оь]е|[иы]й)\s+(?:{'|'.join(_MONTHS)})|тысяч", re.IGNORECASE)


def worded_dates_in(text: str) -> Iterator[tuple[date, int, int]]:
    """Every date with its day or its year in words, and its place; impossible ones are left out."""
    if _HINT.search(text) is None:
        return
    for found in _WORDED.finditer(text):
        value = _value(found)
        if value:
            yield value, *found.span()


def _value(found: re.Match[str]) -> date | None:
    if found["day"].isdigit() and found["digits"]:
        return None
    century = 2000 if (found["century"] or "").lower().startswith("дв") else 1900
    year = int(found["digits"]) if found["digits"] else century + _ordinal(found["year"])
    month = _MONTHS.index(found["month"].lower()) + 1
    try:
        return date(year, month, _ordinal(found["day"]))
    except ValueError:
        return None


def _ordinal(words: str) -> int:
    if words.isdigit():
        return int(words)
    *tens, last = words.lower().split()
    stem = re.sub(rf"{_ENDING}$", "", last)
    value = _ROUND.get(stem) or (_UNITS.index(stem) + 1 if stem in _UNITS else _UNITS.index("треть") + 1)
    return value + sum(_TENS[word] for word in tens)
