"""Put spots together: which one begins, which one ends, and what year each belongs to."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from core.errors import sentence
from roadmap.period_numbers import Line
from roadmap.period_spots import Bounds, Spot
from roadmap.period_years import Part, Placing, crossing_doubts, resolved, years_of

# Words that may stand between a preposition and the date it governs.
_TRANSPARENT = ("WITHIN", "WHOLE", "WEEKDAY", "NOT", "(", "DURING", "CALENDAR", "BLANK")
_ADJECTIVE = re.compile(r"^\w{2,}(?:ого|его|ому|ему|ыми|ими)$")
_MIXED_DOUBT = sentence("Смешаны годы и месяцы: показан охватывающий их промежуток")
_LIST_DOUBT = sentence("Перечислено несколько сроков: показан охватывающий их промежуток")
_NO_SUCH_DAY = sentence("Такого дня в календаре нет")


@dataclass(frozen=True)
class Span:
    """A reading: kind, bounds, the spans of the list it was made of, and its doubts."""

    kind: str
    start: date | None = None
    end: date | None = None
    doubts: tuple[str, ...] = ()
    is_placed: bool = False


def parts_of(line: Line, spots: list[Spot]) -> list[Part]:
    """Each spot with its role and its link to the one before it."""
    parts = []
    end = 0
    for spot in spots:
        gap = range(end, spot.start)
        role, link = _role(line, gap), _link(line, gap)
        # «с I по III квартал» was read as one spot: its «с» opens nothing further.
        role = "at" if role == "from" and _is_closed_span(line, spot) else role
        during = any(line.kind(at) == "DURING" for at in gap)
        parts.append(Part(spot, role, link, line.at(spot.start).depth, during))
        end = spot.stop
    return _months_lent(parts)


def _is_closed_span(line: Line, spot: Spot) -> bool:
    inside = range(spot.start, spot.stop)
    return spot.kind == "range" and any(line.kind(at) in ("-", "PREP", "AND") for at in inside)


def _role(line: Line, gap: range) -> str:
    for at in reversed(gap):
        token = line.at(at)
        if token.kind == "PREP":
            return _ROLE_OF.get(str(token.value), "at")
        if token.text == "но" and len(gap) == 1:
            return "to"
        if token.kind not in _TRANSPARENT and not _ADJECTIVE.search(token.text):
            break
    return "at"


_ROLE_OF = {"from": "from", "of": "of", "to": "to", "until": "until", "by": "by", "after": "after"}


def _link(line: Line, gap: range) -> str:
    kinds = [line.kind(at) for at in gap]
    if "-" in kinds:
        return "dash"
    return "list" if {",", "AND", "/"} & set(kinds) else "none"


def _months_lent(parts: list[Part]) -> list[Part]:
    """«с 17 по 31 марта»: the first day takes the month, and the year, of the day that follows."""
    out: list[Part] = []
    for part in reversed(parts):
        spot = part.spot
        if spot.first[0] == 0 and out:
            lender = out[-1].spot
            month = lender.first[0]
            spot = replace(spot, first=(month, spot.first[1]), last=(month, spot.first[1]))
            spot = replace(spot, year=lender.year, offset=lender.offset, school=lender.school)
        out.append(replace(part, spot=spot))
    return out[::-1]


def with_lent_year(parts: list[Part]) -> list[Part]:
    """«2021 год: март, июнь»: a year that stands apart gives its number to the spots without one."""
    lenders = [part for part in parts if part.spot.is_yearly and part.spot.is_dated and part.role == "at"]
    others = [part for part in parts if part not in lenders]
    if len(lenders) != 1 or not others or lenders[0].during or any(part.spot.is_dated for part in others):
        return parts
    year, school = lenders[0].spot.year, lenders[0].spot.kind == "school_year"
    if any(part.spot.is_yearly for part in others):
        return parts
    return [replace(part, spot=replace(part.spot, year=year, school=school)) for part in others]


def combined(parts: list[Part], placing: Placing) -> Span:
    """The reading of all parts together; `parts` is not empty."""
    found = resolved(parts, placing)
    doubts = [part.spot.doubt for part in parts if part.spot.doubt] + crossing_doubts(parts, placing)
    years = years_of(parts, placing)
    if any(here is None and year is not None for here, year in zip(found, years, strict=True)):
        doubts.append(_NO_SUCH_DAY)
    known = [here for here in found if here]
    reading = _one(parts[0], placing) if len(parts) == 1 else _several(parts)
    kind, more = reading[0], reading[1]
    if len(known) < len(parts):
        return Span(kind, doubts=(*doubts, *more))
    start, end = _ends(kind, parts, known)
    if start and end and start > end:
        return Span(kind, doubts=(*doubts, *more, sentence("Начало срока позже его конца")))
    return Span(kind, start, end, (*doubts, *more), is_placed=True)


def _ends(kind: str, parts: list[Part], known: list[Bounds]) -> tuple[date | None, date | None]:
    start, end = min(first for first, _ in known), max(last for _, last in known)
    if kind == "open_ended":
        return start, None
    if parts[0].role == "by" and len(parts) == 1:
        return None, known[0][0]
    if _is_deadline(parts):
        return None, end
    if parts[-1].role in ("until", "by") and parts[0].role in ("at", "from", "of"):
        return start, known[-1][1]
    named = [first for part, (first, _) in zip(parts, known, strict=True) if not _fills_year(part)]
    return (min(named) if named else start), end


def _fills_year(part: Part) -> bool:
    return part.during and part.spot.is_yearly


def _is_deadline(parts: list[Part]) -> bool:
    first = parts[0].role in ("until", "to", "by")
    return first and all(part.link == "dash" for part in parts[1:])


Reading = tuple[str, list[str]]


def _one(part: Part, placing: Placing) -> Reading:
    spot, role = part.spot, part.role
    if role == "from":
        return "open_ended", []
    if role == "after":
        return "open_ended", [sentence("«После» и «не ранее» прочитаны как начало без конца")]
    if role in ("until", "to", "by"):
        return "date", _unit_deadline(spot, role)
    if spot.kind == "year" and placing.is_school and not spot.is_dated:
        return "school_year", [sentence("План на учебный год: «год» прочитан как учебный")]
    kinds = {"end_day": "date", "school_end": "date", "day": "date"}
    return kinds.get(spot.kind, spot.kind), []


def _unit_deadline(spot: Spot, role: str) -> list[str]:
    if spot.kind in ("day", "end_day", "school_end"):
        return []
    if role == "by":
        return [sentence("«К» месяцу или году: принят первый день")]
    return [sentence("Срок «до» месяца или года прочитан по его последний день")] if role == "until" else []


_MORE: tuple[tuple[Callable[[list[Part]], bool], str, str], ...] = (
    (lambda parts: parts[-1].role == "from", "open_ended", sentence("Несколько сроков, последний без конца")),
    (_is_deadline, "date", sentence("Предельный срок назван промежутком: взят его конец")),
    (lambda parts: all(part.role in ("until", "by") for part in parts), "range", _LIST_DOUBT),
    (lambda parts: parts[0].role == "at" and parts[-1].role == "until", "range",
     sentence("Назван период и предельный срок: показан промежуток до предельного срока")),
)  # fmt: skip


def _several(parts: list[Part]) -> Reading:
    for applies, kind, doubt in _MORE:
        if applies(parts):
            return kind, [doubt]
    if any(_fills_year(part) for part in parts):
        return "range", [sentence("К сроку добавлено «в течение года»: взят промежуток до конца года")]
    if any(part.spot.kind == "year" for part in parts) and any(part.spot.kind == "month" for part in parts):
        return "range", [_MIXED_DOUBT]
    return "range", [_LIST_DOUBT] if _is_scattered(parts) else []


def _is_scattered(parts: list[Part]) -> bool:
    """Whether the list has gaps inside, unlike «май, июнь»."""
    pairs = zip(parts, parts[1:], strict=False)
    return any(part.link == "list" and not _follows(before.spot, part.spot) for before, part in pairs)


def _follows(before: Spot, spot: Spot) -> bool:
    is_month = before.kind == spot.kind == "month"
    return is_month and spot.first[0] == before.first[0] % 12 + 1 and not before.is_dated
