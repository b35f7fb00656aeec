"""Letters that call members to a sitting, with a calendar entry; written down here, sent by the worker."""

from core.clock import now
from core.db import transaction
from core.outbox import publish
from council.models import Invitation, Membership, Sitting


def call_members(sitting: Sitting) -> None:
    """A letter with the agenda to everybody with an address, in the open transaction."""
    for seat in sitting.members:
        _call(sitting, seat, "agenda", sitting.invitation_round)


def tell_cancelled(sitting: Sitting) -> None:
    """Tell those who were invited that the sitting is not held; calendars take it out."""
    called = {row.membership_id for row in sitting.invitations if row.template == "agenda"}
    for seat in sitting.members:
        if seat.id in called:
            _call(sitting, seat, "cancelled", sitting.invitation_round + 1)


def remind_voters(sitting: Sitting, seats: list[Membership]) -> None:
    """Remind those who have not voted by correspondence; once."""
    with transaction():
        for seat in seats:
            _call(sitting, seat, "vote", 1)


def _call(sitting: Sitting, seat: Membership, template: str, number: int) -> None:
    address = seat.email or (seat.user.email if seat.user else "")
    known = {(row.membership_id, row.template, row.round) for row in sitting.invitations}
    if not address or (seat.id, template, number) in known:
        return
    with transaction() as session:
        row = Invitation(
            sitting=sitting, membership_id=seat.id, round=number, address=address, template=template
        )
        session.add(row)
        session.flush()  # the task names it by its number
        publish("sitting.invite", invitation_id=row.id)


def note_sent(invitation: Invitation) -> None:
    """The letter went out."""
    with transaction():
        invitation.sent_at = now()
