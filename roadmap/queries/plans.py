"""Plans a person may see, and the outline of one plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from accounts.models import Organisation, Role, User
from core.clock import today
from core.db import db
from core.errors import NotFound
from core.words import _
from roadmap.models import Measure, Participation, Plan, Section
from workflow.measure import MEASURE, MeasureState


def executor_organisations(person: User) -> list[int]:
    """Organisations in whose name `person` executes."""
    return [g.organisation_id for g in person.grants if g.role is Role.EXECUTOR]


def reached_organisations(person: User) -> Select[Any]:
    """Ids of all organisations whose plans a grant of `person` reaches."""
    paths = [g.organisation.path for g in person.grants if g.role is not Role.EXECUTOR]
    by_path = [Organisation.path.startswith(path, autoescape=True) for path in paths]
    return select(Organisation.id).where(or_(Organisation.id.in_(executor_organisations(person)), *by_path))


def takes_part(person: User) -> ColumnElement[bool]:
    """Whether a participation is `person`'s own or of an organisation in whose name they execute."""
    own = Participation.organisation_id.in_(executor_organisations(person))
    return or_(Participation.user_id == person.id, own)


def is_visible_to(person: User) -> ColumnElement[bool]:
    """The one rule of sight: plans of organisations one's grants reach, and plans one takes part in."""
    shared = select(Measure.plan_id).join(Measure.participations).where(takes_part(person))
    return or_(Plan.organisation_id.in_(reached_organisations(person)), Plan.id.in_(shared))


def plan_of(plan_id: int, *, seen_by: User) -> Plan:
    """The plan, or NotFound when there is none or it is not for the eyes of `seen_by`."""
    found = (
        select(Plan).where(Plan.id == plan_id, is_visible_to(seen_by)).options(joinedload(Plan.coordinator))
    )
    plan = db.session.scalar(found)
    if plan is None:
        raise NotFound(_("Такой дорожной карты нет или она вам не видна."))
    return plan


def running_plans() -> list[Plan]:
    """Every plan that is not archived, for the worker, who sees everything."""
    found = select(Plan).where(Plan.archived_at.is_(None)).order_by(Plan.id)
    return list(db.session.scalars(found))


def section_of(section_id: int, *, seen_by: User) -> Section:
    """The section, or NotFound."""
    found = select(Section).join(Section.plan).where(Section.id == section_id, is_visible_to(seen_by))
    found = found.options(contains_eager(Section.plan))
    section = db.session.scalar(found)
    if section is None:
        raise NotFound(_("Такого раздела нет или он вам не виден."))
    return section


@dataclass(frozen=True)
class PlanLine:
    """A plan in the list with its figures: how many measures, executed, overdue; the next control date."""

    plan: Plan
    total: int
    executed: int
    overdue: int
    next_due: date | None


def plans(*, seen_by: User, show: str = "current", limit: int = 200) -> list[PlanLine]:
    """Plans by tab: «current» (running years), «past» (years over or archived); newest years first."""
    is_past = or_(Plan.archived_at.is_not(None), Plan.year_to < today().year)
    found = select(Plan).where(is_visible_to(seen_by), is_past if show == "past" else ~is_past)
    found = found.options(joinedload(Plan.coordinator)).order_by(Plan.year_to.desc(), Plan.title, Plan.id)
    listed = list(db.session.scalars(found.limit(limit)))
    figures = {row.plan_id: row for row in _figures([plan.id for plan in listed])}
    return [_line(plan, figures.get(plan.id)) for plan in listed]


def _figures(plan_ids: list[int]) -> Sequence[Any]:
    open_states = [s for s in MeasureState if s not in MEASURE.final_states]
    is_due = Measure.state.in_([s for s in open_states if s is not MeasureState.SUBMITTED])
    counted = select(
        Measure.plan_id,
        func.count().label("total"),
        func.count().filter(Measure.state == MeasureState.EXECUTED).label("executed"),
        func.count().filter(is_due, Measure.control_date < today()).label("overdue"),
        func.min(Measure.control_date).filter(is_due, Measure.control_date >= today()).label("next_due"),
    )
    lived = counted.where(Measure.plan_id.in_(plan_ids), Measure.withdrawn_at.is_(None))
    return db.session.execute(lived.group_by(Measure.plan_id).order_by(Measure.plan_id)).all()


def _line(plan: Plan, row: Any) -> PlanLine:
    if row is None:
        return PlanLine(plan, 0, 0, 0, None)
    return PlanLine(plan, row.total, row.executed, row.overdue, row.next_due)


def plan_counts(*, seen_by: User) -> dict[str, int]:
    """How many plans stand under each tab of the list."""
    is_past = or_(Plan.archived_at.is_not(None), Plan.year_to < today().year)
    counted = select(func.count().filter(~is_past), func.count().filter(is_past)).where(
        is_visible_to(seen_by)
    )
    current, past = db.session.execute(counted.select_from(Plan)).one()
    return {"current": current, "past": past}


def sections_of(plan: Plan) -> list[Section]:
    """The sections in the order of the plan."""
    found = select(Section).where(Section.plan_id == plan.id).order_by(Section.position, Section.id)
    return list(db.session.scalars(found))


def coordinated_organisations(person: User) -> list[Organisation]:
    """Organisations for which `person` may build plans, in the order of the tree."""
    paths = [g.organisation.path for g in person.grants if g.role is Role.COORDINATOR]
    if not paths:
        return []
    reached = or_(*[Organisation.path.startswith(path, autoescape=True) for path in paths])
    found = select(Organisation).where(reached, Organisation.closed_at.is_(None))
    return list(db.session.scalars(found.order_by(Organisation.path, Organisation.id)))


def earlier_plans(organisation_id: int, *, seen_by: User) -> list[Plan]:
    """Plans of which an uploaded file may be a newer edition."""
    found = select(Plan).where(
        Plan.organisation_id == organisation_id, Plan.archived_at.is_(None), is_visible_to(seen_by)
    )
    return list(db.session.scalars(found.order_by(Plan.year_to.desc(), Plan.id.desc())))


def earlier_plan(plan: Plan, *, seen_by: User) -> Plan | None:
    """The plan that this one carries on, if the person may see it."""
    if plan.carried_from_id is None:
        return None
    return db.session.scalar(select(Plan).where(Plan.id == plan.carried_from_id, is_visible_to(seen_by)))


def later_plans(plan: Plan, *, seen_by: User) -> list[Plan]:
    """Plans that carry this one on, the oldest first."""
    found = select(Plan).where(Plan.carried_from_id == plan.id, is_visible_to(seen_by))
    return list(db.session.scalars(found.order_by(Plan.id)))
