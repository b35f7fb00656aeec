"""One way to write: all of it or nothing, one writer at a time, nothing decided on what is stale."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from sqlalchemy import select

from accounts.models import Level, Organisation
from core.audit import SYSTEM, Entry, record
from core.db import db, transaction
from core.errors import Blocked, Stale
from tests import factories

THREADS, ROUNDS = 6, 10


def found(name: str) -> Organisation:
    with transaction() as session:
        organisation = Organisation(name=name, level=Level.REGION)
        session.add(organisation)
        record(organisation, "organisation.founded", by=SYSTEM)
    return organisation


def names() -> list[str]:
    return list(db.session.scalars(select(Organisation.name).order_by(Organisation.id)))


def test_a_transaction_that_ends_well_is_kept(app):
    with app.app_context():
        found("Озёрная область")

    with app.app_context():
        assert names() == ["Озёрная область"]


def test_a_refusal_undoes_everything(session):
    with pytest.raises(Blocked), transaction():
        found("Озёрная область")
        raise Blocked("нельзя")

    assert names() == [] and session.scalars(select(Entry)).all() == []


def test_the_outermost_transaction_decides(session):
    with pytest.raises(Blocked), transaction():
        found("Первая")
        found("Вторая")
        raise Blocked("нельзя")

    assert names() == []


def test_what_was_written_outside_is_a_programming_error(session):
    session.add(Organisation(name="Мимо", level=Level.REGION))

    with pytest.raises(AssertionError, match="outside"), transaction():
        pass


def test_what_was_read_before_is_read_anew_under_the_lock(app):
    with app.app_context():
        number = found("Было").id
    with app.app_context():
        read_before = db.session.get_one(Organisation, number)
        assert read_before.name == "Было"
        _in_a_thread(app, lambda: _rename(number, "Стало"))

        with transaction():
            assert read_before.name == "Стало"


def _rename(number: int, name: str) -> None:
    with transaction() as session:
        organisation = session.get_one(Organisation, number)
        organisation.name = name
        record(organisation, "organisation.renamed", by=SYSTEM)


def _in_a_thread(app, do) -> None:
    def inside() -> None:
        with app.app_context():
            do()

    thread = threading.Thread(target=inside)
    thread.start()
    thread.join()


def test_nobodys_change_is_lost_when_many_write_at_once(app):
    """reliability.md E4: with the defaults of SQLite 281 of 360 such changes are lost, silently."""
    with app.app_context():
        number = found("0").id

    def count_up() -> None:
        for _ in range(ROUNDS):
            with app.app_context(), transaction() as session:
                organisation = session.get_one(Organisation, number, with_for_update=True)
                organisation.name = str(int(organisation.name) + 1)
                record(organisation, "organisation.renamed", by=SYSTEM)

    threads = [threading.Thread(target=count_up) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with app.app_context():
        assert names() == [str(THREADS * ROUNDS)]


def test_a_row_that_changed_meanwhile_is_not_written_over(session):
    plan = factories.plan()

    with pytest.raises(Stale), transaction():
        plan.title = "По-моему, так"
        with session.no_autoflush:  # somebody else's change, behind the back of this session
            session.execute(sa.text("UPDATE plan SET version = version + 1"))
        record(plan, "plan.edit", by=SYSTEM)


def test_a_parent_cannot_go_while_it_has_children(session):
    factories.municipality(factories.region())

    with pytest.raises(sa.exc.IntegrityError), transaction():
        session.execute(sa.delete(Organisation).where(Organisation.parent_id.is_(None)))


def test_moments_come_back_in_utc_whatever_they_went_in_as(session):
    moscow = timezone(timedelta(hours=3))
    organisation = found("Озёрная область")
    with transaction():
        organisation.closed_at = datetime(2027, 1, 1, 1, 30, tzinfo=moscow)
        record(organisation, "organisation.closed", by=SYSTEM)
    session.expire_all()

    assert organisation.closed_at == datetime(2026, 12, 31, 22, 30, tzinfo=UTC)
    assert organisation.closed_at.tzinfo is UTC


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 10_000)],
)
def test_sqlite_is_durable_and_honest(make_app, pragma, value):
    with make_app().app_context(), db.engine.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_a_reader_does_not_wait_for_a_writer(make_app):
    app = make_app()
    with app.app_context(), transaction():
        found("Пишется")
        seen = []
        _in_a_thread(app, lambda: seen.append(names()))

        assert seen == [[]]
