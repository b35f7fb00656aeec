"""The one clock. Everything that needs the time asks here, so that a test can set it."""

import os
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

#: Days begin and end by this zone; moments are kept in UTC.
ZONE = ZoneInfo(os.environ.get("VEKHA_TIMEZONE", "Europe/Moscow"))


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The calendar day of the office."""
    return now().astimezone(ZONE).date()


def local(moment: datetime) -> datetime:
    """The same moment as the clock on the office wall shows it."""
    return moment.astimezone(ZONE)
