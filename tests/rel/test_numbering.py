"""G5 in small numbers on both databases; `python -m tests.rel.numbering` measures the full figures."""

import random

import pytest

from core.db import db
from tests.conftest import DATABASES
from tests.rel import numbering
from tests.rel.numbering import judged, office, one, race


@pytest.mark.parametrize("database", DATABASES)
def test_numbers_have_no_doubles_and_no_gaps(tmp_path, database):
    with office(tmp_path, database) as made:
        result = race(made, registrations=12, clients=2, kills=1, seed=7, sabotage=False)

    print(result)
    assert result.passed, result


def test_a_planted_careless_counter_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(numbering.signing, "take_number", numbering.careless_number)
    chance = random.Random(7)
    with office(tmp_path, "sqlite") as made:
        with made.app.app_context():
            for _ in range(12):
                one(made, chance)
                db.session.remove()
            db.engine.dispose()
        result = judged(made, clients=1, killed=0, kills=0, wanted=0, seconds=1)

    assert "gaps 0" not in result.line and not result.passed
