"""Tasks: written with what made them true, run at least once, retried, buried, sent round again."""

import os
import signal
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from app import create_app
from core.clock import now
from core.db import db, transaction
from core.outbox import ATTEMPTS, LEASE, SUBSCRIPTIONS, Task, dead_tasks, publish, publish_once, revive
from core.worker import Worker, lease, run_due
from tests.processes import started

RAN: list[dict[str, Any]] = []


def remember(**payload: Any) -> None:
    RAN.append(payload)


def explode(**_payload: Any) -> None:
    raise OSError("disk full")


@pytest.fixture(autouse=True)
def subscriptions() -> Iterator[None]:
    RAN.clear()
    SUBSCRIPTIONS["test.good"] = [remember]
    SUBSCRIPTIONS["test.bad"] = [explode]
    yield
    del SUBSCRIPTIONS["test.good"], SUBSCRIPTIONS["test.bad"]


def told(event: str, **payload: Any) -> int:
    with transaction():
        tasks = publish(event, **payload)
    return tasks[0].id


def test_a_published_task_runs_once(session: Any) -> None:
    told("test.good", measure_id=7)

    assert run_due() == 1 and run_due() == 0

    assert RAN == [{"measure_id": 7}]


def test_a_task_of_a_failed_transaction_never_was(session: Any) -> None:
    with pytest.raises(ZeroDivisionError), transaction():
        publish("test.good")
        raise ZeroDivisionError

    assert run_due() == 0


def test_a_failing_task_waits_longer_each_time_and_is_buried_in_the_end(session: Any) -> None:
    number = told("test.bad")
    waits = []
    with time_machine.travel(now(), tick=False) as clock:
        for _ in range(ATTEMPTS):
            assert run_due() == 1
            db.session.expire_all()
            task = db.session.get_one(Task, number)
            waits.append(task.run_at - now())
            clock.shift(waits[-1] + timedelta(seconds=1))

    assert waits == sorted(waits) and waits[0] == timedelta(seconds=10)
    assert [task.id for task in dead_tasks()] == [number]
    assert "disk full" in task.error


def test_a_buried_task_can_be_sent_round_again(session: Any) -> None:
    number = told("test.good")
    with transaction() as writing:
        writing.execute(update(Task).where(Task.id == number).values(dead_at=now(), attempts=ATTEMPTS))

    revive(number)

    assert run_due() == 1 and not dead_tasks()


def test_a_leased_task_belongs_to_one_worker_until_the_lease_ends(session: Any) -> None:
    told("test.good")
    with time_machine.travel(now(), tick=False) as clock:
        assert lease() is not None
        assert lease() is None

        clock.shift(LEASE + timedelta(seconds=1))

        assert lease() is not None


def test_a_timer_starts_its_task_once(session: Any) -> None:
    for _ in range(3):
        publish_once("letters:2027-01-20", "test.good")

    assert run_due() == 1


def test_a_worker_that_is_told_to_stop_leaves_the_rest_of_the_queue(session: Any, app: Flask) -> None:
    worker = Worker(app, pause=0)

    def stop(**_payload: Any) -> None:
        worker.stop(signal.SIGTERM, None)

    SUBSCRIPTIONS["stop.now"] = [stop]
    with transaction():
        first, second = publish("stop.now")[0], publish("stop.now")[0]

    ran = run_due(is_enough=lambda: worker.stopping)

    session.expire_all()
    assert (ran, first.done_at is not None, second.done_at) == (1, True, None)


def test_an_unknown_handler_is_a_failure_and_not_a_crash(session: Any) -> None:
    number = told("test.good")
    with transaction() as writing:
        writing.execute(update(Task).where(Task.id == number).values(handler="gone:away"))

    assert run_due() == 1

    db.session.expire_all()
    assert "gone" in db.session.get_one(Task, number).error


def slow(mark: str) -> None:
    """A handler that is still at work when its worker is killed."""
    told = Path(mark)
    told.write_text((told.read_text() if told.exists() else "") + "started\n")
    if os.environ.get("DIES"):
        time.sleep(60)
    told.write_text(told.read_text() + "done\n")


def work() -> None:
    SUBSCRIPTIONS["test.slow"] = [slow]
    with create_app().app_context():
        run_due()


def test_a_task_whose_worker_was_killed_runs_again(app: Flask, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    with app.app_context(), transaction() as session:
        task = Task(name="test.slow", handler=f"{__name__}:slow", payload={"mark": str(mark)})
        session.add(task)
    settings = app.config["SETTINGS"]
    environ = {"VEKHA_ENV": "test", "VEKHA_DATA": str(settings.data)}
    if settings.database_url:
        environ["VEKHA_DATABASE_URL"] = settings.database_url

    worker = started(work, environ=environ | {"DIES": "1"})
    _wait_for(mark)
    worker.kill()
    worker.join()
    with app.app_context(), transaction() as session:
        assert session.scalar(select(Task.done_at)) is None
        session.execute(update(Task).values(leased_until=now() - timedelta(seconds=1)))
    worker = started(work, environ=environ)
    worker.join(60)

    assert worker.exitcode == 0
    assert mark.read_text().split() == ["started", "started", "done"]
    with app.app_context():
        assert db.session.scalar(select(Task.done_at)) is not None


def _wait_for(file: Path) -> None:
    for _ in range(2400):  # a machine under load starts Python slowly
        if file.exists():
            return
        time.sleep(0.05)
    raise AssertionError("the worker never began")
