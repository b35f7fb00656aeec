"""Councils a person may see: those in reach of a role of theirs, and those they sit in."""

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from accounts.models import Organisation, Role, User
from accounts.queries.organisations import reach
from core.db import db
from core.errors import NotFound
from core.words import _
from council.models import Council, Membership
from documents.kinds import DocumentKind
from orders.models import Register
from orders.queries.registers import open_registers
from roadmap.queries.executors import linkable


def is_visible_to(person: User) -> ColumnElement[bool]:
    """The condition on Council: a role reaches its organisation, or the person sits or sat in it."""
    within = select(Organisation.id).where(reach(person))
    seated = exists().where(Membership.council_id == Council.id, Membership.user_id == person.id)
    return Council.organisation_id.in_(within) | seated


def councils(*, seen_by: User) -> list[Council]:
    """Councils with their members, working ones first."""
    found = select(Council).where(is_visible_to(seen_by)).options(selectinload(Council.memberships))
    return list(db.session.scalars(found.order_by(Council.closed_at.is_not(None), Council.name, Council.id)))


def council_count(*, seen_by: User) -> int:
    """How many councils the person may see."""
    return db.session.scalar(select(func.count()).select_from(Council).where(is_visible_to(seen_by))) or 0


def council_of(council_id: int, *, seen_by: User) -> Council:
    """The council with its members, or NotFound."""
    found = db.session.scalar(
        select(Council)
        .where(Council.id == council_id, is_visible_to(seen_by))
        .options(
            selectinload(Council.memberships).joinedload(Membership.user),
            joinedload(Council.register),
            joinedload(Council.ground_document),
        )
    )
    if found is None:
        raise NotFound(_("Такого совета нет или он вам не виден."))
    return found


def seat_in(council: Council, membership_id: int) -> Membership:
    """One membership of the council, or NotFound."""
    if found := next((seat for seat in council.memberships if seat.id == membership_id), None):
        return found
    raise NotFound(_("Такого человека в совете нет."))


def kept_organisations(person: User) -> list[Organisation]:
    """Open organisations whose councils the person keeps the papers of."""
    found = select(Organisation).where(
        reach(person, Role.COUNCIL_SECRETARY), Organisation.closed_at.is_(None)
    )
    return list(db.session.scalars(found.order_by(Organisation.path, Organisation.id)))


def registers_for(organisation: Organisation) -> list[Register]:
    """Open registers of minutes of the organisation."""
    return open_registers(organisation, DocumentKind.MINUTES)


def people_for(organisation: Organisation) -> list[User]:
    """People who may be named to a council of the organisation: its own, those above it and below."""
    return linkable(organisation)[1]
