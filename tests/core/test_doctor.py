"""`flask doctor` asks every room what is wrong, mends what can be mended, and tells by its exit code."""

import json
from datetime import timedelta

import pytest

from core.clock import now
from core.db import db, transaction
from core.doctor import EXAMINATIONS
from core.outbox import SUBSCRIPTIONS, Task, handler_name


def quiet() -> None:
    """A handler that does nothing."""


@pytest.fixture
def handled(monkeypatch):
    monkeypatch.setitem(SUBSCRIPTIONS, "quiet", [quiet])
    return handler_name(quiet)


def put(handler: str, **values) -> int:
    with transaction() as session:
        task = Task(name="quiet", handler=handler, payload={}, **values)
        session.add(task)
    return task.id


def told(app, *words: str) -> tuple[int, dict]:
    ran = app.test_cli_runner().invoke(args=["doctor", "--json", *words])
    return ran.exit_code, json.loads(ran.output)


def test_a_whole_instance_has_nothing_wrong_in_any_room(app, session):
    code, answer = told(app)

    assert (code, answer["faults"]) == (0, [])
    assert set(answer["examined"]) == set(EXAMINATIONS) >= {"tasks", "journal", "files", "search"}


def test_tasks_that_stand_still_are_named_and_one_that_was_given_up_is_sent_round_again(
    app, session, handled
):
    early = now() - timedelta(hours=2)
    dead = put(handled, dead_at=early, attempts=8, error="no tesseract")
    put(handled, run_at=early)
    put("gone.room:handler", run_at=early)
    put(handled)
    put(handled, run_at=early, leased_until=now() + timedelta(minutes=4))

    code, answer = told(app, "--repair")

    found = [(one["kind"], one["is_repaired"]) for one in answer["faults"]]
    assert (code, found) == (1, [("dead", True), ("stuck", False), ("orphaned", False)])
    assert db.session.get_one(Task, dead).dead_at is None


def test_looking_changes_nothing(app, session, handled):
    dead = put(handled, dead_at=now(), attempts=8)

    code, answer = told(app)

    assert (code, [one["is_repaired"] for one in answer["faults"]]) == (1, [False])
    assert db.session.get_one(Task, dead).dead_at is not None


def test_lines_for_a_person_say_where_and_what(app, session, handled):
    dead = put(handled, dead_at=now(), error="no tesseract")

    assert f"FAULT tasks: dead task {dead}" in app.test_cli_runner().invoke(args=["doctor"]).output
