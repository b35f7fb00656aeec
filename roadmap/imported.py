"""What was recognised in a file, as rows ready to become measures, with corrections made by hand.

Keys of cells are «section.measure.field» (both counted from 0), as the review page names its inputs.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

FIELDS = (
    "number", "title", "preparation_period", "condition", "due_period", "executors", "form_of_execution",
    "status", "report",
)  # fmt: skip


@dataclass
class Row:
    """One measure as recognised: `values` by field (executors as lines), doubts and originals by field."""

    key: str
    values: dict[str, str]
    doubts: dict[str, str] = field(default_factory=dict)
    originals: dict[str, str] = field(default_factory=dict)
    source: dict[str, Any] = field(default_factory=dict)
    unplaced: str = ""

    @property
    def crops(self) -> dict[str, list[tuple[int, int]]]:
        """For each field of a scanned row the page and the number of each cell that it was read from."""
        scans = self.source.get("scans", {})
        return {name: [(int(one[0]), int(one[1])) for one in found] for name, found in scans.items()}

    @property
    def executors(self) -> list[str]:
        return [name.strip() for name in self.values["executors"].split("\n") if name.strip()]

    @property
    def problems(self) -> list[str]:
        """What a human should look at before this row is written."""
        missing = [] if self.values["title"].strip() else ["нет названия"]
        missing += [] if self.values["due_period"].strip() else ["нет срока"]
        missing += [] if self.executors else ["нет исполнителя"]
        return missing + list(self.doubts.values())


@dataclass
class Heading:
    """One section as recognised, with its rows."""

    key: str
    number: str
    title: str
    rows: list[Row] = field(default_factory=list)


def headings(recognised: dict[str, Any], corrections: dict[str, str] | None = None) -> list[Heading]:
    """Sections and rows of a recognised file. A schedule is one section without a heading."""
    corrected = corrections or {}
    sections = recognised.get("sections") or _schedule_as_sections(recognised)
    found = []
    for s, section in enumerate(sections):
        heading = Heading(
            str(s),
            corrected.get(f"{s}.number", section.get("number") or ""),
            corrected.get(f"{s}.title", section.get("title") or ""),
        )
        heading.rows = [_row(f"{s}.{m}", measure, corrected) for m, measure in enumerate(section["measures"])]
        found.append(heading)
    return found


def _schedule_as_sections(recognised: dict[str, Any]) -> list[dict[str, Any]]:
    rows = [
        {**row, "title": row.get("event"), "due_period": row.get("period")}
        for row in recognised.get("schedule") or []
    ]
    return [{"number": "", "title": "", "measures": rows}] if rows else []


def _row(key: str, measure: dict[str, Any], corrected: dict[str, str]) -> Row:
    source = measure.get("source") or {}
    values = {name: corrected.get(f"{key}.{name}", _text(measure.get(name))) for name in FIELDS}
    doubts = {n: d for n, d in (source.get("doubts") or {}).items() if f"{key}.{n}" not in corrected}
    place = {name: source[name] for name in ("table", "row", "cells", "scans") if name in source}
    unplaced = measure.get("unplaced") or source.get("unplaced")
    return Row(key, values, doubts, source.get("original") or {}, place, _text(unplaced))


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(_text(part) for part in value)
    return "" if value is None else str(value)


def rows(found: list[Heading]) -> Iterator[Row]:
    """All rows in the order of the file."""
    for heading in found:
        yield from heading.rows
