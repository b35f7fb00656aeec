"""Orders a person may see: one rule of sight with their dossiers."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from accounts.models import Organisation, User
from core.db import db
from core.errors import NotFound
from core.words import _
from documents.models import Document, Dossier
from documents.queries import is_readable_by
from orders.models import Acknowledgement, AgreementMode, Order, Registration, Visa
from roadmap.models import Measure, Participation
from roadmap.queries.executors import linkable
from roadmap.queries.plans import takes_part
from workflow.order import OrderState

S = OrderState
PAGE = 50

SHOWN: dict[str, tuple[OrderState, ...]] = {
    "drafts": (S.DRAFT, S.RETURNED),
    "agreement": (S.ON_AGREEMENT,),
    "to_sign": (S.AGREED,),
    "to_register": (S.SIGNED,),
    "registered": (S.REGISTERED,),
    "control": (S.IN_PROGRESS,),
    "closed": (S.EXECUTED, S.FILED, S.WITHDRAWN, S.REPEALED),
}


def is_visible_to(person: User) -> ColumnElement[bool]:
    """Whoever may read the dossier of an order, or executes one of its items, may see the order."""
    readable = exists().where(Dossier.id == Order.dossier_id, is_readable_by(person))
    shared = select(Measure.plan_id).join(Measure.participations).where(takes_part(person))
    return readable | Order.plan_id.in_(shared)


def order_of(order_id: int, *, seen_by: User) -> Order:
    """The order with all a page needs, or NotFound when it is not for the eyes of `seen_by`."""
    found: Order | None = db.session.scalar(
        select(Order).where(Order.id == order_id, is_visible_to(seen_by)).options(*_whole())
    )
    if found is None:
        raise NotFound(
            _(
                "Такого приказа нет или он вам не виден. Проверьте адрес или попросите доступ у "
                "делопроизводителя."
            )
        )
    return found


def _whole() -> tuple[Any, ...]:
    measures = selectinload(Order.measures)
    return (
        joinedload(Order.drafted_by),
        joinedload(Order.plan),
        joinedload(Order.document).selectinload(Document.versions),
        joinedload(Order.registration),
        joinedload(Order.dossier).selectinload(Dossier.readers),
        selectinload(Order.items),
        selectinload(Order.visas),
        selectinload(Order.acknowledgements),
        selectinload(Order.signatures),
        joinedload(Order.proposals),
        measures.selectinload(Measure.participations).joinedload(Participation.organisation),
        measures.joinedload(Measure.dossier).selectinload(Dossier.documents),
    )


@dataclass(frozen=True)
class OrderFilter:
    """What of the orders to show; empty fields mean everything."""

    show: str = ""
    text: str = ""


def orders(chosen: OrderFilter, *, seen_by: User, limit: int = PAGE, offset: int = 0) -> list[Order]:
    """Orders by tab, the latest first."""
    found = _filtered(select(Order), chosen, seen_by)
    found = found.options(
        joinedload(Order.registration), joinedload(Order.drafted_by), joinedload(Order.document)
    )
    return list(db.session.scalars(found.order_by(Order.id.desc()).limit(limit).offset(offset)))


def order_count(chosen: OrderFilter, *, seen_by: User) -> int:
    """How many orders the filter lets through."""
    found = _filtered(select(func.count()).select_from(Order), chosen, seen_by)
    return db.session.scalar(found) or 0


def _filtered(found: Select[Any], chosen: OrderFilter, seen_by: User) -> Select[Any]:
    found = found.where(is_visible_to(seen_by))
    if chosen.show == "mine":
        found = found.where(Order.id.in_(_awaiting(seen_by)))
    elif chosen.show in SHOWN:
        found = found.where(Order.state.in_(SHOWN[chosen.show]))
    if chosen.text:
        found = found.where(_mentions(chosen.text))
    return found


def _mentions(text: str) -> ColumnElement[bool]:
    forms = {text, text.lower(), text.capitalize()}  # SQLite folds the case of Latin letters only
    conditions = [Order.title.contains(form, autoescape=True) for form in sorted(forms)]
    numbered = select(Registration.order_id).where(Registration.number == text)
    condition: ColumnElement[bool] = Order.id.in_(numbered)
    for each in conditions:
        condition = condition | each
    return condition


def _awaiting(person: User) -> Any:
    """Orders that await a visa or an acknowledgement of the person."""
    asked = (
        select(Visa.order_id)
        .join(Visa.order)
        .where(
            Visa.user_id == person.id,
            Visa.decision.is_(None),
            Visa.round == Order.round,
            Order.state == S.ON_AGREEMENT,
            _is_next_in_turn(),
        )
    )
    unread = select(Acknowledgement.order_id).where(
        Acknowledgement.user_id == person.id,
        Acknowledgement.acknowledged_on.is_(None),
        Acknowledgement.refused_on.is_(None),
    )
    return asked.union(unread)


def _is_next_in_turn() -> ColumnElement[bool]:
    earlier = select(Visa.__table__).subquery("earlier")
    waits = exists().where(
        and_(
            earlier.c.order_id == Visa.order_id,
            earlier.c.round == Visa.round,
            earlier.c.decision.is_(None),
            earlier.c.position < Visa.position,
        )
    )
    return (Order.agreement_mode == AgreementMode.PARALLEL) | ~waits


def order_counts(*, seen_by: User) -> dict[str, int]:
    """How many orders stand under each tab."""
    columns = [func.count().filter(Order.state.in_(states)) for states in SHOWN.values()]
    mine = func.count().filter(Order.id.in_(_awaiting(seen_by)))
    row = db.session.execute(
        select(func.count(), mine, *columns).select_from(Order).where(is_visible_to(seen_by))
    ).one()
    return dict(zip(["", "mine", *SHOWN], row, strict=True))


def order_of_plan(plan_id: int) -> Order | None:
    """The order whose assignments the plan holds."""
    return db.session.scalar(select(Order).where(Order.plan_id == plan_id))


def order_of_document(document_id: int) -> Order | None:
    """The order that has this document for its main one."""
    return db.session.scalar(
        select(Order).where(Order.document_id == document_id).order_by(Order.id).limit(1)
    )


def same_acts(order: Order, *, seen_by: User) -> list[Order]:
    """Other acts of the same organisation and kind in force: by which this one may be changed."""
    found = select(Order).where(
        Order.organisation_id == order.organisation_id,
        Order.document_kind == order.document_kind,
        Order.id != order.id,
        Order.state.in_((S.REGISTERED, S.IN_PROGRESS, S.EXECUTED, S.FILED)),
        is_visible_to(seen_by),
    )
    found = found.options(joinedload(Order.registration), joinedload(Order.document))
    return list(db.session.scalars(found.order_by(Order.id.desc()).limit(200)))


def order_by_id(order_id: int) -> Order | None:
    """The order for the worker, who sees everything."""
    return db.session.scalar(select(Order).where(Order.id == order_id).options(*_whole()))


def candidates_for(organisation: Organisation) -> list[User]:
    """People who may be asked for a visa or named to read: of the organisation, those above and below it."""
    return linkable(organisation)[1]
