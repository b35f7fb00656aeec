"""Requisites of the pages of a document as plain data. Runs in the limited subprocess.

Texts of scans come from outside, and a clever one could keep patterns busy for hours; there the limits
end it.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from itertools import accumulate
from typing import Any

from documents.kinds import DocumentKind, kind_named_in
from documents.requisites.recognition import recognise

FIELDS = ("kind", "number", "date", "title", "authority", "place", "signatory_position", "signatory_name")
#: An act stands on its first pages; what follows are annexes, read for citations as far as this.
MOST_TEXT = 300_000
#: Characters of the text around a citation that are shown as its quotation.
AROUND = 60


def requisites_in(pages: list[str]) -> dict[str, Any]:
    """What is recognised in the texts of pages: {"fields": {name: {"value", "confidence", "page", "start",
    "end"}}, "cited": [{"relation", "kind", "number", "date", "authority", "title", "confidence", "page",
    "quote"}]}.

    Pages are counted from 1; `start` and `end` count the characters of that page. Values are texts, days in
    ISO form, kinds as DocumentKind names them.
    """
    starts = [0, *accumulate(len(page) + 1 for page in pages)]
    text = "\n".join(pages)[:MOST_TEXT]
    found = recognise(text)
    fields = {name: _field(getattr(found, name), name, starts) for name in FIELDS}
    cited = [_cited(act, text, starts) for act in found.cited_acts]
    return {"fields": {name: field for name, field in fields.items() if field}, "cited": cited}


def _field(found: Any, name: str, starts: Sequence[int]) -> dict[str, Any] | None:
    value = _plain(found.value, name)
    if not value:
        return None
    page, start = _place(found.start, starts)
    end = start + (found.end - found.start) if found.start is not None else 0
    return {
        "value": value,
        "confidence": round(found.confidence, 3),
        "page": page,
        "start": start,
        "end": end,
    }


def _plain(value: Any, name: str) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if name == "kind" and value:
        return (kind_named_in(value) or DocumentKind.OTHER).value
    return str(value or "")


def _place(start: int | None, starts: Sequence[int]) -> tuple[int | None, int]:
    if start is None:
        return None, 0
    page = bisect_right(starts, start)
    return page, start - starts[page - 1]


def _cited(act: Any, text: str, starts: Sequence[int]) -> dict[str, Any]:
    quote = " ".join(text[max(act.start - AROUND, 0) : act.end + AROUND].split())
    return {
        "relation": act.relation,
        "kind": (kind_named_in(act.kind or "") or DocumentKind.OTHER).value,
        "number": act.number or "",
        "date": act.date.isoformat() if act.date else None,
        "authority": act.authority or "",
        "title": act.title or "",
        "confidence": round(act.confidence, 3),
        "page": _place(act.start, starts)[0],
        "quote": quote,
    }
