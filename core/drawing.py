"""Geometry of what the pages draw: the strip of stakes, bars and calendars. Templates only print it.

Lengths are units of the drawing's view box; colours and shapes come from the stylesheet by a state's code.
"""

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

WIDTH = 800
#: Two stakes nearer than this would touch.
PITCH = 17
#: Heights of the two rows of a lane, the road first.
ROWS = (21, 6)
#: What deserves the eye first: of stakes that fall together the first of these is drawn.
URGENCY = (
    "overdue",
    "returned",
    "submitted",
    "in_progress",
    "planned",
    "not_executed",
    "partially_executed",
    "executed",
    "cancelled",
)
QUARTERS = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Tick:
    """The beginning of a quarter; `year` only where a year begins or the drawing does."""

    x: float
    quarter: str
    year: int | None


@dataclass(frozen=True)
class Axis:
    """Time from `start` to `end` laid out over `width`; `today` is None when it lies outside."""

    start: date
    end: date
    width: int
    ticks: tuple[Tick, ...]
    today: float | None

    def at(self, day: date) -> float:
        """The place of a day; days outside are drawn at the nearer edge."""
        share = (day - self.start).days / max((self.end - self.start).days, 1)
        return round(min(max(share, 0.0), 1.0) * self.width, 1)


@dataclass(frozen=True)
class Stake:
    """One mark of a lane: how many measures it stands for and the most urgent of their codes."""

    x: float
    y: int
    code: str
    count: int


@dataclass(frozen=True)
class Segment:
    """A part of a bar whose whole length is 100."""

    code: str
    x: float
    width: float


def axis(*, start: date, end: date, today: date) -> Axis:
    """The time axis of a strip, with a tick at every quarter (at every year when longer than four years)."""
    months = 12 if (end - start).days > 4 * 366 else 3
    bare = Axis(start, end, WIDTH, (), None)
    ticks = tuple(_tick(bare, day) for day in _beginnings(start, end, months))
    return Axis(start, end, WIDTH, ticks, bare.at(today) if start <= today <= end else None)


def _beginnings(start: date, end: date, months: int) -> list[date]:
    years = range(start.year, end.year + 1)
    days = [date(year, month, 1) for year in years for month in range(1, 13, months)]
    return [day for day in days if start <= day < end]


def _tick(bare: Axis, day: date) -> Tick:
    is_first = bare.at(day) < PITCH
    return Tick(bare.at(day), QUARTERS[day.month // 3], day.year if day.month == 1 or is_first else None)


def lane(axis: Axis, dated: Iterable[tuple[date, str]]) -> list[Stake]:
    """The stakes of one section: in two rows, and merged where even two rows are too few."""
    lane: list[Stake] = []
    last: dict[int, int] = {}
    for day, code in sorted(dated, key=lambda pair: pair[0]):
        x = min(max(axis.at(day), PITCH / 2), axis.width - PITCH / 2)
        row = next((y for y in ROWS if y not in last or x - lane[last[y]].x >= PITCH), None)
        if row is None:
            nearest = max(last.values())
            lane[nearest] = _merged(lane[nearest], code)
        else:
            last[row] = len(lane)
            lane.append(Stake(x, row, code, 1))
    return lane


def _merged(stake: Stake, code: str) -> Stake:
    return Stake(stake.x, stake.y, min(stake.code, code, key=URGENCY.index), stake.count + 1)


def segments(counts: Mapping[str, int]) -> list[Segment]:
    """The parts of a bar in the order of `counts`; empty ones are left out."""
    total, x, parts = sum(counts.values()), 0.0, []
    for code, count in counts.items():
        if count:
            width = 100 * count / total
            parts.append(Segment(code, round(x, 2), round(max(width - 0.5, 0.5), 2)))
            x += width
    return parts


def weeks(year: int, month: int) -> list[list[date | None]]:
    """The weeks of a month, Monday first; days of the neighbouring months are None."""
    whole = calendar.Calendar(firstweekday=0).monthdatescalendar(year, month)
    return [[day if day.month == month else None for day in week] for week in whole]
