"""What the worker does for this room: notices, reminders, daily letters, control dates."""

from core.clock import local, now, today
from core.db import transaction
from core.outbox import SUBSCRIPTIONS, publish, publish_once
from core.worker import TIMERS
from roadmap.queries.notices import people_to_write_to
from roadmap.services.notices import (
    TO_ALL,
    TO_COORDINATORS,
    TO_EXECUTORS,
    notice_event,
    remind_of_due,
    tell_of_plan,
    write_digest,
)

#: The hour of the office at which the daily letters go out.
MORNING = 8


def tell(event: str, subject_id: int, by_id: int | None = None, note: str = "") -> None:
    """Turn an event of a measure into notices."""
    notice_event(event, subject_id, by_id, note)


def tell_of_import(plan_id: int, by_id: int | None = None) -> None:
    """Tell everybody whom an imported plan gives work."""
    tell_of_plan(plan_id, by_id)


def write_letters(day: str) -> None:
    """Remind of due dates and start one letter for everybody who has something to hear."""
    remind_of_due()
    with transaction():
        for user_id in people_to_write_to():
            publish("digest.due", user_id=user_id)


def write_letter(user_id: int) -> None:
    """The daily letter of one person."""
    write_digest(user_id)


def every_morning() -> None:
    """Start the letters of the day, once."""
    if local(now()).hour >= MORNING:
        publish_once(f"letters:{today()}", "letters.due", day=today().isoformat())


def subscribe() -> None:
    """Listen to the outbox and the clock; app.py calls it."""
    for event in (*TO_EXECUTORS, *TO_COORDINATORS, *TO_ALL):
        SUBSCRIPTIONS[event] = [*[h for h in SUBSCRIPTIONS.get(event, []) if h is not tell], tell]
    SUBSCRIPTIONS["plan.import"] = [tell_of_import]
    SUBSCRIPTIONS["letters.due"] = [write_letters]
    SUBSCRIPTIONS["digest.due"] = [write_letter]
    if every_morning not in TIMERS:
        TIMERS.append(every_morning)
