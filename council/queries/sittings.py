"""Sittings a person may see: those of the councils they may see."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from accounts.models import User
from core.clock import now, today
from core.db import db
from core.errors import NotFound
from core.words import _
from council.models import (
    AgendaItem,
    Attendance,
    Council,
    Decision,
    Invitation,
    Material,
    Membership,
    Sitting,
    SittingForm,
    Vote,
)
from council.queries.councils import is_visible_to
from documents.models import Document
from orders.models import Order
from reports.models import Report, ReportVersion
from reports.queries import reports
from workflow.report import AT_COUNCIL
from workflow.sitting import SittingState

S = SittingState
PAGE = 50
#: Sittings by tab of the list.
SHOWN: dict[str, tuple[SittingState, ...]] = {
    "coming": (S.PLANNED, S.AGENDA_SENT, S.OPEN),
    "closed": (S.CLOSED,),
    "signed": (S.MINUTES_SIGNED,),
    "cancelled": (S.CANCELLED,),
}


@dataclass(frozen=True)
class SittingFilter:
    """What of the sittings to show; empty fields mean everything."""

    show: str = ""
    council_id: int | None = None


def sitting_of(sitting_id: int, *, seen_by: User) -> Sitting:
    """The sitting with all a page needs, or NotFound when it is not for the eyes of `seen_by`."""
    found = select(Sitting).join(Sitting.council).where(Sitting.id == sitting_id, is_visible_to(seen_by))
    sitting = db.session.scalar(found.options(*_whole()))
    if sitting is None:
        raise NotFound(_("Такого заседания нет или оно вам не видно."))
    return sitting


def sitting_by_id(sitting_id: int) -> Sitting | None:
    """The sitting for the worker, who sees everything."""
    return db.session.scalar(select(Sitting).where(Sitting.id == sitting_id).options(*_whole()))


def sitting_of_order(order_id: int) -> Sitting | None:
    """The sitting whose minutes the act is."""
    return db.session.scalar(select(Sitting).where(Sitting.order_id == order_id).options(*_whole()))


def _whole() -> tuple[Any, ...]:
    items = selectinload(Sitting.items)
    return (
        joinedload(Sitting.council).selectinload(Council.memberships).joinedload(Membership.user),
        joinedload(Sitting.council).joinedload(Council.register),
        joinedload(Sitting.presiding),
        joinedload(Sitting.secretary),
        joinedload(Sitting.registration),
        joinedload(Sitting.dossier),
        joinedload(Sitting.document).selectinload(Document.versions),
        joinedload(Sitting.scan).selectinload(Document.versions),
        joinedload(Sitting.order).joinedload(Order.proposals),
        selectinload(Sitting.attendance).joinedload(Attendance.membership),
        selectinload(Sitting.invitations).joinedload(Invitation.membership),
        items.joinedload(AgendaItem.report_version).joinedload(ReportVersion.report).joinedload(Report.plan),
        items.selectinload(AgendaItem.materials).joinedload(Material.document),
        items.selectinload(AgendaItem.votes).options(joinedload(Vote.membership), joinedload(Vote.dissent)),
        items.selectinload(AgendaItem.decisions).joinedload(Decision.measure),
    )


def item_in(sitting: Sitting, item_id: int) -> AgendaItem:
    """One item of the agenda, or NotFound."""
    if found := next((item for item in sitting.items if item.id == item_id), None):
        return found
    raise NotFound(_("Такого вопроса в повестке нет."))


def material_in(item: AgendaItem, material_id: int) -> Material:
    """One material of the item, or NotFound."""
    if found := next((row for row in item.materials if row.id == material_id), None):
        return found
    raise NotFound(_("Такого материала у вопроса нет."))


def sittings(chosen: SittingFilter, *, seen_by: User, limit: int = PAGE, offset: int = 0) -> list[Sitting]:
    """Sittings by tab: those to come by day, the others the latest first."""
    found = _filtered(select(Sitting), chosen, seen_by).options(
        joinedload(Sitting.council), selectinload(Sitting.items)
    )
    day = Sitting.date.asc() if chosen.show == "coming" else Sitting.date.desc()
    return list(db.session.scalars(found.order_by(day, Sitting.id.desc()).limit(limit).offset(offset)))


def sitting_counts(council_id: int | None = None, *, seen_by: User) -> dict[str, int]:
    """How many sittings stand under each tab."""
    columns = [func.count().filter(Sitting.state.in_(states)) for states in SHOWN.values()]
    counted: Any = select(func.count(), *columns).select_from(Sitting)
    found = _filtered(counted, SittingFilter("", council_id), seen_by)
    return dict(zip(["", *SHOWN], db.session.execute(found).one(), strict=True))


def _filtered(found: Select[Any], chosen: SittingFilter, seen_by: User) -> Select[Any]:
    found = found.join(Sitting.council).where(is_visible_to(seen_by))
    if chosen.show in SHOWN:
        found = found.where(Sitting.state.in_(SHOWN[chosen.show]))
    if chosen.council_id is not None:
        found = found.where(Sitting.council_id == chosen.council_id)
    return found


def sittings_between(first: date, last: date, *, seen_by: User) -> list[Sitting]:
    """Sittings of these days in order, for the calendar."""
    found = _filtered(select(Sitting), SittingFilter(), seen_by).where(Sitting.date.between(first, last))
    found = found.options(joinedload(Sitting.council))
    return list(db.session.scalars(found.order_by(Sitting.date, Sitting.starts_at, Sitting.id)))


def awaited_sittings(person: User) -> list[Sitting]:
    """Sittings of today or by correspondence in which the vote of the person is awaited."""
    mine = select(Membership.council_id).where(
        Membership.user_id == person.id,
        Membership.has_vote,
        Membership.since <= today(),
        Membership.until.is_(None) | (Membership.until >= today()),
    )
    found = select(Sitting).where(Sitting.state == S.OPEN, Sitting.council_id.in_(mine))
    found = found.options(selectinload(Sitting.items).selectinload(AgendaItem.votes))
    return list(db.session.scalars(found.order_by(Sitting.date, Sitting.id)))


def due_correspondence() -> list[Sitting]:
    """Open sittings by correspondence whose deadline has not passed."""
    found = select(Sitting).where(
        Sitting.state == S.OPEN, Sitting.form == SittingForm.CORRESPONDENCE, Sitting.deadline > now()
    )
    return list(db.session.scalars(found.options(*_whole()).order_by(Sitting.deadline, Sitting.id)))


def invitation_by_id(invitation_id: int) -> Invitation | None:
    """One letter with its sitting, for the worker."""
    found = select(Invitation).where(Invitation.id == invitation_id)
    return db.session.scalar(found.options(joinedload(Invitation.membership)))


def versions_for(sitting: Sitting, *, seen_by: User) -> list[ReportVersion]:
    """Versions of reports that were sent to the council and are not on this agenda yet, newest first."""
    on_agenda = {item.report_version_id for item in sitting.items}
    found = [version for report in reports(seen_by=seen_by) for version in report.versions]
    return [version for version in found if version.state in AT_COUNCIL and version.id not in on_agenda]
