"""The month with the days on which councils sit."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from flask import request, url_for

from accounts.models import User
from core.clock import today
from core.drawing import weeks
from core.forms import read_day
from council.queries.sittings import sittings_between


def month_of(person: User) -> dict[str, Any]:
    """What macros/calendar.html draws: the month that the address asks for, or the present one."""
    first = (read_day(request.args.get("month", "")) or today()).replace(day=1)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    flags: dict[date, tuple[str, str]] = {}
    for sitting in sittings_between(first, last, seen_by=person):
        url = url_for("council.sitting", sitting_id=sitting.id)
        words = " ".join(part for part in (sitting.starts_at, sitting.council.name) if part)
        flags.setdefault(sitting.date, (url, words))
    return {
        "title_day": first, "weeks": weeks(first.year, first.month), "today": today(), "flags": flags,
        "off": {first + timedelta(n) for n in range(last.day) if (first + timedelta(n)).weekday() > 4},
        "previous_url": _link(first - timedelta(days=1)), "next_url": _link(last + timedelta(days=1)),
    }  # fmt: skip


def _link(day: date) -> str:
    show = request.args.get("show") or None
    return url_for("council.sittings", month=day.replace(day=1).isoformat(), show=show)
