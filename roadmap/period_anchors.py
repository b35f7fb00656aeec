"""The due day that a recurring period keeps: «до 25 числа каждого месяца», «ежегодно, до 1 мая»."""

from dataclasses import dataclass

from roadmap.period_numbers import Line
from roadmap.period_recurrence import Recurrence
from roadmap.period_spots import LAST, MonthDay
from roadmap.period_words import WEEKLY_PLURALS
from roadmap.period_years import Part


@dataclass(frozen=True)
class Anchor:
    """Where in each month, quarter or year a recurring measure falls; it feeds occurrences().

    first, last: (month, day) of a yearly window; first None = a deadline, the window opens with the year.
    day: of the month (31 = its last day). month_of_unit: 1..3 of a quarter, 1..6 of a half-year,
    -1 = the last. is_after_unit: due after the reported unit. weekday: 0..6; nth: 1..5 or -1 (last)
    of the month, None = every week."""

    first: MonthDay | None = None
    last: MonthDay | None = None
    day: int | None = None
    month_of_unit: int | None = None
    is_after_unit: bool = False
    weekday: int | None = None
    nth: int | None = None


def anchor_of(line: Line, parts: list[Part], recurrence: Recurrence) -> Anchor | None:
    """The due day in the line; None when only the rhythm is named."""
    first, last = _window(parts)
    weekday, nth = _weekday(line)
    anchor = Anchor(
        first=first,
        last=last,
        day=_day(line),
        month_of_unit=_month_of_unit(line),
        is_after_unit=recurrence.is_reporting,
        weekday=weekday,
        nth=nth,
    )
    return None if anchor == Anchor() else anchor


def _window(parts: list[Part]) -> tuple[MonthDay | None, MonthDay | None]:
    inside = [part for part in parts if not part.spot.is_yearly and part.spot.kind != "range"]
    inside = inside or [part for part in parts if not part.spot.is_yearly and part.spot.span == 0]
    if not inside or any(part.spot.first[0] == 0 or part.spot.nth for part in inside):
        return None, None
    is_deadline = inside[0].role in ("until", "to", "by")
    return None if is_deadline else inside[0].spot.first, inside[-1].spot.last


def _day(line: Line) -> int | None:
    found = None
    for at in range(len(line)):
        token = line.at(at)
        if line.kind(at + 1) in ("DAYNO", "DAYNOS"):
            # «15-го и 30-го числа»: the last named day closes the unit.
            found = 31 if token.kind == "LAST" else token.number or found
        elif token.kind == "LAST" and line.is_unit(at + 1, "day"):
            found = 31
    return found if found and found <= 31 else None


def _month_of_unit(line: Line) -> int | None:
    for at in range(len(line)):
        if line.is_unit(at + 1, "month") and line.kind(at) == "LAST":
            return LAST
        if line.is_unit(at + 1, "month") and line.kind(at) == "ORD" and 1 <= line.number(at) <= 6:
            return line.number(at)
    return None


def _weekday(line: Line) -> tuple[int | None, int | None]:
    for at in range(len(line)):
        if line.kind(at) == "WEEKDAY":
            before = line.at(at - 1)
            nth = {"LAST": -1, "ORD": before.number, "NUM": before.number}.get(before.kind)
            return line.number(at), nth
        if line.at(at).text in WEEKLY_PLURALS:
            return WEEKLY_PLURALS.index(line.at(at).text), None
    return None, None
