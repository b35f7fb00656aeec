"""Which report: the whole plan, a quarter, a half-year, by executors, by sections, what is overdue.

A shape is a code that people choose from a list and that is kept with the report: «quarter-2026-1».
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.errors import Invalid
from core.words import _
from reports.assembly.rows import is_overdue
from workflow.measure import OPEN

ROMAN = ("", "I", "II", "III", "IV")
MONTHS = {"quarter": 3, "half": 6}
_SPAN = re.compile(r"(quarter)-(\d{4})-([1-4])|(half)-(\d{4})-([12])")


@dataclass(frozen=True)
class Shape:
    """One report of a plan. `kind`: annual, quarter, half, executors, sections or overdue.

    `since` and `until` bound a quarter or half-year, both inclusive.
    """

    code: str
    kind: str
    since: date | None = None
    until: date | None = None

    @property
    def period(self) -> str:
        """«I квартал 2026 года», «II полугодие 2026 года»; empty for the shapes without a period."""
        if self.since is None:
            return ""
        number = ROMAN[(self.since.month - 1) // MONTHS[self.kind] + 1]
        word = {"quarter": "квартал", "half": "полугодие"}[self.kind]
        return f"{number} {word} {self.since.year} года"

    @property
    def label(self) -> Any:
        return self.period or LABELS[self.kind]

    def has(self, row: dict[str, Any], day: date) -> bool:
        """Whether the report of this shape speaks of the row on `day`."""
        if self.kind == "overdue":
            return is_overdue(row, day)
        return self.since is None or self._touches(row)

    def _touches(self, row: dict[str, Any]) -> bool:
        """Due or done in the period, under way in it, or left open from before it."""
        assert self.since and self.until
        since, until = self.since.isoformat(), self.until.isoformat()
        days = [turn["due"] for turn in row["turns"]] + [row.get("control_date"), row.get("actual_date")]
        if any(since <= day <= until for day in days if day):
            return True
        start, end = row.get("due_start") or "", row.get("due_end") or ""
        is_under_way = bool(end) and start <= until and since <= end and bool(start)
        return is_under_way or bool(row["state"] in OPEN and end and end < since)

    def turns_in(self, row: dict[str, Any]) -> list[dict[str, Any]]:
        """The turns of a recurring measure that are due in the period."""
        if self.since is None or self.until is None:
            return []
        return [t for t in row["turns"] if self.since.isoformat() <= t["due"] <= self.until.isoformat()]


LABELS = {
    "annual": _("Весь срок"),
    "executors": _("По исполнителям, с итогами"),
    "sections": _("По разделам, с итогами"),
    "overdue": _("Что просрочено"),
}
ANNUAL = Shape("annual", "annual")


def shape_of(code: str) -> Shape:
    """The shape of a code; Invalid when there is no such report."""
    if code in LABELS:
        return Shape(code, code)
    found = _SPAN.fullmatch(code)
    if found is None:
        raise Invalid(_("Такого отчёта нет: «%(code)s».", code=code))
    kind, year, number = (part for part in found.groups() if part)
    last = int(number) * MONTHS[kind]
    until = date(int(year), last, monthrange(int(year), last)[1])
    return Shape(code, kind, date(int(year), last - MONTHS[kind] + 1, 1), until)


def shapes_of(year_from: int, year_to: int) -> list[Shape]:
    """Every report on a plan of these years, as the list offers them."""
    codes = ["annual"]
    for year in range(year_from, year_to + 1):
        codes += [f"quarter-{year}-{n}" for n in range(1, 5)] + [f"half-{year}-{n}" for n in (1, 2)]
    return [shape_of(code) for code in [*codes, "sections", "executors", "overdue"]]
