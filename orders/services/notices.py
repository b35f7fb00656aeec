"""Telling people that an order waits for them: a line in the daily letter, once for each reason."""

from collections.abc import Iterable

from core.db import transaction
from core.words import gettext
from orders.models import Order
from roadmap.models import Notice
from roadmap.queries.notices import is_noticed


def tell_of_visas(order: Order) -> None:
    """Tell everybody whose visa is awaited now."""
    text = gettext("ждут вашей визы на проекте «%(title)s»", title=order.title)
    _tell((visa.user_id for visa in order.asked_visas), text, key=f"visa:{order.id}:{order.round}")


def tell_readers(order: Order) -> None:
    """Tell everybody who is to read the order and has not said so."""
    text = gettext(
        "вас просят ознакомиться: %(caption)s «%(title)s»", caption=order.caption, title=order.title
    )
    readers = [row.user_id for row in order.acknowledgements if row.user_id and not row.is_answered]
    _tell(readers, text, key=f"read:{order.id}")


def _tell(user_ids: Iterable[int | None], text: str, *, key: str) -> None:
    with transaction() as session:
        for user_id in user_ids:
            if user_id is not None and not is_noticed(user_id, key):
                session.add(Notice(user_id=user_id, key=key, text=text))
