"""Who is to hear of a measure, and what has not been told yet."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from accounts.models import Role, User
from accounts.queries import people_of
from core.audit import Entry
from core.db import db
from roadmap.models import Measure, Notice, Participation, Plan
from roadmap.queries.measures import LIVE
from workflow.measure import OPEN, MeasureState


def executors_of(measure: Measure) -> list[User]:
    """The people who answer for the measure: named, or executors of the named organisation."""
    return _people(p for p in measure.participations if p.part == "responsible")


def everybody_in(measure: Measure) -> list[User]:
    """Responsible and co-executors."""
    return _people(measure.participations)


def _people(participations: Iterable[Participation]) -> list[User]:
    found: dict[int, User] = {}
    for participation in participations:
        for person in _people_behind(participation):
            found[person.id] = person
    return [person for person in found.values() if person.is_active]


def _people_behind(participation: Participation) -> list[User]:
    if participation.user:
        return [participation.user]
    if participation.organisation is None:
        return []
    body = participation.organisation
    return [p for p in people_of(body) if Role.EXECUTOR in p.roles_over(body.path)]


def coordinators_of(measure: Measure) -> list[User]:
    """The coordinator of the plan; without one, everybody who coordinates its organisation."""
    if measure.plan.coordinator:
        return [measure.plan.coordinator]
    body = measure.plan.organisation
    return [p for p in people_of(body) if Role.COORDINATOR in p.roles_over(body.path)]


def measure_by_id(measure_id: int) -> Measure | None:
    """The measure for the worker, who sees everything."""
    executors = joinedload(Measure.participations)
    found = select(Measure).where(Measure.id == measure_id)
    found = found.options(
        executors.joinedload(Participation.organisation), executors.joinedload(Participation.user)
    )
    return db.session.scalars(found).unique().one_or_none()


def measures_of_plan(plan_id: int) -> list[Measure]:
    """All live measures of a plan with their executors, for the worker."""
    who = selectinload(Measure.participations)
    found = select(Measure).where(Measure.plan_id == plan_id, LIVE)
    found = found.options(who.joinedload(Participation.organisation), who.joinedload(Participation.user))
    return list(db.session.scalars(found.order_by(Measure.position, Measure.id)))


def is_noticed(user_id: int, key: str) -> bool:
    """Whether the person was told this already."""
    found = select(Notice.id).where(Notice.user_id == user_id, Notice.key == key)
    return db.session.scalar(found) is not None


def last_entry(measure: Measure, action: str) -> int:
    """The number of the last entry of the journal that says `action` of the measure; 0 when none does."""
    found = select(func.max(Entry.id)).where(
        Entry.subject_kind == Measure.kind, Entry.subject_id == measure.id
    )
    return db.session.scalar(found.where(Entry.action == action)) or 0


def untold(user_id: int) -> list[Notice]:
    """Notices of a person that no letter has carried yet, oldest first."""
    found = select(Notice).where(Notice.user_id == user_id, Notice.sent_at.is_(None))
    return list(db.session.scalars(found.options(joinedload(Notice.measure)).order_by(Notice.id)))


def people_to_write_to() -> list[int]:
    """Ids of people with an address and notices that no letter has carried yet."""
    found = select(User.id).join(Notice, Notice.user_id == User.id)
    found = found.where(Notice.sent_at.is_(None), User.blocked_at.is_(None), User.email != "")
    return list(db.session.scalars(found.group_by(User.id).order_by(User.id)))


def weekly_readers() -> list[int]:
    """Ids of people with an address who wish for the summary of the week."""
    found = select(User.id).where(User.gets_digest, User.blocked_at.is_(None), User.email != "")
    return list(db.session.scalars(found.order_by(User.id)))


def due_on(days: list[date]) -> list[Measure]:
    """Live measures that still await their answer and whose control date is one of `days`."""
    awaited = [state for state in OPEN if state is not MeasureState.SUBMITTED]
    found = (
        select(Measure).join(Measure.plan).where(LIVE, Plan.archived_at.is_(None), Measure.state.in_(awaited))
    )
    who = selectinload(Measure.participations)
    found = found.options(who.joinedload(Participation.organisation), who.joinedload(Participation.user))
    found = found.where(Measure.control_date.in_(days)).order_by(Measure.control_date, Measure.id)
    return list(db.session.scalars(found))
