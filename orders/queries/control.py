"""What is under control: open items of orders, and parts of an item that was passed down."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from accounts.models import User
from core.clock import today
from core.db import db
from core.filters import SOON_DAYS
from orders.models import Order
from orders.queries.orders import is_visible_to
from roadmap.models import Measure, Participation, Plan
from workflow.measure import OPEN, MeasureState
from workflow.order import OrderState

MOST = 500


@dataclass(frozen=True)
class BoardItem:
    """One open item with its order."""

    order: Order
    measure: Measure


@dataclass(frozen=True)
class Board:
    """The open items that are shown, and how many there are of each sort (500 at most are looked at)."""

    items: list[BoardItem]
    counts: dict[str, int]


def board(*, seen_by: User, show: str = "") -> Board:
    """Open items of orders under control, the most urgent first."""
    found = (
        select(Order, Measure)
        .join(Measure, Measure.plan_id == Order.plan_id)
        .join(Measure.plan)
        .where(Order.state == OrderState.IN_PROGRESS, is_visible_to(seen_by))
        .where(Measure.withdrawn_at.is_(None), Measure.state.in_(OPEN), Measure.parent_id.is_(None))
        .options(
            contains_eager(Measure.plan),
            selectinload(Measure.participations).joinedload(Participation.organisation),
            joinedload(Order.registration),
            joinedload(Order.document),
        )
        .order_by(Measure.control_date.is_(None), Measure.control_date, Measure.position, Measure.id)
        .limit(MOST)
    )
    items = [BoardItem(order, measure) for order, measure in db.session.execute(found)]
    sorts = {
        name: [item for item in items if _is(item.measure, name)]
        for name in ("", "overdue", "soon", "submitted")
    }
    return Board(sorts.get(show, items), {name: len(rows) for name, rows in sorts.items()})


def _is(measure: Measure, sort: str) -> bool:
    if sort == "overdue":
        return measure.is_overdue
    if sort == "soon":
        near = today() + timedelta(days=SOON_DAYS)
        return bool(measure.control_date and today() <= measure.control_date <= near)
    return sort == "" or measure.state is MeasureState.SUBMITTED


def controlled_orders(found: Board) -> list[tuple[Order, list[Measure]]]:
    """The items of a board by order, orders by their most urgent item."""
    grouped: dict[int, tuple[Order, list[Measure]]] = {}
    for item in found.items:
        grouped.setdefault(item.order.id, (item.order, []))[1].append(item.measure)
    return list(grouped.values())


def cascaded(measure: Measure) -> list[Measure]:
    """The parts of an item with whom they were given to, in order."""
    found = select(Measure).where(Measure.parent_id == measure.id, Measure.withdrawn_at.is_(None))
    found = found.options(
        joinedload(Measure.plan).joinedload(Plan.coordinator),
        selectinload(Measure.participations).joinedload(Participation.organisation),
    )
    return list(db.session.scalars(found.order_by(Measure.position, Measure.id)))
