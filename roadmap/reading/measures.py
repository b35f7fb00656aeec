"""From drafts to the measures, schedule rows and indicators of the result."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from core.errors import sentence
from roadmap.reading.apposition import part_by_grammar
from roadmap.reading.columns import Column
from roadmap.reading.drafts import Draft
from roadmap.reading.evidence import is_status, share, status_length
from roadmap.reading.executors import key, split_executors, split_known
from roadmap.reading.values import value_in
from roadmap.reading.words import flat

_TEXTS = ("preparation_period", "condition", "form_of_execution", "report")
_LONGEST_STATUS = 60
_YEAR = re.compile(r"(?:^|/ |на |за )(20\d\d)(?: ?г(?:\.|од\w*)?)?$")


@dataclass(frozen=True)
class Speech:
    """How a table tells status and report: in two columns, or both in one named `shared`."""

    shared: str


def speech_of(columns: list[Column]) -> Speech:
    """Where a table has one column for both, its status phrases are parted from the rest."""
    status = next((column for column in columns if column.meaning == "status"), None)
    report = next((column for column in columns if column.meaning == "report"), None)
    if status and not report:
        return Speech("status")
    if report and not status and share(report.texts, status_length) >= 0.5:
        return Speech("report")
    return Speech("")


def measure_of(draft: Draft, speech: Speech) -> dict[str, Any]:
    """The measure in the shape of the result; printed texts stay as they are."""
    status, report = _told(draft, speech)
    measure: dict[str, Any] = {"number": draft.number, "title": draft.get("title")}
    measure |= {name: draft.get(name) for name in _TEXTS}
    measure |= {"due_period": due_text(draft), "status": status, "report": report}
    measure["executors"] = executors_of(draft)
    measure["actual_period"] = draft.get("actual_period")
    measure["note"] = "\n".join(_noted(draft))
    measure["unplaced"] = [{"title": title, "text": text} for title, text in draft.unplaced]
    measure["source"] = source_of(draft)
    return measure


def _told(draft: Draft, speech: Speech) -> tuple[str, str]:
    if not speech.shared:
        return draft.get("status"), draft.get("report")
    text = draft.get(speech.shared)
    if is_status(text) and len(text) <= _LONGEST_STATUS:
        return text, ""
    length = status_length(text)
    if length:
        return text[:length].strip(), text[length:].lstrip(" .;:,–—-\n")
    if speech.shared == "status" and len(text) <= _LONGEST_STATUS:
        return text, ""
    return "", text


def due_text(draft: Draft) -> str:
    """The printed due period; start and end from two columns are joined by a dash."""
    if draft.get("due_period"):
        return draft.get("due_period")
    ends = [flat(draft.get(name)) for name in ("start", "end") if draft.get(name)]
    return " – ".join(dict.fromkeys(ends))


def executors_of(draft: Draft) -> list[str]:
    """Responsible executors first, co-executors from their own column after them."""
    names = split_executors(draft.get("executors"))
    return names + [name for name in split_executors(draft.get("co_executors")) if name not in names]


def _noted(draft: Draft) -> list[str]:
    named = {
        "comment": "Комментарий",
        "stage": "Этап",
        "direction": "Направление",
        "task": "Задача",
        "indicator": "Показатель",
        "percent": "Процент исполнения",
        "not_occurred": "Не наступило",
    }
    pairs = [(title, draft.get(name)) for name, title in named.items() if draft.get(name)]
    pairs += draft.unplaced
    return [f"{flat(title)}: {flat(text)}" if title else flat(text) for title, text in pairs]


def source_of(draft: Draft) -> dict[str, Any]:
    """Where the measure stands in the file; table, row and column count from 0."""
    return {
        "table": draft.table,
        "row": draft.row,
        "cells": draft.sources,
        "doubts": draft.doubts,
        "original": draft.originals,
        **scans_of(draft),
    }


def scans_of(draft: Draft) -> dict[str, Any]:
    """For each field of a scanned row its cells as [page, cell of the page, left, top, right, bottom]."""
    if not draft.scans:
        return {}
    return {"scans": {n: [[s.page, s.cell, *s.box] for s in scans] for n, scans in draft.scans.items()}}


def part_known_executors(measures: list[dict[str, Any]]) -> None:
    """Executors written one after another without a sign are parted where both are known from other rows or
    grammar shows where the second starts."""
    known = {key(name) for measure in measures for name in measure["executors"]}
    for measure in measures:
        names = [one for name in measure["executors"] for one in part_by_grammar(name)]
        parted = split_known(names, known)
        if parted != measure["executors"]:
            measure["executors"] = parted
            measure["source"]["doubts"]["executors"] = sentence(
                "В ячейке два исполнителя без знака между ними: проверьте, верно ли они разделены."
            )


def schedule_row(measure: dict[str, Any]) -> dict[str, Any]:
    """The short form of a measure, as monitoring schedules have it."""
    return {
        "event": measure["title"],
        "period": measure["due_period"],
        "executors": measure["executors"],
        "number": measure["number"],
        "source": measure["source"],
    }


def indicator_of(draft: Draft, year: int | None) -> dict[str, Any]:
    """The indicator with its printed values and the numbers in them; `year` chooses from values by year."""
    name = draft.get("indicator")
    targets = _targets(draft)
    plan = draft.get("plan") or targets.get(str(year), "") or next(iter(targets.values()), "")
    actual = draft.get("actual")
    indicator: dict[str, Any] = {"number": draft.number, "name": name, "task": draft.get("task")}
    for field, text in (
        ("plan", plan),
        ("min", draft.get("min")),
        ("base", draft.get("base")),
        ("actual", actual),
    ):
        found = value_in(text, year)
        indicator[f"{field}_text"] = text
        indicator[f"{field}_value"] = found.number
    indicator["unit"] = draft.get("unit") or _unit(name, [plan, draft.get("min"), actual], year)
    indicator["comment"] = draft.get("comment")
    indicator["targets"] = targets
    indicator["unplaced"] = [{"title": title, "text": text} for title, text in draft.unplaced]
    indicator["source"] = source_of(draft)
    return indicator


def _targets(draft: Draft) -> dict[str, str]:
    """Values from columns that are titled by years: {"2024": "10"}."""
    found: dict[str, str] = {}
    for title, text in draft.unplaced:
        match = _YEAR.search(title)
        if match:
            found.setdefault(match.group(1), text)
    return found


def _unit(name: str, texts: list[str], year: int | None) -> str:
    if not any(texts):
        return ""
    units = [value_in(text, year).unit for text in texts]
    return next((unit for unit in units if unit), value_in(name.rpartition(",")[2] or name, None).unit)
