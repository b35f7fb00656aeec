"""Numbers of acts and dates as words of their own: «60/1», «№ 602-ОД», «р-33», «27 января 2021 г.».

What a scanner mistakes is folded together: О and 0, З and 3, Latin letters that look like Russian ones.
The same number written in different ways is the same word.
"""

import re
from collections.abc import Iterator
from datetime import date

_STEMS = "январ феврал март апрел ма июн июл август сентябр октябр ноябр декабр"
MONTHS = {stem: number for number, stem in enumerate(_STEMS.split(), 1)}
_MONTH = (
    r"(?P<month>январ[ьяею]|феврал[ьяею]|март[аеу]?|апрел[ьяею]|ма[йяею]|июн[ьяею]|июл[ьяею]|август[аеу]?|"
    r"сентябр[ьяею]|октябр[ьяею]|ноябр[ьяею]|декабр[ьяею])"
)
WORDED = re.compile(rf"(?<![\w])(?:(?P<day>\d{{1,2}})\s+)?{_MONTH}\s+(?P<year>(?:19|20)\d\d)(?!\d)")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})")
_ISO = re.compile(r"((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})")
#: It begins with a digit, so that long texts are scanned quickly.
_LOOSE = re.compile(r"([0-9])\s*(?:[-‐‑–—]\s*(?=[а-яa-z]{1,3}(?![а-яa-z]))|/\s*(?=[0-9]))", re.IGNORECASE)
_LETTERED = re.compile(r"[а-я]{1,3}-[оз0-9]{1,5}")

#: Latin letters as the Russian ones they look like.
LATIN = str.maketrans("aceopxykmthbu", "асеорхукмтнви")
#: What is one sign to a scanner, wherever it stands in a number.
_SIGNS = str.maketrans("оз", "03")


def folded(number: str) -> str:
    """A number of an act as it is compared: «602-OД» and «602-0д» are one."""
    return number.translate(LATIN).translate(_SIGNS)


def tightened(text: str) -> str:
    """Lower-case text with «602 – ОД» and «60 / 1» written without blanks."""
    return _LOOSE.sub(lambda found: found[1] + ("/" if "/" in found[0] else "-"), text)


def is_number(token: str) -> bool:
    """Whether a token of the text is read as a number: it has a digit, or is «р-ЗЗ» of a bad scan."""
    return any(sign.isdigit() for sign in token) or bool(_LETTERED.fullmatch(token.translate(LATIN)))


def number_terms(token: str) -> tuple[str, ...]:
    """The words under which a number is found: the whole first, then its parts that have a digit."""
    whole = folded(token)
    parts = [part for part in re.split(r"[-/.]", whole) if any(sign.isdigit() for sign in part)]
    digits = [
        found for part in parts for found in re.findall(r"\d+", part) if len(found) > 1 or part == found
    ]
    return tuple(dict.fromkeys([whole, *parts, *digits]))


def day_term(day: date) -> str:
    return f"@{day:%Y%m%d}"


def month_term(year: int, month: int) -> str:
    return f"@{year:04d}{month:02d}"


def date_written(token: str) -> date | None:
    """The date a token is: «27.01.2021», «27.01.21», «2021-01-27»; None for any other."""
    if found := _DOTTED.fullmatch(token):
        day, month, year = (int(part) for part in found.groups())
        return _date(year + 2000 if year < 100 else year, month, day)
    if found := _ISO.fullmatch(token):
        return _date(*(int(part) for part in found.groups()))
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1900 <= year < 2100 else None
    except ValueError:
        return None


def date_terms(day: date) -> tuple[str, ...]:
    return day_term(day), month_term(day.year, day.month)


def worded_dates(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Dates in words of lower-case text: where each begins and ends, and its words in the index."""
    for found in WORDED.finditer(text):
        month = next(number for stem, number in MONTHS.items() if found["month"].startswith(stem))
        year = int(found["year"])
        day = _date(year, month, int(found["day"])) if found["day"] else None
        yield found.start(), found.end(), date_terms(day) if day else (month_term(year, month),)
