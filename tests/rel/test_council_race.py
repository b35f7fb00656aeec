"""Votes and approvals at once, in small numbers; `--full` or `python -m tests.rel.council_race`: 100."""

import pytest

from tests.conftest import DATABASES
from tests.rel.council_race import chamber, race
from tests.rel.server import serving


@pytest.mark.parametrize("database", DATABASES)
def test_every_vote_is_counted_once_and_one_approval_wins(tmp_path, database, request):
    items, members, approvals = (100, 32, 8) if request.config.getoption("--full") else (1, 6, 3)
    with (
        chamber(tmp_path, database, items=items, members=members, approvals=approvals) as made,
        serving(made.data, made.database_url) as port,
    ):
        result = race(made, *made.browsers(port))

    print(result)
    assert result.passed, result


def test_a_planted_forgetful_vote_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.rel.council_race.PATIENCE", 5)
    with (
        chamber(tmp_path, "sqlite", items=1, members=4, approvals=2) as made,
        serving(made.data, factory="tests.rel.careless:create_forgetful_app()") as port,
    ):
        result = race(made, *made.browsers(port))

    assert not result.passed
