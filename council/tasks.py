"""What the worker does for this room: letters with calendar entries, minutes, measures tied to decisions."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

from core.audit import SYSTEM
from core.clock import now
from core.mail import Attached, compose, link_to, send
from core.outbox import SUBSCRIPTIONS, publish_once
from core.settings import settings
from core.worker import TIMERS
from council.calendar_file import calendar_entry
from council.models import Invitation, Sitting
from council.queries.sittings import due_correspondence, invitation_by_id, sitting_by_id, sitting_of_order
from council.services.invitations import note_sent, remind_voters
from council.services.minutes import link_measures, print_minutes
from workflow.sitting import SittingState

#: How long before the end of a vote by correspondence those who are silent are reminded.
BEFORE_DEADLINE = timedelta(days=1)


def send_invitation(invitation_id: int) -> None:
    """Send one letter; nothing happens for one that went already."""
    invitation = invitation_by_id(invitation_id)
    sitting = sitting_by_id(invitation.sitting_id) if invitation else None
    if invitation is None or sitting is None or invitation.sent_at is not None:
        return
    post = compose(
        f"sitting_{invitation.template}", to=invitation.address, name=invitation.membership.name,
        sitting=sitting, link=link_to("council.sitting", sitting_id=sitting.id),
    )  # fmt: skip
    send(replace(post, attached=_attached(invitation, sitting)))
    note_sent(invitation)


def _attached(invitation: Invitation, sitting: Sitting) -> tuple[Attached, ...]:
    if invitation.template == "vote":
        return ()
    is_cancelled = invitation.template == "cancelled"
    entry = calendar_entry(
        sitting, host=urlsplit(settings().base_url).hostname or "localhost",
        url=link_to("council.sitting", sitting_id=sitting.id), is_cancelled=is_cancelled,
    )  # fmt: skip
    method = ("method", "CANCEL" if is_cancelled else "PUBLISH")
    return (Attached("sitting.ics", entry, "calendar", (method,)),)


def draw_up_minutes(sitting_id: int) -> None:
    """Make the minutes of a sitting that was closed; one that goes on again has none yet."""
    sitting = sitting_by_id(sitting_id)
    if sitting is not None and sitting.state is SittingState.CLOSED:
        print_minutes(sitting, by=SYSTEM)


def tie_decisions(subject_id: int, **_more: object) -> None:
    """Minutes went under control: their decisions know their measures."""
    if sitting := sitting_of_order(subject_id):
        link_measures(sitting, by=SYSTEM)


def remind_silent(sitting_id: int) -> None:
    """Write to those who have not voted by correspondence."""
    if sitting := sitting_by_id(sitting_id):
        open_items = [item for item in sitting.items if item.is_voting]
        silent = [s for s in sitting.voters if any(item.vote_of(s.id) is None for item in open_items)]
        remind_voters(sitting, silent)


def look_for_deadlines() -> None:
    """Start the reminders of votes that end within a day, once for each sitting."""
    for sitting in due_correspondence():
        if sitting.deadline and sitting.deadline - now() < BEFORE_DEADLINE:
            publish_once(f"vote:{sitting.id}:", "sitting.vote_ends", sitting_id=sitting.id)


def subscribe() -> None:
    """Listen to the outbox and the clock; app.py calls it."""
    SUBSCRIPTIONS["sitting.invite"] = [send_invitation]
    SUBSCRIPTIONS["sitting.minutes_due"] = [draw_up_minutes]
    SUBSCRIPTIONS["sitting.vote_ends"] = [remind_silent]
    handlers = SUBSCRIPTIONS.setdefault("order.take_under_control", [])
    handlers.extend(handler for handler in (tie_decisions,) if handler not in handlers)
    if look_for_deadlines not in TIMERS:
        TIMERS.append(look_for_deadlines)
