"""What was built once and put back is what would have been built anew."""

from dataclasses import dataclass
from datetime import UTC, datetime

import time_machine
from sqlalchemy import func, insert, select

from accounts.models import Attempt, Organisation, User
from core.anchor import faults
from core.clock import now
from core.db import db, transaction
from documents.models import Document
from documents.storage import store
from tests import factories
from tests.remembered import remembered

BUILT: list[str] = []


@dataclass
class Office:
    person: User
    document: Document


@remembered
def office(surname: str = "") -> Office:
    BUILT.append(surname)
    person = factories.executor()
    return Office(person, factories.document(factories.dossier(person.organisation), by=person))


def names() -> list[str]:
    return sorted(db.session.scalars(select(Organisation.name)))


def test_it_is_built_once_and_then_put_back_with_its_files(app, empty):
    seen, before = [], len(BUILT)
    for _ in range(2):
        empty(app)
        with app.app_context():
            made = office()
            content = store().open(made.document.versions[0].sha256)
            seen.append((made.person.name, made.person.id, made.document.title, content.read(), names()))
            content.close()
            assert made.person is db.session.get(User, made.person.id)

    assert seen[0] == seen[1] and len(seen[0][-1]) == 1
    assert len(BUILT) == before + 1


def test_life_goes_on_from_what_was_put_back(app, empty):
    for _ in range(2):
        empty(app)
        with app.app_context():
            made = office()
            factories.document(made.document.dossier, by=made.person)
            factories.executor()
            assert list(faults()) == []

    with app.app_context():
        assert db.session.scalar(select(func.count(Document.id))) == 2


def test_where_somebody_has_written_since_it_is_built_anew(app, empty):
    with app.app_context():
        office()
    empty(app)
    with app.app_context():
        with transaction() as session:
            session.execute(insert(Attempt).values(login="somebody", address="192.0.2.1"))
        before = len(BUILT)

        office()

        assert len(BUILT) == before + 1
        assert db.session.scalar(select(func.count(Attempt.id))) == 1


def test_other_arguments_and_another_day_are_something_else(app, empty):
    for surname, day in (("Тополева", 10), ("Ясенева", 10), ("Ясенева", 11)):
        empty(app)
        with app.app_context(), time_machine.travel(datetime(2027, 3, day, 9, 0, tzinfo=UTC)):
            before = len(BUILT)
            office(surname)
            assert len(BUILT) == before + 1


def test_a_clock_that_was_set_does_not_stand_before_what_is_put_back(app, empty):
    for _ in range(2):
        empty(app)
        with app.app_context(), time_machine.travel(datetime(2027, 3, 12, 9, 0, tzinfo=UTC)):
            made = office()
            assert made.document.versions[0].added_at <= now()
