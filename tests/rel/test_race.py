"""G3 and G4 in small numbers on both databases; `python -m tests.rel.race` measures the full figures."""

import pytest

from tests.conftest import DATABASES
from tests.rel.race import CARELESS, arena, race_edits, race_moves
from tests.rel.server import serving

CLIENTS, OBJECTS, EDITS = 4, 2, 12


@pytest.mark.parametrize("database", DATABASES)
def test_of_many_at_once_one_wins_and_nothing_is_lost(tmp_path, database):
    with (
        arena(tmp_path, database, objects=OBJECTS, clients=CLIENTS) as made,
        serving(made.data, made.database_url) as port,
    ):
        browsers = made.browsers(port)
        moves, edits = race_moves(made, browsers), race_edits(made, browsers, edits=EDITS)

    print(moves, edits, sep="\n")
    assert moves.passed, moves
    assert edits.passed, edits


def test_planted_carelessness_is_found(tmp_path):
    with (
        arena(tmp_path, "sqlite", objects=2, clients=CLIENTS) as made,
        serving(made.data, factory=CARELESS) as port,
    ):
        browsers = made.browsers(port)
        moves, edits = race_moves(made, browsers), race_edits(made, browsers, edits=CLIENTS)

    assert not moves.passed and not edits.passed
