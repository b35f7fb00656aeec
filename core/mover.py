"""Moving everything to another database: every table in the order of its foreign keys, proved afterwards.

The target is an empty database; it gets the tables of the models and the revision of the source. Files stay
where they are. While the move runs nobody can write to the source: it holds the lock that orders writers.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Table,
    bindparam,
    create_engine,
    func,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy import update as update_rows
from sqlalchemy.orm import Session

from config import ROOT
from core.anchor import faults
from core.audit import Head
from core.db import Base, db, prepare_sqlite

LOT = 1000
REVISION = "alembic_version"


class NotMoved(RuntimeError):
    """The move was refused or its proof failed; the source is as it was and nothing of the target is kept."""


def move_to(url: str) -> Iterator[str]:
    """Copy this database to the empty one at `url`; one line for each table, then what was proved."""
    target = _engine(url)
    try:
        with db.engine.connect().execution_options(writes=True) as here, here.begin():
            _require_current(here)
            _hold(here)
            with target.connect().execution_options(writes=True) as there, there.begin():
                yield from _moved(here, there)
    finally:
        target.dispose()


def _engine(url: str) -> Engine:
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    if engine.dialect.name == "sqlite":
        prepare_sqlite(engine)
    if engine.url == db.engine.url:
        raise NotMoved("this is the database that Vekha uses already")
    return engine


def _require_current(here: Connection) -> None:
    from alembic.script import ScriptDirectory

    head = ScriptDirectory(str(ROOT / "migrations")).get_current_head()
    if _revision(here) != head:
        raise NotMoved("the tables are not those of this release: run `flask db upgrade` first")


def _revision(here: Connection) -> str | None:
    from alembic.migration import MigrationContext

    return MigrationContext.configure(here).get_current_revision()


def _hold(here: Connection) -> None:
    """Every writer of the journal waits for this row; the writers of SQLite wait for the file."""
    here.execute(select(Head.id).with_for_update())


def _moved(here: Connection, there: Connection) -> Iterator[str]:
    _make_tables(here, there)
    tables = [table for table in Base.metadata.sorted_tables if not table.info.get("derived")]
    late = [found for place, table in enumerate(tables) if (found := _late(table, tables[place:]))]
    for table in tables:
        yield f"{table.name}: {_copy(table, here, there)}"
    for table, columns in late:
        _complete(table, columns, here, there)
    _set_counters(tables, there)
    for table in tables:
        _prove(table, here, there)
    yield f"proved: {len(tables)} tables hold the same rows, value by value"
    yield _prove_journal(there)


def _make_tables(here: Connection, there: Connection) -> None:
    if found := inspect(there).get_table_names():
        raise NotMoved(f"the target is not empty: it has the table {sorted(found)[0]}")
    Base.metadata.create_all(there)
    there.execute(text(f"CREATE TABLE {REVISION} (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    there.execute(text(f"INSERT INTO {REVISION} VALUES (:revision)"), {"revision": _revision(here)})


def _late(table: Table, later: Sequence[Table]) -> tuple[Table, list[Column[Any]]] | None:
    """The columns that name rows which are not there yet when the table is copied: its own, or later ones."""
    waiting = [c for c in table.columns if any(key.column.table in later for key in c.foreign_keys)]
    assert all(column.nullable for column in waiting), f"{table.name} cannot be copied before its parents"
    return (table, waiting) if waiting else None


def _rows(table: Table, connection: Connection) -> Iterator[Sequence[dict[str, Any]]]:
    wanted = select(table).order_by(*table.primary_key.columns).execution_options(stream_results=True)
    for lot in connection.execute(wanted).mappings().partitions(LOT):
        yield [dict(row) for row in lot]


def _copy(table: Table, here: Connection, there: Connection) -> int:
    late, count = _late(table, [table, *_after(table)]), 0
    blank = dict.fromkeys(column.name for column in late[1]) if late else {}
    for lot in _rows(table, here):
        there.execute(insert(table), [{**row, **blank} for row in lot])
        count += len(lot)
    return count


def _after(table: Table) -> Sequence[Table]:
    tables = Base.metadata.sorted_tables
    return tables[tables.index(table) + 1 :]


def _complete(table: Table, columns: list[Column[Any]], here: Connection, there: Connection) -> None:
    """Fill in what had to wait until all rows were there."""
    (key,) = table.primary_key.columns
    for column in columns:
        found = here.execute(select(key, column).where(column.is_not(None))).all()
        change = update_rows(table).where(key == bindparam("row")).values({column.name: bindparam("value")})
        if found:
            there.execute(change, [{"row": number, "value": value} for number, value in found])


def _set_counters(tables: Sequence[Table], there: Connection) -> None:
    """PostgreSQL numbers new rows by counters that know nothing of copied ones."""
    if there.dialect.name != "postgresql":
        return
    for table in tables:
        key = table.autoincrement_column
        counter = key is not None and there.scalar(
            select(func.pg_get_serial_sequence(f'"{table.name}"', key.name))
        )
        if key is not None and counter and (last := there.scalar(select(func.max(key)))):
            there.execute(select(func.setval(counter, last)))


def _prove(table: Table, here: Connection, there: Connection) -> None:
    if _sum(table, here) != _sum(table, there):
        raise NotMoved(f"{table.name} differs after the move: nothing was moved")


def _sum(table: Table, connection: Connection) -> tuple[int, int]:
    """How many rows there are, and the sum of the SHA-256 of each: the same on every database."""
    count = total = 0
    for lot in _rows(table, connection):
        for row in lot:
            text_of_row = json.dumps(row, sort_keys=True, default=_plain)
            total += int.from_bytes(hashlib.sha256(text_of_row.encode()).digest())
            count += 1
    return count, total


def _plain(value: Any) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else str(value)


def _prove_journal(there: Connection) -> str:
    with Session(bind=there, join_transaction_mode="create_savepoint") as session:
        found = list(faults(session))
        head = session.get(Head, 1)
    if found:
        raise NotMoved(f"the journal is not whole: {found[0]}")
    return f"proved: the journal is whole, {head.length if head else 0} entries"
