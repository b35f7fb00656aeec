"""What a report lacks: found by rules, kept with a version, told in sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.words import _
from reports.assembly.rows import is_overdue, is_past_due, status_phrase
from roadmap.statuses import state_of
from workflow.measure import MeasureState


@dataclass(frozen=True)
class Gap:
    """Something the report lacks: `kind` for grouping, the row, and a sentence that says what to do.

    `whose` names the organisation in a report of several.
    """

    kind: str
    measure_id: int
    number: str
    title: str
    sentence: Any
    whose: str = ""


SENTENCES = {
    "no_status": _("нет статуса: исполнитель ничего не сообщил"),
    "no_text": _("нет текста отчёта"),
    "no_evidence": _("исполнено, но подтверждающего документа нет"),
    "overdue": _("срок прошёл, а мероприятие не закрыто"),
    "unchecked": _("срок прошёл, ответ ждёт проверки координатора"),
    "no_ground": _("в отчёте сказано о переносе, а решения о новом сроке нет"),
    "no_turn": _("за этот период не отчитались"),
    "no_row": _("в карте этой организации такой строки нет"),
}
#: What an executor cannot put right.
NOT_THEIRS = ("unchecked", "no_row")


def gap(kind: str, row: dict[str, Any], whose: str = "") -> Gap:
    return Gap(kind, row["id"], row.get("number") or "", row.get("title") or "", SENTENCES[kind], whose)


def gaps_of(row: dict[str, Any], day: date, whose: str = "") -> Iterator[Gap]:
    """What this row lacks, by rules R1–R3 and §5.6 of lifecycle.md."""
    is_answered = row["state"] == MeasureState.SUBMITTED
    for kind, is_missing in (
        ("no_status", not status_phrase(row)),
        ("no_text", bool(status_phrase(row)) and not row.get("report_text")),
        ("no_evidence", _lacks_proof(row)),
        ("overdue", is_overdue(row, day)),
        ("unchecked", is_past_due(row, day) and is_answered),
        ("no_ground", _lacks_ground(row)),
    ):
        if is_missing:
            yield gap(kind, row, whose)


def _lacks_proof(row: dict[str, Any]) -> bool:
    return row["state"] == MeasureState.EXECUTED and not row["documents"]


def _lacks_ground(row: dict[str, Any]) -> bool:
    said = state_of(row.get("status_text") or "").state == "postponed"
    return said and not row.get("original_due_end")


def gaps_to_keep(gaps: list[Gap]) -> list[dict[str, Any]]:
    """Gaps as plain data, to be kept with a version."""
    kept = [
        {"kind": g.kind, "measure_id": g.measure_id, "number": g.number, "title": g.title, "whose": g.whose}
        for g in gaps
    ]
    return [{name: value for name, value in one.items() if name != "whose" or value} for one in kept]


def gaps_from(kept: list[dict[str, Any]]) -> list[Gap]:
    """The gaps of a version, with their sentences again."""
    return [Gap(**one, sentence=SENTENCES[one["kind"]]) for one in kept]
