"""What goes out to the public: a report or a plan reduced to named fields, every text of it cleaned."""

from collections.abc import Callable
from datetime import date
from typing import Any

from core.filters import dmy
from reports.assembly import COLUMNS
from reports.publication.redaction import WORD_GONE, Rules, pieces, redacted
from roadmap.models import Measure, Plan

#: The fields of a row, in the order of the columns. Nothing else of a row is ever published.
FIELDS = (
    "number", "title", "preparation_period", "condition", "due_period", "executors", "form_of_execution",
    "status", "report", "note",
)  # fmt: skip
PLAN_FIELDS = FIELDS[:7]
PERSONAL = ("report", "note")
Row = dict[str, Any]


def published_report(data: dict[str, Any], approval: dict[str, str], *, rules: Rules, rows: list[str]) -> Row:
    """The data of a version for the public. `rows`: numbers of measures whose texts were hidden by hand."""

    def clean(text: Any) -> str:
        return redacted(str(text or ""), rules)

    return _head(data, clean, "report") | {
        "approval": {name: clean(approval.get(name)) for name in ("mark", "document")},
        "totals": {name: int(count) for name, count in data["totals"].items()},
        "sections": [_section(section, FIELDS, clean, rows) for section in data["sections"]],
        "signature": clean((data.get("signature") or {}).get("position")),
    }


def _head(data: dict[str, Any], clean: Callable[[Any], str], kind: str) -> Row:
    names = ("title", "organisation", "period", "as_of")
    return {"kind": kind} | {name: clean(data.get(name)) for name in names}


def _section(section: Row, fields: tuple[str, ...], clean: Callable[[Any], str], rows: list[str]) -> Row:
    return {
        "number": clean(section.get("number")),
        "title": clean(section.get("title")),
        "measures": [
            _row(row, fields, clean, hidden=row.get("number") in rows) for row in section["measures"]
        ],
    }


def _row(row: Row, fields: tuple[str, ...], clean: Callable[[Any], str], *, hidden: bool) -> Row:
    made: Row = {}
    for name in fields:
        if name == "executors":
            made[name] = [clean(executor) for executor in row.get(name) or []]
        else:
            is_hidden = hidden and name in PERSONAL and row.get(name)
            made[name] = WORD_GONE if is_hidden else clean(row.get(name))
    return made


def plan_data(plan: Plan, measures: list[Measure], *, day: date) -> Row:
    """A plan in the shape of a report's data, before it is cleaned."""
    sections = [
        {
            "number": section.number,
            "title": section.title,
            "measures": [_measure(m) for m in measures if m.section_id == section.id],
        }
        for section in plan.sections
    ]
    return {
        "title": plan.full_title, "organisation": plan.organisation.name, "as_of": dmy(day),
        "period": plan.period_text or plan.years, "ground": plan.ground,
        "sections": [section for section in sections if section["measures"]],
    }  # fmt: skip


def _measure(measure: Measure) -> Row:
    return {
        "number": measure.number, "title": measure.title, "preparation_period": measure.preparation_period,
        "condition": measure.condition, "due_period": measure.due_text,
        "executors": [participation.name for participation in measure.participations],
        "form_of_execution": measure.form_of_execution,
    }  # fmt: skip


def published_plan(data: Row, *, rules: Rules, rows: list[str]) -> Row:
    """The data of a plan for the public."""

    def clean(text: Any) -> str:
        return redacted(str(text or ""), rules)

    return _head(data, clean, "plan") | {
        "ground": clean(data.get("ground")),
        "sections": [_section(section, PLAN_FIELDS, clean, rows) for section in data["sections"]],
    }


def headings(data: Row) -> list[tuple[str, str]]:
    """(field, printed heading) of the columns that a publication has."""
    fields = FIELDS[:9] if data["kind"] == "report" else PLAN_FIELDS
    return list(zip(fields, COLUMNS, strict=False))


def removals(data: Row, *, rules: Rules) -> list[Row]:
    """Every text of the raw data from which something goes: its place and its pieces, in order."""
    found = [("", data.get(name) or "") for name in ("title", "organisation")]
    found += [("", (data.get("signature") or {}).get("position") or "")]
    for section in data["sections"]:
        found.append(("", section.get("title") or ""))
        for row in section["measures"]:
            found += [(row.get("number") or "", text) for text in _texts_of(row)]
    cut = [(number, pieces(text, rules)) for number, text in found if text]
    return [
        {"number": number, "pieces": parts}
        for number, parts in cut
        if any(part.gone is not None for part in parts)
    ]


def _texts_of(row: Row) -> list[str]:
    texts = [str(row.get(name) or "") for name in FIELDS if name != "executors"]
    return texts + [str(executor) for executor in row.get("executors") or []]
