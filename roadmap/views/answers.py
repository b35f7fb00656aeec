"""What executors do: answer, attach, submit, keep a draft, answer as co-executor, comment, ask for time."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage

from accounts.policy import signed_in
from core.clock import local
from core.errors import Stale
from core.words import _, gettext
from documents.services import Outcome, Upload, attach_each
from roadmap.forms import CoAnswerForm, CommentForm, ExtensionForm, OccurrenceForm, ReportForm
from roadmap.models import Measure
from roadmap.queries.measures import measure_of
from roadmap.queries.work import occurrence_of
from roadmap.services.answers import (
    answer_as_co_executor,
    report,
    report_occurrence,
    save_draft,
)
from roadmap.services.answers import comment as add_comment
from roadmap.services.answers import consolidate as consolidate_answers
from roadmap.services.extensions import request_extension as ask_extension
from roadmap.views.blueprint import bp, me
from roadmap.views.measures import page
from workflow.services import perform

#: Under which field of the form each guard of the lifecycle speaks.
SPEAKS_AT = {
    "has_report_text": "text",
    "has_actual_date": "actual_date",
    "has_deviation_reason": "deviation_reason",
    "has_required_evidence": "files",
    "claims_execution": "claim",
}
DRAFTED = ("claim", "text", "actual_date", "deviation_reason", "evidence_exception")


def back(measure: Measure, anchor: str = "") -> Any:
    """To the page of the measure."""
    return redirect(url_for(".measure", measure_id=measure.id, _anchor=anchor or None), 303)


@bp.post("/measures/<int:measure_id>/report", endpoint="report")
@signed_in
def report_measure(measure_id: int) -> Any:
    """Keep the answer and its files; with «submit» also send it, once nothing is missing."""
    found, form = measure_of(measure_id, seen_by=me()), ReportForm()
    refuse_stale(found, form)
    if not form.validate():
        return page(found, form), 422
    report(found, form.report(), by=me(), version=form.seen)
    refused = [o for o in attach_files(found, form.files.data or []) if o.refusal]
    if request.form.get("do") == "submit":
        return _submit(found, form, refused)
    flash(gettext("Отчёт записан.") if not refused else str(refused[0].refusal), "error" if refused else "message")
    return back(found)


def _submit(found: Measure, form: ReportForm, refused: list[Outcome]) -> Any:
    move = found.lifecycle.move("submit" if found.needs_acceptance else "complete")
    missing = [guard for guard in move.guards if not getattr(found, guard.name)]
    if form.claim.data == "in_progress":
        flash(gettext("Отчёт записан. Мероприятие остаётся в реализации."))
        return back(found)
    if missing or refused:
        form.version.data = str(found.version)
        for guard in missing:
            field = form[SPEAKS_AT[guard.name]]
            field.errors = [*field.errors, guard.otherwise]
        form.files.errors = [*form.files.errors, *[outcome.refusal for outcome in refused]]
        return page(found, form), 422
    perform(found, move.name, by=me())
    flash(gettext("Ответ отправлен на проверку.") if found.needs_acceptance else gettext("Отмечено: исполнено."))
    return back(found)


def refuse_stale(found: Measure, form: ReportForm) -> None:
    """Nothing typed over somebody else's change: both versions are shown side by side, the text is kept."""
    if form.seen is not None and form.seen != found.version:
        if form.text.data:
            save_draft(found, {name: request.form.get(name, "") for name in DRAFTED}, by=me())
        raise Stale(
            _("Пока вы писали, мероприятие изменил кто-то другой. Ваш текст сохранён черновиком."),
            versions=[
                (form.text.label.text, form.text.data, found.report_text),
                (form.deviation_reason.label.text, form.deviation_reason.data, found.deviation_reason),
                (gettext("Состояние"), "", found.lifecycle.labels[found.state]),
            ],
        )


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
    if mine is not None and form.validate():
        answer_as_co_executor(mine, form.text.data, by=me())
        flash(gettext("Ответ передан ответственному исполнителю."))
    else:
        flash(gettext("Напишите, что сделано, — хотя бы одно предложение"), "error")
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
    add_comment(found, form.text.data or "", by=me())
    return back(found, "talk")


@bp.route("/measures/<int:measure_id>/extension", methods=["GET", "POST"])
@signed_in
def request_extension(measure_id: int) -> Any:
    """Ask for a later due date."""
    found, form = measure_of(measure_id, seen_by=me()), ExtensionForm()
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("roadmap/extension_ask.html", measure=found, form=form), status
    ask_extension(found, wanted_end=form.wanted_end.data, reason=form.reason.data, by=me())
    flash(gettext("Просьба отправлена координатору."))
    return back(found)


@bp.route("/measures/<int:measure_id>/occurrences/<int:occurrence_id>", methods=["GET", "POST"])
@signed_in
def occurrence(measure_id: int, occurrence_id: int) -> Any:
    """Report one turn of a recurring measure."""
    found = measure_of(measure_id, seen_by=me())
    turn, form = occurrence_of(occurrence_id, found), OccurrenceForm()
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("roadmap/occurrence.html", measure=found, turn=turn, form=form), status
    report_occurrence(turn, done_on=form.done_on.data, text=form.text.data, by=me())
    flash(gettext("Записано."))
    return back(found, "turns")
