"""The mark above the title: who considered, adopted or approved the document, and by which act."""

from __future__ import annotations

import re
from typing import Any

from documents.formats.grid import Paragraph
from documents.requisites.dates import dates_in
from roadmap.reading.heading import is_title_line
from roadmap.reading.words import clean, flat, fold

_KINDS = (
    ("considered", "рассмотрен"),
    ("adopted", "принят"),
    ("approved", "утвержд"),
    ("agreed", "согласован"),
)
_ACT = re.compile(r"(протокол|приказ|распоряжени|постановлени|решени)\w*", re.I)
_ACT_NAMES = {
    "протокол": "протокол",
    "приказ": "приказ",
    "распоряжени": "распоряжение",
    "постановлени": "постановление",
    "решени": "решение",
}
_BODY = re.compile(
    r"(?:рассмотрен\w*|принят\w*|утвержд\w*|"
    r"согласован\w*)\s+(?:на\s+(?:заседании\s+)?)?(.*?)(?:\s*(?:протокол|приказ|распоряжени|"
    r"постановлени|решени)|\s+от\s|\s*№|$)",
    re.I,
)


def approval_of(above: list[Paragraph]) -> dict[str, Any] | None:
    """The mark above the title: kind (considered, adopted, approved, agreed), body and the act it names."""
    text = _mark_text([flat(clean(p.text)) for p in above])
    kind = next((kind for kind, stem in _KINDS if stem in fold(text)), None)
    if kind is None:
        return None
    act = _ACT.search(text)
    number = re.search(r"№\s*([\w/-]*\d[\w/-]*)", text)
    body = _BODY.search(text)
    return {
        "text": text,
        "mark": kind,
        "body": body.group(1).strip(" ,") if body else "",
        "document": next(
            (name for stem, name in _ACT_NAMES.items() if act and act.group().lower().startswith(stem)), ""
        ),
        "number": number.group(1) if number else "",
        "date": _iso_date(text),
    }


def _mark_text(lines: list[str]) -> str:
    for index, line in enumerate(lines):
        if any(fold(line).startswith(stem) for _, stem in _KINDS):
            tail = []
            for following in lines[index + 1 : index + 8]:
                if not following or is_title_line(following):
                    break
                tail.append(following)
            return " ".join([line, *tail])
    return ""


def _iso_date(text: str) -> str:
    printed = next(dates_in(text), None)
    return printed.value.isoformat() if printed and printed.value else ""
