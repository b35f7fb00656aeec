"""A spot: one place in the calendar that a due period names, with or without its year."""

import calendar
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

MonthDay = tuple[int, int]
Bounds = tuple[date, date]
IsWorking = Callable[[date], bool]

YEAR_START: MonthDay = (1, 1)
YEAR_END: MonthDay = (12, 31)
SCHOOL_START: MonthDay = (9, 1)
SCHOOL_END: MonthDay = (8, 31)
LAST = -1


@dataclass(frozen=True)
class Nth:
    """«вторая рабочая среда»: number (LAST = the last one), weekday 0..6 or None for any day."""

    number: int
    weekday: int | None
    working: bool


@dataclass(frozen=True)
class Spot:
    """kind: day, month, quarter, half_year, year, school_year, range. first and last: (month, day).

    year: of `first`, None if not printed; span: years from first to last; offset: «текущего года» = 0,
    «следующего года» = 1; school: the printed year is the first one of a school year. start and stop: the
    tokens that were read. A day without its month has month 0 until its neighbour lends it one."""

    kind: str
    first: MonthDay
    last: MonthDay
    year: int | None = None
    span: int = 0
    offset: int | None = None
    school: bool = False
    nth: Nth | None = None
    doubt: str = ""
    start: int = 0
    stop: int = 0

    @property
    def is_yearly(self) -> bool:
        """Whether the spot is a year itself, so that it can lend its number to others."""
        return self.kind in ("year", "school_year")

    @property
    def is_dated(self) -> bool:
        """Whether the year is printed."""
        return self.year is not None


def day_spot(day: int, month: int, year: int | None = None) -> Spot:
    """One day."""
    return Spot("day", (month, day), (month, day), year)


def months_spot(kind: str, first: int, last: int, year: int | None = None) -> Spot:
    """Whole months, both inclusive; a span into the next year when the last lies before the first."""
    return Spot(kind, (first, 1), (last, 31), year, span=int(last < first))


def school_half(spot: Spot, end: MonthDay) -> Spot:
    """A half-year of a school year: 1 September..31 December or 1 January..the end of the school year."""
    if spot.kind != "half_year":
        return spot
    first, last = (SCHOOL_START, YEAR_END) if spot.first == YEAR_START else (YEAR_START, end)
    return replace(spot, first=first, last=last)


def bounds(spot: Spot, year: int, is_working: IsWorking) -> Bounds | None:
    """First and last day with `year` as the year of the first one; None if there is no such day."""
    if spot.nth:
        found = _nth_day(spot.nth, year, spot.first[0], is_working)
        return (found, found) if found else None
    first = _day(year, spot.first if spot.kind == "day" else _clipped(year, spot.first))
    last = _day(year + spot.span, spot.last if spot.kind == "day" else _clipped(year + spot.span, spot.last))
    return (first, last) if first and last else None


def _day(year: int, month_day: MonthDay) -> date | None:
    month, day = month_day
    is_real = 1 <= year < 9999 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
    return date(year, month, day) if is_real else None


def _clipped(year: int, month_day: MonthDay) -> MonthDay:
    month, day = month_day
    return month, min(day, calendar.monthrange(max(1, min(year, 9998)), month)[1])


def _nth_day(nth: Nth, year: int, month: int, is_working: IsWorking) -> date | None:
    if not 1 <= year < 9999:
        return None
    length = calendar.monthrange(year, month)[1]
    days = [date(year, month, 1) + timedelta(days=passed) for passed in range(length)]
    fitting = [day for day in days if _fits(day, nth, is_working)]
    at = nth.number if nth.number == LAST else nth.number - 1
    return fitting[at] if at < len(fitting) and fitting else None


def _fits(day: date, nth: Nth, is_working: IsWorking) -> bool:
    return nth.weekday in (None, day.weekday()) and (not nth.working or is_working(day))
