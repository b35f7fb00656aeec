"""The blueprint of the room and what its views share."""

from typing import Any

from flask import Blueprint, g, redirect, render_template, url_for

from accounts.models import User
from core.words import _
from orders.models import Order

bp = Blueprint("orders", __name__)
BOTH = ["GET", "POST"]


def me() -> User:
    """The person who asks; routes of this room are for signed-in people only."""
    person: User = g.person
    return person


def back(order: Order, anchor: str = "") -> Any:
    """To the page of the order."""
    return redirect(url_for("orders.order", order_id=order.id, _anchor=anchor or None), 303)


def form_page(template: str, form: Any, **context: Any) -> Any:
    """A page with a form: 422 when it comes back with what was typed."""
    return render_template(template, form=form, **context), 422 if form.is_submitted() else 200


def tab(href: str, text: Any, count: int | None, *, is_current: bool, tone: str = "") -> dict[str, Any]:
    """One tab of a list of tabs."""
    return {"href": href, "text": text, "count": count, "is_current": is_current, "tone": tone}


def nav_items() -> list[tuple[str, Any, str, int]]:
    """What of this room stands in the main navigation: address, words, key, badge."""
    return [(url_for("orders.orders"), _("Приказы"), "orders", 0)]
