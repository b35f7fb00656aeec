"""A sitting from its planning to its end; each step is a move of the lifecycle (workflow/sitting.py)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from accounts.models import User
from core.audit import record
from core.clock import now
from core.db import transaction
from core.errors import Invalid, OutOfTurn
from core.filters import dmy
from core.outbox import publish
from core.words import _
from council.models import Council, Membership, Sitting, SittingForm
from council.services.invitations import call_members, tell_cancelled
from council.services.rules import hold_sitting, require_secretary
from documents.services import new_dossier, show_dossier_to
from orders.services.numbering import keep_for_minutes, release_kept
from workflow.services import perform_each
from workflow.sitting import BEFORE_OPENING


@dataclass(frozen=True)
class SittingFacts:
    """When, where and how the members come together. `starts_at` is «10:00»."""

    date: date
    starts_at: str = ""
    place: str = ""
    form: SittingForm = SittingForm.IN_PERSON
    deadline: datetime | None = None
    guests: str = ""
    presiding_id: int | None = None
    secretary_id: int | None = None


def plan_sitting(council: Council, facts: SittingFacts, *, by: User) -> Sitting:
    """A sitting to come, with a dossier for its papers."""
    require_secretary(council, by=by)
    if council.closed_at is not None:
        raise OutOfTurn(_("Совет упразднён: заседаний больше не назначают."))
    with transaction() as session:
        title = f"{council.name}, {dmy(facts.date)}"
        dossier = new_dossier(council.organisation, title=title)
        sitting = Sitting(council=council, dossier=dossier, created_by_id=by.id, date=facts.date)
        _put_down(sitting, facts)
        session.add(sitting)
        session.flush()  # the dossier's scope is its number
        dossier.scope = f"sitting:{sitting.id}"
        record(sitting, "sitting.plan", by=by)
    return sitting


def edit_sitting(sitting: Sitting, facts: SittingFacts, *, by: User, version: int | None = None) -> None:
    """Another day, place or form. Who was invited is told by sending the agenda again."""
    require_secretary(sitting, by=by)
    with transaction():
        hold_sitting(sitting, version=version)
        if sitting.state not in BEFORE_OPENING:
            raise OutOfTurn(_("День и место меняют, пока заседание не открыто."))
        _put_down(sitting, facts)
        sitting.dossier.title = sitting.name
        record(sitting, "sitting.edit", by=by)


def _put_down(sitting: Sitting, facts: SittingFacts) -> None:
    if facts.form is SittingForm.CORRESPONDENCE and facts.deadline is None:
        raise Invalid(_("Голосование заочное: укажите, до какого дня и часа принимают голоса."))
    sitting.date, sitting.form, sitting.deadline = facts.date, facts.form, facts.deadline
    sitting.starts_at, sitting.place = facts.starts_at.strip(), facts.place.strip()
    sitting.guests, sitting.edited_at = facts.guests.strip(), now()
    seats = sitting.council.members_on(facts.date)
    sitting.presiding_id = _seated(seats, facts.presiding_id) or _first(seats, "chair", "deputy")
    sitting.secretary_id = _seated(seats, facts.secretary_id) or _first(seats, "secretary")


def _seated(seats: list[Membership], wanted: int | None) -> int | None:
    return next((seat.id for seat in seats if seat.id == wanted), None)


def _first(seats: list[Membership], *wanted: str) -> int | None:
    ranked = [seat.id for kind in wanted for seat in seats if seat.seat.value == kind]
    return ranked[0] if ranked else None


def send_agenda(sitting: Sitting, *, by: User, version: int | None = None) -> None:
    """Send the agenda to everybody who sits in the council on that day, and open the papers to them."""
    with transaction():
        hold_sitting(sitting, version=version)
        perform_each([sitting], "send_agenda", by=by)
        for seat in sitting.members:
            if seat.user_id:
                show_dossier_to(sitting.dossier, user_id=seat.user_id)
        call_members(sitting)


def open_sitting(sitting: Sitting, *, by: User, version: int | None = None) -> None:
    """Open the sitting under the rules of the day and keep the next number for its minutes."""
    with transaction():
        hold_sitting(sitting, version=version)
        perform_each([sitting], "open", by=by)
        sitting.rules = sitting.council.rule_set.as_plain()
        if sitting.registration is None:
            assert sitting.council.register, "the lifecycle asked for it"
            given = keep_for_minutes(sitting.council.register, day=sitting.date, reason=sitting.name, by=by)
            sitting.registration, sitting.number = given, given.number
        record(sitting, "sitting.number", by=by, note=sitting.number)


def close_sitting(sitting: Sitting, *, by: User, version: int | None = None) -> None:
    """Everything is decided; the minutes are drawn up next."""
    with transaction():
        hold_sitting(sitting, version=version)
        perform_each([sitting], "close", by=by)
        publish("sitting.minutes_due", sitting_id=sitting.id)


def resume_sitting(sitting: Sitting, *, reason: str, by: User, version: int | None = None) -> None:
    """Go back into a closed sitting whose minutes are not signed."""
    with transaction():
        hold_sitting(sitting, version=version)
        perform_each([sitting], "resume", by=by, note=reason)


def cancel_sitting(sitting: Sitting, *, reason: str, by: User, version: int | None = None) -> None:
    """It was not held. The number kept for its minutes becomes void; who was invited is told."""
    with transaction():
        hold_sitting(sitting, version=version)
        perform_each([sitting], "cancel", by=by, note=reason)
        if sitting.registration is not None:
            release_kept(sitting.registration, reason=reason, by=by)
        if sitting.invitation_round:
            tell_cancelled(sitting)


#: Moves of the page that need nothing but a press or a word.
PLAIN: dict[str, Any] = {
    "send_agenda": send_agenda, "open": open_sitting, "close": close_sitting,
}  # fmt: skip
REASONED: dict[str, Any] = {"resume": resume_sitting, "cancel": cancel_sitting}
