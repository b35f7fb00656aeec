"""What executors do: answer, attach, submit, keep a draft, answer as co-executor, comment, ask for time."""

from datetime import date
from typing import Any, cast

from flask import flash, render_template, request
from werkzeug.datastructures import FileStorage

from accounts.policy import signed_in
from core.clock import local
from core.errors import NotYours
from core.words import _, gettext
from documents.services import Outcome, Upload, attach_each
from roadmap.forms import CLAIMS, CoAnswerForm, CommentForm, ExtensionForm, OccurrenceForm, ReportForm
from roadmap.models import Measure
from roadmap.models.measure import OPEN_TO_FILES
from roadmap.queries.measures import measure_of
from roadmap.queries.work import occurrence_of, unanswered_turns
from roadmap.services.answers import (
    answer_as_co_executor,
    report,
    report_occurrence,
    save_draft,
)
from roadmap.services.answers import comment as add_comment
from roadmap.services.answers import consolidate as consolidate_answers
from roadmap.services.extensions import request_extension as ask_extension
from roadmap.views.blueprint import BOTH, back, bp, me
from roadmap.views.measure_page import turns_missing
from roadmap.views.measures import page
from roadmap.views.stale import refuse_stale
from workflow.services import perform

#: Under which field of the form each guard of the lifecycle speaks.
SPEAKS_AT = {
    "has_claim": "claim",
    "has_report_text": "text",
    "has_actual_date": "actual_date",
    "has_deviation_reason": "deviation_reason",
    "has_required_evidence": "files",
    "claims_execution": "claim",
}
DRAFTED = ("claim", "text", "actual_date", "deviation_reason", "evidence_exception")


@bp.post("/measures/<int:measure_id>/report", endpoint="report")
@signed_in
def report_measure(measure_id: int) -> Any:
    """Keep the answer and its files; with «submit» also send it, once nothing is missing."""
    found, form = measure_of(measure_id, seen_by=me()), ReportForm()
    keep_stale(found, form)
    if not form.validate():
        return page(found, form), 422
    report(found, form.report(), by=me(), version=form.seen)
    refused = [o.refusal for o in attach_files(found, form.files.data or []) if o.refusal]
    if request.form.get("do") == "submit" and form.claim.data != "in_progress":
        return _submit(found, form, refused)
    if refused:
        return _again(found, form, [("files", refusal) for refusal in refused])
    flash(gettext("Отчёт записан."))
    return back(found)


def _submit(found: Measure, form: ReportForm, refused: list[Any]) -> Any:
    """Send what has just been kept, or show under which fields something is missing."""
    move = found.lifecycle.move("submit" if found.needs_acceptance else "complete")
    faults = [
        (SPEAKS_AT[guard.name], guard.otherwise) for guard in move.guards if not getattr(found, guard.name)
    ]
    faults += [("files", refusal) for refusal in refused]
    if faults:
        return _again(found, form, faults)
    perform(found, move.name, by=me())
    flash(
        gettext("Ответ отправлен на проверку.") if found.needs_acceptance else gettext("Отмечено: исполнено.")
    )
    if turns := unanswered_turns(found):
        flash(turns_missing(turns), "error")
    return back(found)


def _again(found: Measure, form: ReportForm, faults: list[tuple[str, Any]]) -> Any:
    """The page once more: what was typed is kept, each fault stands under its field."""
    form.version.data = str(found.version)
    for name, sentence in faults:
        form[name].errors = [*form[name].errors, sentence]
    return page(found, form), 422


def keep_stale(found: Measure, form: ReportForm) -> None:
    """A stale answer is refused with both versions side by side, and kept as the person's draft."""
    if form.seen in (None, found.version):
        return
    if found.state in OPEN_TO_FILES and form.text.data:
        save_draft(found, {name: request.form.get(name, "") for name in DRAFTED}, by=me())
    theirs: dict[str, Any] = {name: getattr(found, name) for name in ("actual_date", "deviation_reason")}
    claim = CLAIMS.get(found.claim.value, "") if found.claim else ""
    refuse_stale(form, found, {"claim": claim, "text": found.report_text, **theirs})


def attach_files(found: Measure, files: list[FileStorage]) -> list[Outcome]:
    """Put the chosen files into the dossier, each for itself."""
    uploads = [Upload(f.filename, f.stream) for f in files if isinstance(f, FileStorage) and f.filename]  # type: ignore[arg-type]
    return attach_each(found.dossier, uploads, by=me(), evidence_date=found.actual_date) if uploads else []


@bp.post("/measures/<int:measure_id>/draft", endpoint="save_draft")
@signed_in
def keep_draft(measure_id: int) -> Any:
    """Keep what is typed; asked by the page itself every few seconds."""
    found = measure_of(measure_id, seen_by=me())
    draft = save_draft(found, {name: request.form.get(name, "")[:20_000] for name in DRAFTED}, by=me())
    return {"saved_at": local(draft.saved_at).strftime("%H:%M")}


@bp.post("/measures/<int:measure_id>/co-answer")
@signed_in
def co_answer(measure_id: int) -> Any:
    """A co-executor answers to the responsible one."""
    found, form = measure_of(measure_id, seen_by=me()), CoAnswerForm(prefix="answer-")
    mine = next((w for w in found.participations if w.part == "co_executor" and w.is_for(me())), None)
    if mine is None:
        raise NotYours(_("Здесь отвечает соисполнитель мероприятия."))
    if not form.validate():
        return page(found, answer_form=form), 422
    answer_as_co_executor(mine, form.text.data or "", by=me())
    flash(gettext("Ответ передан ответственному исполнителю."))
    return back(found, "co")


@bp.post("/measures/<int:measure_id>/consolidate")
@signed_in
def consolidate(measure_id: int) -> Any:
    """The responsible executor takes the co-executors' answers into the text."""
    found = measure_of(measure_id, seen_by=me())
    consolidate_answers(found, by=me(), version=request.form.get("version", type=int))
    flash(gettext("Ответы соисполнителей добавлены в текст. Проверьте его."))
    return back(found, "report")


@bp.post("/measures/<int:measure_id>/comments")
@signed_in
def comment(measure_id: int) -> Any:
    """A word to the others."""
    found, form = measure_of(measure_id, seen_by=me()), CommentForm(prefix="comment-")
    if not form.validate():
        return page(found, comment_form=form), 422
    add_comment(found, form.text.data or "", by=me())
    return back(found, "talk")


@bp.route("/measures/<int:measure_id>/extension", methods=BOTH)
@signed_in
def request_extension(measure_id: int) -> Any:
    """Ask for a later due date."""
    found, form = measure_of(measure_id, seen_by=me()), ExtensionForm()
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("roadmap/extension_ask.html", measure=found, form=form), status
    ask_extension(found, wanted_end=cast(date, form.wanted_end.data), reason=form.reason.data or "", by=me())
    flash(gettext("Просьба отправлена координатору."))
    return back(found)


@bp.route("/measures/<int:measure_id>/occurrences/<int:occurrence_id>", methods=BOTH)
@signed_in
def occurrence(measure_id: int, occurrence_id: int) -> Any:
    """Report one turn of a recurring measure."""
    found = measure_of(measure_id, seen_by=me())
    turn, form = occurrence_of(occurrence_id, found), OccurrenceForm()
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("roadmap/occurrence.html", measure=found, turn=turn, form=form), status
    report_occurrence(turn, done_on=cast(date, form.done_on.data), text=form.text.data or "", by=me())
    flash(gettext("Записано."))
    return back(found, "turns")
