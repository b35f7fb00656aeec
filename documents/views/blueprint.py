"""The one blueprint of the room, and what of it stands in the main navigation."""

from typing import Any

from flask import Blueprint, g, url_for

from accounts.models import Role
from core.words import _
from documents.queries import inbox_count

bp = Blueprint("documents", __name__)
BOTH = ["GET", "POST"]


def nav_items() -> list[tuple[str, Any, str, int]]:
    """Address, words, key, badge: clerks see how many drafts wait for them."""
    waiting = inbox_count(seen_by=g.person) if g.person.has_role(Role.CLERK) else 0
    return [(url_for("documents.archive"), _("Документы"), "documents", waiting)]
