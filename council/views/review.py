"""The review of a report: its page, marks, remarks; how far the members are."""

from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for

from accounts.policy import allowed, signed_in
from core.errors import Invalid, NotFound
from core.web import wants_json
from core.words import _, gettext
from council.forms.review import RemarkForm, WordForm
from council.models import Remark
from council.queries.review import last_reminder
from council.queries.review_access import (
    ANSWERING,
    SEATED,
    looked_at,
    remark_of,
    remarks_to_answer,
    version_of,
)
from council.review_rows import rows_of
from council.services.review import look_at
from council.services.review_remarks import (
    answer_remark,
    make_remark,
    object_to_answer,
    resolve_remark,
    withdraw_remark,
)
from council.services.review_reminders import remind_members
from council.views.blueprint import bp, me
from council.views.review_page import page_context, progress_context, remark_views
from council.views.review_reading import Asked
from reports.models import ReportVersion

PLACE = "/reports/<int:report_id>/versions/<int:number>/review"


def ids(name: str) -> list[int]:
    """Numbers of rows that a form sends under `name`."""
    return [int(text) for text in request.form.getlist(name) if text.isdecimal()]


@bp.get(PLACE)
@allowed(*SEATED, *ANSWERING)
def review(report_id: int, number: int) -> Any:
    """The rows of a version, a page at a time, with the person's marks and everybody's remarks."""
    version = version_of(report_id, number, seen_by=me())
    return render_template("council/review.html", **page_context(version, Asked.of(request.args), me()))


@bp.post(f"{PLACE}/marks")
@allowed(*SEATED, *ANSWERING)
def review_marks(report_id: int, number: int) -> Any:
    """Keep which rows of a page are looked at. A script sends single rows and is told the figures."""
    version = version_of(report_id, number, seen_by=me())
    shown, seen = ids("row"), ids("seen")
    look_at(version, seen, [one for one in shown if one not in seen], by=me())
    if wants_json():
        rows = [row for row in rows_of(version.data) if row.measure_id]
        looked = looked_at(report_id, me())
        return jsonify(seen=sum(row.key in looked for row in rows), total=len(rows))
    flash(gettext("Отметки сохранены."))
    return _back(version, after=request.form.get("then", type=int))


@bp.post(f"{PLACE}/remarks")
@allowed(*SEATED, *ANSWERING)
def remark_make(report_id: int, number: int) -> Any:
    """A remark on a row."""
    version = version_of(report_id, number, seen_by=me())
    form = RemarkForm()
    if not form.validate_on_submit():
        raise Invalid("; ".join(str(error) for errors in form.errors.values() for error in errors))
    made = make_remark(version, request.form.get("row", 0, type=int), form.facts(), by=me())
    return _back(version, at=made.measure_id)


@bp.get("/remarks")
@signed_in
def remarks() -> Any:
    """Remarks that wait for an answer of the person."""
    return render_template("council/remarks.html", remarks=remark_views(remarks_to_answer(me()), me()))


@bp.post("/remarks/<int:remark_id>/<name>")
@signed_in
def remark_move(remark_id: int, name: str) -> Any:
    """Answer a remark, accept the answer or not, take the remark back."""
    remark = remark_of(remark_id, seen_by=me())
    form, seen = WordForm(), request.form.get("version", type=int)
    if not form.validate_on_submit():
        raise Invalid("; ".join(str(error) for error in form.text.errors))
    _move(remark, name, form.text.data or "", seen)
    if request.form.get("to") == "remarks":
        return redirect(url_for(".remarks"), 303)
    return _back(remark.report_version, at=remark.measure_id)


def _move(remark: Remark, name: str, text: str, seen: int | None) -> None:
    if name == "answer":
        answer_remark(remark, text, by=me(), version=seen)
    elif name == "object":
        object_to_answer(remark, text, by=me(), version=seen)
    elif name == "resolve":
        resolve_remark(remark, by=me(), version=seen)
    elif name == "withdraw":
        withdraw_remark(remark, by=me(), version=seen)
    else:
        raise NotFound(_("Такого действия нет: «%(name)s».", name=name))


@bp.get(f"{PLACE}/progress")
@allowed(*SEATED, *ANSWERING)
def review_progress(report_id: int, number: int) -> Any:
    """How far each member is, for the secretary and the chair."""
    version = version_of(report_id, number, seen_by=me())
    context = progress_context(version, me())
    return render_template("council/review_progress.html", reminder=last_reminder(version), **context)


@bp.post(f"{PLACE}/remind")
@allowed(*SEATED, *ANSWERING)
def review_remind(report_id: int, number: int) -> Any:
    """Letters to the members who have not looked at everything."""
    version = version_of(report_id, number, seen_by=me())
    reminded = remind_members(version, by=me())
    flash(gettext("Напоминания отправляются: %(count)s.", count=len(reminded)))
    return redirect(url_for(".review_progress", report_id=report_id, number=number), 303)


def _back(version: ReportVersion, *, after: int | None = None, at: int | None = None) -> Any:
    """To the page of rows that follows `after`, or that holds the row `at`."""
    kept: dict[str, Any] = {
        name: request.form[name] for name in ("show", "compare") if request.form.get(name)
    }
    place: dict[str, Any] = {"report_id": version.report_id, "number": version.number}
    anchor = f"r-{at}" if at else None
    return redirect(url_for(".review", **place, **kept, after=after, at=at, _anchor=anchor), 303)
