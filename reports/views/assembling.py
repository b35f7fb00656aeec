"""Before a report is made: which one, of which plans, as of which day, and what it lacks."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from wtforms.fields.choices import SelectChoice

from accounts.models import Role
from accounts.policy import allowed
from core.clock import today
from core.forms import read_day
from core.words import gettext
from documents.queries.templates import template_of, templates_for
from reports.assembly import Assembled, assemble, end_of, report_title, shape_of, shapes_of
from reports.assembly.gaps import NOT_THEIRS
from reports.forms import AssembleForm
from reports.models import ReportTemplate
from reports.services import begin_report, make_version, may_make, send_back
from reports.views.blueprint import MAKERS, bp, me
from roadmap.models import Plan
from roadmap.queries.plans import plan_of, plans


@bp.route("/roadmaps/<int:plan_id>/report", methods=["GET", "POST"], endpoint="assemble")
@allowed(*MAKERS)
def assemble_plan(plan_id: int) -> Any:
    """What the report lacks as of a day; posting makes a version, or shows the gaps of another choice."""
    plan = plan_of(plan_id, seen_by=me())
    form = _form(plan)
    if not form.validate_on_submit() or request.form.get("do") == "preview":
        return _page(plan, form)
    shape, others = shape_of(form.shape.data), _others(plan, form)
    title, period = _named(plan, form)
    report = begin_report(plan, title=title, period=period, shape=shape, others=others, by=me())
    template = (
        template_of(form.template.data, plan.organisation, ReportTemplate) if form.template.data else None
    )
    as_of = end_of(min(form.as_of.data or today(), today()))
    version = make_version(report, as_of=as_of, by=me(), note=form.note.data or "", template=template)
    flash(gettext("Собрана версия %(number)s.", number=version.number))
    return redirect(url_for(".report", report_id=report.id), 303)


def _form(plan: Plan) -> AssembleForm:
    chosen = request.args.get("shape", "annual")
    form = AssembleForm(
        as_of=today(),
        title=report_title(plan.title, shape_of(chosen)),
        period=shape_of(chosen).period or plan.period_text or plan.years,
        shape=chosen,
        others=[int(text) for text in request.args.getlist("with") if text.isdigit()],
    )
    known = templates_for(plan.organisation, ReportTemplate)
    form.template.choices = [SelectChoice(0, gettext("обычный, девять столбцов"))]
    form.template.choices += [SelectChoice(t.id, t.name) for t in known]
    form.shape.choices = [SelectChoice(s.code, str(s.label)) for s in shapes_of(plan.year_from, plan.year_to)]
    form.others.choices = [
        SelectChoice(p.id, f"{p.organisation.label}: {p.full_title}") for p in _joinable(plan)
    ]
    return form


def _joinable(plan: Plan) -> list[Plan]:
    """Plans of the same years that the person may report on too."""
    lines = plans(seen_by=me())
    same = [
        line.plan
        for line in lines
        if line.plan.year_from <= plan.year_to and line.plan.year_to >= plan.year_from
    ]
    return [other for other in same if other.id != plan.id and may_make(other, me())]


def _others(plan: Plan, form: AssembleForm) -> list[Plan]:
    return [other for other in _joinable(plan) if other.id in (form.others.data or [])]


def _named(plan: Plan, form: AssembleForm) -> tuple[str, str]:
    """Title and period; when the shape was changed and they were left as they came, those of the shape."""
    shape = shape_of(form.shape.data)
    title, period = form.title.data.strip(), form.period.data.strip()
    if title in _offered(plan):
        title = report_title(plan.title, shape)
    if period in {
        plan.period_text or plan.years,
        *(s.period for s in shapes_of(plan.year_from, plan.year_to)),
    }:
        period = shape.period or plan.period_text or plan.years
    return title, period


def _offered(plan: Plan) -> set[str]:
    return {report_title(plan.title, shape) for shape in shapes_of(plan.year_from, plan.year_to)}


def _page(plan: Plan, form: AssembleForm) -> Any:
    day = form.as_of.data or read_day(request.args.get("as_of", "")) or today()
    made = _assembled(plan, form, end_of(min(day, today())))
    context = {
        "plan": plan,
        "form": form,
        "totals": made.data["totals"],
        "gaps": made.gaps,
        "not_theirs": NOT_THEIRS,
        "can_send": Role.COORDINATOR in plan.roles_of(me()) and not form.others.data,
    }
    return render_template("reports/assemble.html", **context), 422 if form.errors else 200


def _assembled(plan: Plan, form: AssembleForm, as_of: Any) -> Assembled:
    known = {choice.value for choice in form.shape.choices or []}
    shape = shape_of(form.shape.data if form.shape.data in known else "annual")
    return assemble(plan, as_of=as_of, shape=shape, others=_others(plan, form))


@bp.post("/roadmaps/<int:plan_id>/report/gaps")
@allowed(*MAKERS)
def send_gaps(plan_id: int) -> Any:
    """Send what the report lacks back to the executors, with one click."""
    plan = plan_of(plan_id, seen_by=me())
    ids = {int(text) for text in request.form.getlist("measure") if text.isdigit()}
    made = assemble(plan, as_of=end_of(today()))
    reasons: dict[int, str] = {}
    for gap in made.gaps:
        if gap.measure_id in ids and gap.kind not in NOT_THEIRS:
            reasons[gap.measure_id] = f"{reasons.get(gap.measure_id, '')} {gap.sentence}.".strip()
    count = send_back(plan, reasons, by=me())
    flash(gettext("Отправлено исполнителям: %(count)s.", count=count))
    return redirect(url_for(".assemble", plan_id=plan_id), 303)
