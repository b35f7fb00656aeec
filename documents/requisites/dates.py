"""Dates as documents print them: «14 января 2020 г.», «« 10 » марта 2015», «30.07.2021», «10.10.97»."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from documents.requisites.worded_dates import worded_dates_in

# Acts of the twentieth century are cited with two digits too («10.10.97»): a year after this one is of 19xx.
PIVOT = 40

_MONTHS = (
    "январ",
    "феврал",
    "март",
    "апрел",
    "ма",
    "июн",
    "июл",
    "август",
    "сентябр",
    "октябр",
    "ноябр",
    "декабр",
)
_ENDINGS = {"март": ("а", ""), "август": ("а", ""), "ма": ("я", "й")}
_FORMS = {
    stem + ending: month for month, stem in enumerate(_MONTHS, 1) for ending in _ENDINGS.get(stem, ("я", "ь"))
}
_YEAR = r"(?:19|20)\d\d"
_PRINTED = re.compile(
    rf"(?=[\d«\"“<])(?:(?P<iso>(?<![\d-]){_YEAR}-\d\d-\d\d(?![\d-]))"
    rf"|(?<![\d/-])(?<!\d[.,])(?P<day>\d{{1,2}})(?: ?[.,] ?(?P<month>\d{{1,2}}) ?[.,] ?"
    rf"|/(?P<month2>\d{{1,2}})/|-(?P<month3>\d{{1,2}})-)(?P<year>{_YEAR}|\d\d)(?![\d/])(?!\.\d)"
    rf"|(?<=от )(?P<sday>\d\d) (?P<smonth>\d\d) (?P<syear>{_YEAR})(?!\d)"
    rf"|(?P<quote>[«\"“<]{{1,2}} {{0,3}})?(?<![\d/-])(?<!\d[.,])(?P<wday>\d{{1,2}})[\s»\"”>°'’*]{{0,6}}"
    rf"(?P<word>[А-Яа-яЁё]{{3,9}})\s{{0,5}}(?P<wyear>{_YEAR}|\d\d(?=\s?г))(?!\d))"
)
# «____октября 2021 года», ««__» ________ 20__ г.», «______ 2021»: a date that waits for registration.
_BLANK = re.compile(
    rf"(?:[«\"“] {{0,3}})?(?<!_)_{{2,80}}+ {{0,3}}[»\"”]? {{0,3}}(?:(?P<word>[А-Яа-яё]{{3,9}})|"
    rf"_{{2,80}}+)? {{0,3}}(?:{_YEAR}|20_{{1,4}}|20\b)"
)
# ««   » 2022 г.», ««1Э» августа 2020»: the day left empty without a line, or misread.
_EMPTY_DAY = re.compile(
    rf"[«\"“](?:\s{{1,8}}|\s?[^\W_]{{1,3}}\s?)[»\"”]\s{{0,30}}(?P<word>[А-Яа-яё]{{3,9}})?\s{{0,30}}{_YEAR}(?=\s?г)"
)
# «от 31 августа № 243»: without its year it is no date, but it has the place of one.
_YEARLESS = re.compile(
    r"(?<=от )[«\"]?\d{1,2}[»\"]? {1,3}(?P<word>[А-Яа-яё]{3,9})(?=\s{0,3}(?:№|,|$))", re.MULTILINE
)


@dataclass(frozen=True)
class PrintedDate:
    """A date and its place; value is None where the day, the month or the year is left blank."""

    value: date | None
    start: int
    end: int


def dates_in(text: str) -> Iterator[PrintedDate]:
    """Every complete date: those in digits in the order of the text, then those in "
    "words; impossible ones («31.02.2020») are left out."""
    for found in _PRINTED.finditer(text):
        value = _value(found)
        if value:
            yield PrintedDate(value, *found.span())
    for day, start, end in worded_dates_in(text):
        yield PrintedDate(day, start, end)


def blank_dates_in(text: str) -> Iterator[PrintedDate]:
    """Places left for a date, and dates without a year."""
    for pattern in (_BLANK, _EMPTY_DAY, _YEARLESS):
        for found in pattern.finditer(text):
            if not found["word"] or _month(found["word"]):
                yield PrintedDate(None, *found.span())


def _value(found: re.Match[str]) -> date | None:
    if found["iso"]:
        year, month, day = found["iso"].split("-")
        return _day(int(year), int(month), int(day))
    if found["wday"]:
        return _day(_full_year(found["wyear"]), _month(found["word"]), int(found["wday"]))
    if found["sday"]:
        return _day(int(found["syear"]), int(found["smonth"]), int(found["sday"]))
    month = found["month"] or found["month2"] or found["month3"]
    return _day(_full_year(found["year"]), int(month), int(found["day"]))


def _month(word: str) -> int:
    """The month of a word, also with one letter misread; 0 for another word."""
    folded = word.lower()
    if folded in _FORMS:
        return _FORMS[folded]
    close = get_close_matches(folded, _FORMS, n=1, cutoff=0.8) if len(folded) > 4 else []
    return _FORMS[close[0]] if close else 0


def _full_year(digits: str) -> int:
    year = int(digits)
    if year > 99:
        return year
    return 2000 + year if year <= PIVOT else 1900 + year


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
