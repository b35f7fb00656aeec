"""The rows of a version of a report as the council reads them, and what differs between two versions.

Plain data in, plain data out. The text of a row is what the version keeps; its digest is what a member has
looked at, so that a mark counts for every version in which the row says the same.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from core.words import gettext
from roadmap.statuses import state_of

#: What of a row is read and therefore compared. Its number and its place may change without its content.
READ = (
    "title", "preparation_period", "condition", "due_period", "executors", "form_of_execution", "status",
    "report", "note",
)  # fmt: skip
#: States that status phrases name, as the states of a measure.
AS_MEASURE = {"executed_late": "executed", "postponed": "in_progress"}


@dataclass(frozen=True)
class Row:
    """One row: the measure it tells of (0 when it tells of none), what is printed, and its section."""

    measure_id: int
    number: str
    section: str
    printed: dict[str, Any]

    @cached_property
    def digest(self) -> str:
        """SHA-256 of what is read in the row."""
        read = [self.printed.get(name) or "" for name in READ]
        return hashlib.sha256(json.dumps(read, ensure_ascii=False).encode()).hexdigest()

    @property
    def key(self) -> tuple[int, str]:
        """What a mark is kept under."""
        return self.measure_id, self.digest

    @cached_property
    def state(self) -> str:
        """The state that the printed status names; "" for a gap."""
        code = state_of(self.printed.get("status") or "").state or ""
        return AS_MEASURE.get(code, code)

    @property
    def title(self) -> str:
        return str(self.printed.get("title") or "")

    @property
    def name(self) -> str:
        """How the row is named in a sentence: its number, or the beginning of its title."""
        return self.number or f"«{self.title[:40]}»"


def rows_of(data: dict[str, Any]) -> list[Row]:
    """Every row of a version in the order in which it is printed."""
    return [
        Row(printed.get("id") or 0, str(printed.get("number") or ""), _heading(section), printed)
        for section in data["sections"]
        for printed in section["measures"]
    ]


def _heading(section: dict[str, Any]) -> str:
    return f"{section.get('number') or ''} {section.get('title') or ''}".strip()


def changed_rows(rows: Iterable[Row], earlier: Iterable[Row]) -> list[Row]:
    """Rows that are new or say something else than in the earlier version."""
    known = {row.key for row in earlier}
    return [row for row in rows if row.key not in known]


def gone_rows(rows: Iterable[Row], earlier: Iterable[Row]) -> list[Row]:
    """Rows of the earlier version whose measures the later one no longer tells of."""
    left = {row.measure_id for row in rows}
    return [row for row in earlier if row.measure_id not in left]


def names_of(rows: Sequence[Row], most: int = 12) -> str:
    """The rows as a sentence names them; of many only the first."""
    names = ", ".join(row.name for row in rows[:most])
    rest = len(rows) - most
    return names if rest <= 0 else gettext("%(names)s и ещё %(count)s", names=names, count=rest)


def twins(rows: Iterable[Row], others: Iterable[Row]) -> dict[int, Row]:
    """For rows of one report the same measures in another: measure id → row of the other."""
    known = {row.measure_id: row for row in others if row.measure_id}
    return {row.measure_id: known[row.measure_id] for row in rows if row.measure_id in known}


def paired_by(rows: Iterable[Row], others: Iterable[Row], came_from: dict[int, int]) -> dict[int, Row]:
    """Rows of last year: by the measure that was carried over, else by the same number and title."""
    by_id = {row.measure_id: row for row in others if row.measure_id}
    by_name = {(row.number, row.title): row for row in others}
    pairs = {}
    for row in rows:
        found = by_id.get(came_from.get(row.measure_id, row.measure_id)) or by_name.get(
            (row.number, row.title)
        )
        if found and row.measure_id:
            pairs[row.measure_id] = found
    return pairs
