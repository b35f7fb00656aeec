"""What year each spot belongs to: its own, its neighbour's, or that of the plan."""

from dataclasses import dataclass, replace

from core.errors import sentence
from roadmap.period_spots import (
    SCHOOL_END,
    SCHOOL_START,
    Bounds,
    IsWorking,
    MonthDay,
    Spot,
    bounds,
    school_half,
)

_CROSSING_DOUBT = sentence("Промежуток переходит через конец года, а год не напечатан")


@dataclass(frozen=True)
class Placing:
    """What surrounds the text: the plan's year, and how its months and school year run."""

    year: int | None
    is_school: bool
    school_year_end: MonthDay
    is_working: IsWorking


@dataclass(frozen=True)
class Part:
    """A spot with the word that governs it.

    role: at, from, to, until, by, after, of. link to the spot before: dash, list, none. depth: of brackets.
    during: «в течение» stands before it."""

    spot: Spot
    role: str
    link: str
    depth: int
    during: bool = False


def resolved(parts: list[Part], placing: Placing) -> list[Bounds | None]:
    """Bounds of every part; None where the year is neither printed nor known."""
    years = years_of(parts, placing)
    return [
        None if year is None else bounds(_closed(part.spot, placing), year, placing.is_working)
        for part, year in zip(parts, years, strict=True)
    ]


def _closed(spot: Spot, placing: Placing) -> Spot:
    """The spot with the school year and its halves cut as the organisation has set."""
    end = placing.school_year_end
    in_school = spot.school or (placing.is_school and not spot.is_dated)
    if spot.kind == "year" and not spot.is_dated and placing.is_school:
        return replace(spot, first=SCHOOL_START, last=end, span=1)
    if spot.kind == "school_end":
        return replace(spot, first=end, last=end)
    if spot.kind == "school_year" or (spot.first, spot.last) == (SCHOOL_START, SCHOOL_END):
        return replace(spot, last=end)
    return school_half(spot, end) if in_school else spot


def years_of(parts: list[Part], placing: Placing) -> list[int | None]:
    years = [_own_year(part.spot, placing) for part in parts]
    if any(part.spot.is_dated for part in parts):
        _spread_back(parts, years)
        _spread_on(parts, years)
        return years
    if placing.year is not None:
        years = [_context_year(part.spot, placing) if year is None else year
                 for part, year in zip(parts, years, strict=True)]  # fmt: skip
        _cross_year_end(parts, years, placing)
    return years


def _own_year(spot: Spot, placing: Placing) -> int | None:
    if spot.year is not None:
        return spot.year + (spot.school and not spot.is_yearly and _starts_month(spot, placing) < 9)
    if spot.offset is not None and placing.year is not None:
        return placing.year + spot.offset
    return None


def _starts_month(spot: Spot, placing: Placing) -> int:
    return school_half(spot, placing.school_year_end).first[0] if spot.school else spot.first[0]


def _context_year(spot: Spot, placing: Placing) -> int:
    year = placing.year or 0
    if not (placing.is_school or spot.school) or spot.kind in ("year", "school_year"):
        return year
    return year + (school_half(spot, placing.school_year_end).first[0] < 9)


def _spread_back(parts: list[Part], years: list[int | None]) -> None:
    for at in range(len(parts) - 2, -1, -1):
        following = years[at + 1]
        if years[at] is None and following is not None:
            later = parts[at].spot.first > parts[at + 1].spot.first and not parts[at].spot.is_yearly
            years[at] = following - later


def _spread_on(parts: list[Part], years: list[int | None]) -> None:
    for at in range(1, len(parts)):
        before = years[at - 1]
        if years[at] is None and before is not None:
            reached = before + parts[at - 1].spot.span
            years[at] = reached + (parts[at].spot.first < parts[at - 1].spot.first)


def _cross_year_end(parts: list[Part], years: list[int | None], placing: Placing) -> None:
    for at in range(1, len(parts)):
        before, here = years[at - 1], years[at]
        if before is None or here is None or not _is_joined(parts[at - 1], parts[at]):
            continue
        if (here, parts[at].spot.first) < (before, parts[at - 1].spot.first):
            years[at] = before + (parts[at].spot.first < parts[at - 1].spot.first)


def _is_joined(before: Part, part: Part) -> bool:
    joined = part.link == "dash" or part.role == "to" or (part.role == "until" and before.role == "from")
    return joined and not before.spot.is_yearly


def _is_crossing(before: Part, part: Part) -> bool:
    return _is_joined(before, part) and part.spot.first < before.spot.first and not before.spot.is_yearly


def crossing_doubts(parts: list[Part], placing: Placing) -> list[str]:
    """Doubt of a span over the end of a calendar year whose year is not printed."""
    if placing.is_school or any(part.spot.is_dated for part in parts):
        return []
    pairs = zip(parts, parts[1:], strict=False)
    return [_CROSSING_DOUBT] if any(_is_crossing(before, part) for before, part in pairs) else []
