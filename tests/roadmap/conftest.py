"""What the tests of the room share: a district in March 2027."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from tests.roadmap import scene as scenes


@pytest.fixture
def march() -> Iterator[Any]:
    """The clock shows 10 March 2027 and runs on."""
    with time_machine.travel(scenes.NOW) as clock:
        yield clock


@pytest.fixture
def scene(march: Any, session: Any) -> scenes.Scene:
    """A plan with its coordinators, executors and a stranger, on each database."""
    return scenes.build()
