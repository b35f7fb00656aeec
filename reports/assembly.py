"""The data of an execution report as of a moment, told by the journal. Rendering is elsewhere.

Nothing is invented: an empty status stays empty and is listed as a gap (lifecycle.md §5).
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from core.audit import rows_as_of
from core.clock import ZONE, local, today
from core.clock import now as moment_now
from core.words import _
from roadmap.models import Plan
from roadmap.statuses import state_of
from workflow.measure import MEASURE, OPEN, MeasureState

COLUMNS = [
    "№ п/п",
    "Подготовительные мероприятия",
    "Сроки реализации",
    "Созданы организационные и содержательные условия внедрения",
    "Срок реализации",
    "Ответственный исполнитель",
    "Форма исполнения",
    "Статус исполнения",
    "Отчет об исполнении/продолжении реализации мероприятия дорожной карты",
]

#: How a state is printed when the executor insists on no word of their own. Planned is no status yet.
PRINTED = {
    "in_progress": "в реализации",
    "submitted": "в реализации",
    "returned": "в реализации",
    "executed": "исполнено",
    "partially_executed": "исполнено частично",
    "not_executed": "не исполнено",
    "cancelled": "снято с контроля",
}
SAYS = {
    "executed": "executed", "executed_late": "executed", "in_progress": "in_progress",
    "partially_executed": "partially_executed", "not_executed": "not_executed", "cancelled": "cancelled",
    "postponed": "in_progress",
}  # fmt: skip


@dataclass(frozen=True)
class Gap:
    """Something the report lacks: `kind` for grouping, the row, and a sentence that says what to do."""

    kind: str
    measure_id: int
    number: str
    title: str
    sentence: Any


@dataclass(frozen=True)
class Assembled:
    """`data` for rendering, and the gaps in the order of the rows."""

    data: dict[str, Any]
    gaps: list[Gap]


def end_of(day: date) -> datetime:
    """The last moment of a day of the office; the present one when the day is today."""
    last = datetime.combine(day, time(), ZONE) + timedelta(days=1) - timedelta(microseconds=1)
    return min(last, moment_now()) if day == today() else last


def assemble(plan: Plan, *, as_of: datetime, title: str = "", years: str = "") -> Assembled:
    """The report of `plan` as everything stood at the moment `as_of`."""
    told = rows_as_of(plan.journal_scope, as_of)
    whole = told.get("plan", {}).get(plan.id, {})
    measures = _live_measures(told)
    day = local(as_of).date()
    sections = list(_sections(told.get("section", {}), measures))
    data = {
        "title": title or report_title(whole.get("title") or plan.title),
        "approval": None,
        "organisation": plan.organisation.name,
        "period": years or plan.period_text or plan.years,
        "as_of": day.strftime("%d.%m.%Y"),
        "columns": COLUMNS,
        "sections": sections,
        "totals": _totals(measures, day),
        "signature": {"position": "", "name": ""},
        "remarks": [],
    }
    return Assembled(data, [gap for row in measures for gap in gaps_of(row, day)])


def _live_measures(told: dict[str, dict[int, dict[str, Any]]]) -> list[dict[str, Any]]:
    """Measures of that moment in the order of the plan, with their executors and documents."""
    executors, documents = _by("measure_id", told.get("participation", {})), _by("dossier_id", _kept(told))
    rows = [
        {
            **row,
            "id": number,
            "executors": executors.get(number, []),
            "documents": documents.get(row["dossier_id"], []),
        }
        for number, row in told.get("measure", {}).items()
        if not row.get("withdrawn_at")
    ]
    return sorted(rows, key=lambda row: (row["position"], row["id"]))


def _kept(told: dict[str, dict[int, dict[str, Any]]]) -> dict[int, dict[str, Any]]:
    return {n: row for n, row in told.get("document", {}).items() if not row.get("removed_at")}


def _by(key: str, rows: dict[int, dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for number, row in sorted(rows.items(), key=lambda item: (item[1].get("position") or 0, item[0])):
        found.setdefault(row[key], []).append({**row, "id": number})
    return found


def _sections(
    sections: dict[int, dict[str, Any]], measures: list[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    for number, section in sorted(sections.items(), key=lambda item: (item[1]["position"], item[0])):
        rows = [printed_row(row) for row in measures if row["section_id"] == number]
        if rows:
            yield {
                "number": section.get("number") or "",
                "title": section.get("title") or "",
                "measures": rows,
            }


def printed_row(row: dict[str, Any]) -> dict[str, Any]:
    """One measure as the nine columns print it."""
    return {
        "id": row["id"],
        "number": row.get("number") or "",
        "title": row.get("title") or "",
        "preparation_period": row.get("preparation_period") or "",
        "condition": row.get("condition") or "",
        "due_period": row.get("due_text") or "",
        "executors": [executor["name"] for executor in row["executors"]],
        "form_of_execution": row.get("form_of_execution") or "",
        "status": status_phrase(row),
        "report": row.get("report_text") or "",
        "note": note_of(row),
    }


def status_phrase(row: dict[str, Any]) -> str:
    """The printed status: the executor's own word when it says what is so, else ours, else nothing."""
    word, state = (row.get("status_text") or "").strip(), row["state"]
    if word and SAYS.get(state_of(word).state or "") == (state if state not in OPEN else "in_progress"):
        return word
    return PRINTED.get(state, "")


def note_of(row: dict[str, Any]) -> str:
    """What must stay visible beside the row: an exception to the evidence, a moved date, lateness."""
    notes = []
    if row.get("evidence_exception"):
        notes.append(f"Без подтверждающего документа: {row['evidence_exception']}")
    if row.get("original_due_end") and row["original_due_end"] != row.get("due_end"):
        notes.append(f"Срок продлён с {_day(row['original_due_end'])} до {_day(row['due_end'])}")
    if is_late(row):
        notes.append(
            f"Исполнено позже срока: {_day(row['actual_date'])}. {row.get('deviation_reason') or ''}".strip()
        )
    return "\n".join(notes)


def is_late(row: dict[str, Any]) -> bool:
    """Done after the control date."""
    actual, control = row.get("actual_date"), row.get("control_date")
    return bool(actual and control and actual > control)


def _day(text: str) -> str:
    return date.fromisoformat(text).strftime("%d.%m.%Y")


def is_overdue(row: dict[str, Any], day: date) -> bool:
    """Open on `day` after its control date."""
    return bool(row["state"] in OPEN and row.get("control_date") and row["control_date"] < day.isoformat())


def _totals(measures: list[dict[str, Any]], day: date) -> dict[str, int]:
    states = Counter(row["state"] for row in measures)
    working = sum(states[s] for s in ("in_progress", "submitted", "returned"))
    named = {s: states[s] for s in ("executed", "partially_executed", "not_executed", "planned", "cancelled")}
    overdue = sum(is_overdue(row, day) for row in measures)
    return {"measures": len(measures), **named, "in_progress": working, "overdue": overdue}


def gaps_of(row: dict[str, Any], day: date) -> Iterator[Gap]:
    """What this row lacks, by rules R1–R3 and §5.6 of lifecycle.md."""
    for kind, is_missing in (
        ("no_status", not status_phrase(row)),
        ("no_text", bool(status_phrase(row)) and not row.get("report_text")),
        ("no_evidence", _lacks_proof(row)),
        ("overdue", is_overdue(row, day)),
        ("no_ground", _lacks_ground(row)),
    ):
        if is_missing:
            yield Gap(kind, row["id"], row.get("number") or "", row.get("title") or "", SENTENCES[kind])


SENTENCES = {
    "no_status": _("нет статуса: исполнитель ничего не сообщил"),
    "no_text": _("нет текста отчёта"),
    "no_evidence": _("исполнено, но подтверждающего документа нет"),
    "overdue": _("срок прошёл, а мероприятие не закрыто"),
    "no_ground": _("в отчёте сказано о переносе, а решения о новом сроке нет"),
}


def _lacks_proof(row: dict[str, Any]) -> bool:
    return row["state"] == MeasureState.EXECUTED and not row["documents"]


def _lacks_ground(row: dict[str, Any]) -> bool:
    said = state_of(row.get("status_text") or "").state == "postponed"
    return said and not row.get("original_due_end")


def gaps_to_keep(gaps: list[Gap]) -> list[dict[str, Any]]:
    """Gaps as plain data, to be kept with a version."""
    return [{"kind": g.kind, "measure_id": g.measure_id, "number": g.number, "title": g.title} for g in gaps]


def gaps_from(kept: list[dict[str, Any]]) -> list[Gap]:
    """The gaps of a version, with their sentences again."""
    return [Gap(**gap, sentence=SENTENCES[gap["kind"]]) for gap in kept]


GENITIVES = (
    ("План мероприятий («Дорожная карта»)", "плана мероприятий («Дорожной карты»)"),
    ("План-график", "плана-графика"),
    ("План", "плана"),
    ("Дорожная карта", "дорожной карты"),
    ("Комплекс мер", "комплекса мер"),
)


def report_title(plan_title: str) -> str:
    """«План … на 2020 год» → «Отчет об исполнении плана … за 2020 год»."""
    rest = re.sub(r"\bна (\d{4}(?:\s*[-–]\s*\d{4})? (?:год|уч))", r"за \1", plan_title)
    for nominative, genitive in GENITIVES:
        if rest.startswith(nominative):
            return f"Отчет об исполнении {genitive}{rest[len(nominative) :]}"
    return f"Отчет об исполнении: {rest}"


def state_label(code: str) -> Any:
    """The label of a state as pages show it."""
    return MEASURE.labels[MeasureState(code)]
