"""Due periods as printed in Russian plans, read into dates without guessing in silence."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from core.errors import sentence
from roadmap.period_anchors import Anchor, anchor_of
from roadmap.period_atoms import spots_of
from roadmap.period_clauses import Span, combined, parts_of, with_lent_year
from roadmap.period_cleaning import without_decoys
from roadmap.period_doubts import noise, outside_plan, unknown_words, unread
from roadmap.period_numbers import Line
from roadmap.period_recurrence import Recurrence, recurrence_of
from roadmap.period_relative import begins_with_event, is_relative, is_strictly_relative
from roadmap.period_spots import SCHOOL_END, IsWorking, MonthDay, Spot
from roadmap.period_text import fold
from roadmap.period_tokens import tokenise
from roadmap.period_years import Part, Placing
from roadmap.workdays import RUSSIAN_CALENDAR

__all__ = ["Anchor", "Period", "parse_period"]

_TOO_LONG = 2000


@dataclass(frozen=True)
class Period:
    """A due period. text: as printed, verbatim. start, end: both inclusive, None = not bounded or not known.

    recurrence: None, yearly, half_yearly, quarterly, monthly, weekly, daily. kind: date, month, quarter,
    half_year, year, school_year, range, open_ended, recurring, relative, unparseable. doubts: Russian
    sentences on what a person has to check. anchor: the due day of a recurring period, for occurrences()."""

    text: str
    start: date | None = None
    end: date | None = None
    recurrence: str | None = None
    kind: str = "unparseable"
    doubts: tuple[str, ...] = ()
    anchor: Anchor | None = None

    @property
    def is_doubtful(self) -> bool:
        """Whether a person has to confirm the reading."""
        return bool(self.doubts)

    @property
    def doubtful(self) -> bool:
        """The same as is_doubtful, by the name of the exchange format."""
        return self.is_doubtful


def parse_period(
    text: str,
    *,
    context_year: int | None = None,
    context_kind: str | None = None,
    school_year_end: MonthDay = SCHOOL_END,
    is_working: Callable[[date], bool] | None = None,
) -> Period:
    """Read the printed period; never raises, whatever the text.

    context_year: year of the plan; with context_kind "school_year" the year in which it begins. A printed
    year always wins. school_year_end: (month, day). is_working: the work calendar, Russian by default."""
    works: IsWorking = is_working or RUSSIAN_CALENDAR.is_working
    placing = Placing(context_year, context_kind == "school_year", school_year_end, works)
    tokens, has_age = without_decoys(tokenise(fold(text[:_TOO_LONG])))
    line = Line(tokens)
    spots = spots_of(line)
    parts = parts_of(line, spots)
    recurrence = recurrence_of(line)
    if recurrence:
        span = _recurring(with_lent_year(parts), placing, recurrence)
    else:
        span = _once(line, with_lent_year(parts), placing) or _without_dates(line, has_age)
    doubts = (*_doubts(line, spots, span, recurrence), *outside_plan(span, placing))
    doubts = (*doubts, *noise(tokens, text, limit=_TOO_LONG))
    anchor = anchor_of(line, parts, recurrence) if recurrence else None
    name = recurrence.name if recurrence else None
    return Period(text, span.start, span.end, name, span.kind, tuple(dict.fromkeys(doubts)), anchor)


def _doubts(line: Line, spots: list[Spot], span: Span, recurrence: Recurrence | None) -> tuple[str, ...]:
    more = recurrence.doubts if recurrence else unread(line, spots, span)
    return (*span.doubts, *more, *unknown_words(line, spots))


def _once(line: Line, parts: list[Part], placing: Placing) -> Span | None:
    """The reading of a period that does not recur; None when no date decides it."""
    after_event = begins_with_event(line)
    if is_strictly_relative(line) or (after_event and not _has_limit(parts)):
        return Span("relative")
    if after_event:
        span = combined([part for part in parts if part.role in ("to", "until")], placing)
        return replace(span, doubts=(*span.doubts, sentence("Начало срока зависит от события")))
    return _narrowed(line, parts, placing) if parts else None


def _has_limit(parts: list[Part]) -> bool:
    return any(part.role in ("to", "until") for part in parts)


def _without_dates(line: Line, has_age: bool) -> Span:
    if has_age:
        return Span("unparseable")
    if any(token.kind in ("ALWAYS", "NOW") for token in line.tokens):
        return Span("open_ended")
    if is_relative(line):
        return Span("relative")
    return Span("unparseable")


def _recurring(parts: list[Part], placing: Placing, recurrence: Recurrence) -> Span:
    if recurrence.is_reporting or not parts:
        return Span("recurring")
    since = [part for part in parts if part.role == "from" and part.spot.is_yearly]
    others = [part for part in parts if part not in since]
    if since and others and len(since) == 1:
        first = since[0].spot.year or placing.year
        placing = Placing(first, placing.is_school, placing.school_year_end, placing.is_working)
        parts = others
    span = combined(parts, placing)
    doubts = span.doubts
    if recurrence.name == "monthly" and [part.spot.kind for part in parts] == ["month"]:
        doubts = (*doubts, sentence("Может значить и «ежемесячно, начиная с названного месяца»"))
    return Span("recurring", span.start, span.end, doubts)


def _narrowed(line: Line, parts: list[Part], placing: Placing) -> Span:
    """A bracket inside the outer period narrows it: «2 полугодие (сентябрь–ноябрь)»."""
    outer = [part for part in parts if not part.depth]
    inner = [part for part in parts if part.depth]
    if not outer or not inner:
        return _opened(line, combined(parts, placing))
    whole, part = combined(outer, placing), combined(inner, _inner_placing(outer, placing))
    if _lies_within(part, whole):
        return Span(
            part.kind,
            part.start,
            part.end,
            (*part.doubts, sentence("Срок уточнён в скобках: взято уточнение")),
        )
    return Span(whole.kind, whole.start, whole.end, (*whole.doubts, sentence("Срок в скобках не учтён")))


def _inner_placing(outer: list[Part], placing: Placing) -> Placing:
    year = outer[0].spot.year if outer[0].spot.is_dated and not placing.is_school else placing.year
    return Placing(year, placing.is_school, placing.school_year_end, placing.is_working)


def _lies_within(part: Span, whole: Span) -> bool:
    if part.end is None or whole.end is None:
        return not whole.is_placed and part.kind in ("range", "month", "date")
    first = part.start or part.end
    return (whole.start or first) <= first and part.end <= whole.end


def _opened(line: Line, span: Span) -> Span:
    """«январь 2021 – постоянно»: the end is open."""
    always = any(token.kind in ("ALWAYS", "NOW") for token in line.tokens)
    if not always or span.kind in ("open_ended", "date", "year", "school_year"):
        return span
    return Span("open_ended", span.start, None, (*span.doubts, sentence("К сроку добавлено «постоянно»")))
