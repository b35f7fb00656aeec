"""The number and the unit in a printed value of an indicator («10,42% (1487 чел.)», «не менее 4 ед.»)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_UNIT = (
    r"%|процент\w*|чел(?:овек\w*)?\b\.?|ед(?:иниц\w*|\.)?(?!\w)|шт(?:ук\w*|\.)?(?!\w)|балл\w*|"
    r"(?:тыс|млн|млрд)\.?\s?руб(?:лей|\.)?|руб(?:лей|\.)?|тыс\.?\s?чел\w*\.?|час\w*\b|мест\w*\b"
)
_NUMBER = re.compile(
    rf"(?<![\d.,/])(-?\d{{1,3}}(?:[ \u00a0]\d{{3}})+(?:[.,]\d+)?|-?\d+(?:[.,]\d+)?)(?![\d/])\s*({_UNIT})?",
    re.I,
)
_BY_YEAR = re.compile(
    rf"((?:19|20)\d\d)\s*(?:год\w*|г\.?)?\s*[-–—:]\s*(-?\d+(?:[.,]\d+)?)\s*({_UNIT})?",
    re.I,
)
_YEAR = re.compile(r"\s*(?:г\b|г\.|год)", re.I)
_BARE_UNIT = re.compile(rf"(?:^|[\s(])({_UNIT})\s*\)?\s*$", re.I)
_SPELLINGS = (
    ("%", ("%", "процент")),
    ("чел.", ("чел",)),
    ("ед.", ("ед",)),
    ("шт.", ("шт",)),
    ("балл", ("балл",)),
)


@dataclass(frozen=True)
class Value:
    """A number with its unit; None and "" where the text has none."""

    number: float | int | None
    unit: str


def value_in(text: str, year: int | None) -> Value:
    """The first number of the text that is not a year; of values listed by years the one of `year`."""
    listed = {int(found): (amount, unit) for found, amount, unit in _BY_YEAR.findall(text)}
    if listed:
        amount, unit = listed.get(year or 0) or listed[min(listed)]
        return Value(_number(amount), _tidy(unit))
    for match in _NUMBER.finditer(text):
        if _YEAR.match(text, match.end(1)) and re.fullmatch(r"(?:19|20)\d\d", match.group(1)):
            continue
        return Value(_number(match.group(1)), _tidy(match.group(2) or ""))
    bare = _BARE_UNIT.search(text)
    return Value(None, _tidy(bare.group(1)) if bare else "")


def _number(text: str) -> float | int:
    amount = float(re.sub(r"[ \u00a0]", "", text).replace(",", "."))
    return int(amount) if amount.is_integer() else amount


def _tidy(unit: str) -> str:
    low = unit.lower().strip()
    for spelling, starts in _SPELLINGS:
        if low.startswith(starts):
            return spelling
    return low
