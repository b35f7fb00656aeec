"""Compares what was read with the golden data, cell by cell.

Texts are compared after folding white space. Cells empty on both sides do not count; a filled cell
where nothing is expected is wrong, and so is every cell of a row too many. None in the golden data
means "not scored"; `<field>_accept` lists other right answers. Rows are aligned in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

MEASURE = (
    "number",
    "title",
    "preparation_period",
    "condition",
    "due_period",
    "executors",
    "form_of_execution",
    "status",
    "report",
)
EVENT = ("event", "period", "executors")
INDICATOR = ("number", "name", "plan_text", "plan_value", "unit", "actual_text", "actual_value", "comment")
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6", "VII": "7", "VIII": "8"}


@dataclass
class Score:
    """How many cells are right, and what is wrong with the others."""

    right: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Per cent of the cells that are right."""
        total = self.right + len(self.faults)
        return 100.0 * self.right / total if total else 100.0

    def count(self, where: str, expected: Any, got: Any, *, is_right: bool) -> None:
        if is_right:
            self.right += 1
        else:
            self.faults.append(f"{where}: expected {expected!r}, got {got!r}")


def score(golden: dict[str, Any], got: dict[str, Any]) -> Score:
    """The score of one file."""
    result = Score()
    for name in ("title", "period"):
        _cell(result, "document", name, golden, got)
    if "sections" in golden:
        _sections(result, golden, got)
    for name, key, fields in (("schedule", "event", EVENT), ("indicators", "name", INDICATOR)):
        if name in golden:
            _rows(result, name, golden[name], got.get(name) or [], key, fields)
    return result


def _sections(result: Score, golden: dict[str, Any], got: dict[str, Any]) -> None:
    parts = got.get("sections") or []
    if golden.get("sections_scored", True):
        _rows(result, "section", golden["sections"], parts, "title", ("number", "title"))
    expected = [{**m, "_section": s["title"]} for s in golden["sections"] for m in s["measures"]]
    found = [{**m, "_section": s.get("title")} for s in parts for m in s.get("measures") or []]
    pairs = _rows(result, "measure", expected, found, "title", MEASURE)
    if golden.get("sections_scored", True):
        for want, have in pairs:
            if want["_section"]:
                is_right = have is not None and _same("section", want["_section"], have["_section"])
                where = f"measure «{want['title'][:40]}» section"
                result.count(where, want["_section"], have and have["_section"], is_right=is_right)


def _rows(
    result: Score,
    label: str,
    golden: list[dict[str, Any]],
    got: list[dict[str, Any]],
    key: str,
    fields: tuple[str, ...],
) -> list[tuple[dict[str, Any], dict[str, Any] | None]]:
    pairs = []
    for want, have in _aligned(golden, got, key):
        if want is None:
            for name in fields:
                if not _is_empty((have or {}).get(name)):
                    result.count(f"{label} too many, {name}", "", (have or {}).get(name), is_right=False)
            continue
        where = f"{label} «{_folded(want[key])[:40]}»" + (" MISSING" if have is None else "")
        for name in fields:
            _cell(result, where, name, want, have or {})
        pairs.append((want, have))
    return pairs


def _aligned(golden: list[Any], got: list[Any], key: str) -> Iterator[tuple[Any, Any]]:
    """Pairs of rows in order; None stands for the row that the other side lacks."""
    best: dict[tuple[int, int], float] = {}
    for i in range(len(golden), -1, -1):
        for j in range(len(got), -1, -1):
            if i == len(golden) or j == len(got):
                best[i, j] = 0.0
                continue
            pair = _likeness(golden[i], got[j], key)
            together = pair + best[i + 1, j + 1] if pair >= 0.5 else -1.0
            best[i, j] = max(best[i + 1, j], best[i, j + 1], together)
    i = j = 0
    while i < len(golden) or j < len(got):
        if i < len(golden) and j < len(got) and best[i, j] > max(best[i + 1, j], best[i, j + 1]):
            yield golden[i], got[j]
            i, j = i + 1, j + 1
        elif i < len(golden) and (j == len(got) or best[i, j] == best[i + 1, j]):
            yield golden[i], None
            i += 1
        else:
            yield None, got[j]
            j += 1


def _likeness(want: dict[str, Any], have: dict[str, Any], key: str) -> float:
    first, second = _folded(want.get(key)), _folded(have.get(key))
    words, others = set(first.lower().split()), set(second.lower().split())
    alike = 1.0 if first == second else 1.5 * len(words & others) / max(len(words | others), 1)
    return min(alike, 1.0) + (0.2 if _number(want.get("number")) == _number(have.get("number")) else 0.0)


def _cell(result: Score, where: str, name: str, want: dict[str, Any], have: dict[str, Any]) -> None:
    if name not in want or want[name] is None:
        return
    accepted = [want[name], *want.get(f"{name}_accept", [])]
    got = have.get(name)
    if all(_is_empty(one) for one in accepted) and _is_empty(got):
        return
    is_right = any(_same(name, one, got) for one in accepted)
    result.count(f"{where} {name}", want[name], got, is_right=is_right)


def _same(name: str, want: Any, got: Any) -> bool:
    if name == "executors":
        return [_folded(one) for one in want or []] == [_folded(one) for one in got or []]
    if name.endswith("_value"):
        return _value(want) == _value(got)
    if name == "number":
        return _number(want) == _number(got)
    return _folded(want) == _folded(got)


def _is_empty(value: Any) -> bool:
    return value in (None, [], {}) or _folded(value) == ""


def _folded(value: Any) -> str:
    return re.sub(r"\s+", " ", str("" if value is None else value)).strip()


def _number(value: Any) -> str:
    bare = _folded(value).rstrip(". ")
    return _ROMAN.get(bare, bare)


def _value(value: Any) -> float | None:
    return None if value in (None, "") else round(float(value), 6)
