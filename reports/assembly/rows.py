"""One measure as the nine columns print it, and what its dates say."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

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
        notes.append(f"Срок продлён с {day_text(row['original_due_end'])} до {day_text(row['due_end'])}")
    if is_late(row):
        late = f"Исполнено позже срока: {day_text(row['actual_date'])}. {row.get('deviation_reason') or ''}"
        notes.append(late.strip())
    return "\n".join(notes)


def is_late(row: dict[str, Any]) -> bool:
    """Done after the control date."""
    actual, control = row.get("actual_date"), row.get("control_date")
    return bool(actual and control and actual > control)


def day_text(text: str) -> str:
    """A day in ISO form as documents write it."""
    return date.fromisoformat(text).strftime("%d.%m.%Y")


def is_past_due(row: dict[str, Any], day: date) -> bool:
    """Open on `day` after its control date, answered or not."""
    return bool(row["state"] in OPEN and row.get("control_date") and row["control_date"] < day.isoformat())


def is_overdue(row: dict[str, Any], day: date) -> bool:
    """Past due and not answered: whoever answered waits for the check (as Measure.days_overdue)."""
    return is_past_due(row, day) and row["state"] != MeasureState.SUBMITTED


def totals_of(measures: Iterable[dict[str, Any]], day: date) -> dict[str, int]:
    """How many of what, as totals of the template name it."""
    rows = list(measures)
    states = Counter(row["state"] for row in rows)
    working = sum(states[s] for s in ("in_progress", "submitted", "returned"))
    named = {s: states[s] for s in ("executed", "partially_executed", "not_executed", "planned", "cancelled")}
    overdue = sum(is_overdue(row, day) for row in rows)
    return {"measures": len(rows), **named, "in_progress": working, "overdue": overdue}


def state_label(code: str) -> Any:
    """The label of a state as pages show it."""
    return MEASURE.labels[MeasureState(code)]
