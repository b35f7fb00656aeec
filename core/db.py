"""The database session and the one place that commits."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, DateTime, Dialect, Engine, MetaData, TypeDecorator, event
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.orm.exc import StaleDataError

from core.errors import Stale
from core.words import _

#: Constraints carry names, so that Alembic can change them on both databases.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table of Vekha."""

    metadata = MetaData(naming_convention=NAMES)


class Moment(TypeDecorator[datetime]):
    """A point in time, always aware and in UTC, on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment if dialect.name == "postgresql" else moment.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})


#: Called with the session just before the commit, in order: the journal closes its entries here.
before_commit: list[Callable[[Session], None]] = []


@contextmanager
def transaction() -> Iterator[Session]:
    """Commit when the outermost block ends well; otherwise undo all of it.

    What was read before is read again under the lock, so nothing decided here is stale. The write
    lock of SQLite is held only inside, never while a request is received or a page rendered.
    """
    session = db.session()
    if session.info.get("open"):
        yield session
        return
    _begin_writing(session)
    try:
        yield session
        session.flush()  # the journal describes rows that have their numbers
        for close in before_commit:
            close(session)
        session.commit()
    except StaleDataError:
        session.rollback()
        raise Stale(_("Пока вы писали, запись изменил кто-то другой. Откройте её заново.")) from None
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.clear()


def _begin_writing(session: Session) -> None:
    assert not (session.new or session.dirty or session.deleted), "written outside transaction()"
    session.rollback()
    session.expire_all()  # rows of an earlier transaction would otherwise pass for fresh ones
    session.connection(execution_options={"writes": True})
    session.info["open"] = True  # only now: a database too busy to begin leaves nothing open


def prepare_sqlite(engine: Engine) -> None:
    """Make SQLite durable and honest about locks (reliability.md E4): WAL, FULL, IMMEDIATE writes."""
    event.listen(engine, "connect", _on_sqlite_connect)
    event.listen(engine, "begin", _on_sqlite_begin)


def _on_sqlite_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "busy_timeout=10000", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _on_sqlite_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
