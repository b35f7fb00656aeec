"""How a migration runs, on both databases: one transaction for each revision, all of it or nothing.

SQLite changes a table by copying it and dropping the old one, and with foreign keys on, the drop deletes
every child row that cascades (reliability.md E13). The switch does nothing inside a transaction, so it
is turned off before the first one begins; what the migration leaves is checked before it is committed.
"""

from typing import Any

from alembic import context
from sqlalchemy import Connection, TypeDecorator

from core.db import db


class BrokenReferences(RuntimeError):
    """A migration left rows whose parents are gone; nothing of it was kept."""


def render_plainly(kind: str, item: Any, _autogen: Any) -> str | bool:
    """Write our column types as what they are stored as, so that old revisions outlive the code."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


def check_references(ctx: Any, **_more: Any) -> None:
    """Refuse a revision that orphaned rows while SQLite was not looking."""
    if ctx.connection.dialect.name != "sqlite":
        return
    if orphans := ctx.connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        raise BrokenReferences(f"{len(orphans)} rows lost their parents, the first: {tuple(orphans[0])}")


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=True,
        render_item=render_plainly,
        transaction_per_migration=True,
        transactional_ddl=True,
        compare_type=True,
        compare_server_default=True,
        on_version_apply=check_references,
    )
    with context.begin_transaction():
        context.run_migrations()


def run() -> None:
    with db.engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            migrate(connection)
            return
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            migrate(connection.execution_options(writes=True))
        finally:
            driver.execute("PRAGMA foreign_keys=ON")


run()
