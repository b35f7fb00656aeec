"""What the worker does for this room: notices, reminders, daily letters, control dates."""

from datetime import date

from core.clock import local, now, today
from core.db import transaction
from core.outbox import SUBSCRIPTIONS, publish, publish_once
from core.worker import TIMERS
from roadmap.queries.notices import people_to_write_to, weekly_readers
from roadmap.services.imports import read_draft
from roadmap.services.notices import (
    MONDAY,
    TO_ALL,
    TO_COORDINATORS,
    TO_EXECUTORS,
    notice_event,
    remind_of_due,
    tell_of_plan,
    tell_of_week,
    write_digest,
)
from roadmap.services.recounting import recount_control_dates

#: Choices of the administrator from which control dates follow.
RECOUNTED = ("term_shift", "workday_overrides")

#: The hour of the office at which the daily letters go out.
MORNING = 8


def tell(event: str, subject_id: int, by_id: int | None = None, note: str = "") -> None:
    """Turn an event of a measure into notices."""
    notice_event(event, subject_id=subject_id, by_id=by_id, note=note)


def tell_of_import(plan_id: int, by_id: int | None = None) -> None:
    """Tell everybody whom an imported plan gives work."""
    tell_of_plan(plan_id, by_id)


def read_import(draft_id: int) -> None:
    """Read a long scan that is to become a plan."""
    read_draft(draft_id)


def write_letters(day: str) -> None:
    """Remind of due dates and start one letter for everybody who has something to hear."""
    remind_of_due()
    readers = set(people_to_write_to())
    if date.fromisoformat(day).weekday() == MONDAY:
        readers |= set(weekly_readers())
    with transaction():
        for user_id in sorted(readers):
            publish("digest.due", user_id=user_id, day=day)


def write_letter(user_id: int, day: str) -> None:
    """The daily letter of one person; on Mondays with the summary of the week."""
    tell_of_week(user_id, date.fromisoformat(day))
    write_digest(user_id)


def recount(name: str) -> None:
    """Count control dates anew when a choice that they follow from was made."""
    if name in RECOUNTED:
        recount_control_dates()


def every_morning() -> None:
    """Start the letters of the day, once."""
    if local(now()).hour >= MORNING:
        publish_once(f"letters:{today()}", "letters.due", day=today().isoformat())


def subscribe() -> None:
    """Listen to the outbox and the clock; app.py calls it."""
    for event in (*TO_EXECUTORS, *TO_COORDINATORS, *TO_ALL):
        SUBSCRIPTIONS[event] = [*[h for h in SUBSCRIPTIONS.get(event, []) if h is not tell], tell]
    SUBSCRIPTIONS["plan.import"] = [tell_of_import]
    SUBSCRIPTIONS["import.reading"] = [read_import]
    SUBSCRIPTIONS["letters.due"] = [write_letters]
    SUBSCRIPTIONS["setting.chosen"] = [
        *[h for h in SUBSCRIPTIONS.get("setting.chosen", []) if h is not recount],
        recount,
    ]
    SUBSCRIPTIONS["digest.due"] = [write_letter]
    if every_morning not in TIMERS:
        TIMERS.append(every_morning)
