"""A publication as open data: a table for spreadsheets, JSON for programs, and the schema of that JSON."""

import csv
import io
import json
from typing import Any

from reports.publication.contents import FIELDS, PLAN_FIELDS, headings

TEXT: dict[str, Any] = {"type": "string"}


def plain(text: str) -> str:
    """Text that no spreadsheet takes for a formula, whatever stands before its sign."""
    return f"'{text}" if text.lstrip(" \u00a0")[:1] in ("=", "+", "-", "@", "\t", "\r", "\n") else text


def as_csv(data: dict[str, Any]) -> bytes:
    """One line for each measure with its section; semicolons and a byte order mark, as offices open it."""
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";", lineterminator="\r\n")
    rows.writerow(["Раздел", *(heading for _field, heading in headings(data)), *_note_head(data)])
    for section in data["sections"]:
        name = " ".join(part for part in (section["number"], section["title"]) if part)
        for row in section["measures"]:
            cells = [name, *(_cell(row[field]) for field, _heading in headings(data))]
            rows.writerow([plain(cell) for cell in [*cells, *([row["note"]] if "note" in row else [])]])
    return "\ufeff".encode() + out.getvalue().encode()


def _note_head(data: dict[str, Any]) -> list[str]:
    return ["Примечание"] if data["kind"] == "report" else []


def _cell(value: Any) -> str:
    return "; ".join(value) if isinstance(value, list) else str(value)


def as_json(data: dict[str, Any], *, schema: str, identifier: int, published: str) -> bytes:
    """The data with the address of its schema, keys in a fixed order."""
    whole = {"$schema": schema, "id": identifier, "published": published} | data
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def _texts(names: tuple[str, ...]) -> dict[str, Any]:
    return dict.fromkeys(names, TEXT)


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what as_json gives."""
    row = _object(_texts(FIELDS) | {"executors": {"type": "array", "items": TEXT}}, required=PLAN_FIELDS)
    rows = {"type": "array", "items": row}
    section = _object(_texts(("number", "title")) | {"measures": rows})
    names = (
        "measures", "executed", "partially_executed", "not_executed", "in_progress", "planned", "cancelled",
        "overdue",
    )  # fmt: skip
    head = {"$schema": TEXT, "id": {"type": "integer"}, "kind": {"enum": ["report", "plan"]}}
    head |= _texts(("title", "organisation", "period", "as_of", "ground", "signature"))
    head["published"] = {"type": "string", "format": "date-time"}
    head["approval"] = _object(_texts(("mark", "document")))
    head["totals"] = _object(dict.fromkeys(names, {"type": "integer", "minimum": 0}))
    head["sections"] = {"type": "array", "items": section}
    required = ("id", "kind", "published", "title", "organisation", "period", "as_of", "sections")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Опубликованный отчёт или план",
    } | _object(head, required=required)


def _object(properties: dict[str, Any], *, required: tuple[str, ...] | None = None) -> dict[str, Any]:
    wanted = list(properties) if required is None else list(required)
    return {
        "type": "object", "properties": properties, "required": wanted, "additionalProperties": False,
    }  # fmt: skip
