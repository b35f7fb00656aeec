"""The blueprint of the room and what its views share."""

from typing import Any

from flask import Blueprint, g, redirect, render_template, url_for

from accounts.models import Role, User
from core.words import _
from council.models import AgendaItem, Council, Sitting
from council.queries.councils import council_count
from council.queries.review_access import count_remarks_to_answer
from council.queries.sittings import awaited_sittings, item_in, sitting_of

bp = Blueprint("council", __name__)
BOTH = ["GET", "POST"]


def me() -> User:
    """The person who asks; routes of this room are for signed-in people only."""
    person: User = g.person
    return person


def found_item(sitting_id: int, item_id: int) -> AgendaItem:
    """An item of a sitting that the person may see."""
    return item_in(sitting_of(sitting_id, seen_by=me()), item_id)


def back(sitting: Sitting, anchor: str = "") -> Any:
    """To the page of the sitting."""
    return redirect(url_for("council.sitting", sitting_id=sitting.id, _anchor=anchor or None), 303)


def back_live(item: AgendaItem) -> Any:
    """To the item on the page on which the sitting is run."""
    sitting_id = item.sitting_id
    return redirect(url_for("council.live", sitting_id=sitting_id, _anchor=f"item-{item.id}"), 303)


def back_council(council: Council) -> Any:
    """To the page of the council."""
    return redirect(url_for("council.council", council_id=council.id), 303)


def form_page(template: str, form: Any, **context: Any) -> Any:
    """A page with a form: 422 when it comes back with what was typed."""
    return render_template(template, form=form, **context), 422 if form.is_submitted() else 200


def nav_items() -> list[tuple[str, Any, str, int]]:
    """What of this room stands in the main navigation: address, words, key, badge."""
    return [*_council_item(), *_remarks_item()]


def _remarks_item() -> list[tuple[str, Any, str, int]]:
    """Remarks stand there only while some wait for the reader's answer."""
    waiting = count_remarks_to_answer(me())
    return [(url_for("council.remarks"), _("Замечания"), "remarks", waiting)] if waiting else []


def _council_item() -> list[tuple[str, Any, str, int]]:
    link = (url_for("council.sittings"), _("Совет"), "council")
    if not me().has_role(Role.COUNCIL_MEMBER, Role.COUNCIL_SECRETARY):
        # A page of a coordinator asks for enough already; the others have no such heavy pages.
        sees = me().has_role(Role.COORDINATOR) or council_count(seen_by=me())
        return [(*link, 0)] if sees else []
    return [(*link, _awaited_votes())]


def _awaited_votes() -> int:
    return sum(
        item.is_voting and (seat := sitting.seat_of(me())) is not None and item.vote_of(seat.id) is None
        for sitting in awaited_sittings(me())
        for item in sitting.items
    )
