"""The district and its council for every test of the room, on the day of the sitting."""

from collections.abc import Iterator

import pytest
import time_machine
from sqlalchemy.orm import Session

from tests.council import scene as scenes


@pytest.fixture
def scene(session: Session) -> Iterator[scenes.Scene]:
    with time_machine.travel(scenes.NOW, tick=True):
        yield scenes.build()
