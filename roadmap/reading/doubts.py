"""What a human should look at before the import: gaps, odd numbers, joined and parted cells."""

from __future__ import annotations

from collections import Counter
from typing import Any

from core.errors import sentence

_NO_NUMBER = sentence("У строки нет номера, хотя у других он есть.")
_FIELD_TITLES = {"due_period": "Срок", "executors": "Исполнители", "title": "Мероприятие"}
_UNKNOWN = sentence("Не понятно, что значит эта графа: её текст попал в примечания. Назначьте графе смысл.")
_UNSURE = sentence("Смысл графы определён по содержанию, проверьте его.")


def doubts_of(result: dict[str, Any]) -> list[dict[str, str]]:
    """Doubts about columns and measures; severity is "warning" or "info"."""
    doubts = [doubt for column in result["columns"] for doubt in _of_column(column)]
    measures = [measure for section in result.get("sections", []) for measure in section["measures"]]
    counted = Counter(measure["number"] for measure in measures if measure["number"])
    present = {column["meaning"] for column in result["columns"]}
    for measure in measures:
        doubts.extend(_of_measure(measure, present, counted))
    return doubts


def _of_column(column: dict[str, Any]) -> list[dict[str, str]]:
    where = f"Графа «{column['title'] or column['index'] + 1}»"
    if not column["meaning"]:
        return [_doubt(where, "", _UNKNOWN, "warning")] if column["title"] else []
    return [_doubt(where, column["meaning"], _UNSURE, "warning")] if column["confidence"] < 0.6 else []


def _of_measure(measure: dict[str, Any], present: set[str], counted: Counter[str]) -> list[dict[str, str]]:
    where = f"Мероприятие {measure['number']}".strip() if measure["number"] else f"«{measure['title'][:60]}»"
    doubts = [_doubt(where, field, text, "warning") for field, text in measure["source"]["doubts"].items()]
    for field, text in _gaps(measure, present):
        doubts.append(_doubt(where, field, text, "warning"))
    if not measure["number"] and "number" in present:
        doubts.append(_doubt(where, "number", _NO_NUMBER, "info"))
    if counted[measure["number"]] > 1:
        doubts.append(_doubt(where, "number", sentence("Такой номер встречается несколько раз."), "info"))
    return doubts


def _gaps(measure: dict[str, Any], present: set[str]) -> list[tuple[str, str]]:
    gaps = []
    if not measure["title"]:
        gaps.append(("title", sentence("У мероприятия нет названия.")))
    for field, meanings in (("due_period", {"due_period", "end", "slot"}), ("executors", {"executors"})):
        if not measure[field] and meanings & present:
            gaps.append((field, f"{_FIELD_TITLES[field]}: ячейка пуста."))
    return gaps


def _doubt(where: str, field: str, text: str, severity: str) -> dict[str, str]:
    return {"where": where, "field": field, "text": text, "severity": severity}
