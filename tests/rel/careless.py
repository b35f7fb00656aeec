"""The application with planted faults: it looks first and acts later, and forgets what the person saw."""

import time
from typing import Any

from flask import Flask
from sqlalchemy import update

import app as house
import council.services.deciding as deciding
import roadmap.services.answers as answers
import roadmap.views.answers as views
import roadmap.views.decisions as decisions
from core.audit import record
from core.db import transaction
from council.counting import tally_of
from roadmap.models import Measure
from workflow.services import why_not


def careless_move(subject: Any, name: str, *, by: Any, **_more: Any) -> None:
    """Checks outside the transaction, as if nobody else were there."""
    move = subject.lifecycle.move(name)
    if refusal := why_not(subject, move, by=by):
        raise refusal
    time.sleep(0.05)
    with transaction() as session:
        session.execute(update(Measure).where(Measure.id == subject.id).values(state=move.dest))
        record(subject, f"measure.{name}", by=by)


def create_app() -> Flask:
    decisions.perform = careless_move  # type: ignore[attr-defined]
    answers.check_seen = lambda *_args: None  # type: ignore[attr-defined]
    views.keep_stale = lambda *_args: None  # type: ignore[attr-defined]
    return house.create_app()


def create_forgetful_app() -> Flask:
    """The count forgets one of the votes."""
    deciding.tally_of = lambda choices: tally_of(list(choices)[1:])
    return house.create_app()
