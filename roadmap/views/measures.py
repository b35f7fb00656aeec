"""The page of one measure and its whole history."""

from typing import Any

from flask import render_template

from accounts.policy import signed_in
from core.web import wants_json
from roadmap.forms import CoAnswerForm, CommentForm, ReportForm
from roadmap.models import Measure
from roadmap.queries.measures import measure_by_number as numbered_measure
from roadmap.queries.measures import measure_of
from roadmap.queries.work import draft_of
from roadmap.views.api import measure_as_json
from roadmap.views.blueprint import back, bp, me
from roadmap.views.history import EVERY_DETAIL, events_of
from roadmap.views.measure_page import may_answer, measure_context


@bp.get("/measures/<int:measure_id>")
@signed_in
def measure(measure_id: int) -> Any:
    """One measure: its executor answers here, everybody else sees where it stands."""
    found = measure_of(measure_id, seen_by=me())
    return measure_as_json(found, me()) if wants_json() else page(found)


@bp.get("/measures/<int:measure_id>/history")
@signed_in
def measure_history(measure_id: int) -> Any:
    """Everything that happened to the measure."""
    found = measure_of(measure_id, seen_by=me())
    return render_template("roadmap/history.html", measure=found, events=events_of(found, EVERY_DETAIL))


@bp.get("/roadmaps/<int:plan_id>/measures/<path:number>")
@signed_in
def measure_by_number(plan_id: int, number: str) -> Any:
    """The address of a measure that people dictate by phone."""
    return back(numbered_measure(plan_id, number, seen_by=me()))


def page(
    found: Measure,
    form: ReportForm | None = None,
    *,
    answer_form: CoAnswerForm | None = None,
    comment_form: CommentForm | None = None,
) -> str:
    """The page; a form that came back with errors is shown as typed."""
    if form is None and may_answer(found, me()):
        form = report_form(found)
    is_co_executor = any(w.part == "co_executor" and w.is_for(me()) for w in found.participations)
    if is_co_executor and not found.is_closed and not found.is_put_away:
        answer_form = answer_form or CoAnswerForm(formdata=None, prefix="answer-")
    comment_form = comment_form or CommentForm(formdata=None, prefix="comment-")
    forms = {"form": form, "answer_form": answer_form, "comment_form": comment_form}
    return render_template("roadmap/measure.html", **measure_context(found, me(), forms))


def report_form(found: Measure) -> ReportForm:
    """The answer form with what is kept: the person's own draft first, else what is written."""
    draft = draft_of(found, person=me())
    claim = found.claim.value if found.claim else ("in_progress" if found.report_text else "executed")
    kept = {
        "claim": claim,
        "text": found.report_text,
        "deviation_reason": found.deviation_reason,
        "evidence_exception": found.evidence_exception,
        "status_text": found.status_text,
    }
    typed = {name: text for name, text in (draft.fields if draft else {}).items() if name in kept}
    form = ReportForm(formdata=None, data={**kept, **typed, "actual_date": found.actual_date})
    form.version.data = str(found.version)
    if draft and draft.fields.get("actual_date"):
        form.actual_date.process_formdata([draft.fields["actual_date"]])
    return form
