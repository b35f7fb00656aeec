"""Killed at any moment, the system has no row without its bytes, and what was acknowledged is there."""

import json
from pathlib import Path

import pytest

from tests import databases
from tests.documents import crashing
from tests.processes import started


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path):
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'crash.sqlite'}"
        return
    with databases.postgresql_database("crash") as address:
        yield address


def crash(url: str, folder: Path, *options: str) -> dict[str, int]:
    folder.mkdir()
    ended = started(crashing.run_as_told, url, folder, *options, log=folder / "told.json")
    ended.join(300)
    told = (folder / "told.json").read_text("utf-8")
    assert ended.exitcode == 0, told[-2000:]
    return json.loads(told)  # type: ignore[no-any-return]


def test_an_upload_killed_at_every_step_loses_nothing_and_the_doctor_cleans_up(url, tmp_path):
    told = crash(url, tmp_path / "data")
    assert told["acknowledged"] == 1
    assert told["lost"] == 0
    assert told["left"] > 0, "no kill left anything behind: the steps are not where they should be"
    assert told["left_after_repair"] == 0
    assert told["steps"] >= 12


def test_a_store_that_writes_the_row_first_is_caught(tmp_path):
    """The planted fault turns the test above red."""
    told = crash(f"sqlite:///{tmp_path / 'crash.sqlite'}", tmp_path / "data", "sabotage")
    assert told["lost"] > 0
