"""Execution discipline: how assignments of orders were executed, by organisation and by person."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, selectinload

from accounts.models import User
from core.db import db
from core.words import gettext
from roadmap.models import Measure, Participation, Plan, PlanKind
from roadmap.queries.plans import is_visible_to
from workflow.measure import MeasureState

#: What becomes of an assignment, each counted once; «extended» is counted besides.
MARKS = ("in_time", "late", "overdue", "open", "not_done")


@dataclass(frozen=True)
class Span:
    """Terms that end on these days, both inclusive, are counted."""

    since: date
    until: date


@dataclass
class Line:
    """One organisation or person with its figures."""

    name: str
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*MARKS, "extended"), 0))

    @property
    def total(self) -> int:
        return sum(self.counts[mark] for mark in MARKS)

    @property
    def share(self) -> float | None:
        """Executed in time of everything whose term has come; None when none has."""
        due = self.total - self.counts["open"]
        return self.counts["in_time"] / due if due else None

    def add(self, measure: Measure) -> None:
        self.counts[mark_of(measure)] += 1
        self.counts["extended"] += measure.is_extended


@dataclass(frozen=True)
class Discipline:
    """The lines in the order of names, and all of them together."""

    rows: list[Line]
    total: Line


def mark_of(measure: Measure) -> str:
    """One word for how an assignment stands by its term (lifecycle.md §1.1)."""
    if measure.state is MeasureState.EXECUTED:
        return "late" if measure.is_late else "in_time"
    if measure.is_closed:
        return "not_done"
    if measure.is_overdue:
        return "overdue"
    return "open"


def discipline(span: Span, *, by: str, seen_by: User) -> Discipline:
    """The report: assignments whose control date lies in the span, by their responsible executor."""
    total, lines = Line(gettext("Всего")), dict[str, Line]()
    for measure in _measures(span, seen_by):
        name = who_of(measure, by)
        lines.setdefault(name, Line(name)).add(measure)
        total.add(measure)
    return Discipline(sorted(lines.values(), key=lambda line: (line.name.casefold(), line.name)), total)


def drilled(span: Span, *, by: str, who: str, mark: str, seen_by: User) -> list[Measure]:
    """The assignments behind a figure; an empty `who` or `mark` means everybody or everything."""
    found = [m for m in _measures(span, seen_by) if not who or who_of(m, by) == who]
    return [m for m in found if not mark or mark == mark_of(m) or (mark == "extended" and m.is_extended)]


def who_of(measure: Measure, by: str) -> str:
    """The organisation, or the person, that answers for the assignment; as printed when unknown."""
    first = measure.responsible
    if first is None:
        return str(gettext("без исполнителя"))
    if by == "person":
        return first.user.short_name if first.user else str(gettext("лицо не названо"))
    if first.organisation:
        return first.organisation.label
    belongs = first.user.organisation if first.user else None
    return str(belongs.label if belongs else first.name)


def _measures(span: Span, seen_by: User) -> Iterable[Measure]:
    found: Any = (
        select(Measure)
        .join(Measure.plan)
        .where(Plan.plan_kind == PlanKind.ASSIGNMENTS, Plan.archived_at.is_(None), is_visible_to(seen_by))
        .where(Measure.withdrawn_at.is_(None), Measure.state != MeasureState.CANCELLED)
        .where(Measure.control_date.between(span.since, span.until))
        .options(
            contains_eager(Measure.plan),
            selectinload(Measure.participations).joinedload(Participation.organisation),
            selectinload(Measure.participations).joinedload(Participation.user).joinedload(User.organisation),
        )
        .order_by(Measure.control_date, Measure.position, Measure.id)
    )
    return db.session.scalars(found)
