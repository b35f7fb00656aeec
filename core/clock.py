"""The one clock. Everything that needs the time asks here, so that a test can set it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

#: Days begin and end by this zone; moments are kept in UTC.
ZONE = ZoneInfo(os.environ.get("VEKHA_TIMEZONE", "Europe/Moscow"))


_behind: ContextVar[timedelta] = ContextVar("behind", default=timedelta())


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC) - _behind.get()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let the clock show `moment` and run on from there: for demonstrations with a past."""
    token = _behind.set(datetime.now(UTC) - moment)
    try:
        yield
    finally:
        _behind.reset(token)


def today() -> date:
    """The calendar day of the office."""
    return now().astimezone(ZONE).date()


def local(moment: datetime) -> datetime:
    """The same moment as the clock on the office wall shows it."""
    return moment.astimezone(ZONE)
