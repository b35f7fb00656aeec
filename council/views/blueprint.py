"""The blueprint of the room and what its views share."""

from typing import Any

from flask import Blueprint, g, redirect, render_template, url_for

from accounts.models import User
from council.models import Sitting

bp = Blueprint("council", __name__)
BOTH = ["GET", "POST"]


def me() -> User:
    """The person who asks; routes of this room are for signed-in people only."""
    person: User = g.person
    return person


def back(sitting: Sitting, anchor: str = "") -> Any:
    """To the page of the sitting."""
    return redirect(url_for("council.sitting", sitting_id=sitting.id, _anchor=anchor or None), 303)


def form_page(template: str, form: Any, **context: Any) -> Any:
    """A page with a form: 422 when it comes back with what was typed."""
    return render_template(template, form=form, **context), 422 if form.is_submitted() else 200
