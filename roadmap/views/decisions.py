"""What coordinators do: check answers one after another, move measures, decide extensions, in bulk too."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from accounts.models import Role
from accounts.policy import allowed, signed_in
from core.errors import Invalid
from core.web import wants_json
from core.words import _, gettext
from roadmap.forms import DecisionForm, NoteForm
from roadmap.models import Extension, Measure
from roadmap.queries.awaiting import Awaiting, awaiting_check
from roadmap.queries.measures import measure_of, measures_by_ids
from roadmap.queries.plans import plan_of
from roadmap.queries.work import extension_of
from roadmap.services.answers import return_answer
from roadmap.services.bulk import accept_each, remind_each
from roadmap.services.extensions import grant_extension, refuse_extension
from roadmap.views.api import measure_as_json, sent
from roadmap.views.blueprint import BOTH, address, back, bp, me
from roadmap.views.history import events_of
from roadmap.views.measure_page import checks_of, shared_context
from workflow.services import offers, perform


@bp.get("/measures/<int:measure_id>/check")
@allowed(Role.COORDINATOR)
def measure_check(measure_id: int) -> Any:
    """One answer of the queue, with what the program compared."""
    found, queue = measure_of(measure_id, seen_by=me()), awaiting_check(me())
    form = NoteForm(formdata=None)
    return render_template(
        "roadmap/measure_check.html",
        **shared_context(found, me(), events_of(found)),
        queue=_queue(found, queue),
        answered=_answered(found),
        checks=checks_of(found),
        offers=[o for o in offers(found, by=me()) if Role.COORDINATOR in o.move.by],
        return_by=form.return_by,
    )


def _queue(found: Measure, queue: list[Awaiting]) -> dict[str, Any]:
    ids = [measure.id for measure in queue]
    others = [measure for measure in queue if measure.id != found.id]
    after = [m for m in others if found.id in ids and ids.index(m.id) > ids.index(found.id)] or others
    return {
        "position": ids.index(found.id) + 1 if found.id in ids else 0,
        "total": len(ids),
        "list_url": url_for(".my_work"),
        "next": {"url": _check_url(after[0].id), "text": after[0].number or after[0].title[:40]}
        if after
        else None,
    }


def _check_url(measure_id: int) -> str:
    return url_for(".measure_check", measure_id=measure_id)


def _answered(found: Measure) -> dict[str, Any]:
    who = found.submitted_by.short_name if found.submitted_by else ""
    return {"who": who, "at": found.submitted_at, "is_in_time": not found.is_late}


@bp.post("/measures/<int:measure_id>/moves/<name>")
@signed_in
def move(measure_id: int, name: str) -> Any:
    """Make one move of the lifecycle; after a decision the next answer of the queue opens by itself."""
    found, form = measure_of(measure_id, seen_by=me()), NoteForm(formdata=sent())
    if not form.validate():
        raise Invalid(next(iter(form.errors.values()))[0])
    if name == "return":
        return_answer(
            found, note=form.note.data or "", by_day=form.return_by.data, by=me(), version=form.seen
        )
    else:
        note, ground = form.note.data or "", form.ground.data or ""
        perform(found, name, by=me(), version=form.seen, note=note, ground=ground)
    if wants_json():
        return measure_as_json(found, me())
    flash(str(found.lifecycle.move(name).told))
    return _next(found, name)


def _next(found: Measure, name: str) -> Any:
    if name in ("accept", "return", "close_partially", "close_not_executed"):
        if queue := awaiting_check(me()):
            return redirect(_check_url(queue[0].id), 303)
        return redirect(url_for(".my_work"), 303)
    return back(found)


@bp.post("/roadmaps/<int:plan_id>/bulk")
@allowed(Role.COORDINATOR)
def bulk(plan_id: int) -> Any:
    """One decision on many ticked rows, each by the same rules as alone; what was refused is named."""
    found = plan_of(plan_id, seen_by=me())
    ids = [int(text) for text in request.form.getlist("measure") if text.isdigit()]
    ticked = {m.id: m.number or m.title[:40] for m in measures_by_ids(ids) if m.plan_id == found.id}
    if not ticked:
        raise Invalid(_("Отметьте хотя бы одну строку."))
    decide = accept_each if request.form.get("do") == "accept" else remind_each
    refused = [(m, refusal) for m, refusal in decide(measures_by_ids(list(ticked)), by=me()) if refusal]
    flash(gettext("Сделано: %(done)s из %(total)s.", done=len(ticked) - len(refused), total=len(ticked)))
    for measure, refusal in refused:
        flash(f"{ticked[measure.id]}: {refusal.reason}", "error")
    shown = {name: value for name, value in request.args.items() if name != "plan_id"}
    return redirect(address("plan", plan_id=plan_id, **shown), 303)


@bp.route("/extensions/<int:extension_id>", methods=BOTH)
@allowed(Role.COORDINATOR)
def decide_extension(extension_id: int) -> Any:
    """Grant or refuse a later due date."""
    asked, form = extension_of(extension_id, seen_by=me()), DecisionForm()
    if not form.is_submitted():
        form.new_end.data = asked.wanted_end
    if not form.validate_on_submit():
        context = {"extension": asked, "measure": asked.measure, "form": form}
        return render_template(
            "roadmap/extension_decide.html", **context
        ), 422 if form.is_submitted() else 200
    _decide(asked, form)
    flash(gettext("Решение записано, исполнитель узнает о нём из письма."))
    return back(asked.measure)


def _decide(asked: Extension, form: DecisionForm) -> None:
    words = form.ground.data or ""
    if request.form.get("do") == "refuse":
        refuse_extension(asked, reason=words, by=me())
    else:
        grant_extension(asked, new_end=form.new_end.data or asked.wanted_end, ground=words, by=me())
