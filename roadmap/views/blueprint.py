"""The blueprint of the room and what its views share."""

from typing import Any

from flask import Blueprint, g, url_for

from accounts.models import Role, User
from core.words import _

bp = Blueprint("roadmap", __name__)


def me() -> User:
    """The person who asks; routes of this room are for signed-in people only."""
    person: User = g.person
    return person


def tab(href: str, text: Any, count: int | None, *, is_current: bool, tone: str = "") -> dict[str, Any]:
    """One tab of a list of tabs."""
    return {"href": href, "text": text, "count": count, "is_current": is_current, "tone": tone}


def nav_items() -> list[tuple[str, Any, str, int]]:
    """What of this room stands in the main navigation: address, words, key, badge."""
    return [
        (url_for("roadmap.my_work"), _("Моя работа"), "work", 0),
        (url_for("roadmap.plans"), _("Дорожные карты"), "maps", 0),
    ]


COORDINATORS = (Role.COORDINATOR,)
