"""What changed between two states of a report: row by row, cell by cell, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

SAME, GONE, NEW = "same", "gone", "new"
CELLS = (
    "number", "title", "preparation_period", "condition", "due_period", "executors", "form_of_execution",
    "status", "report",
)  # fmt: skip
NOTE = "Примечание"
#: Longer texts are shown as replaced as a whole: a comparison word by word would take too long.
MOST_WORDS = 4_000
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """A stretch of a cell: `kind` is same, gone or new."""

    kind: str
    text: str


@dataclass(frozen=True)
class Cell:
    """One changed cell: its column and what became of its text."""

    name: str
    pieces: list[Piece]


@dataclass(frozen=True)
class RowChange:
    """One row that is not as it was. `kind` is added, removed or changed."""

    kind: str
    measure_id: int
    number: str
    title: str
    section: str
    cells: list[Cell]


def pieces_of(old: str, new: str) -> list[Piece]:
    """The words of both texts in one line of reading."""
    if old == new:
        return [Piece(SAME, old)] if old else []
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if max(len(before), len(after)) > MOST_WORDS:
        return [piece for piece in (Piece(GONE, old), Piece(NEW, new)) if piece.text]
    return list(_pieces(before, after))


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield Piece(SAME, "".join(before[a:b]))
            continue
        if b > a:
            yield Piece(GONE, "".join(before[a:b]))
        if d > c:
            yield Piece(NEW, "".join(after[c:d]))


def differences(old: dict[str, Any], new: dict[str, Any]) -> list[RowChange]:
    """The rows of two reports' data that differ, in the order of reading; equal ones are left out."""
    found = (_change(before, after, new) for before, after in paired(old, new))
    return [change for change in found if change is not None]


def paired(old: dict[str, Any], new: dict[str, Any]) -> list[tuple[Any, Any]]:
    """Each row as it was and as it is, (section, row) or None; what is gone stands where it stood."""
    before, after = _rows(old), _rows(new)
    order = list(after)
    for place, number in enumerate(before):
        if number not in after:
            above = list(before)[:place]
            known = next((n for n in reversed(above) if n in order), None)
            order.insert(order.index(known) + 1 if known is not None else 0, number)
    return [(before.get(number), after.get(number)) for number in order]


def _rows(data: dict[str, Any]) -> dict[Any, tuple[dict[str, Any], dict[str, Any]]]:
    return {row["id"]: (section, row) for section in data["sections"] for row in section["measures"]}


def _change(before: Any, after: Any, new: dict[str, Any]) -> RowChange | None:
    (section, shown), kind = (
        after or before,
        "changed" if before and after else "added" if after else "removed",
    )
    cells = list(_cells(before, after, new))
    if kind == "changed" and not cells:
        return None
    if kind != "changed":  # number and title stand beside the cells already
        cells = cells[sum(bool(shown[name]) for name in ("number", "title")) :]
    return RowChange(kind, shown["id"], shown["number"], shown["title"], heading_of(section), cells)


def _cells(before: Any, after: Any, new: dict[str, Any]) -> Iterator[Cell]:
    names = dict(zip(CELLS, new["columns"], strict=True)) | {"note": NOTE}
    for name, label in names.items():
        old_text, new_text = _text(before, name), _text(after, name)
        if old_text != new_text:
            yield Cell(label, pieces_of(old_text, new_text))
    if before and after and heading_of(before[0]) != heading_of(after[0]):
        yield Cell("Раздел", pieces_of(heading_of(before[0]), heading_of(after[0])))


def _text(found: Any, name: str) -> str:
    value = found[1].get(name, "") if found else ""
    return "\n".join(value) if isinstance(value, list) else str(value)


def heading_of(section: dict[str, Any]) -> str:
    """«1. Кадры»."""
    number = str(section["number"]).rstrip(". ")
    return " ".join(part for part in (f"{number}." if number else "", section["title"]) if part)
