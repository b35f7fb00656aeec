"""What the worker does for this room: the file with its number, lines for the daily letters."""

from core.audit import SYSTEM
from core.outbox import SUBSCRIPTIONS
from orders.queries.orders import order_by_id
from orders.services.notices import tell_of_visas, tell_readers
from orders.services.papers import print_order


def write_paper(order_id: int) -> None:
    """Make the Word file of an order whose text, number or date changed. Running twice adds nothing.

    While visas are given the papers are shut, and were made before; then there is nothing to do.
    """
    order = order_by_id(order_id)
    if order is not None and not order.dossier.is_locked:
        print_order(order, by=SYSTEM)


def tell_asked(order_id: int) -> None:
    """Tell whose visa is awaited."""
    if order := order_by_id(order_id):
        tell_of_visas(order)


def tell_named(order_id: int, by_id: int | None = None) -> None:
    """Tell who is to read an order."""
    if order := order_by_id(order_id):
        tell_readers(order)


def subscribe() -> None:
    """Listen to the outbox; app.py calls it."""
    SUBSCRIPTIONS["order.written"] = [write_paper]
    SUBSCRIPTIONS["order.visas_asked"] = [tell_asked]
    SUBSCRIPTIONS["order.readers_named"] = [tell_named]
