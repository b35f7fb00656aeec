"""G1 of upload and extraction in small numbers on both databases; `python -m tests.rel.crash` has more."""

import pytest

from tests.conftest import DATABASES
from tests.documents.extraction.scans import needs_recognition
from tests.rel.crash import race, site


@pytest.mark.parametrize("database", DATABASES)
def test_kills_during_upload_and_reading_lose_nothing_and_repeat_nothing(tmp_path, database):
    with site(tmp_path, database, pages=3) as made:
        result = race(made, kills=2, seed=7)

    print(result)
    assert result.passed, result


def test_a_planted_reading_that_forgets_its_pages_is_found(tmp_path):
    needs_recognition()
    with site(tmp_path, "sqlite", pages=6, sabotage="pages") as made:
        result = race(made, kills=2, seed=7)

    assert not result.passed, result
