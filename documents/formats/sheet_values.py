"""Numbers of a sheet as a reader sees them: dates by their number format, decimals with a comma, per cent."""

from __future__ import annotations

import datetime
import re

_BUILT_IN_DATES = {14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)}
_BUILT_IN_CODES = {
    9: "0%",
    10: "0.00%",
    2: "0.00",
    4: "#,##0.00",
    14: "dd.mm.yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    22: "dd.mm.yyyy hh:mm",
}
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_MONTHS = (
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
)
_LAST_DAY = 2_958_465


def shown(raw: str, format_id: int, code: str, *, from_1904: bool = False) -> str:
    """The number `raw` as its format shows it; text that is no number comes back as it is."""
    try:
        number = float(raw)
    except ValueError:
        return raw
    code = code or _BUILT_IN_CODES.get(format_id, "")
    if format_id in _BUILT_IN_DATES or _is_date(code):
        date = _date(number, from_1904)
        return raw if date is None else date_text(date, code)
    if "%" in _QUOTED.sub("", code):
        return f"{_decimal(number * 100, code)}%"
    return _decimal(number, code)


def date_text(date: datetime.datetime, code: str = "") -> str:
    """«01.09.2024»; «сентябрь 2024» and «01.09» where the format leaves out the day or the year."""
    bare = _QUOTED.sub("", code).lower()
    has_day, has_year = "d" in bare or not bare, "y" in bare or not bare
    if not has_day and has_year:
        return f"{_MONTHS[date.month - 1]} {date.year}" if "m" in bare else str(date.year)
    if not has_day:
        return _MONTHS[date.month - 1]
    return date.strftime("%d.%m.%Y") if has_year else date.strftime("%d.%m")


def _is_date(code: str) -> bool:
    bare = _QUOTED.sub("", code).lower().split(";")[0]
    return (
        "d" in bare
        or "y" in bare
        or ("m" in bare and "0" not in bare and "h" not in bare and "#" not in bare)
    )


def _date(number: float, from_1904: bool) -> datetime.datetime | None:
    """The date of a serial number. Excel counts a 29 February 1900 that never was."""
    days = number + 1462 if from_1904 else number
    if not 0 < days < _LAST_DAY:
        return None
    start = datetime.date(1899, 12, 30 if days >= 60 else 31)
    midnight = datetime.datetime.combine(start, datetime.time())
    return midnight + datetime.timedelta(days=days)


def _decimal(number: float, code: str) -> str:
    fixed = re.search(r"0\.(0+)", _QUOTED.sub("", code))
    text = f"{number:.{len(fixed.group(1))}f}" if fixed else format(number, ".15g")
    return text.replace(".", ",") if "e" not in text else text
