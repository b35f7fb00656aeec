"""Orders from the draft on, with their items; the paper of an order is found with it."""

from collections.abc import Iterable, Iterator

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import joinedload, selectinload

from accounts.models import User
from core.db import db
from core.words import gettext
from documents.models import Document, FileVersion
from orders.models import Order
from orders.queries.orders import is_visible_to
from search_index.protocol import Paper
from search_index.queries.pages import Page, pages_of
from search_index.scopes import order_scope
from search_index.states import code_of
from search_index.things import Requisites, Shown, in_lots, joined

SORT = "order"
#: The paper in an order's own dossier is found as the order, not a second time as a document.
is_paper_of_order = exists().where(
    and_(Order.document_id == Document.id, Order.dossier_id == Document.dossier_id)
)


def ids() -> list[int]:
    """Every order."""
    return list(db.session.scalars(select(Order.id).order_by(Order.id)))


def papers(numbers: Iterable[int]) -> Iterator[Paper]:
    """Orders as the index takes them."""
    for lot in in_lots(numbers):
        yield from (_paper(order, parts) for order, parts in _with_parts(_orders(lot)))


def _orders(lot: list[int]) -> list[Order]:
    wanted = select(Order).where(Order.id.in_(lot)).options(
        joinedload(Order.registration), selectinload(Order.items), joinedload(Order.drafted_by),
        joinedload(Order.document).selectinload(Document.versions),
    )  # fmt: skip
    return list(db.session.scalars(wanted.order_by(Order.id)))


def _with_parts(orders: list[Order]) -> Iterator[tuple[Order, list[tuple[str, str]]]]:
    """Each order with its texts and the names of their places."""
    own = {order.id: content for order in orders if (content := _own_content(order))}
    pages = pages_of(own.values())
    for order in orders:
        yield order, _parts(order, pages.get(own.get(order.id, ""), []))


def _own_content(order: Order) -> str:
    """What the paper of an order says, when it is the order's own."""
    paper = order.document
    is_own = paper is not None and paper.latest is not None and paper.dossier_id == order.dossier_id
    return paper.latest.sha256 if is_own and paper and paper.latest else ""


def _parts(order: Order, pages: list[Page]) -> list[tuple[str, str]]:
    own = [(gettext("преамбула"), order.preamble), (gettext("контроль"), order.control_text)]
    items = [
        (gettext("п. %(number)s", number=item.number), f"{item.text} {item.executor}") for item in order.items
    ]
    read = [(page.place, page.text) for page in pages]
    return [(place, text) for place, text in (*own, *items, *read) if text]


def _paper(order: Order, parts: list[tuple[str, str]]) -> Paper:
    organisation, label = order.organisation, order.lifecycle.labels[order.state]
    requisites = Requisites().number(order.number).day(order.signed_on).labels(order.kind_label, label)
    executors = [item.executor for item in order.items if item.executor]
    requisites.said([organisation.name, organisation.short_name], [order.signatory_name, *executors])
    day = f"{order.signed_on:%d.%m.%Y}" if order.signed_on else ""
    lines = [order.title, str(order.kind_label), order.number, day, order.signatory_name, organisation.name]
    return Paper(
        key=f"{SORT}:{order.id}",
        kind=order.document_kind.value,
        organisation=order.organisation_id,
        scope=order_scope(order.id),
        title=order.title,
        text=joined([*lines, order.annexes, *(text for _place, text in parts)]),
        day=order.signed_on,
        state=code_of(SORT, order.state.value),
        author=order.drafted_by_id or 0,
        marks=tuple(requisites.marks),
    )


def shown(numbers: Iterable[int], *, seen_by: User) -> dict[int, Shown]:
    """The orders that `seen_by` may see, as results show them."""
    wanted = select(Order.id).where(Order.id.in_(list(numbers)), is_visible_to(seen_by)).order_by(Order.id)
    found = _orders(list(db.session.scalars(wanted)))
    return {order.id: _shown(order, parts) for order, parts in _with_parts(found)}


def _shown(order: Order, parts: list[tuple[str, str]]) -> Shown:
    return Shown(
        key=f"{SORT}:{order.id}",
        kind=order.document_kind.value,
        caption=order.caption,
        title=order.title,
        endpoint="orders.order",
        values={"order_id": order.id},
        parts=tuple(parts),
        notes=tuple(note for note in (order.organisation.label, order.signatory_name) if note),
        state=order.state.value,
        state_label=order.lifecycle.labels[order.state],
        day=order.signed_on,
    )


def with_content(sha256: str) -> list[int]:
    """Orders whose own paper has a version of this content."""
    wanted = select(Order.id).join(Document, Document.id == Order.document_id)
    wanted = wanted.join(FileVersion, FileVersion.document_id == Document.id)
    return list(db.session.scalars(wanted.where(FileVersion.sha256 == sha256).distinct().order_by(Order.id)))
