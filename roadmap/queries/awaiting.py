"""What awaits a person: own measures, answers to check, plans with gaps to close."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from accounts.models import Organisation, Role, User
from core.db import db
from roadmap.models import Measure, Part, Participation, Plan
from roadmap.queries.measures import LINKED, LIVE, SHOWN, is_given_to_nobody, whole_measure
from roadmap.queries.plans import executor_organisations, takes_part
from workflow.measure import OPEN, MeasureState


def my_measures(person: User) -> list[Measure]:
    """Open measures for which `person` answers, the most urgent first, 500 at most."""
    found = (
        whole_measure()
        .join(Measure.plan)
        .where(LIVE, Plan.archived_at.is_(None), Measure.state.in_(OPEN))
        .where(Measure.id.in_(_answered_for_by(person)))
        .order_by(Measure.control_date.is_(None), Measure.control_date, Measure.position, Measure.id)
        .limit(500)
    )
    return list(db.session.scalars(found))


def _answered_for_by(person: User) -> Any:
    """Ids of the measures in which `person` takes part, and of those of the own organisation that nobody
    was named for. Two lists that each follow an index, where one condition with OR would read every row."""
    own = select(Participation.measure_id).where(takes_part(person))
    organisations = executor_organisations(person)
    if not organisations:
        return own
    unlinked = select(Measure.id).join(Measure.plan).where(Plan.organisation_id.in_(organisations))
    return own.union_all(unlinked.where(LIVE, Measure.state.in_(OPEN), ~_is_first_known()))


def _is_first_known() -> ColumnElement[bool]:
    return Measure.participations.any(and_(Participation.part == Part.RESPONSIBLE, LINKED))


def is_answered_for_by(person: User) -> ColumnElement[bool]:
    """The condition on one Measure for the same as above, whatever its state is."""
    takes = Measure.participations.any(takes_part(person))
    organisations = executor_organisations(person)
    if not organisations:
        return takes
    own = Measure.plan.has(Plan.organisation_id.in_(organisations))
    return or_(takes, and_(own, ~_is_first_known()))


@dataclass(frozen=True)
class Awaiting:
    """An answer in the queue of a coordinator: just enough to list it."""

    id: int
    number: str
    title: str
    submitted_at: datetime | None
    plan_title: str


def awaiting_check(person: User) -> list[Awaiting]:
    """Answers that await the decision of the coordinator `person`, the oldest first, 500 at most."""
    orgs = coordinated(person)
    if orgs is None:
        return []
    columns = (Measure.id, Measure.number, Measure.title, Measure.submitted_at, Plan.title)
    found = select(*columns).join(Measure.plan).where(LIVE, Plan.archived_at.is_(None), orgs)
    found = found.where(Measure.state == MeasureState.SUBMITTED)
    rows = db.session.execute(found.order_by(Measure.submitted_at, Measure.id).limit(500))
    return [Awaiting(*row) for row in rows]


def coordinated(person: User) -> ColumnElement[bool] | None:
    """Plans that `person` coordinates, or None when there can be none."""
    paths = [g.organisation.path for g in person.grants if g.role is Role.COORDINATOR]
    if not paths:
        return None
    reached = or_(*[Organisation.path.startswith(path, autoescape=True) for path in paths])
    return Plan.organisation_id.in_(select(Organisation.id).where(reached))


def plans_without_executors(person: User) -> list[tuple[Plan, int]]:
    """Plans of a coordinator in which measures have no executor linked to anybody, with their number."""
    orgs = coordinated(person)
    if orgs is None:
        return []
    return _counted_plans(orgs, is_given_to_nobody())


def plans_with_doubtful_dues(person: User) -> list[tuple[Plan, int]]:
    """Plans of a coordinator with periods that were not understood, with their number."""
    orgs = coordinated(person)
    return [] if orgs is None else _counted_plans(orgs, SHOWN["doubtful"]())


def _counted_plans(orgs: ColumnElement[bool], of_what: ColumnElement[bool]) -> list[tuple[Plan, int]]:
    counted = (
        select(Measure.plan_id, func.count().label("number"))
        .join(Measure.plan)
        .where(orgs, Plan.archived_at.is_(None), LIVE, Measure.state.in_(OPEN), of_what)
        .group_by(Measure.plan_id)
        .subquery()
    )
    found = select(Plan, counted.c.number).join(counted, counted.c.plan_id == Plan.id)
    return [
        (plan, number) for plan, number in db.session.execute(found.order_by(Plan.year_to.desc(), Plan.id))
    ]


def has_ever_had_work(person: User) -> bool:
    """Whether any measure was ever given to `person`."""
    found = select(Participation.id).where(takes_part(person)).order_by(Participation.id).limit(1)
    return db.session.scalar(found) is not None
