"""Who may do what in a council, and what holds for every change of a sitting and its items."""

from accounts.models import Organisation, Role, User
from core.db import db
from core.errors import NotYours, OutOfTurn, Stale
from core.words import _
from council.models import AgendaItem, Council, Membership, Sitting


def require_secretary(subject: Organisation | Council | Sitting, *, by: User) -> None:
    """NotYours for everybody but the secretaries of councils of the organisation."""
    if not is_secretary(subject, by):
        raise NotYours(_("Заседания готовит и ведёт секретарь Совета."))


def is_secretary(subject: Organisation | Council | Sitting, person: User) -> bool:
    """Whether `person` keeps the papers of the council."""
    organisation = subject.council.organisation if isinstance(subject, Sitting) else subject
    if isinstance(organisation, Council):
        organisation = organisation.organisation
    return Role.COUNCIL_SECRETARY in person.roles_over(organisation.path)


def voting_seat(sitting: Sitting, person: User) -> Membership | None:
    """The membership by which `person` votes at the sitting: a grant and a seat with a vote."""
    seat = sitting.seat_of(person)
    is_member = Role.COUNCIL_MEMBER in sitting.roles_of(person)
    return seat if is_member and seat and seat.has_vote else None


def hold_council(council: Council, *, version: int | None = None) -> None:
    """Lock the council; Stale when it is not the `version` that the person saw."""
    db.session.refresh(council, with_for_update={"of": Council})
    _require_seen(council.version, version)


def hold_sitting(sitting: Sitting, *, version: int | None = None) -> None:
    """Lock the sitting until the transaction ends; Stale when it is not the one the person saw."""
    db.session.refresh(sitting, with_for_update={"of": Sitting})
    _require_seen(sitting.version, version)


def hold_item(item: AgendaItem, *, version: int | None = None) -> None:
    """Lock one item: votes on others go on beside it."""
    db.session.refresh(item, with_for_update={"of": AgendaItem})
    _require_seen(item.version, version)


def _require_seen(now: int, seen: int | None) -> None:
    if seen is not None and seen != now:
        raise Stale(_("Пока вы писали, запись изменил кто-то другой. Откройте её заново."))


def require_open(sitting: Sitting) -> None:
    """OutOfTurn unless the sitting goes on."""
    if not sitting.is_open:
        raise OutOfTurn(_("Заседание не идёт: сейчас «%(state)s».", state=sitting.state_label))
