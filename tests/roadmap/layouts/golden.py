"""What a careful person reads in the files: golden data in the shape of shared inputs."""

from __future__ import annotations

import re
from typing import Any

FIELDS = ("number", "title", "due_period", "executors", "condition", "form_of_execution", "status", "report")
Golden = dict[str, Any]


def measure(number: str, title: str, due: str = "", executors: str = "", **more: Any) -> Golden:
    """One measure; executors are parted by «; ». `more`: condition, form_of_execution, status, report."""
    names = [name for name in executors.split("; ") if name]
    blank = {"preparation_period": "", "condition": "", "form_of_execution": "", "status": "", "report": ""}
    return {"number": number, "title": title, "due_period": due, "executors": names, **blank, **more}


def section(number: str, title: str, *measures: Golden, **more: Any) -> Golden:
    return {"number": number, "title": title, "measures": list(measures), **more}


def roadmap(title: str, period: str, *sections: Golden, **more: Any) -> Golden:
    """A plan or a report. `period` as printed in the title, without its preposition."""
    return {
        "type": "roadmap_plan",
        "title": title,
        "period": period,
        "period_accept": _period_variants(period),
        "sections": list(sections),
        **more,
    }


def schedule(title: str, period: str, *rows: tuple[str, str, str]) -> Golden:
    """A schedule without numbers: (event, period, executors)."""
    listed = [
        {"event": event, "period": due, "executors": [name for name in who.split("; ") if name]}
        for event, due, who in rows
    ]
    return {
        "type": "schedule",
        "title": title,
        "period": period,
        "period_accept": _period_variants(period),
        "schedule": listed,
    }


def indicators(title: str, period: str, *rows: Golden, **more: Any) -> Golden:
    return {
        "type": "indicators",
        "title": title,
        "period": period,
        "period_accept": _period_variants(period),
        "indicators": list(rows),
        **more,
    }


def indicator(number: str, name: str, plan: str = "", actual: str = "", comment: str = "") -> Golden:
    """One indicator; values and the unit are taken from the printed texts of plan and actual."""
    unit = "%" if "%" in plan + actual else None
    return {
        "number": number,
        "name": name,
        "plan_text": plan,
        "plan_value": _first_number(plan),
        "unit": unit,
        "actual_text": actual,
        "actual_value": _first_number(actual),
        "comment": comment,
    }


def _first_number(text: str) -> float | None:
    found = re.search(r"\d+(?:[.,]\d+)?", text)
    return float(found.group().replace(",", ".")) if found else None


def only(plan: Golden, *fields: str, **more: Any) -> Golden:
    """The plan with the other fields of its measures empty, as when a file has no such columns."""
    return {
        **plan,
        **more,
        "sections": [
            {**part, "measures": [_kept(item, fields) for item in part["measures"]]}
            for part in plan["sections"]
        ],
    }


def _kept(item: Golden, fields: tuple[str, ...]) -> Golden:
    empty = {name: [] if name == "executors" else "" for name in FIELDS if name not in fields}
    return {**item, **empty}


def without_sections(plan: Golden) -> Golden:
    """The same measures under no section."""
    every = [item for part in plan["sections"] for item in part["measures"]]
    return {**plan, "sections": [section("", "", *every)]}


def _period_variants(period: str) -> list[str]:
    if not period:
        return [""]
    bare = re.sub(r"\s*(годы|год|гг\.?|г\.?)$", "", period)
    dashes = {period, bare, period.replace("–", "-"), bare.replace("–", "-")}
    return sorted(dashes | {f"на {one}" for one in dashes} | {f"за {one}" for one in dashes})
