"""What the worker does for the review: letters to members, notices of remarks and answers."""

from core.clock import local, now, today
from core.outbox import SUBSCRIPTIONS, Handler, publish_once
from core.worker import TIMERS
from council.services.review_notices import tell_of_remark
from council.services.review_reminders import LETTER, remind_before_sittings, write_reminder

MORNING, DUE = 8, "review.reminders_due"
TOLD = ("remark.make", "remark.answer", "remark.object")


def write_letter(version_id: int, membership_id: int) -> None:
    """One letter to one member."""
    write_reminder(version_id, membership_id)


def write_letters(day: str) -> None:
    """The letters of a morning."""
    remind_before_sittings()


def tell(event: str, subject_id: int, has_moved: bool = False, **_more: object) -> None:
    """Turn what happened to a remark into notices."""
    tell_of_remark(event, subject_id, has_moved=has_moved)


def every_morning() -> None:
    """Remind before sittings, once a day."""
    if local(now()).hour >= MORNING:
        publish_once(f"review-reminders:{today()}", DUE, day=today().isoformat())


HANDLERS: dict[str, Handler] = {LETTER: write_letter, DUE: write_letters, **dict.fromkeys(TOLD, tell)}


def subscribe() -> None:
    """Listen to the outbox and the clock; app.py calls it."""
    for event, handler in HANDLERS.items():
        SUBSCRIPTIONS[event] = [*[h for h in SUBSCRIPTIONS.get(event, []) if h is not handler], handler]
    if every_morning not in TIMERS:
        TIMERS.append(every_morning)
