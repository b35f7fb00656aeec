"""Watching what a request does to the database."""

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import Connection, Engine, event

from core.db import db

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER|TRUNCATE)\b", re.I)
#: When a session was last used is a log, not a fact; a GET may note it (accounts/services/sessions.py).
LOGS = re.compile(r"\s*UPDATE sign_in SET seen_at", re.I)


@dataclass
class Watch:
    """Statements that were sent, and those of them that changed something and were committed."""

    statements: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)

    def sent(self, _connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        self.statements.append(statement)
        if WRITES.match(statement) and not LOGS.match(statement):
            self.pending.append(statement)

    def committed(self, _connection: Connection) -> None:
        self.changes += self.pending
        self.pending.clear()

    def rolled_back(self, _connection: Connection) -> None:
        self.pending.clear()


@contextlib.contextmanager
def watched(app: Flask) -> Iterator[Watch]:
    """Watch the database of `app` for as long as the block lasts."""
    with app.app_context():
        engine: Engine = db.engine
    watch = Watch()
    listeners = {
        "before_cursor_execute": watch.sent,
        "commit": watch.committed,
        "rollback": watch.rolled_back,
    }
    for name, listener in listeners.items():
        event.listen(engine, name, listener)
    try:
        yield watch
    finally:
        for name, listener in listeners.items():
            event.remove(engine, name, listener)


def digest(app: Flask) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but for when sessions were last used: equal when nothing has changed."""
    with app.app_context(), db.engine.connect() as connection:
        found = {}
        for table in db.metadata.sorted_tables:
            columns = [c for c in table.columns if (table.name, c.name) != ("sign_in", "seen_at")]
            rows = connection.execute(table.select().with_only_columns(*columns))
            found[table.name] = sorted(tuple(map(str, row)) for row in rows)
        return found
