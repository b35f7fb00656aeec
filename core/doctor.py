"""What is wrong with an instance: every room offers an examination, `flask doctor` asks them all.

A room puts its own into EXAMINATIONS when the application is made. `look` changes nothing; `mend` says the
same with what it could put right marked as repaired.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from core.anchor import faults as journal_faults
from core.clock import now
from core.db import db
from core.outbox import SUBSCRIPTIONS, Task, dead_tasks, handler_name, revive

#: A task that is due this long and not done stands still: no worker runs, or it fails without end.
PATIENCE = timedelta(hours=1)


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong; `key` says where, `about` what a person should know."""

    kind: str
    key: str
    about: str = ""
    is_repaired: bool = False


@dataclass(frozen=True)
class Examination:
    """How a room looks at itself, and how it mends what it finds."""

    look: Callable[[], Iterable[Finding]]
    mend: Callable[[], Iterable[Finding]]


def stuck_tasks() -> Iterator[Finding]:
    """Tasks given up, tasks nobody takes up and tasks whose handler is gone."""
    for task in dead_tasks():
        yield Finding("dead", f"task {task.id}", f"{task.handler}: {task.error[:200]}")
    for task in _standing():
        yield Finding(_fault_of(task), f"task {task.id}", task.handler)


def mended_tasks() -> Iterator[Finding]:
    """The same; tasks given up, whose handler is still there, are sent round again."""
    for task in dead_tasks():
        is_known = task.handler in _known()
        if is_known:
            revive(task.id)
        yield Finding("dead", f"task {task.id}", f"{task.handler}: {task.error[:200]}", is_repaired=is_known)
    for task in _standing():
        yield Finding(_fault_of(task), f"task {task.id}", task.handler)


def broken_journal() -> Iterator[Finding]:
    """What `flask journal verify` finds; nobody can mend it."""
    for fault in journal_faults():
        yield Finding("journal", str(fault))


#: Name of a room → its examination; filled by the rooms.
EXAMINATIONS: dict[str, Examination] = {
    "tasks": Examination(stuck_tasks, mended_tasks),
    "journal": Examination(broken_journal, broken_journal),
}


def _standing() -> list[Task]:
    late = now() - PATIENCE
    open_ones = select(Task).where(Task.done_at.is_(None), Task.dead_at.is_(None), Task.run_at < late)
    return [task for task in db.session.scalars(open_ones.order_by(Task.run_at, Task.id))
            if task.leased_until is None or task.leased_until < now()]  # fmt: skip


def _fault_of(task: Task) -> str:
    return "stuck" if task.handler in _known() else "orphaned"


def _known() -> set[str]:
    return {handler_name(handler) for handlers in SUBSCRIPTIONS.values() for handler in handlers}
