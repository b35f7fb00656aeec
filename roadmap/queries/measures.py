"""Measures of a plan, one measure, and everything that awaits a person."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, cast, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from accounts.models import User
from core.clock import today
from core.db import db
from core.errors import NotFound
from core.words import _
from documents.models import Document, Dossier
from roadmap.models import Measure, Participation, Plan
from roadmap.queries.plans import is_visible_to
from workflow.measure import MEASURE, OPEN, MeasureState

PAGE = 100
WHOLE = 200
LIVE = Measure.withdrawn_at.is_(None)


def whole_measure() -> Select[Any]:
    """A query of measures with all that a page shows of them."""
    executors = selectinload(Measure.participations)
    return select(Measure).options(
        joinedload(Measure.section),
        joinedload(Measure.plan).joinedload(Plan.coordinator),
        executors.joinedload(Participation.organisation),
        executors.joinedload(Participation.user),
        joinedload(Measure.dossier),
    )


def measure_of(measure_id: int, *, seen_by: User) -> Measure:
    """The measure with all a page needs, or NotFound when it is not for the eyes of `seen_by`."""
    found = whole_measure().join(Measure.plan).where(Measure.id == measure_id, is_visible_to(seen_by))
    measure: Measure | None = db.session.scalar(found)
    if measure is None:
        raise NotFound(_("Такого мероприятия нет или оно вам не видно."))
    return measure


def live_measure(measure_id: int) -> Measure:
    """A measure that stands in a plan, to put another under it; NotFound for any other."""
    measure = db.session.get(Measure, measure_id)
    if measure is None or measure.withdrawn_at is not None:
        raise NotFound(_("Такого мероприятия нет или оно вам не видно."))
    return measure


def measure_by_number(plan_id: int, number: str, *, seen_by: User) -> Measure:
    """The measure printed under `number` in the plan: the address people dictate by phone.

    One that was withdrawn is found only when no live one bears the number.
    """
    found = select(Measure.id).where(Measure.plan_id == plan_id, Measure.number == number.rstrip("."))
    found = found.order_by(Measure.withdrawn_at.is_not(None), Measure.position, Measure.id)
    measure_id = db.session.scalar(found.limit(1))
    return measure_of(measure_id or 0, seen_by=seen_by)


@dataclass(frozen=True)
class Mark:
    """A measure as a stake on the road: just enough for figures, filters and the strip of lanes."""

    id: int
    section_id: int
    number: str
    state: MeasureState
    due_end: date | None
    control_date: date | None

    @property
    def is_overdue(self) -> bool:
        is_open = self.state not in MEASURE.final_states and self.state is not MeasureState.SUBMITTED
        return bool(is_open and self.control_date and self.control_date < today())


@dataclass(frozen=True)
class Filter:
    """What of a plan to show; empty fields mean everything."""

    text: str = ""
    show: str = ""
    who: str = ""
    since: date | None = None
    until: date | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = []
        if self.text:
            found.append(_mentions(self.text))
        if self.show in SHOWN:
            found.append(SHOWN[self.show]())
        if self.who:
            named = Participation.name == self.who
            found.append(Measure.participations.any(named))
        if self.since:
            found.append(Measure.control_date >= self.since)
        if self.until:
            found.append(Measure.control_date <= self.until)
        return found


def _mentions(text: str) -> ColumnElement[bool]:
    if text[0].isdigit():
        return Measure.number.startswith(text, autoescape=True)
    lowered = [text, text.lower(), text.capitalize()]  # SQLite folds the case of Latin letters only
    return or_(*[Measure.title.contains(form, autoescape=True) for form in lowered])


def is_overdue() -> ColumnElement[bool]:
    """Open, not yet answered, past the control date."""
    waiting = [s for s in OPEN if s is not MeasureState.SUBMITTED]
    return and_(Measure.state.in_(waiting), Measure.control_date < today())


LINKED = or_(Participation.user_id.is_not(None), Participation.organisation_id.is_not(None))


def is_given_to_nobody() -> ColumnElement[bool]:
    """No executor is linked to anybody; an outside one «(по согласованию)» needs no account."""
    return ~Measure.participations.any(or_(LINKED, Participation.by_consent))


SHOWN: dict[str, Any] = {
    "overdue": is_overdue,
    "submitted": lambda: Measure.state == MeasureState.SUBMITTED,
    "returned": lambda: Measure.state == MeasureState.RETURNED,
    "open": lambda: Measure.state.in_(OPEN),
    "executed": lambda: Measure.state == MeasureState.EXECUTED,
    "no_due": lambda: Measure.control_date.is_(None),
    "doubtful": lambda: func.length(cast(Measure.due_doubts, Text)) > 2,
    "no_executor": is_given_to_nobody,
}


def marks_of(plan: Plan) -> list[Mark]:
    """Every live measure of the plan in its order, light."""
    columns = (
        Measure.id, Measure.section_id, Measure.number, Measure.state, Measure.due_end, Measure.control_date,
    )  # fmt: skip
    found = select(*columns).where(Measure.plan_id == plan.id, LIVE).order_by(Measure.position, Measure.id)
    return [Mark(*row) for row in db.session.execute(found)]


def filtered_ids(plan: Plan, chosen: Filter) -> set[int]:
    """Ids of the live measures that pass the filter."""
    found = select(Measure.id).where(Measure.plan_id == plan.id, LIVE, *chosen.conditions())
    return set(db.session.scalars(found.order_by(Measure.id)))


def faults_of(plan: Plan) -> dict[str, int]:
    """How many open live measures lack a due date, an executor, or an understood period."""
    wanted = {name: SHOWN[name]() for name in ("doubtful", "no_due", "no_executor")}
    counts = [func.count().filter(condition) for condition in wanted.values()]
    found = (
        select(*counts).select_from(Measure).where(Measure.plan_id == plan.id, LIVE, Measure.state.in_(OPEN))
    )
    return dict(zip(wanted, db.session.execute(found).one(), strict=True))


def measures_by_ids(ids: list[int]) -> list[Measure]:
    """The measures with executors, in the order of the plan."""
    found = whole_measure().where(Measure.id.in_(ids)).order_by(Measure.position, Measure.id)
    return list(db.session.scalars(found))


def measures_of(plan: Plan) -> list[Measure]:
    """All live measures of the plan with executors, in order."""
    found = whole_measure().where(Measure.plan_id == plan.id, LIVE)
    return list(db.session.scalars(found.order_by(Measure.position, Measure.id)))


def last_position(plan: Plan) -> int:
    """The position of the last measure of the plan; 0 when it has none."""
    found = select(func.max(Measure.position)).where(Measure.plan_id == plan.id)
    return db.session.scalar(found) or 0


def file_counts(measures: list[Measure]) -> dict[int, int]:
    """How many documents each measure's dossier holds: measure id → number."""
    counted = (
        select(Measure.id, func.count(Document.id))
        .join(Dossier, Dossier.id == Measure.dossier_id)
        .join(Document, and_(Document.dossier_id == Dossier.id, Document.removed_at.is_(None)))
        .where(Measure.id.in_([m.id for m in measures]))
        .group_by(Measure.id)
        .order_by(Measure.id)
    )
    return dict(db.session.execute(counted).all())


def executor_names(plan: Plan) -> list[str]:
    """Names of executors as printed, for the filter."""
    found = (
        select(Participation.name)
        .join(Participation.measure)
        .where(Measure.plan_id == plan.id, LIVE)
        .group_by(Participation.name)
        .order_by(Participation.name)
    )
    return list(db.session.scalars(found))


def measure_names(plan: Plan) -> list[tuple[int, str, str]]:
    """Id, number and title of every live measure of the plan, in order: to choose one of them."""
    found = select(Measure.id, Measure.number, Measure.title).where(Measure.plan_id == plan.id, LIVE)
    rows = db.session.execute(found.order_by(Measure.position, Measure.id))
    return [(number, printed, title) for number, printed, title in rows]


def parts_of(measure: Measure) -> list[Measure]:
    """The live sub-measures of a measure, in order."""
    found = select(Measure).where(Measure.parent_id == measure.id, LIVE)
    return list(db.session.scalars(found.order_by(Measure.position, Measure.id)))
