"""What a review reads of one version, once: its rows, marks and remarks, and which rows are asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from flask import url_for

from accounts.models import User
from council.models import AgendaItem, Remark
from council.queries.review_access import (
    Chair,
    agenda_of,
    chair_of,
    last_version_looked_at,
    looked_at,
    remarks_of,
)
from council.queries.review_compare import earlier_version, last_year_of
from council.review_rows import Row, changed_rows, rows_of
from reports.models import ReportVersion
from workflow.remark import RemarkState
from workflow.report import AT_COUNCIL

PAGE = 50
SHOWS = ("", "unseen", "remarks", "open", "changed")
COMPARISONS = ("", "version", "year")
DONE = ("executed", "cancelled")


@dataclass(frozen=True)
class Asked:
    """What the address asks for: which rows, from where on, beside what."""

    show: str = ""
    compare: str = ""
    after: int = 0
    before: int | None = None
    at: int | None = None

    @classmethod
    def of(cls, args: Mapping[str, str]) -> "Asked":
        def number(name: str) -> int | None:
            text = args.get(name, "")
            return int(text) if text.isdecimal() and len(text) < 10 else None

        show, compare = args.get("show", ""), args.get("compare", "")
        return cls(
            show if show in SHOWS else "",
            compare if compare in COMPARISONS else "",
            number("after") or 0,
            number("before"),
            number("at"),
        )


@dataclass
class Review:
    """Everything about one version that the page is put together from, read once."""

    version: ReportVersion
    person: User
    asked: Asked
    rows: list[Row] = field(init=False)
    places: dict[int, int] = field(init=False)
    looked_before: int | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.rows = rows_of(self.version.data)
        self.places = {id(row): place for place, row in enumerate(self.rows, 1)}
        self.chair: Chair | None = chair_of(self.version, self.person)
        self.item: AgendaItem | None = self.chair.item if self.chair else agenda_of(self.version)
        self.seen = looked_at(self.version.report_id, self.person) if self.chair else set()
        self.remarks = self._remarks()
        self.base = self._base()
        self.earlier = rows_of(self.base.data) if self.base else []
        self.changed = changed_rows(self.rows, self.earlier) if self.base else []
        self.changed_keys = {row.key for row in self.changed}

    def _remarks(self) -> dict[int, list[Remark]]:
        found: dict[int, list[Remark]] = {}
        for remark in remarks_of(self.version.report_id):
            found.setdefault(remark.measure_id, []).append(remark)
        return found

    def _base(self) -> ReportVersion | None:
        """What «changed since version N» counts from: the version that the person has looked at, or the
        one before."""
        self.looked_before = last_version_looked_at(self.version, self.person) if self.chair else None
        return earlier_version(self.version, self.looked_before)

    @cached_property
    def last_year(self) -> ReportVersion | None:
        return last_year_of(self.version, seen_by=self.person)

    @property
    def may_review(self) -> bool:
        return self.chair is not None and self.version.state in AT_COUNCIL

    # Which rows.

    def shown(self, show: str) -> list[Row]:
        """The rows that pass a filter, in their order."""
        passes = {
            "unseen": lambda row: row.measure_id and row.key not in self.seen,
            "remarks": lambda row: any(self._is_live(r) for r in self.remarks.get(row.measure_id, ())),
            "open": lambda row: row.state not in DONE,
            "changed": lambda row: row.key in self.changed_keys,
        }.get(show)
        return [row for row in self.rows if passes(row)] if passes else self.rows

    @staticmethod
    def _is_live(remark: Remark) -> bool:
        return remark.state is not RemarkState.WITHDRAWN

    def page(self, found: list[Row]) -> list[Row]:
        """At most PAGE rows: those after a place, before a place, or around the row of a measure."""
        asked = self.asked
        if asked.at is not None:
            spot = next((n for n, row in enumerate(found) if row.measure_id == asked.at), 0)
            return found[spot - spot % PAGE :][:PAGE]
        if asked.before is not None:
            return [row for row in found if self.places[id(row)] < asked.before][-PAGE:]
        return [row for row in found if self.places[id(row)] > asked.after][:PAGE]

    # Addresses.

    def address(self, **more: Any) -> str:
        kept: dict[str, Any] = {"show": self.asked.show or None, "compare": self.asked.compare or None}
        place: dict[str, Any] = {"report_id": self.version.report_id, "number": self.version.number}
        return url_for("council.review", **place, **(kept | more))
