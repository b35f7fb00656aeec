"""A table as rows of cells that know what they cover; merged cells repeat in every row they cover."""

from __future__ import annotations

from dataclasses import dataclass

from documents.formats.grid import Cell, Scan, Table
from roadmap.reading.words import clean, is_placeholder

MOST_ROWS = 20_000
MOST_COLUMNS = 200


@dataclass(frozen=True)
class Slot:
    """A cell seen from one row. `text` is cleaned, `original` is as in the file; `row` is its first row.

    `nested` is the text of tables inside the cell, a line per row; `scan` is its place on a scanned page.
    """

    text: str
    original: str
    row: int
    start: int
    end: int
    rows: int
    bold: bool
    italic: bool
    nested: str = ""
    scan: Scan | None = None

    @property
    def span(self) -> int:
        """How many grid columns the cell covers."""
        return self.end - self.start


@dataclass
class Row:
    """All cells of one row from left to right, empty ones and those merged from above too."""

    index: int
    slots: list[Slot]

    @property
    def filled(self) -> list[Slot]:
        """Cells with text."""
        return [slot for slot in self.slots if slot.text]

    @property
    def own(self) -> list[Slot]:
        """Cells with text that start in this row."""
        return [slot for slot in self.filled if slot.row == self.index]


def rows_of(table: Table) -> list[Row]:
    """The rows of the table; at most 20,000 are looked at, the readers refuse more."""
    height = min(table.height, MOST_ROWS)
    rows = [Row(index, []) for index in range(height)]
    for cell in table.cells:
        if not 0 <= cell.row < height:
            continue
        slot = _slot(cell)
        for index in range(cell.row, min(cell.row + max(cell.rows, 1), height)):
            rows[index].slots.append(slot)
    for row in rows:
        row.slots.sort(key=lambda slot: slot.start)
        if table.regular:
            row.slots = _padded(row, table.width)
    return rows


def _padded(row: Row, width: int) -> list[Slot]:
    """The slots of the row with one empty slot for each gap between them."""
    padded, at = [], 0
    for slot in row.slots:
        if slot.start > at:
            padded.append(_empty(row.index, at, slot.start))
        padded.append(slot)
        at = slot.end
    return [*padded, _empty(row.index, at, width)] if at < width else padded


def _empty(row: int, start: int, end: int) -> Slot:
    return Slot(text="", original="", row=row, start=start, end=end, rows=1, bold=False, italic=False)


def _slot(cell: Cell) -> Slot:
    original = cell.text
    text = clean(original)
    return Slot(
        text="" if is_placeholder(text) else text,
        original=original,
        row=cell.row,
        start=cell.column,
        end=cell.column + max(cell.columns, 1),
        rows=cell.rows,
        bold=cell.bold,
        italic=cell.italic,
        nested="\n".join(text_of(nested) for nested in cell.nested),
        scan=cell.scan,
    )


def text_of(table: Table) -> str:
    """The table as text: a line per row."""
    lines: dict[int, list[str]] = {}
    for cell in table.cells:
        if cell.text.strip():
            lines.setdefault(cell.row, []).append(" ".join(cell.text.split()))
    return "\n".join(" ".join(lines[row]) for row in sorted(lines))
