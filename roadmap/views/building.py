"""Building plans by hand: the plan as a whole, its sections, its end and what follows it."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from wtforms.fields.choices import SelectChoice

from accounts.models import Role
from accounts.policy import allowed
from accounts.queries import people_of
from core.clock import today
from core.words import _, gettext
from roadmap.forms import CarryForm, PlanForm, ReasonForm, SectionForm
from roadmap.models import Plan, Section
from roadmap.queries.measures import measures_of
from roadmap.queries.plans import coordinated_organisations, plan_of, section_of, sections_of
from roadmap.services.carrying import carry_over, is_worth_carrying, next_facts
from roadmap.services.plans import (
    add_section,
    archive_plan,
    create_plan,
    edit_plan,
    edit_section,
    move_section,
    restore_plan,
)
from roadmap.views.blueprint import BOTH, bp, me
from roadmap.views.stale import refuse_stale

NOBODY = SelectChoice(0, _("не назначен"))
WHOLE = ("title", "plan_kind", "year_from", "year_to", "is_school_year", "ground", "needs_acceptance")


def coordinators_for(plan: Plan | None) -> list[SelectChoice]:
    """Who may coordinate: coordinators of the organisations in reach."""
    bodies = [plan.organisation] if plan else coordinated_organisations(me())
    people = {p.id: p for body in bodies for p in people_of(body) if p.has_role(Role.COORDINATOR)}
    people[me().id] = me()
    if plan and plan.coordinator:
        people[plan.coordinator.id] = plan.coordinator
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
    form = _whole_form(found)
    if not form.validate_on_submit():
        return _plan_page(form, found, url_for(".plan", plan_id=plan_id))
    edit_plan(found, form.facts(found.period_text), by=me(), version=form.seen)
    flash(gettext("Сохранено."))
    return redirect(url_for(".plan", plan_id=plan_id), 303)


def _whole_form(found: Plan) -> PlanForm:
    """The form of a plan that is there; refused when the plan has changed since it was opened."""
    form = PlanForm(obj=found)
    del form.organisation
    form.coordinator.choices = coordinators_for(found)
    if form.is_submitted():
        refuse_stale(form, found, {name: getattr(found, name) for name in WHOLE})
    else:
        form.coordinator.data = found.coordinator_id or 0
    return form


def _plan_page(form: PlanForm, plan: Plan | None, back_url: str) -> Any:
    sections = sections_of(plan) if plan else []
    rows = [{"section": s, "url": url_for(".section_edit", section_id=s.id)} for s in sections]
    context = {"plan": plan, "form": form, "back_url": back_url, "sections": rows}
    return render_template("roadmap/plan_edit.html", **context), 422 if form.is_submitted() else 200


@bp.route("/roadmaps/<int:plan_id>/archive", methods=BOTH)
@allowed(Role.COORDINATOR)
def plan_archive(plan_id: int) -> Any:
    """Put a finished plan away, on a page of its own."""
    found, form = plan_of(plan_id, seen_by=me()), ReasonForm()
    if not form.validate_on_submit():
        title = gettext("Убрать карту в завершённые?")
        return confirm_page(form, title, found.title, url_for(".plan_edit", plan_id=plan_id))
    archive_plan(found, by=me(), reason=form.reason.data or "")
    return redirect(url_for(".plans", show="past"), 303)


@bp.post("/roadmaps/<int:plan_id>/restore")
@allowed(Role.COORDINATOR)
def plan_restore(plan_id: int) -> Any:
    """Take an archived plan out again."""
    restore_plan(plan_of(plan_id, seen_by=me()), by=me())
    flash(gettext("Карта снова среди действующих."))
    return redirect(url_for(".plan", plan_id=plan_id), 303)


def confirm_page(form: Any, title: str, text: str, back_url: str) -> Any:
    """A final act on a page of its own."""
    context = {"form": form, "title": title, "text": text, "back_url": back_url}
    return render_template("roadmap/confirm.html", **context), 422 if form.is_submitted() else 200


@bp.route("/roadmaps/<int:plan_id>/next", methods=BOTH)
@allowed(Role.COORDINATOR)
def plan_carry(plan_id: int) -> Any:
    """The plan of the next years, made of what is not closed and what recurs."""
    found = plan_of(plan_id, seen_by=me())
    form = CarryForm(obj=next_facts(found))
    form.coordinator.choices = coordinators_for(found)
    if not form.is_submitted():
        form.coordinator.data = found.coordinator_id or 0
    if not form.validate_on_submit():
        return _carry_page(form, found)
    chosen = {int(number) for number in request.form.getlist("measure") if number.isdecimal()}
    facts = form.facts(next_facts(found).period_text)
    made = carry_over(found, facts, chosen=chosen, by=me())
    flash(gettext("Новая карта создана. Проверьте сроки, которые остались от прошлой."))
    return redirect(url_for(".plan", plan_id=made.id), 303)


def _carry_page(form: CarryForm, plan: Plan) -> Any:
    ticked = set(request.form.getlist("measure"))
    rows = [
        {"measure": m, "is_chosen": str(m.id) in ticked if form.is_submitted() else is_worth_carrying(m)}
        for m in measures_of(plan)
    ]
    context = {"plan": plan, "form": form, "rows": rows}
    return render_template("roadmap/plan_carry.html", **context), 422 if form.is_submitted() else 200


@bp.route("/roadmaps/<int:plan_id>/sections/new", methods=BOTH)
@allowed(Role.COORDINATOR)
def section_new(plan_id: int) -> Any:
    """A new section at the end."""
    found, form = plan_of(plan_id, seen_by=me()), SectionForm()
    del form.before
    if not form.validate_on_submit():
        return _section_page(form, found, None)
    add_section(found, number=form.number.data or "", title=form.title.data or "", by=me())
    return redirect(url_for(".plan_edit", plan_id=plan_id), 303)


@bp.route("/sections/<int:section_id>/edit", methods=BOTH)
@allowed(Role.COORDINATOR)
def section_edit(section_id: int) -> Any:
    """Reword a section, or put it elsewhere."""
    section = section_of(section_id, seen_by=me())
    form = SectionForm(obj=section)
    others = [s for s in sections_of(section.plan) if s is not section]
    form.before.choices = [
        SelectChoice(-1, gettext("оставить на месте")),
        SelectChoice(0, gettext("в конец")),
    ]
    form.before.choices += [SelectChoice(s.id, f"{s.number} {s.title}".strip()) for s in others]
    if form.is_submitted():
        refuse_stale(form, section, {"number": section.number, "title": section.title})
    if not form.validate_on_submit() or not _is_grounded(form, section):
        return _section_page(form, section.plan, section)
    _keep_section(form, section)
    return redirect(url_for(".plan_edit", plan_id=section.plan_id), 303)


def _is_reworded(form: SectionForm, section: Section) -> bool:
    words = (form.number.data or "").strip(), (form.title.data or "").strip()
    return words != (section.number, section.title)


def _is_grounded(form: SectionForm, section: Section) -> bool:
    """Other words need the act that changed them; a mere move does not."""
    if _is_reworded(form, section) and not (form.ground.data or "").strip():
        form.ground.errors = [gettext("Назовите документ, которым изменён раздел.")]
    return not form.ground.errors


def _keep_section(form: SectionForm, section: Section) -> None:
    if _is_reworded(form, section):
        number, title = form.number.data or "", form.title.data or ""
        edit_section(
            section, number=number, title=title, ground=form.ground.data or "", by=me(), version=form.seen
        )
    if form.before.data >= 0:
        before = section_of(form.before.data, seen_by=me()) if form.before.data else None
        move_section(section, before=before, by=me())


def _section_page(form: SectionForm, plan: Plan, section: Any) -> Any:
    context = {"form": form, "plan": plan, "section": section}
    return render_template("roadmap/section_edit.html", **context), 422 if form.is_submitted() else 200
