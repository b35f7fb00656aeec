"""What a printed due period means for one measure: dates, control date, occurrences, doubts."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from accounts.queries import setting, workday_overrides
from core.db import db
from core.settings import settings
from roadmap.models import Measure, Occurrence, Plan
from roadmap.occurrences import occurrences
from roadmap.periods import Period, parse_period
from roadmap.queries.work import occurrences_of
from roadmap.workdays import SHIFTS, Shift, WorkCalendar, control_date


def years_in(text: str) -> tuple[int, int] | None:
    """The first and the last year named in a title: «на 2026–2027 годы» → (2026, 2027)."""
    years = [int(year) for year in re.findall(r"(?<!\d)(20\d\d)(?!\d)", text)]
    return (min(years), max(years)) if years and max(years) - min(years) <= 15 else None


@dataclass(frozen=True)
class DueRules:
    """How this instance reads and counts terms, read once for many measures."""

    calendar: WorkCalendar
    shift: Shift
    school_year_end: tuple[int, int]

    def control_day(self, due_end: date | None) -> date | None:
        """The last day on which the answer is in time: the printed end, shifted off days off."""
        return control_date(due_end, shift=self.shift, calendar=self.calendar) if due_end else None

    def read(self, plan: Plan, text: str) -> Period:
        """What `text` means in the years of `plan`."""
        return parse_period(
            text,
            context_year=plan.year_from,
            context_kind=plan.context_kind,
            school_year_end=self.school_year_end,
        )


def due_rules() -> DueRules:
    """The rules in force: Russia's working days with the administrator's changes, shift, school year."""
    month, day = setting("school_year_end", settings().school_year_end).split("-")
    chosen = setting("term_shift", settings().term_shift)
    shift: Shift = next((known for known in SHIFTS if known == chosen), "preceding")
    return DueRules(WorkCalendar(overrides=workday_overrides()), shift, (int(month), int(day)))


def set_due(measure: Measure, plan: Plan, text: str, *, rules: DueRules) -> Period:
    """Put the printed period and what it means on the measure; the text stays verbatim."""
    period = rules.read(plan, text)
    measure.due_text = text
    measure.due_start, measure.due_end = period.start, period.end
    measure.due_recurrence, measure.due_kind = period.recurrence, period.kind
    measure.due_doubts = list(period.doubts)
    measure.control_date = rules.control_day(last_day(plan, period))
    return period


def last_day(plan: Plan, period: Period) -> date | None:
    """The day after which a measure is late: the end, or the last turn within the plan's years."""
    if not period.recurrence:
        return period.end
    turns = list(turns_of(plan, period))
    return turns[-1][1] if turns else period.end


def turns_of(plan: Plan, period: Period) -> Iterable[tuple[date | None, date]]:
    """The spans and due days of a recurring period within the years of the plan."""
    since, until = date(plan.year_from, 1, 1), date(plan.year_to, 12, 31)
    if plan.is_school_year:
        since, until = (
            date(plan.year_from, 9, 1),
            date(plan.year_to + (plan.year_to == plan.year_from), 8, 31),
        )
    for turn in occurrences(period, since=since, until=until):
        yield turn.start, turn.end


def renew_occurrences(measure: Measure, plan: Plan, period: Period) -> None:
    """Make the turns of a recurring measure anew; those already answered stay."""
    known = occurrences_of(measure)
    for turn in known:
        if not turn.done_on:
            db.session.delete(turn)
    add_occurrences(measure, plan, period, but={turn.due for turn in known if turn.done_on})


def add_occurrences(measure: Measure, plan: Plan, period: Period, *, but: Collection[date] = ()) -> None:
    """The turns of a recurring measure within the plan's years, except on the days of `but`."""
    for start, due in turns_of(plan, period) if period.recurrence else ():
        if due not in but:
            db.session.add(Occurrence(measure=measure, start=start, due=due))
