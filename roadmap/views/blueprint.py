"""The blueprint of the room and what its views share."""

from typing import Any

from flask import Blueprint, g, redirect, url_for

from accounts.models import User
from core.words import _
from roadmap.models import Measure

bp = Blueprint("roadmap", __name__)
BOTH = ["GET", "POST"]


def me() -> User:
    """The person who asks; routes of this room are for signed-in people only."""
    person: User = g.person
    return person


def address(endpoint: str, **values: Any) -> str:
    """The address of a page of this room; values that are empty are left out of it."""
    return url_for(
        f"roadmap.{endpoint}", **{name: value for name, value in values.items() if value not in ("", None)}
    )


def back(measure: Measure, anchor: str = "") -> Any:
    """To the page of the measure."""
    return redirect(url_for("roadmap.measure", measure_id=measure.id, _anchor=anchor or None), 303)


def tab(href: str, text: Any, count: int | None, *, is_current: bool, tone: str = "") -> dict[str, Any]:
    """One tab of a list of tabs."""
    return {"href": href, "text": text, "count": count, "is_current": is_current, "tone": tone}


def nav_items() -> list[tuple[str, Any, str, int]]:
    """What of this room stands in the main navigation: address, words, key, badge."""
    return [
        (url_for("roadmap.my_work"), _("Моя работа"), "work", 0),
        (url_for("roadmap.plans"), _("Дорожные карты"), "maps", 0),
    ]
