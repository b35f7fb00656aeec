"""What the page of one plan shows: the strip of stakes, the filter, the rows of one page."""

from collections import Counter
from datetime import date
from typing import Any

from flask import request

from accounts.models import Role
from core.clock import today
from core.drawing import axis, lane, segments
from core.forms import read_day
from core.words import _
from roadmap.models import Plan, Section
from roadmap.queries.measures import (
    PAGE,
    WHOLE,
    Filter,
    Mark,
    executor_names,
    faults_of,
    file_counts,
    filtered_ids,
    marks_of,
    measures_by_ids,
)
from roadmap.queries.plans import earlier_plan, later_plans, sections_of
from roadmap.views.blueprint import address, me
from workflow.measure import OPEN

BAR = ("executed", "submitted", "returned", "in_progress", "overdue", "planned", "other")
FAULTS = {"doubtful": _("Срок не понят"), "no_due": _("Нет срока"), "no_executor": _("Нет исполнителя")}


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
        self.slices = self._slices()
        self.page = min(max(request.args.get("page", 1, type=int), 1), len(self.slices))
        self.roles = plan.roles_of(me())

    def context(self) -> dict[str, Any]:
        measures = measures_by_ids([mark.id for mark in self.slices[self.page - 1]])
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
            "pages": self._pages(),
            "before": earlier_plan(self.plan, seen_by=me()),
            "after": later_plans(self.plan, seen_by=me()),
            "bulk_url": address(
                "bulk", plan_id=self.plan.id, page=request.args.get("page", ""), **self._typed()
            ),
            "can": self._can(),
            "is_filtered": self.is_filtered,
        }

    def _slices(self) -> list[list[Mark]]:
        """Rows by page: all of a plan of ordinary size, else hundreds with whole sections kept."""
        if len(self.found) <= WHOLE:
            return [self.found]
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

    def _link(self, page: int, anchor: str = "") -> str:
        args = {name: value for name, value in request.args.items() if name not in ("page", "plan_id")}
        return address("plan", plan_id=self.plan.id, page=page, **args) + anchor

    def _pages(self) -> dict[str, Any] | None:
        if len(self.slices) == 1:
            return None
        before = sum(len(part) for part in self.slices[: self.page - 1])
        return {
            "first": before + 1,
            "last": before + len(self.slices[self.page - 1]),
            "total": len(self.found),
            "previous_url": self._link(self.page - 1) if self.page > 1 else None,
            "next_url": self._link(self.page + 1) if self.page < len(self.slices) else None,
        }

    def _where(self, section: Section) -> str:
        """The address of the rows of a section: on this page, on another one, or none when it has none."""
        anchor = f"#section-{section.id}"
        pages = [n for n, rows in enumerate(self.slices, 1) if any(m.section_id == section.id for m in rows)]
        if self.page in pages or not pages:
            return anchor if pages else ""
        return self._link(pages[0], anchor)

    def _parts(self, measures: list[Any], road: Any) -> list[dict[str, Any]]:
        return [
            self._part(section, [m for m in self.marks if m.section_id == section.id], measures, road)
            for section in sections_of(self.plan)
        ]

    def _part(self, section: Section, marks: list[Mark], measures: list[Any], road: Any) -> dict[str, Any]:
        codes = Counter(code_of(mark) for mark in marks)
        dated = [(mark.control_date or mark.due_end, code_of(mark)) for mark in marks]
        return {
            "section": section,
            "anchor": f"section-{section.id}",
            "href": self._where(section),
            "measures": [m for m in measures if m.section_id == section.id],
            "executed": codes["executed"],
            "total": len(marks),
            "overdue": codes["overdue"],
            "stakes": lane(road, [(day, code) for day, code in dated if day]),
            "segments": segments({code: codes[code] for code in (*BAR[:-1], "not_executed")}),
        }

    def _chips(self) -> list[dict[str, Any]]:
        states = Counter(code_of(mark) for mark in self.marks)
        is_open = [mark.state in OPEN for mark in self.marks]
        kinds = [
            ("", _("Все"), len(self.marks), ""),
            ("overdue", _("Просрочено"), states["overdue"], "overdue"),
            ("submitted", _("На проверке"), states["submitted"], "submitted"),
            ("open", _("Не исполнено"), sum(is_open), ""),
        ]
        faults = faults_of(self.plan) if Role.COORDINATOR in self.roles else {}
        kinds += [(show, FAULTS[show], count, "") for show, count in faults.items() if count]
        return [self._chip(*kind) for kind in kinds]

    def _chip(self, show: str, text: Any, count: int, code: str) -> dict[str, Any]:
        href = address("plan", plan_id=self.plan.id, show=show)
        return {
            "href": href,
            "text": text,
            "count": count,
            "is_current": self.chosen.show == show,
            "code": code,
        }

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
            can |= (
                {"report", "restore"}
                if self.plan.archived_at
                else {"edit", "import", "report", "add", "bulk"}
            )
        if Role.COUNCIL_SECRETARY in self.roles:
            can.add("report")
        return can
