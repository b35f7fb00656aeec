"""The Russian work calendar, the shift of control dates and the default terms, each with its norm.

Sources: domain research on terms (§3 of the lifecycle notes): ГК РФ ст. 190–194, instructions on control
of orders. Which rule an organisation follows is a setting; the norm is quoted beside it."""

import calendar as month_lengths
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

import holidays

Shift = Literal["preceding", "next", "none"]
DayKind = Literal["calendar", "working"]
TermUnit = Literal["day", "month"]
CountedFrom = Literal["signing", "registration"]

SHIFTS: tuple[Shift, ...] = ("preceding", "next", "none")
# Nobody is off for so many days on end: a longer run means overrides that leave no working day at all.
_LONGEST_REST = 400


@lru_cache(maxsize=64)
def _russian_year(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("RU", years=year)


@dataclass(frozen=True)
class WorkCalendar:
    """Working days of Russia with the days that the administrator has changed.

    overrides: {date: True for a working day, False for a day off}. Shortened days are working days."""

    overrides: Mapping[date, bool] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        """Whether the day is a working one, after the Government's yearly transfers and the overrides."""
        if day in self.overrides:
            return self.overrides[day]
        return _russian_year(day.year).is_working_day(day)

    def days_off(self, *, year: int) -> tuple[date, ...]:
        """Days off of a year that fall on Monday to Friday, in order."""
        return tuple(day for day in _days_of(year) if day.weekday() < 5 and not self.is_working(day))

    def working_weekends(self, *, year: int) -> tuple[date, ...]:
        """Saturdays and Sundays of a year on which people work, in order."""
        return tuple(day for day in _days_of(year) if day.weekday() > 4 and self.is_working(day))


RUSSIAN_CALENDAR = WorkCalendar()


def _days_of(year: int) -> Iterable[date]:
    first = date(year, 1, 1)
    length = 366 if month_lengths.isleap(year) else 365
    return (first + timedelta(days=passed) for passed in range(length))


def control_date(
    period_end: date, *, shift: Shift = "preceding", calendar: WorkCalendar = RUSSIAN_CALENDAR
) -> date:
    """The last day by which the controller expects the answer, for a printed last day.

    shift: "preceding" (instructions on control of orders), "next" (ГК РФ ст. 193) or "none"."""
    if shift == "none":
        return period_end
    step = -1 if shift == "preceding" else 1
    return _first_working(period_end, step, calendar)


def _first_working(day: date, step: int, calendar: WorkCalendar) -> date:
    for passed in range(_LONGEST_REST):
        moved = day + timedelta(days=step * passed)
        if calendar.is_working(moved):
            return moved
    return day


def add_working_days(start: date, *, days: int, calendar: WorkCalendar = RUSSIAN_CALENDAR) -> date:
    """The working day number `days` after `start`; counting begins on the next day (ГК РФ ст. 191)."""
    day = start
    for _ in range(days):
        day = _first_working(day + timedelta(days=1), 1, calendar)
    return day


def add_calendar_days(start: date, *, days: int) -> date:
    """The day number `days` after `start`; counting begins on the next day (ГК РФ ст. 191)."""
    return start + timedelta(days=days)


def add_months(start: date, *, months: int) -> date:
    """The same number of the month that comes `months` later; the last day of the month if there is none."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, month_lengths.monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class DefaultTerm:
    """How long an assignment has when no date is given. words: as they stand in it; () = no words at all."""

    words: tuple[str, ...]
    length: int
    unit: TermUnit
    day_kind: DayKind
    counted_from: CountedFrom
    norm: str


@dataclass(frozen=True)
class ReportingDay:
    """The day by which a recurring assignment is reported. month None = the month after the reported unit."""

    words: tuple[str, ...]
    day: int
    month: int | None
    norm: str


_INSTRUCTION = "Инструкция по контролю исполнения поручений, п. {point} (consultant.ru, документ 305378)"
_REGIONAL = "Порядок контроля исполнения поручений, п. {point} (docs.cntd.ru, документ 453106005)"
_FROM_SIGNING = _INSTRUCTION.format(point="5.3.3")
_FROM_REGISTRATION = _REGIONAL.format(point="16")

# Calendar days from signing: the default of the product.
SIGNING_TERMS: tuple[DefaultTerm, ...] = (
    DefaultTerm((), 1, "month", "calendar", "signing", _INSTRUCTION.format(point="5.3.2")),
    DefaultTerm(("срочно",), 3, "day", "calendar", "signing", _FROM_SIGNING),
    DefaultTerm(("оперативно",), 10, "day", "calendar", "signing", _FROM_SIGNING),
)
# Working days from registration: the other practice.
REGISTRATION_TERMS: tuple[DefaultTerm, ...] = (
    DefaultTerm(("весьма срочно",), 1, "day", "working", "registration", _FROM_REGISTRATION),
    DefaultTerm(("срочно", "незамедлительно"), 3, "day", "working", "registration", _FROM_REGISTRATION),
    DefaultTerm(("оперативно",), 10, "day", "working", "registration", _FROM_REGISTRATION),
)
REPORTING_DAYS: tuple[ReportingDay, ...] = (
    ReportingDay(("ежемесячно", "ежеквартально"), 10, None, _FROM_REGISTRATION),
    ReportingDay(("постоянно",), 20, 1, _FROM_REGISTRATION),
)


def default_term(phrase: str, *, terms: tuple[DefaultTerm, ...] = SIGNING_TERMS) -> DefaultTerm | None:
    """The term whose words stand in the phrase, the longest first; without any, the term without words."""
    text = " ".join(phrase.lower().replace("ё", "е").split())
    named = [(len(word), term) for term in terms for word in term.words if word in text]
    if named:
        return max(named, key=lambda here: here[0])[1]
    return next((term for term in terms if not term.words), None)


def reporting_day(phrase: str, *, days: tuple[ReportingDay, ...] = REPORTING_DAYS) -> ReportingDay | None:
    """The day by which «ежемесячно», «ежеквартально», «постоянно» without a date are reported."""
    text = phrase.lower()
    return next((day for day in days if any(word in text for word in day.words)), None)


def term_end(
    term: DefaultTerm, *, start: date, shift: Shift = "preceding", calendar: WorkCalendar = RUSSIAN_CALENDAR
) -> date:
    """The control date of a default term counted from `start` (the day of signing or of registration)."""
    if term.unit == "month":
        end = add_months(start, months=term.length)
    elif term.day_kind == "working":
        end = add_working_days(start, days=term.length, calendar=calendar)
    else:
        end = add_calendar_days(start, days=term.length)
    return control_date(end, shift=shift, calendar=calendar)
