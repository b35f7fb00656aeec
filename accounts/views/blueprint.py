"""The room's one blueprint."""

from typing import Any

from flask import Blueprint, g, url_for

from accounts.models import Role
from core.words import _

bp = Blueprint("accounts", __name__)


def nav_items() -> list[tuple[str, Any, str, int]]:
    """What of this room stands in the main navigation: address, words, key, badge."""
    if not g.person.has_role(Role.ADMINISTRATOR, Role.AUDITOR):
        return []
    return [(url_for("accounts.administration"), _("Управление"), "admin", 0)]
