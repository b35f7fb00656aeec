"""Titles of reports out of titles of plans."""

import re

from reports.assembly.shapes import ANNUAL, Shape

GENITIVES = (
    ("План мероприятий («Дорожная карта»)", "плана мероприятий («Дорожной карты»)"),
    ("План-график", "плана-графика"),
    ("План", "плана"),
    ("Дорожная карта", "дорожной карты"),
    ("Комплекс мер", "комплекса мер"),
)
_YEARS = re.compile(r"\bна (\d{4}(?:\s*[-–]\s*\d{4})? (?:учебный )?год\w*)")


def report_title(plan_title: str, shape: Shape = ANNUAL) -> str:
    """«План … на 2020 год» → «Отчет об исполнении плана … за 2020 год»; a quarter names itself instead."""
    if shape.kind == "overdue":
        return f"Перечень просроченных мероприятий: {plan_title}"
    rest = _genitive(_YEARS.sub(r"за \1", plan_title) if not shape.period else _YEARS.sub("", plan_title))
    return " ".join(f"Отчет об исполнении{rest} {_ending(shape)}".split())


def _genitive(title: str) -> str:
    for nominative, genitive in GENITIVES:
        if title.startswith(nominative):
            return f" {genitive}{title[len(nominative) :]}"
    return f": {title}"


def _ending(shape: Shape) -> str:
    if shape.period:
        return f"за {shape.period}"
    return {"executors": "по исполнителям", "sections": "по разделам"}.get(shape.kind, "")
