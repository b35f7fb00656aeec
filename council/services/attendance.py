"""Who takes part: marked by the secretary, or by members themselves on the day."""

from collections.abc import Mapping

from accounts.models import User
from core.audit import record
from core.clock import now, today
from core.db import transaction
from core.errors import Invalid, NotYours, OutOfTurn
from core.words import _
from council.models import Attendance, Presence, Sitting
from council.services.rules import hold_sitting, require_secretary
from workflow.sitting import SittingState

#: Attendance is taken shortly before the opening and while the sitting goes on.
TAKEN = (SittingState.AGENDA_SENT, SittingState.OPEN)


def mark_attendance(
    sitting: Sitting, marks: Mapping[int, Presence], *, reasons: Mapping[int, str] | None = None, by: User
) -> None:
    """Say of members, by the numbers of their memberships, whether they take part."""
    require_secretary(sitting, by=by)
    with transaction():
        hold_sitting(sitting)
        _require_taken(sitting)
        if not set(marks) <= {seat.id for seat in sitting.members}:
            raise Invalid(_("Отмечают только тех, кто входит в совет в день заседания."))
        for membership_id, presence in marks.items():
            _mark(sitting, membership_id, presence, (reasons or {}).get(membership_id, ""))
        _told(sitting, by)


def check_in(sitting: Sitting, presence: Presence, *, by: User) -> None:
    """«Я здесь»: a member says so on the day of the sitting."""
    with transaction():
        hold_sitting(sitting)
        _require_taken(sitting)
        seat = sitting.seat_of(by)
        if seat is None:
            raise NotYours(_("Вы не входите в этот совет."))
        if sitting.date > today():
            raise OutOfTurn(_("День заседания ещё не наступил."))
        _mark(sitting, seat.id, presence, "")
        _told(sitting, by)


def _mark(sitting: Sitting, membership_id: int, presence: Presence, reason: str) -> None:
    row = next((row for row in sitting.attendance if row.membership_id == membership_id), None)
    if row is None:
        row = Attendance(membership_id=membership_id, presence=presence)
        sitting.attendance.append(row)
    row.presence, row.reason, row.marked_at = presence, reason.strip()[:300], now()


def _told(sitting: Sitting, by: User) -> None:
    sitting.edited_at = now()
    with transaction() as session:
        session.flush()  # the journal names the parts by their numbers
        record(sitting, "sitting.attend", by=by)


def _require_taken(sitting: Sitting) -> None:
    if sitting.state not in TAKEN:
        raise OutOfTurn(_("Явку отмечают, когда повестка разослана и пока заседание идёт."))
