"""The ground the tests stand on."""

from flask import g
from sqlalchemy import select

from accounts.models import Level, Organisation
from accounts.policy import public
from core.audit import SYSTEM, Entry, record
from core.db import db, transaction
from tests.conftest import FreshClient


def found(name: str) -> Organisation:
    with transaction() as session:
        organisation = Organisation(name=name, level=Level.REGION)
        session.add(organisation)
        record(organisation, "organisation.founded", by=SYSTEM)
    return organisation


def test_a_test_begins_with_empty_tables(session):
    found("Первая")

    assert [o.name for o in session.scalars(select(Organisation))] == ["Первая"]


def test_the_next_one_too_and_its_journal_begins_anew(session):
    found("Вторая")

    assert session.scalars(select(Entry.id)).all() == [1]


def test_a_request_does_not_know_what_the_test_around_it_knows(make_app):
    app = make_app()
    seen = []
    app.add_url_rule("/seen", view_func=public(lambda: seen.append((g.get("role"), db.session())) or ""))

    with app.app_context():
        g.role = "coordinator"
        FreshClient(app, app.response_class).get("/seen")

        assert [role for role, _ in seen] == [None]
        assert seen[0][1] is not db.session()


def test_a_test_sees_what_a_request_wrote(make_app):
    app = make_app()
    app.add_url_rule("/found", view_func=public(lambda: found("Вписана запросом").name))

    with app.app_context():
        before = db.session.scalars(select(Organisation)).all()
        app.test_client().get("/found")

        assert (len(before), len(db.session.scalars(select(Organisation)).all())) == (0, 1)
