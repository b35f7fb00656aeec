"""Building measures by hand, each change with its ground; saying whom printed executors mean."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from wtforms.fields.choices import SelectChoice

from accounts.models import Role
from accounts.policy import allowed
from core.filters import dmy
from core.words import _, gettext
from roadmap.forms import DueForm, GroundForm, MeasureForm
from roadmap.models import Measure, Plan
from roadmap.queries.executors import linkable, printed_names
from roadmap.queries.measures import live_measure, measure_names, measure_of, measures_of
from roadmap.queries.plans import plan_of, section_of, sections_of
from roadmap.services.due import due_rules, last_day
from roadmap.services.executors import Link, link_executors
from roadmap.services.measures import (
    Place,
    add_measure,
    clarify_due,
    edit_measure,
    move_measure,
    withdraw_measure,
)
from roadmap.services.plans import first_section
from roadmap.views.blueprint import BOTH, bp, me
from roadmap.views.building import confirm_page
from roadmap.views.stale import refuse_stale

RECURRENCES = {
    "yearly": _("каждый год"), "half_yearly": _("каждое полугодие"), "quarterly": _("каждый квартал"),
    "monthly": _("каждый месяц"), "weekly": _("каждую неделю"), "daily": _("каждый день"),
}  # fmt: skip
PRINTED = ("number", "title", "condition", "due_text", "preparation_period", "form_of_execution")


@bp.route("/roadmaps/<int:plan_id>/measures/new", methods=BOTH)
@allowed(Role.COORDINATOR)
def measure_new(plan_id: int) -> Any:
    """A new measure at the end of a section."""
    found = plan_of(plan_id, seen_by=me())
    form = _measure_form(found, None)
    if not form.validate_on_submit():
        return _measure_page(form, found, None)
    at = _place(form, found)
    measure = add_measure(at.section, form.facts(found), parent=at.parent, by=me())
    return redirect(url_for(".measure", measure_id=measure.id), 303)


@bp.route("/measures/<int:measure_id>/edit", methods=BOTH)
@allowed(Role.COORDINATOR)
def measure_edit(measure_id: int) -> Any:
    """Change a measure on the ground of the act that changes the plan; its place too."""
    found = measure_of(measure_id, seen_by=me())
    form = _measure_form(found.plan, found)
    if form.is_submitted():
        theirs = {name: getattr(found, name) for name in PRINTED}
        refuse_stale(form, found, theirs | {"executors": _names_of(found)})
    if not form.validate_on_submit():
        return _measure_page(form, found.plan, found)
    facts, at = form.facts(found.plan, found.note), _place(form, found.plan)
    edit_measure(found, facts, at=at, by=me(), ground=form.ground.data or "", version=form.seen)
    return redirect(url_for(".measure", measure_id=measure_id), 303)


def _place(form: MeasureForm, plan: Plan) -> Place:
    """The section and the parent that were chosen; a plan without sections gets its first one."""
    section = (
        section_of(form.section.data, seen_by=me()) if form.section.data else first_section(plan, by=me())
    )
    return Place(section, live_measure(form.parent.data) if form.parent.data else None)


def _measure_form(plan: Plan, measure: Measure | None) -> MeasureForm:
    form = MeasureForm(obj=measure)
    if measure is None:
        del form.ground
    elif not form.is_submitted():
        form.executors.data = _names_of(measure)
        form.section.data, form.parent.data = measure.section_id, measure.parent_id or 0
    sections = [SelectChoice(s.id, f"{s.number} {s.title}".strip()) for s in sections_of(plan)]
    form.section.choices = sections or [SelectChoice(0, gettext("без раздела"))]
    names = [(number, f"{printed} {title}"[:90]) for number, printed, title in measure_names(plan)]
    others = [SelectChoice(number, name) for number, name in names if measure is None or number != measure.id]
    form.parent.choices = [SelectChoice(0, gettext("самостоятельное мероприятие")), *others]
    return form


def _names_of(measure: Measure) -> str:
    return "\n".join(p.name for p in measure.participations)


def _measure_page(form: MeasureForm, plan: Plan, measure: Measure | None) -> Any:
    context = {
        "plan": plan,
        "measure": measure,
        "form": form,
        "read_due": _read(plan, form.due_text.data or ""),
        "back_url": url_for(".measure", measure_id=measure.id)
        if measure
        else url_for(".plan", plan_id=plan.id),
        "withdraw_url": url_for(".measure_withdraw", measure_id=measure.id) if measure else "",
        "place_url": url_for(".measure_place", measure_id=measure.id) if measure else "",
        "executors_url": url_for(".executors", plan_id=plan.id),
    }
    return render_template("roadmap/measure_edit.html", **context), 422 if form.is_submitted() else 200


def _read(plan: Plan, text: str) -> dict[str, Any] | None:
    if not text:
        return None
    rules = due_rules()
    period = rules.read(plan, text)
    return {
        "start": dmy(period.start),
        "end": dmy(period.end),
        "recurrence": RECURRENCES.get(period.recurrence or "", ""),
        "control": dmy(rules.control_day(last_day(plan, period))),
        "doubts": period.doubts,
    }


@bp.route("/measures/<int:measure_id>/withdraw", methods=BOTH)
@allowed(Role.COORDINATOR)
def measure_withdraw(measure_id: int) -> Any:
    """Take a measure out of the plan, on a page of its own."""
    found, form = measure_of(measure_id, seen_by=me()), GroundForm()
    if not form.validate_on_submit():
        title = gettext("Исключить мероприятие из дорожной карты?")
        return confirm_page(
            form, title, f"{found.number} {found.title}", url_for(".measure_edit", measure_id=measure_id)
        )
    withdraw_measure(found, by=me(), ground=form.ground.data or "")
    flash(gettext("Мероприятие исключено. В истории и прошлых отчётах оно осталось."))
    return redirect(url_for(".plan", plan_id=found.plan_id), 303)


@bp.route("/measures/<int:measure_id>/due", methods=BOTH)
@allowed(Role.COORDINATOR)
def measure_due(measure_id: int) -> Any:
    """Settle what a doubtful printed period means."""
    found = measure_of(measure_id, seen_by=me())
    form = DueForm(start=found.due_start, end=found.due_end, version=str(found.version))
    if form.is_submitted():
        refuse_stale(form, found, {"start": found.due_start, "end": found.due_end})
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("roadmap/measure_due.html", measure=found, form=form), status
    settled = {"start": form.start.data, "end": form.end.data}
    clarify_due(found, **settled, by=me(), ground=form.ground.data or "", version=form.seen)
    flash(gettext("Срок уточнён."))
    return redirect(url_for(".measure", measure_id=measure_id), 303)


@bp.route("/measures/<int:measure_id>/place", methods=BOTH)
@allowed(Role.COORDINATOR)
def measure_place(measure_id: int) -> Any:
    """Put a measure before another one; printed numbers stay."""
    found = measure_of(measure_id, seen_by=me())
    rows = [m for m in measures_of(found.plan) if m.id != found.id]
    chosen = next((m for m in rows if str(m.id) == request.form.get("before")), None)
    if request.method != "POST":
        return render_template("roadmap/measure_place.html", measure=found, rows=rows)
    section = chosen.section if chosen else found.section
    move_measure(found, section=section, before=chosen, by=me(), ground=request.form.get("ground", ""))
    return redirect(url_for(".plan", plan_id=found.plan_id), 303)


@bp.route("/roadmaps/<int:plan_id>/executors", methods=BOTH)
@allowed(Role.COORDINATOR)
def executors(plan_id: int) -> Any:
    """Whom the printed names of executors mean: organisations and people, for the whole plan at once."""
    found = plan_of(plan_id, seen_by=me())
    if request.method != "POST":
        bodies, people = linkable(found.organisation)
        context = {"plan": found, "names": printed_names(found), "bodies": bodies, "people": people}
        return render_template("roadmap/executors.html", **context)
    typed = dict(zip(request.form.getlist("name"), request.form.getlist("who"), strict=False))
    count = link_executors(found, {name: _link(value) for name, value in typed.items()}, by=me())
    flash(gettext("Связи записаны. Мероприятий изменено: %(count)s.", count=count))
    return redirect(url_for(".plan", plan_id=plan_id), 303)


def _link(value: str) -> Link:
    """«o12» is an organisation, «p7» a person, anything else nobody."""
    number = int(value[1:]) if value[1:].isdecimal() else None
    return Link(number if value[:1] == "o" else None, number if value[:1] == "p" else None)
