"""What the rest of the system must do, written in the transaction that made it true.

One table is both outbox and job queue: `publish()` adds a task per subscribed handler, the worker
(core/worker.py) leases, runs and retries them at least once, so handlers are idempotent. A task that
keeps failing is buried where an administrator sees it and can send it round again.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from fnmatch import fnmatch
from typing import Any

from sqlalchemy import JSON, Index, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import now
from core.db import Base, Moment, db, transaction

Handler = Callable[..., None]

#: Event pattern → handlers; filled by app.py, which alone knows every room.
SUBSCRIPTIONS: dict[str, list[Handler]] = {}

ATTEMPTS = 8
LEASE = timedelta(minutes=5)


class Task(Base):
    """One thing to do: which handler, with what, from when, and how it went so far."""

    __tablename__ = "task"
    __table_args__ = (Index(None, "done_at", "dead_at", "run_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    handler: Mapped[str] = mapped_column(String(120))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    key: Mapped[str | None] = mapped_column(String(120), unique=True)
    run_at: Mapped[datetime] = mapped_column(Moment, default=now)
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None] = mapped_column(Moment)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    dead_at: Mapped[datetime | None] = mapped_column(Moment)
    error: Mapped[str] = mapped_column(Text, default="")


def handler_name(handler: Handler) -> str:
    return f"{handler.__module__}:{handler.__qualname__}"


def handlers_of(event_name: str) -> list[Handler]:
    return [h for pattern, hs in SUBSCRIPTIONS.items() if fnmatch(event_name, pattern) for h in hs]


def publish(event_name: str, *, run_at: datetime | None = None, **payload: Any) -> list[Task]:
    """Tell everyone who listens to `event_name`, once the open transaction is committed.

    `payload` is plain JSON. Each handler gets a task of its own and fails or succeeds alone.
    """
    tasks = [
        Task(name=event_name, handler=handler_name(h), payload=payload, run_at=run_at or now())
        for h in handlers_of(event_name)
    ]
    db.session.add_all(tasks)
    return tasks


def publish_once(key: str, event_name: str, **payload: Any) -> None:
    """Like publish(), but never twice for the same `key`: for what a timer starts."""
    with transaction():
        if not db.session.scalar(select(Task.id).where(Task.key.like(f"{key}%")).limit(1)):
            for number, task in enumerate(publish(event_name, **payload)):
                task.key = f"{key}#{number}"


def dead_tasks() -> list[Task]:
    """Tasks that were given up, newest first."""
    return list(db.session.scalars(select(Task).where(Task.dead_at.is_not(None)).order_by(Task.id.desc())))


def revive(task_id: int) -> None:
    """Send a dead task round again from its first attempt."""
    with transaction() as session:
        task = session.get_one(Task, task_id)
        task.dead_at, task.attempts, task.run_at, task.leased_until = None, 0, now(), None
