"""Rows of a table laid onto the columns of its header."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from roadmap.reading.alignment import Profile, align, likeness
from roadmap.reading.columns import Column
from roadmap.reading.evidence import is_number, is_period, is_status
from roadmap.reading.headers import Leaf
from roadmap.reading.lattice import Row, Slot

# How much better a fit by content must be before the places in a table without a header are doubted.
_MARGIN = 1.5
TICK = re.compile(r"[+xхvуyVXХ✓✔☑☒✗•●*■█]{1,3}|да", re.I)


@dataclass
class Line:
    """A row below a header, or a heading between tables (then `heading` is its text and there are no cells).

    `cells` maps the index of a column to its slots; `stray` are cells that fit no column; `starts_part`
    marks the first row of a table, where a page may have cut the row above; `is_fitted` says that the columns
    were found by content, not by place.
    """

    table: int
    row: int
    cells: dict[int, list[Slot]] = field(default_factory=dict)
    stray: list[Slot] = field(default_factory=list)
    filled: list[Slot] = field(default_factory=list)
    width: int = 1
    starts_part: bool = False
    is_fitted: bool = False
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
    """Rows of one table that belong under one header, which the table has or leaves to the one before it."""

    table: int
    rows: list[Row]
    has_header: bool = True


def lay(parts: list[Part], columns: list[Column], leaves: list[Leaf]) -> list[Line]:
    """The rows as lines. Rows that do not stand on the header's columns are fitted by content."""
    profiles = [Profile(column) for column in columns]
    ticked = {column.index for column in columns if column.meaning == "slot"}
    lines: dict[tuple[int, int], Line] = {}
    for part in parts:
        for group in _groups(part, leaves):
            if _stands(group, part, leaves, profiles):
                made = [_by_place(part, row, leaves, ticked) for row in group]
            else:
                made = _by_content(part, group, profiles)
            for line in made:
                lines[line.table, line.row] = line
                _learn(profiles, line)
    return _ordered(parts, lines)


def _groups(part: Part, leaves: list[Leaf]) -> list[list[Row]]:
    """Rows that share their places: those on the header's columns, then the others by their count of cells.

    Those on the columns come first, for the others are told by what was learnt from them.
    """
    found: dict[tuple[bool, int], list[Row]] = {}
    for row in part.rows:
        on_grid = len(row.filled) <= 1 or matches_grid(row, leaves)
        found.setdefault((not on_grid, 0 if on_grid else len(row.slots)), []).append(row)
    return [found[key] for key in sorted(found)]


def _stands(group: list[Row], part: Part, leaves: list[Leaf], profiles: list[Profile]) -> bool:
    """Whether places can be trusted: under a header of the same table, or where the content agrees."""
    full = [row for row in group if len(row.filled) > 1]
    if not all(matches_grid(row, leaves) for row in full):
        return False
    if part.has_header or not full or any(len(row.slots) != len(leaves) for row in full):
        return True
    texts = [[row.slots[place].text for row in full] for place in range(len(leaves))]
    if not any(is_number(t) or is_period(t) or is_status(t) for cells in texts for t in cells):
        return True
    by_place = sum(likeness(cells, profile) for cells, profile in zip(texts, profiles, strict=True))
    found = align(texts, profiles)
    by_content = sum(likeness(texts[i], profiles[j]) for i, j in enumerate(found) if j is not None)
    return by_content < by_place + _MARGIN


def _ordered(parts: list[Part], lines: dict[tuple[int, int], Line]) -> list[Line]:
    found = []
    for part in parts:
        for position, row in enumerate(part.rows):
            line = lines[part.table, row.index]
            line.starts_part = position == 0 and part is not parts[0]
            found.append(line)
    return found


def matches_grid(row: Row, leaves: list[Leaf]) -> bool:
    """Whether the row's cells stand exactly on the header's columns, or several of them within one."""
    right = leaves[-1].end
    inside = [slot for slot in row.slots if slot.start < right]
    edges = {leaf.start for leaf in leaves} | {leaf.end for leaf in leaves}
    stands = all(
        not slot.text or {slot.start, slot.end} <= edges or any(_holds(leaf, slot) for leaf in leaves)
        for slot in inside
    )
    return not row.slots or stands and max(slot.end for slot in row.slots) == right


def _holds(leaf: Leaf, slot: Slot) -> bool:
    return leaf.start <= slot.start and slot.end <= leaf.end


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


def _by_content(part: Part, group: list[Row], profiles: list[Profile]) -> list[Line]:
    """Rows of one table with one count of cells share their places, so they are fitted together."""
    count = len(group[0].slots)
    texts = [[row.slots[place].text for row in group if len(row.filled) > 1] for place in range(count)]
    found = align(texts, profiles)
    lines = []
    for row in group:
        line = _line(part, row)
        line.is_fitted = True
        for place, slot in enumerate(row.slots):
            index = found[place]
            if slot.text and index is None:
                line.stray.append(slot)
            elif slot.text and index is not None:
                line.cells.setdefault(index, []).append(slot)
        lines.append(line)
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
