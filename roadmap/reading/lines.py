"""Rows of a table laid onto the columns of its header."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from roadmap.reading.alignment import Profile, align
from roadmap.reading.columns import Column
from roadmap.reading.headers import Leaf
from roadmap.reading.lattice import Row, Slot

TICK = re.compile(r"[+xхvуyVXХ✓✔☑☒✗•●*■█]{1,3}|да", re.I)


@dataclass
class Line:
    """A row below a header, or a heading between tables (then `heading` is its text and there are no cells).

    `cells` maps the index of a column to its slots; `stray` are cells that fit no column; `starts_part`
    marks the first row of a table, where a page may have cut the row above.
    """

    table: int
    row: int
    cells: dict[int, list[Slot]] = field(default_factory=dict)
    stray: list[Slot] = field(default_factory=list)
    filled: list[Slot] = field(default_factory=list)
    width: int = 1
    starts_part: bool = False
    heading: str = ""

    def text(self, index: int | None) -> str:
        """The text in a column."""
        slots = self.cells.get(index, []) if index is not None else []
        return "\n".join(slot.text for slot in slots if slot.text)

    @property
    def texts(self) -> set[str]:
        """The different texts of the row."""
        return {slot.text for slot in self.filled}


@dataclass
class Part:
    """Rows of one table that belong under one header."""

    table: int
    rows: list[Row]


def lay(parts: list[Part], columns: list[Column], leaves: list[Leaf]) -> list[Line]:
    """The rows as lines. Rows that do not match the header's grid are fitted by content."""
    profiles = [Profile(column) for column in columns]
    ticked = {column.index for column in columns if column.meaning == "slot"}
    lines: dict[tuple[int, int], Line] = {}
    ragged: dict[tuple[int, int], list[tuple[Part, Row]]] = {}
    for part in parts:
        for row in part.rows:
            if matches_grid(row, leaves) or len(row.filled) <= 1:
                lines[part.table, row.index] = _by_place(part, row, leaves, ticked)
            else:
                ragged.setdefault((part.table, len(row.slots)), []).append((part, row))
    for line in lines.values():
        _learn(profiles, line)
    for group in ragged.values():
        for line in _by_content(group, profiles):
            lines[line.table, line.row] = line
    return _ordered(parts, lines)


def _ordered(parts: list[Part], lines: dict[tuple[int, int], Line]) -> list[Line]:
    found = []
    for part in parts:
        for position, row in enumerate(part.rows):
            line = lines[part.table, row.index]
            line.starts_part = position == 0
            found.append(line)
    return found


def matches_grid(row: Row, leaves: list[Leaf]) -> bool:
    """Whether the row's cells stand exactly on the header's columns."""
    if not row.slots:
        return True
    edges = {leaf.start for leaf in leaves} | {leaf.end for leaf in leaves}
    right = leaves[-1].end
    inside = all(slot.start in edges and (slot.end in edges or not slot.text) for slot in row.slots)
    return inside and max(slot.end for slot in row.slots) >= right and not _sticks_out(row, right)


def _sticks_out(row: Row, right: int) -> bool:
    return any(slot.end > right and slot.text for slot in row.slots)


def _by_place(part: Part, row: Row, leaves: list[Leaf], ticked: set[int]) -> Line:
    """`ticked` columns keep a «х» too: there it is a tick, elsewhere it stands for an empty cell."""
    line = _line(part, row)
    for slot in row.slots:
        index = _covering(slot, leaves)
        if not slot.text and index in ticked and TICK.fullmatch(slot.original.strip()):
            slot = replace(slot, text=slot.original.strip())
            line.filled.append(slot)
        if slot.text:
            line.cells.setdefault(index, []).append(slot)
    return line


def _covering(slot: Slot, leaves: list[Leaf]) -> int:
    """The column that the slot overlaps most; the leftmost of equals."""

    def overlap(index: int) -> int:
        return min(slot.end, leaves[index].end) - max(slot.start, leaves[index].start)

    return max(range(len(leaves)), key=lambda index: (overlap(index), -index))


def _by_content(group: list[tuple[Part, Row]], profiles: list[Profile]) -> list[Line]:
    """Rows of one table with one count of cells share their places, so they are fitted together."""
    count = len(group[0][1].slots)
    texts = [[row.slots[place].text for _, row in group if len(row.filled) > 1] for place in range(count)]
    found = align(texts, profiles)
    lines = []
    for part, row in group:
        line = _line(part, row)
        for place, slot in enumerate(row.slots):
            index = found[place]
            if slot.text and index is None:
                line.stray.append(slot)
            elif slot.text and index is not None:
                line.cells.setdefault(index, []).append(slot)
        lines.append(line)
        _learn(profiles, line)
    return lines




def _line(part: Part, row: Row) -> Line:
    width = max((slot.end for slot in row.slots), default=1)
    return Line(part.table, row.index, filled=row.filled, width=width)


def _learn(profiles: list[Profile], line: Line) -> None:
    if len(line.filled) < 2:
        return
    for index, slots in line.cells.items():
        for slot in slots:
            profiles[index].learn(slot.text)
