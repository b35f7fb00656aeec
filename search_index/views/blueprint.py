"""The blueprint of the room and what its views share."""

from typing import Any

from flask import Blueprint, g, request, url_for

from accounts.models import User
from search_index.asking import Ask
from search_index.reading_addresses import ask_of_pairs

bp = Blueprint("search_index", __name__)


def me() -> User:
    """The person who asks; routes of this room are for signed-in people only."""
    person: User = g.person
    return person


def asked() -> Ask:
    """What the address of the request asks."""
    return ask_of_pairs(request.args.items(multi=True))


@bp.app_context_processor
def _search_box() -> dict[str, Any]:
    """Every page of a signed-in person has the box; base.html shows it where there is an address."""
    if not g.get("person"):
        return {}
    return {"search_url": url_for("search_index.results"), "suggest_url": url_for("search_index.suggest")}
