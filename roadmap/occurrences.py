"""Occurrences of a recurring due period: what one printed «ежеквартально, до 5 числа» asks for."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from roadmap.period_anchors import Anchor
from roadmap.period_spots import LAST, Bounds, MonthDay
from roadmap.periods import Period
from roadmap.workdays import add_months

_MONTHS = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}
_DAYS = {"daily": 1, "weekly": 7}
# A quarter is reported early in the next month; a later day of the month lies inside the last month itself.
_EARLY = 20


@dataclass(frozen=True)
class Occurrence:
    """One time that a recurring measure is due: first and last day of doing it, both inclusive."""

    start: date
    end: date


def occurrences(period: Period, *, since: date, until: date) -> list[Occurrence]:
    """Occurrences that end on `since` or later and begin on `until` or earlier, in order.

    A period that does not recur, or recurs by an unnamed unit, has none. A first occurrence that the
    text places begins the series; bounds longer than the unit limit it."""
    if period.recurrence is None or since > until:
        return []
    low, high = _limits(period)
    first, last = max(since, low or since), min(until, high or until)
    return [here for here in _series(period, first, last) if _is_wanted(here, first, last)]


def _is_wanted(here: Occurrence, first: date, last: date) -> bool:
    return here.end >= first and here.start <= last


def _limits(period: Period) -> Bounds | tuple[date | None, date | None]:
    if _is_first(period):
        return period.start, None
    return period.start, period.end if period.start else None


def _is_first(period: Period) -> bool:
    """Whether start and end are the first occurrence: then they are no longer than the unit."""
    if period.start is None or period.end is None:
        return False
    length = (period.end - period.start).days + 1
    return length <= _longest(str(period.recurrence))


def _longest(recurrence: str) -> int:
    return _DAYS.get(recurrence) or {1: 31, 3: 92, 6: 184, 12: 366}[_MONTHS[recurrence]]


def _series(period: Period, first: date, last: date) -> Iterator[Occurrence]:
    recurrence = str(period.recurrence)
    if recurrence in _DAYS:
        return _by_days(period, first, last)
    if _is_first(period) and period.start and period.end:
        return _repeated((period.start, period.end), _MONTHS[recurrence], last)
    if period.start is None and period.end is not None:
        return _from_deadline(period.end, period.anchor or Anchor(), _MONTHS[recurrence], last)
    return _by_units(period.anchor or Anchor(), _MONTHS[recurrence], first, last)


def _from_deadline(end: date, anchor: Anchor, months: int, last: date) -> Iterator[Occurrence]:
    """A first deadline, then the next ones; a yearly one opens with its calendar year."""
    if months == 12 and anchor.last:
        return (here for here in _by_units(anchor, months, end, last) if here.end >= end)
    return _repeated((add_months(end, months=-months) + timedelta(days=1), end), months, last)


def _by_days(period: Period, first: date, last: date) -> Iterator[Occurrence]:
    step = _DAYS[str(period.recurrence)]
    weekday = period.anchor.weekday if period.anchor else None
    day = first if step == 1 else first - timedelta(days=first.weekday())
    while day <= last:
        if weekday is not None and step == 7:
            yield Occurrence(day + timedelta(days=weekday), day + timedelta(days=weekday))
        else:
            yield Occurrence(day, day + timedelta(days=step - 1))
        day += timedelta(days=step)


def _repeated(first: Bounds, months: int, last: date) -> Iterator[Occurrence]:
    """The first occurrence moved by whole units; the last day of a month stays the last day."""
    for turn in range(12 * 400):
        start, end = (_moved(day, turn * months) for day in first)
        if start > last:
            return
        yield Occurrence(start, end)


def _moved(day: date, months: int) -> date:
    moved = add_months(day, months=months)
    is_last = day.day == calendar.monthrange(day.year, day.month)[1] and day.day > 27
    return _day_in(moved.year, moved.month, 31) if is_last else moved


def _by_units(anchor: Anchor, months: int, first: date, last: date) -> Iterator[Occurrence]:
    start = date(first.year - 1, 1, 1) if first.year > 1 else first.replace(month=1, day=1)
    while start <= last and start.year < 9990:
        end = add_months(start, months=months) - timedelta(days=1)
        yield _in_unit(anchor, months, start, end)
        start = end + timedelta(days=1)


def _in_unit(anchor: Anchor, months: int, start: date, end: date) -> Occurrence:
    if anchor.nth is not None and anchor.weekday is not None:
        day = _nth_weekday(end, anchor.weekday, anchor.nth)
        return Occurrence(day, day)
    if anchor.last and months == 12:
        return _in_year(anchor.first, anchor.last, end.year + anchor.is_after_unit, start)
    if anchor.day:
        return _on_day(anchor, anchor.day, months, (start, end))
    return Occurrence(start, end)


def _in_year(first: MonthDay | None, last: MonthDay, year: int, start: date) -> Occurrence:
    opened = _day_in(year, *first) if first else date(year, 1, 1)
    crosses = bool(first) and last < (first or last)
    return Occurrence(max(opened, start), _day_in(year + crosses, *last))


def _on_day(anchor: Anchor, day: int, months: int, unit: Bounds) -> Occurrence:
    start, end = unit
    is_next = anchor.is_after_unit or (months > 1 and anchor.month_of_unit is None and day <= _EARLY)
    if is_next:
        opened = end + timedelta(days=1)
        return Occurrence(opened, _day_in(opened.year, opened.month, day))
    named = anchor.month_of_unit or LAST
    month = end if named == LAST else add_months(start, months=named - 1)
    return Occurrence(start, max(start, _day_in(month.year, month.month, day)))


def _nth_weekday(end: date, weekday: int, nth: int) -> date:
    length = calendar.monthrange(end.year, end.month)[1]
    days = [
        number for number in range(1, length + 1) if date(end.year, end.month, number).weekday() == weekday
    ]
    return date(end.year, end.month, days[nth if nth < 0 else min(nth, len(days)) - 1])


def _day_in(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))
