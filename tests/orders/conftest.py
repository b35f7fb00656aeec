"""The district for every test of the room, with the clock standing in March 2027."""

from collections.abc import Iterator

import pytest
import time_machine
from sqlalchemy.orm import Session

from tests.orders import scene as scenes


@pytest.fixture
def scene(session: Session) -> Iterator[scenes.Scene]:
    with time_machine.travel(scenes.NOW, tick=True):
        yield scenes.build()
