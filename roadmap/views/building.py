"""Building plans by hand: plans, sections, measures, each change with its ground."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from wtforms.fields.choices import SelectChoice

from accounts.models import Role
from accounts.policy import allowed
from accounts.queries import people_of
from core.clock import today
from core.filters import dmy
from core.words import _, gettext
from roadmap.forms import DueForm, GroundForm, MeasureForm, PlanForm, ReasonForm, SectionForm
from roadmap.models import Measure, Plan
from roadmap.queries.measures import measure_of, measures_of
from roadmap.queries.plans import coordinated_organisations, plan_of, section_of, sections_of
from roadmap.services.due import due_rules
from roadmap.services.measures import (
    add_measure,
    clarify_due,
    edit_measure,
    move_measure,
    withdraw_measure,
)
from roadmap.services.plans import (
    add_section,
    archive_plan,
    create_plan,
    edit_plan,
    edit_section,
    first_section,
)
from roadmap.views.blueprint import bp, me

NOBODY = SelectChoice(0, _("не назначен"))
BOTH = ["GET", "POST"]


def coordinators_for(plan: Plan | None) -> list[SelectChoice]:
    """Who may coordinate: coordinators of the organisations in reach."""
    bodies = [plan.organisation] if plan else coordinated_organisations(me())
    people = {p.id: p for body in bodies for p in people_of(body) if p.has_role(Role.COORDINATOR)}
    people[me().id] = me()
    return [NOBODY, *[SelectChoice(p.id, p.short_name) for p in people.values()]]


def organisation_choices() -> list[SelectChoice]:
    return [SelectChoice(o.id, o.label) for o in coordinated_organisations(me())]


@bp.route("/roadmaps/new", methods=BOTH)
@allowed(Role.COORDINATOR)
def plan_new() -> Any:
    """An empty plan to be filled by hand."""
    form = PlanForm(year_from=today().year, year_to=today().year, coordinator=me().id)
    form.organisation.choices, form.coordinator.choices = organisation_choices(), coordinators_for(None)
    if not form.validate_on_submit():
        return _plan_page(form, None, url_for(".plans"))
    chosen = next(o for o in coordinated_organisations(me()) if o.id == form.organisation.data)
    plan = create_plan(chosen, form.facts(), by=me())
    return redirect(url_for(".plan", plan_id=plan.id), 303)


@bp.route("/roadmaps/<int:plan_id>/edit", methods=BOTH)
@allowed(Role.COORDINATOR)
def plan_edit(plan_id: int) -> Any:
    """What is known of the plan as a whole, and its sections."""
    found = plan_of(plan_id, seen_by=me())
    form = PlanForm(obj=found, coordinator=found.coordinator_id or 0)
    del form.organisation
    form.coordinator.choices = coordinators_for(found)
    if not form.validate_on_submit():
        return _plan_page(form, found, url_for(".plan", plan_id=plan_id))
    edit_plan(found, form.facts(), by=me(), version=form.seen)
    flash(gettext("Сохранено."))
    return redirect(url_for(".plan", plan_id=plan_id), 303)


def _plan_page(form: PlanForm, plan: Plan | None, back_url: str) -> Any:
    sections = sections_of(plan) if plan else []
    rows = [{"section": s, "url": url_for(".section_edit", section_id=s.id)} for s in sections]
    archive_url = url_for(".plan_archive", plan_id=plan.id) if plan and not plan.archived_at else ""
    context = {"plan": plan, "form": form, "back_url": back_url, "sections": rows, "archive_url": archive_url}
    return render_template("roadmap/plan_edit.html", **context), 422 if form.is_submitted() else 200


@bp.route("/roadmaps/<int:plan_id>/archive", methods=BOTH)
@allowed(Role.COORDINATOR)
def plan_archive(plan_id: int) -> Any:
    """Put a finished plan away, on a page of its own."""
    found, form = plan_of(plan_id, seen_by=me()), ReasonForm()
    if not form.validate_on_submit():
        return _confirm(form, gettext("Убрать карту в завершённые?"), found.title, url_for(".plan_edit", plan_id=plan_id))
    archive_plan(found, by=me(), reason=form.reason.data)
    return redirect(url_for(".plans", show="past"), 303)


def _confirm(form: Any, title: str, text: str, back_url: str) -> Any:
    context = {"form": form, "title": title, "text": text, "back_url": back_url}
    return render_template("roadmap/confirm.html", **context), 422 if form.is_submitted() else 200


@bp.route("/roadmaps/<int:plan_id>/sections/new", methods=BOTH)
@allowed(Role.COORDINATOR)
def section_new(plan_id: int) -> Any:
    """A new section at the end."""
    found, form = plan_of(plan_id, seen_by=me()), SectionForm()
    if not form.validate_on_submit():
        return _section_page(form, found, None)
    add_section(found, number=form.number.data or "", title=form.title.data, by=me())
    return redirect(url_for(".plan", plan_id=plan_id), 303)


@bp.route("/sections/<int:section_id>/edit", methods=BOTH)
@allowed(Role.COORDINATOR)
def section_edit(section_id: int) -> Any:
    """Reword a section."""
    section = section_of(section_id, seen_by=me())
    form = SectionForm(obj=section)
    if not form.validate_on_submit():
        return _section_page(form, section.plan, section)
    edit_section(
        section, number=form.number.data or "", title=form.title.data, ground=form.ground.data or "",
        by=me(), version=form.seen,
    )  # fmt: skip
    return redirect(url_for(".plan_edit", plan_id=section.plan_id), 303)


def _section_page(form: SectionForm, plan: Plan, section: Any) -> Any:
    context = {"form": form, "plan": plan, "section": section}
    return render_template("roadmap/section_edit.html", **context), 422 if form.is_submitted() else 200


@bp.route("/roadmaps/<int:plan_id>/measures/new", methods=BOTH)
@allowed(Role.COORDINATOR)
def measure_new(plan_id: int) -> Any:
    """A new measure at the end of a section."""
    found = plan_of(plan_id, seen_by=me())
    form = _measure_form(found, None)
    if not form.validate_on_submit():
        return _measure_page(form, found, None)
    section = section_of(form.section.data, seen_by=me()) if form.section.data else first_section(found, by=me())
    measure = add_measure(section, form.facts(found), by=me())
    return redirect(url_for(".measure", measure_id=measure.id), 303)


@bp.route("/measures/<int:measure_id>/edit", methods=BOTH)
@allowed(Role.COORDINATOR)
def measure_edit(measure_id: int) -> Any:
    """Change a measure on the ground of the act that changes the plan; its section too."""
    found = measure_of(measure_id, seen_by=me())
    form = _measure_form(found.plan, found)
    if not form.validate_on_submit():
        return _measure_page(form, found.plan, found)
    edit_measure(found, form.facts(found.plan, found.note), by=me(), ground=form.ground.data or "", version=form.seen)
    if form.section.data and form.section.data != found.section_id:
        section = section_of(form.section.data, seen_by=me())
        move_measure(found, section=section, before=None, by=me(), ground=form.ground.data or "")
    return redirect(url_for(".measure", measure_id=measure_id), 303)


def _measure_form(plan: Plan, measure: Measure | None) -> MeasureForm:
    form = MeasureForm(obj=measure)
    if measure is not None and not form.is_submitted():
        form.executors.data = "\n".join(p.name for p in measure.participations)
        form.section.data = measure.section_id
    if measure is None:
        del form.ground
    sections = sections_of(plan)
    form.section.choices = [SelectChoice(s.id, f"{s.number} {s.title}".strip()) for s in sections]
    if not sections:
        form.section.choices = [SelectChoice(0, gettext("без раздела"))]
    return form


def _measure_page(form: MeasureForm, plan: Plan, measure: Measure | None) -> Any:
    context = {
        "plan": plan,
        "measure": measure,
        "form": form,
        "read_due": _read(plan, form.due_text.data or ""),
        "back_url": url_for(".measure", measure_id=measure.id) if measure else url_for(".plan", plan_id=plan.id),
        "withdraw_url": url_for(".measure_withdraw", measure_id=measure.id) if measure else "",
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
        "control": dmy(rules.control_day(period.end)),
        "doubts": period.doubts,
    }


RECURRENCES = {
    "yearly": _("каждый год"), "half_yearly": _("каждое полугодие"), "quarterly": _("каждый квартал"),
    "monthly": _("каждый месяц"), "weekly": _("каждую неделю"), "daily": _("каждый день"),
}  # fmt: skip


@bp.route("/measures/<int:measure_id>/withdraw", methods=BOTH)
@allowed(Role.COORDINATOR)
def measure_withdraw(measure_id: int) -> Any:
    """Take a measure out of the plan, on a page of its own."""
    found, form = measure_of(measure_id, seen_by=me()), GroundForm()
    if not form.validate_on_submit():
        title = gettext("Исключить мероприятие из дорожной карты?")
        return _confirm(form, title, f"{found.number} {found.title}", url_for(".measure_edit", measure_id=measure_id))
    withdraw_measure(found, by=me(), ground=form.ground.data)
    return redirect(url_for(".plan", plan_id=found.plan_id), 303)


@bp.route("/measures/<int:measure_id>/due", methods=BOTH)
@allowed(Role.COORDINATOR)
def measure_due(measure_id: int) -> Any:
    """Settle what a doubtful printed period means."""
    found = measure_of(measure_id, seen_by=me())
    form = DueForm(start=found.due_start, end=found.due_end)
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("roadmap/measure_due.html", measure=found, form=form), status
    clarify_due(found, start=form.start.data, end=form.end.data, by=me(), ground=form.ground.data or "")
    flash(gettext("Срок уточнён."))
    return redirect(url_for(".measure", measure_id=measure_id), 303)


@bp.route("/measures/<int:measure_id>/place", methods=BOTH)
@allowed(Role.COORDINATOR)
def measure_place(measure_id: int) -> Any:
    """Put a measure before another one; printed numbers stay."""
    found = measure_of(measure_id, seen_by=me())
    rows = [m for m in measures_of(found.plan) if m.id != found.id]
    chosen = next((m for m in rows if str(m.id) == request.form.get("before")), None)
    if request.method == "GET":
        return render_template("roadmap/measure_place.html", measure=found, rows=rows)
    section = chosen.section if chosen else found.section
    move_measure(found, section=section, before=chosen, by=me(), ground=request.form.get("ground", ""))
    return redirect(url_for(".plan", plan_id=found.plan_id), 303)
