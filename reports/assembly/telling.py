"""What the journal tells of a plan as of a moment: its facts, its sections, its live measures."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.past import row_as_of, row_at_first, rows_as_of
from roadmap.models import Plan

Row = dict[str, Any]


@dataclass(frozen=True)
class Told:
    """One plan as it stood. `measures` are in the order of the plan, with `executors`, `documents` (those
    not removed) and `turns` of a recurring one."""

    plan: Row
    organisation: Row
    sections: list[Row]
    measures: list[Row]

    @property
    def years(self) -> str:
        """«2026» or «2026–2027»."""
        since, until = self.plan.get("year_from"), self.plan.get("year_to")
        return str(since or "") if since == until else f"{since}–{until}"

    @property
    def period(self) -> str:
        return self.plan.get("period_text") or self.years

    @property
    def organisation_label(self) -> str:
        return self.organisation.get("short_name") or self.organisation.get("name") or ""


def told_of(plan: Plan, at: datetime) -> Told:
    """The plan as it stood at the moment `at`; without measures when it was not there yet."""
    rows = rows_as_of(plan.journal_scope, at)
    whole = rows.get("plan", {}).get(plan.id, {})
    body = whole.get("organisation_id") or plan.organisation_id
    organisation = row_as_of("organisation", body, at) or row_at_first("organisation", body)
    return Told(whole, organisation, _sections(rows.get("section", {})), _measures(rows))


def _sections(found: dict[int, Row]) -> list[Row]:
    rows = [{**row, "id": number} for number, row in found.items()]
    return sorted(rows, key=lambda row: (row["position"], row["id"]))


def _measures(told: dict[str, dict[int, Row]]) -> list[Row]:
    parts = {
        "executors": ("id", _by("measure_id", told.get("participation", {}))),
        "turns": ("id", _by("measure_id", told.get("occurrence", {}))),
        "documents": ("dossier_id", _by("dossier_id", _kept(told.get("document", {})))),
    }
    rows = [
        {**row, "id": number}
        for number, row in told.get("measure", {}).items()
        if not row.get("withdrawn_at")
    ]
    for row in rows:
        row.update({name: found.get(row[key], []) for name, (key, found) in parts.items()})
    return sorted(rows, key=lambda row: (row["position"], row["id"]))


def _kept(documents: dict[int, Row]) -> dict[int, Row]:
    return {number: row for number, row in documents.items() if not row.get("removed_at")}


def _by(key: str, rows: dict[int, Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for number, row in sorted(rows.items(), key=lambda item: (item[1].get("position") or 0, item[0])):
        found.setdefault(row[key], []).append({**row, "id": number})
    return found
