"""Keeping councils: founding, rules, members and their terms."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from accounts.models import Organisation, User
from core.audit import record
from core.clock import now
from core.db import transaction
from core.errors import Invalid, OutOfTurn
from core.words import _
from council.models import Council, CouncilKind, Membership, Seat
from council.rules import Rules
from council.services.rules import hold_council, require_secretary
from documents.kinds import DocumentKind
from orders.models import Register

#: The longest notice that a council may ask for.
MOST_NOTICE = 90


@dataclass(frozen=True)
class CouncilFacts:
    """What is known of a council. `name_prepositional` is what stands after «Рассмотрен на»."""

    name: str
    kind: CouncilKind = CouncilKind.HEADS_COUNCIL
    name_prepositional: str = ""
    ground: str = ""
    ground_document_id: int | None = None
    place: str = ""
    register_id: int | None = None
    rules: Rules = Rules()


@dataclass(frozen=True)
class MemberFacts:
    """One person in a council. Who has an account is named by it."""

    name: str = ""
    user: User | None = None
    post: str = ""
    email: str = ""
    seat: Seat = Seat.MEMBER
    has_vote: bool = True
    since: date | None = None
    until: date | None = None


def create_council(
    organisation: Organisation, facts: CouncilFacts, *, register: Register | None = None, by: User
) -> Council:
    """A council of the organisation; its members are named next."""
    require_secretary(organisation, by=by)
    _check(facts)
    _check_register(organisation, register)
    with transaction() as session:
        council = Council(organisation=organisation, register=register, **_columns(facts))
        session.add(council)
        session.flush()  # the journal names it by its number
        record(council, "council.create", by=by, ground=facts.ground)
    return council


def edit_council(
    council: Council,
    facts: CouncilFacts,
    *,
    register: Register | None = None,
    by: User,
    version: int | None = None,
) -> None:
    """Change what is known of the council. Sittings that have begun keep the rules they were held under."""
    require_secretary(council, by=by)
    _check(facts)
    _check_register(council.organisation, register)
    with transaction():
        hold_council(council, version=version)
        for name, value in _columns(facts).items():
            setattr(council, name, value)
        council.register = register
        record(council, "council.edit", by=by, ground=facts.ground)


def close_council(council: Council, *, reason: str, by: User) -> None:
    """Abolish the council: it sits no more, what it decided stays."""
    require_secretary(council, by=by)
    if not reason.strip():
        raise Invalid(_("Назовите акт или причину: это останется в истории."))
    with transaction():
        hold_council(council)
        if council.closed_at is not None:
            raise OutOfTurn(_("Совет уже упразднён."))
        council.closed_at = now()
        record(council, "council.close", by=by, note=reason.strip())


def name_member(council: Council, facts: MemberFacts, *, by: User) -> Membership:
    """Somebody sits in the council from a day on."""
    require_secretary(council, by=by)
    with transaction() as session:
        hold_council(council)
        values = _seat_columns(facts)
        _check_seat(council, facts, values)
        places = [seat.position for seat in council.memberships]
        seat = Membership(council=council, position=max(places, default=0) + 1, **values)
        session.add(seat)
        session.flush()  # the journal names the part by its number
        record(council, "council.name_member", by=by, note=seat.name)
    return seat


def edit_member(seat: Membership, facts: MemberFacts, *, by: User) -> None:
    """Correct what is known of a member: name, post, role, vote, term."""
    require_secretary(seat.council, by=by)
    with transaction():
        hold_council(seat.council)
        values = _seat_columns(facts)
        _check_seat(seat.council, facts, values, but=seat)
        for name, value in values.items():
            setattr(seat, name, value)
        record(seat.council, "council.edit_member", by=by, note=seat.name)


def end_term(seat: Membership, *, last_day: date, by: User) -> None:
    """The person sits in the council until `last_day` and no longer; their votes stay."""
    require_secretary(seat.council, by=by)
    if last_day < seat.since - timedelta(days=1):
        raise Invalid(_("Последний день раньше первого: полномочия начались %(day)s.", day=seat.since))
    with transaction():
        hold_council(seat.council)
        seat.until = last_day
        record(seat.council, "council.end_term", by=by, note=seat.name)


def _columns(facts: CouncilFacts) -> dict[str, Any]:
    return {
        "council_kind": facts.kind, "name": facts.name.strip(),
        "name_prepositional": facts.name_prepositional.strip(), "ground": facts.ground.strip(),
        "ground_document_id": facts.ground_document_id, "place": facts.place.strip(),
        "rules": facts.rules.as_plain(),
    }  # fmt: skip


def _check(facts: CouncilFacts) -> None:
    if not facts.name.strip():
        raise Invalid(_("Назовите совет, например «Совет руководителей»."))
    if not facts.name_prepositional.strip():
        raise Invalid(_("Напишите, на чём рассматривают отчёт: «Совете руководителей»."))
    if not 0 <= facts.rules.notice_days <= MOST_NOTICE:
        raise Invalid(_("Повестку рассылают за 0–%(most)s дней.", most=MOST_NOTICE))


def _check_register(organisation: Organisation, register: Register | None) -> None:
    if register is None:
        return
    if (register.organisation_id, register.document_kind) != (organisation.id, DocumentKind.MINUTES):
        raise Invalid(_("Для протоколов нужен журнал этой организации и вида «Протокол»."))


def _seat_columns(facts: MemberFacts) -> dict[str, Any]:
    user = facts.user
    return {
        "user_id": user.id if user else None,
        "name": facts.name.strip() or (user.short_name if user else ""),
        "post": facts.post.strip() or (user.position if user else ""),
        "email": facts.email.strip() or (user.email if user else ""),
        "seat": facts.seat,
        "has_vote": facts.has_vote and facts.seat is not Seat.INVITED,
        "since": facts.since,
        "until": facts.until,
    }


def _check_seat(
    council: Council, facts: MemberFacts, values: dict[str, Any], but: Membership | None = None
) -> None:
    if not values["name"]:
        raise Invalid(_("Выберите человека или напишите фамилию и инициалы."))
    if facts.since is None:
        raise Invalid(_("Укажите, с какого дня человек входит в совет."))
    if facts.until and facts.until < facts.since:
        raise Invalid(_("Срок полномочий кончается раньше, чем начинается."))
    for seat in council.memberships:
        if seat is but or not _overlap(seat, facts.since, facts.until):
            continue
        if facts.user and seat.user_id == facts.user.id:
            raise Invalid(_("%(name)s уже входит в совет в эти дни.", name=seat.name))
        if facts.seat is Seat.CHAIR and seat.seat is Seat.CHAIR:
            raise Invalid(_("В эти дни председатель уже есть: %(name)s.", name=seat.name))


def _overlap(seat: Membership, since: date, until: date | None) -> bool:
    return seat.since <= (until or date.max) and since <= (seat.until or date.max)
