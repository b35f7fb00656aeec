"""One district in March 2027: a plan, its people, and the shortcuts with which tests act on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import event, select, update

from accounts.models import Organisation, Role, User
from core.audit import Entry
from core.db import db, transaction
from core.outbox import Task
from roadmap.models import Claim, Measure, Plan, Section
from roadmap.services.answers import Report, report, submit
from tests import factories
from tests.remembered import remembered

NOW = datetime(2027, 3, 10, 9, 0, tzinfo=UTC)
TODAY = date(2027, 3, 10)
DONE = Report("Семинар проведён, участвовали 58 человек", Claim.EXECUTED, date(2027, 3, 9))


@dataclass
class Scene:
    """The people and the plan of one district."""

    town: Organisation
    school: Organisation
    coordinator: User
    checker: User
    executor: User
    helper: User
    stranger: User
    plan: Plan
    section: Section

    def measure(self, **facts: Any) -> Measure:
        """A measure of the executor with a co-executor, due in three months."""
        facts.setdefault("executors", [self.executor, self.helper])
        return factories.measure(self.section, by=self.coordinator, **facts)

    @remembered
    def proved(self, **facts: Any) -> Measure:
        """A measure that is reported and proved, ready to be submitted."""
        measure = self.measure(**facts)
        report(measure, DONE, by=self.executor)
        factories.document(measure.dossier, by=self.executor)
        db.session.refresh(measure)
        return measure

    @remembered
    def submitted(self, **facts: Any) -> Measure:
        """A measure whose answer awaits the check."""
        measure = self.proved(**facts)
        submit(measure, DONE, by=self.executor)
        return measure


@remembered
def build() -> Scene:
    """The district; call it inside an application context, with the clock at NOW."""
    town = factories.municipality()
    school = factories.institution(town)
    coordinator, checker = factories.coordinator(town), factories.coordinator(town)
    plan = factories.plan(by=coordinator)
    return Scene(
        town, school, coordinator, checker, factories.executor(school), factories.executor(town),
        factories.coordinator(), plan, factories.section(plan),
    )  # fmt: skip


def put_into(measure: Measure, **values: Any) -> None:
    """Set columns past the services: a test may begin anywhere."""
    with transaction() as session:
        session.execute(update(Measure).where(Measure.id == measure.id).values(**values))
    db.session.refresh(measure)


def entries(subject: Any) -> list[Entry]:
    """What the journal tells of a row and its parts, oldest first."""
    found = select(Entry).where(Entry.subject_kind == subject.kind, Entry.subject_id == subject.id)
    return list(db.session.scalars(found.order_by(Entry.id)))


def actions(subject: Any) -> list[str]:
    return [entry.action for entry in entries(subject)]


def tasks(name: str) -> list[dict[str, Any]]:
    """What the outbox has to tell under a name."""
    return list(db.session.scalars(select(Task.payload).where(Task.name == name).order_by(Task.id)))


def role_holder(role: Role, scene: Scene, measure: Measure) -> User:
    """Somebody who is `role` to the measure and nothing else."""
    return scene.executor if role is Role.EXECUTOR else factories.person(role, organisation=scene.town)


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """The statements sent to the database inside the block; where SQLite begins to read is no question."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement != "BEGIN":
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
