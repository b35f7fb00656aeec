"""The report of one plan or several as everything stood at a moment."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from core.clock import ZONE, local, today
from core.clock import now as moment_now
from reports.assembly.gaps import Gap
from reports.assembly.lines import Line, Source, gaps_in, lines_of, printed_line, sources_of
from reports.assembly.rows import COLUMNS, totals_of
from reports.assembly.shapes import ANNUAL, Shape
from reports.assembly.telling import told_of
from reports.assembly.titles import report_title
from roadmap.models import Plan

NOBODY = "Исполнитель не назван"


@dataclass(frozen=True)
class Assembled:
    """`data` for rendering, the gaps in the order of the rows, and the moment of both."""

    data: dict[str, Any]
    gaps: list[Gap]
    as_of: datetime


def end_of(day: date) -> datetime:
    """The last moment of a day of the office; the present one when the day is today."""
    last = datetime.combine(day, time(), ZONE) + timedelta(days=1) - timedelta(microseconds=1)
    return min(last, moment_now()) if day == today() else last


def assemble(
    plan: Plan,
    *,
    as_of: datetime,
    title: str = "",
    years: str = "",
    shape: Shape = ANNUAL,
    others: Sequence[Plan] = (),
) -> Assembled:
    """The report of `plan` as everything stood at the moment `as_of`; `others` are put together with it.

    `title` and `years` are printed instead of those that follow from the plan.
    """
    sources = sources_of([told_of(one, as_of) for one in (plan, *others)])
    day, first = local(as_of).date(), sources[0].told
    lines = lines_of(sources, shape, day)
    data = {
        "title": title or report_title(first.plan.get("title") or plan.title, shape),
        "approval": None,
        "organisation": first.organisation.get("name") or plan.organisation.name,
        "period": years or shape.period or first.period or plan.period_text or plan.years,
        "as_of": day.strftime("%d.%m.%Y"),
        "columns": COLUMNS,
        "sections": list(_groups(lines, sources, shape, day)),
        "totals": totals_of(_rows(lines), day),
        "signature": {"position": "", "name": ""},
        "remarks": [],
    }
    gaps = [gap for line in lines for gap in gaps_in(line, sources, shape, day)]
    return Assembled(data, gaps, as_of)


def _rows(lines: list[Line]) -> Iterator[dict[str, Any]]:
    return (row for line in lines for row in line.parts.values())


def _groups(lines: list[Line], sources: list[Source], shape: Shape, day: date) -> Iterator[dict[str, Any]]:
    for heading, found in _by_heading(lines, shape):
        number, title = heading
        if shape.kind in ("executors", "sections"):
            title = f"{title}: {_summed(totals_of(_rows(found), day))}"
        measures = [printed_line(line, sources, shape) for line in found]
        yield {"number": number, "title": title, "measures": measures}


def _by_heading(lines: list[Line], shape: Shape) -> list[tuple[tuple[str, str], list[Line]]]:
    if shape.kind == "executors":
        by_name: dict[str, list[Line]] = {}
        for line in lines:
            by_name.setdefault(_responsible(line), []).append(line)
        return [(("", name), found) for name, found in sorted(by_name.items(), key=lambda i: i[0].casefold())]
    by_section: dict[int, list[Line]] = {}
    for line in lines:
        by_section.setdefault(line.section["order"], []).append(line)
    return [(_heading(found[0]), found) for found in by_section.values()]


def _heading(line: Line) -> tuple[str, str]:
    return line.section.get("number") or "", line.section.get("title") or ""


def _responsible(line: Line) -> str:
    executors = line.lead["executors"]
    return executors[0]["name"] if executors else NOBODY


def _summed(totals: dict[str, int]) -> str:
    overdue = f", просрочено {totals['overdue']}" if totals["overdue"] else ""
    return f"исполнено {totals['executed']} из {totals['measures']}{overdue}"
