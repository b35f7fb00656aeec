"""Killed at any moment, the system has no row without its bytes, and what was acknowledged is there."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import databases

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path):
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'crash.sqlite'}"
        return
    with databases.postgresql_database("crash") as address:
        yield address


def crash(url: str, folder: Path, *options: str) -> dict[str, int]:
    folder.mkdir()
    command = [sys.executable, "-m", "tests.documents.crashing", url, str(folder), *options]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert ended.returncode == 0, ended.stderr[-2000:]
    told: dict[str, int] = json.loads(ended.stdout)
    return told


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
