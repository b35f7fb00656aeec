"""The same plans and measures for programs: asked for with `Accept: application/json`.

Moves are offered as buttons are: each with its address and, when it is blocked, the sentence that says why.
A program posts a move to its `href` with the token of `csrf_token` in the header X-CSRFToken.
"""

from typing import Any

from flask import request, url_for
from flask_wtf.csrf import generate_csrf
from werkzeug.datastructures import MultiDict

from accounts.models import User
from core.errors import Invalid
from core.filters import iso
from core.words import _
from roadmap.models import Measure, Participation, Plan
from workflow.services import Offer, offers

TEXTS = (
    "number", "title", "preparation_period", "condition", "due_text", "due_recurrence", "due_kind",
    "due_doubts",
    "form_of_execution", "note", "state", "claim", "report_text", "deviation_reason", "evidence_exception",
    "days_overdue", "version",
)  # fmt: skip
DATES = ("due_start", "due_end", "original_due_end", "control_date", "actual_date", "return_by")


def sent() -> MultiDict[str, str]:
    """What was posted, by a form or as a JSON object; every value as text."""
    if not request.is_json:
        return request.form
    body = request.get_json()
    if not isinstance(body, dict):
        raise Invalid(_('Отправьте объект JSON: {"note": …, "version": …}.'))
    return MultiDict({name: str(value) for name, value in body.items() if value is not None})


def measure_as_json(measure: Measure, person: User) -> dict[str, Any]:
    """One measure with what the person may do with it now."""
    return _facts(measure) | {
        "plan": {"id": measure.plan_id, "href": url_for("roadmap.plan", plan_id=measure.plan_id)},
        "required_evidence": [_requirement(measure, need) for need in measure.required_evidence],
        "moves": [_offered(measure, offer) for offer in offers(measure, by=person)],
        "csrf_token": generate_csrf(),
    }


def _facts(measure: Measure) -> dict[str, Any]:
    texts = {name: getattr(measure, name) for name in TEXTS}
    dates = {name: iso(getattr(measure, name)) or None for name in DATES}
    executors = [_executor(participation) for participation in measure.participations]
    own = {
        "id": measure.id,
        "href": url_for("roadmap.measure", measure_id=measure.id),
        "executors": executors,
    }
    return own | texts | dates


def _executor(participation: Participation) -> dict[str, Any]:
    names = ("name", "part", "by_consent", "organisation_id", "user_id")
    return {name: getattr(participation, name) for name in names}


def _requirement(measure: Measure, need: Any) -> dict[str, Any]:
    return {
        "text": need.text,
        "kinds": need.kinds,
        "count": need.count,
        "is_met": need not in measure.missing_evidence,
    }


def _offered(measure: Measure, offer: Offer) -> dict[str, Any]:
    move, refusal = offer
    return {
        "name": move.name,
        "label": str(move.label),
        "href": url_for("roadmap.move", measure_id=measure.id, name=move.name),
        "needs": [
            name
            for name, is_needed in (("note", move.needs_note), ("ground", move.needs_ground))
            if is_needed
        ],
        "blocked_by": str(refusal.reason) if refusal else None,
    }


def plan_as_json(plan: Plan, parts: list[tuple[Any, list[Measure]]]) -> dict[str, Any]:
    """A plan with its sections and measures, without the moves: each measure has its own address."""
    names = ("id", "title", "plan_kind", "year_from", "year_to", "ground", "needs_acceptance", "version")
    return {name: getattr(plan, name) for name in names} | {
        "href": url_for("roadmap.plan", plan_id=plan.id),
        "organisation": plan.organisation.label,
        "sections": [
            {"id": s.id, "number": s.number, "title": s.title, "measures": [_facts(m) for m in measures]}
            for s, measures in parts
        ],
    }
