"""Random histories: as of any moment a report says what was stored then."""

import random
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

import pytest

from core.clock import at
from core.past import rows_as_of
from reports.assembly import assemble
from tests.reports.histories import (
    BEGAN,
    HAPPENINGS,
    History,
    district,
    quick,
    said_by,
    seen,
    stored,
    without_empty,
)

SEED, ORDINARY, FULL, DATES = 20260122, 6, 500, 20


def snapshot(history: History) -> tuple[Any, Any]:
    with at(history.clock):
        return stored(history.plan), seen(history.plan)


def lived(history: History) -> dict[datetime, tuple[Any, Any]]:
    """A whole life; what was stored at DATES moments of it, some right after a change, some in between."""
    history.begin()
    found = {}
    for number in range(DATES * 2):
        history.step()
        if number % 2:
            history.clock += timedelta(seconds=history.dice.choice((0, 1, 86_400)))
            found[history.clock] = snapshot(history)
    return found


def differences(told: Any, rows: Any) -> list[Any]:
    """Each field that the journal tells otherwise than it was stored."""
    return [
        (
            kind,
            number,
            name,
            told.get(kind, {}).get(number, {}).get(name),
            rows.get(kind, {}).get(number, {}).get(name),
        )
        for kind in told.keys() | rows.keys()
        for number in told.get(kind, {}).keys() | rows.get(kind, {}).keys()
        for name in told.get(kind, {}).get(number, {}).keys() | rows.get(kind, {}).get(number, {}).keys()
        if told.get(kind, {}).get(number, {}).get(name) != rows.get(kind, {}).get(number, {}).get(name)
    ]


def compare(history: History, moment: datetime, was: tuple[Any, Any]) -> None:
    rows, shown = was
    told = without_empty(rows_as_of(history.plan.journal_scope, moment))
    assert differences(told, rows) == []
    made = assemble(history.plan, as_of=moment)
    title = shown.pop("plan")
    assert said_by(made) == shown
    assert title.split(" на ")[0].removeprefix("План ") in made.data["title"]


def test_as_of_any_moment_a_report_says_what_was_stored(session: Any, request: pytest.FixtureRequest) -> None:
    count = FULL if request.config.getoption("--full") else ORDINARY
    happened = set[str]()

    with quick():
        for number in range(count):
            history = History(district(), random.Random(SEED + number))
            for moment, was in lived(history).items():
                compare(history, moment, was)
            assert assemble(history.plan, as_of=BEGAN - timedelta(days=1)).data["sections"] == []
            happened |= set(history.done)

    assert set(HAPPENINGS) - happened <= (set() if count > 20 else set(HAPPENINGS))
    assert len(happened) > 15


def test_a_planted_forgotten_withdrawal_is_found(session: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fold forgets one kind of change: the comparison must notice."""
    history = History(district(), random.Random(SEED))
    with quick():
        history.begin()
        with at(history.clock + timedelta(hours=1)):
            history.withdraw()
        history.clock += timedelta(days=1)
        was = snapshot(history)
        compare(history, history.clock, deepcopy(was))

        def forgetful(scope: str, moment: datetime) -> Any:
            told = rows_as_of(scope, moment)
            for row in told.get("measure", {}).values():
                row.pop("withdrawn_at", None)
            return told

        monkeypatch.setattr("reports.assembly.telling.rows_as_of", forgetful)
        with pytest.raises(AssertionError):
            compare(history, history.clock, was)


def test_the_dice_are_not_refused_all_the_time(session: Any) -> None:
    history = History(district(), random.Random(1))
    with quick():
        history.begin()
        for _ in range(60):
            history.step()

    assert len(history.done) > 25
