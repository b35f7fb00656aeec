"""The list of plans and one plan."""

from typing import Any

from flask import render_template, request, url_for

from accounts.models import Role
from accounts.policy import signed_in
from core.drawing import segments
from core.web import wants_json
from core.words import _
from roadmap.models import Measure, Plan, Section
from roadmap.queries.measures import measures_of
from roadmap.queries.plans import PlanLine, plan_counts, plan_of, sections_of
from roadmap.queries.plans import plans as plans_seen
from roadmap.views.api import plan_as_json
from roadmap.views.blueprint import address, bp, me, tab
from roadmap.views.plan_page import PlanPage, read_filter


@bp.get("/roadmaps")
@signed_in
def plans() -> Any:
    """Plans a person may see, by tab."""
    show = "past" if request.args.get("show") == "past" else "current"
    is_builder = me().has_role(Role.COORDINATOR)
    return render_template(
        "roadmap/plans.html",
        tabs=_tabs(show),
        rows=[_row(line) for line in plans_seen(seen_by=me(), show=show)],
        can={"add", "import"} if is_builder else set(),
        pages=None,
    )


def _tabs(show: str) -> list[dict[str, Any]]:
    counts, words = plan_counts(seen_by=me()), {"current": _("Действующие"), "past": _("Завершённые")}
    return [
        tab(
            address("plans", show=name if name == "past" else ""), word, counts[name], is_current=show == name
        )
        for name, word in words.items()
    ]


def _row(line: PlanLine) -> dict[str, Any]:
    others = line.total - line.executed - line.overdue
    parts = {"executed": line.executed, "overdue": line.overdue, "planned": others}
    return {
        "plan": line.plan,
        "url": url_for(".plan", plan_id=line.plan.id),
        "executed": line.executed,
        "total": line.total,
        "overdue": line.overdue,
        "next_due": line.next_due,
        "segments": segments(parts),
    }


@bp.get("/roadmaps/<int:plan_id>")
@signed_in
def plan(plan_id: int) -> Any:
    """One plan: the strip, the filter, the table."""
    found = plan_of(plan_id, seen_by=me())
    if wants_json():
        return plan_as_json(found, by_section(found))
    return render_template("roadmap/plan.html", **PlanPage(found, read_filter()).context())


def by_section(found: Plan) -> list[tuple[Section, list[Measure]]]:
    """The sections of a plan, each with its measures in order."""
    measures = measures_of(found)
    return [(section, [m for m in measures if m.section_id == section.id]) for section in sections_of(found)]
