"""The list of plans and one plan."""

from collections import Counter
from datetime import date
from typing import Any

from flask import redirect, render_template, request, url_for

from accounts.models import Role
from accounts.policy import signed_in
from core.clock import today
from core.drawing import axis, lane, segments
from core.forms import read_day
from core.words import _
from roadmap.models import Plan
from roadmap.queries.measures import (
    PAGE,
    WHOLE,
    Filter,
    Mark,
    executor_names,
    file_counts,
    filtered_ids,
    marks_of,
    measures_by_ids,
)
from roadmap.queries.plans import PlanLine, plan_counts, plan_of, sections_of
from roadmap.queries.plans import plans as plans_seen
from roadmap.views.blueprint import bp, me, tab

BAR = ("executed", "submitted", "returned", "in_progress", "overdue", "planned", "other")


@bp.get("/roadmaps")
@signed_in
def plans() -> Any:
    """Plans a person may see, by tab."""
    show = "past" if request.args.get("show") == "past" else "current"
    counts = plan_counts(seen_by=me())
    tabs = [
        tab(url_for(".plans"), _("Действующие"), counts["current"], is_current=show == "current"),
        tab(url_for(".plans", show="past"), _("Завершённые"), counts["past"], is_current=show == "past"),
    ]
    is_builder = me().has_role(Role.COORDINATOR)
    return render_template(
        "roadmap/plans.html",
        tabs=tabs,
        rows=[_row(line) for line in plans_seen(seen_by=me(), show=show)],
        can={"add", "import"} if is_builder else set(),
        pages=None,
        import_url=url_for(".import_file"),
        new_url=url_for(".plan_new"),
    )


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
    chosen = read_filter()
    return render_template("roadmap/plan.html", **PlanPage(found, chosen).context())


@bp.get("/roadmaps/<int:plan_id>/measures/<path:number>")
@signed_in
def measure_by_number(plan_id: int, number: str) -> Any:
    """The address of a measure that people dictate by phone."""
    from roadmap.queries.measures import measure_by_number as found

    return redirect(url_for(".measure", measure_id=found(plan_id, number, seen_by=me()).id))


def read_filter() -> Filter:
    """The filter in the query string."""
    args = request.args
    return Filter(
        text=args.get("text", "").strip()[:200],
        show=args.get("show", ""),
        who=args.get("who", ""),
        since=read_day(args.get("since", "")),
        until=read_day(args.get("until", "")),
    )


def code_of(mark: Mark) -> str:
    """How a stake looks: overdue first, else its state."""
    return "overdue" if mark.is_overdue else mark.state.value


class PlanPage:
    """What the page of one plan shows; every figure counts the whole plan, rows are of one page."""

    def __init__(self, plan: Plan, chosen: Filter) -> None:
        self.plan, self.chosen = plan, chosen
        self.marks = marks_of(plan)
        self.is_filtered = bool(chosen.conditions())
        ids = filtered_ids(plan, chosen) if self.is_filtered else {m.id for m in self.marks}
        self.found = [m for m in self.marks if m.id in ids]
        self.page = max(request.args.get("page", 1, type=int), 1)
        self.roles = plan.roles_of(me())

    def context(self) -> dict[str, Any]:
        shown = self._shown()
        measures = measures_by_ids([mark.id for mark in shown])
        start, end = date(self.plan.year_from, 1, 1), date(self.plan.year_to, 12, 31)
        road = axis(start=start, end=end, today=today())
        return {
            "plan": self.plan,
            "ground_url": "",
            "axis": road,
            "parts": self._parts(measures, road),
            "executed": sum(m.state == "executed" for m in self.marks),
            "total": len(self.marks),
            "chips": self._chips(),
            "chosen": self._typed(),
            "executors": executor_names(self.plan),
            "file_counts": file_counts(measures),
            "pages": self._pages(len(shown)),
            "can": self._can(),
            "is_filtered": self.is_filtered,
        }

    def _shown(self) -> list[Mark]:
        """Rows of this page: all of a plan of ordinary size, else hundreds with whole sections kept."""
        if len(self.found) <= WHOLE:
            return self.found
        return self._slices()[min(self.page, len(self._slices())) - 1]

    def _slices(self) -> list[list[Mark]]:
        slices: list[list[Mark]] = [[]]
        for section in dict.fromkeys(mark.section_id for mark in self.found):
            rows = [mark for mark in self.found if mark.section_id == section]
            if slices[-1] and len(slices[-1]) + min(len(rows), PAGE) > PAGE:
                slices.append([])
            for start in range(0, len(rows), PAGE):
                if start:
                    slices.append([])
                slices[-1] += rows[start : start + PAGE]
        return slices

    def _pages(self, shown: int) -> dict[str, Any] | None:
        if shown == len(self.found):
            return None
        slices = self._slices()
        number = min(self.page, len(slices))
        before = sum(len(part) for part in slices[: number - 1])
        args = {k: v for k, v in request.args.items() if k != "page"}

        def link(page: int) -> str:
            return url_for(".plan", plan_id=self.plan.id, page=page, **args)

        return {
            "first": before + 1,
            "last": before + len(slices[number - 1]),
            "total": len(self.found),
            "previous_url": link(number - 1) if number > 1 else None,
            "next_url": link(number + 1) if number < len(slices) else None,
        }

    def _parts(self, measures: list[Any], road: Any) -> list[dict[str, Any]]:
        return [
            self._part(section, [m for m in self.marks if m.section_id == section.id], measures, road)
            for section in sections_of(self.plan)
        ]

    def _part(self, section: Any, marks: list[Mark], measures: list[Any], road: Any) -> dict[str, Any]:
        codes = Counter(code_of(mark) for mark in marks)
        dated = [(mark.control_date or mark.due_end, code_of(mark)) for mark in marks]
        return {
            "section": section,
            "anchor": f"section-{section.id}",
            "measures": [m for m in measures if m.section_id == section.id],
            "executed": codes["executed"],
            "total": len(marks),
            "overdue": codes["overdue"],
            "stakes": lane(road, [(day, code) for day, code in dated if day]),
            "segments": segments({code: codes[code] for code in (*BAR[:-1], "not_executed")}),
        }

    def _chips(self) -> list[dict[str, Any]]:
        states = Counter(code_of(mark) for mark in self.marks)
        open_count = sum(not mark.state.value.endswith(("executed", "cancelled")) for mark in self.marks)
        kinds = (
            ("", _("Все"), len(self.marks), ""),
            ("overdue", _("Просрочено"), states["overdue"], "overdue"),
            ("submitted", _("На проверке"), states["submitted"], "submitted"),
            ("open", _("Не исполнено"), open_count, ""),
        )
        return [
            {
                "href": url_for(".plan", plan_id=self.plan.id, **({"show": show} if show else {})),
                "text": text,
                "count": count,
                "is_current": self.chosen.show == show,
                "code": code,
            }
            for show, text, count, code in kinds
        ]

    def _typed(self) -> dict[str, str]:
        return {
            "text": self.chosen.text,
            "show": self.chosen.show,
            "who": self.chosen.who,
            "until": request.args.get("until", ""),
        }

    def _can(self) -> set[str]:
        can: set[str] = set()
        if Role.COORDINATOR in self.roles:
            can |= {"edit", "import", "report"}
            can |= set() if self.plan.archived_at else {"add", "bulk"}
        if Role.COUNCIL_SECRETARY in self.roles:
            can.add("report")
        return can
