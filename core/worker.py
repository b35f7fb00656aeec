"""Runs the tasks of the outbox: lease one, run it, mark it done; a killed worker's lease runs out."""

import logging
import signal
import time
from collections.abc import Callable
from datetime import timedelta
from types import FrameType

from flask import Flask
from sqlalchemy import delete, or_, select, update

from core.clock import now, today
from core.db import db, transaction
from core.outbox import ATTEMPTS, LEASE, SUBSCRIPTIONS, Handler, Task, handler_name

log = logging.getLogger("vekha.worker")
KEPT = timedelta(days=7)

#: Called about once a minute; each makes sure by a key of its own that it acts once per period.
TIMERS: list[Callable[[], None]] = []


def lease() -> Task | None:
    """The next due task, ours until the lease ends, or None."""
    with transaction() as session:
        due = (
            select(Task)
            .where(Task.done_at.is_(None), Task.dead_at.is_(None), Task.run_at <= now())
            .where(or_(Task.leased_until.is_(None), Task.leased_until < now()))
            .order_by(Task.run_at, Task.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if task := session.scalar(due):
            task.attempts += 1
            task.leased_until = now() + LEASE
        return task


def run(task: Task) -> None:
    """Run a leased task to its end: done, to be retried later, or dead."""
    try:
        _handler(task.handler)(**task.payload)
    except Exception as error:  # a handler may fail in any way; the task outlives it
        db.session.rollback()
        log.warning("task %s (%s) failed: %r", task.id, task.handler, error)
        _fail(task, repr(error))
    else:
        _finish(task)


def _handler(name: str) -> Handler:
    known = {handler_name(h): h for handlers in SUBSCRIPTIONS.values() for h in handlers}
    return known[name]


def _finish(task: Task) -> None:
    with transaction() as session:
        session.execute(update(Task).where(Task.id == task.id).values(done_at=now(), leased_until=None))


def _fail(task: Task, error: str) -> None:
    wait = timedelta(seconds=10 * 2 ** (task.attempts - 1))
    values = {"error": error[:2000], "run_at": now() + wait, "leased_until": None}
    if task.attempts >= ATTEMPTS:
        values["dead_at"] = now()
    with transaction() as session:
        session.execute(update(Task).where(Task.id == task.id).values(**values))


def run_due(*, is_enough: Callable[[], bool] = lambda: False) -> int:
    """Run what is due now, until `is_enough`; the number of tasks run."""
    count = 0
    while not is_enough() and (task := lease()):
        run(task)
        count += 1
    return count


def sweep() -> None:
    """Forget tasks done more than a week ago."""
    with transaction() as session:
        session.execute(delete(Task).where(Task.done_at < now() - KEPT))


class Worker:
    """The loop of `flask worker`: ends after the current task on SIGTERM or SIGINT."""

    def __init__(self, app: Flask, *, pause: float = 0.5) -> None:
        self.app, self.pause, self.stopping = app, pause, False
        self.ticked = float("-inf")

    def stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def loop(self) -> None:
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self.stop)
        while not self.stopping:
            with self.app.app_context():
                if self._is_time():
                    self.ticked = time.monotonic()
                    self.tick()
                ran = run_due(is_enough=lambda: self.stopping or self._is_time())
            if not ran:
                time.sleep(self.pause)

    def _is_time(self) -> bool:
        """A minute has passed: a long queue must not keep the timers waiting."""
        return time.monotonic() - self.ticked > 60

    def tick(self) -> None:
        """Let every timer look whether its hour has come."""
        log.debug("tick %s", today())
        sweep()
        for timer in TIMERS:
            timer()
