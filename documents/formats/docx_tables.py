"""Word tables as grids: spans, vertical and horizontal merges, skipped columns, nested tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from documents.formats.docx_styles import W, is_on, value
from documents.formats.grid import Cell, Paragraph, Table
from documents.formats.markup import Element

Blocks = list[Paragraph | Table]
_WRAPPERS = {W + n for n in ("sdt", "sdtContent", "customXml", "ins", "smartTag", "moveTo")}
MOST_COLUMNS = 200
# Grid columns below 1.4 mm are left over from dragging borders; they hold no text of their own.
_SLIVER = 80


@dataclass
class _Draft:
    """A cell on its way: where it stands and how it merges. No element: the row leaves this place out."""

    row: int
    start: int
    end: int
    element: Element | None
    down: str | None
    across: str | None


@dataclass
class _Grid:
    drafts: list[_Draft] = field(default_factory=list)
    headers: int = 0
    height: int = 0


def read_table(table: Element, read_cell: Callable[[Element], Cell], place: str) -> Table:
    """The grid of a w:tbl. `read_cell` turns a w:tc into a Cell whose position is set here."""
    grid = _drafts(table)
    columns = _columns(table, grid.drafts)
    cells = _merged(grid.drafts, columns, read_cell)
    width = max((cell.column + cell.columns for cell in cells), default=0)
    return Table(grid.height, width, cells, place=place, header_rows=grid.headers)


def _drafts(table: Element) -> _Grid:
    grid = _Grid()
    in_header = True
    for row in _children(table, "tr"):
        properties = row.find(W + "trPr")
        if properties is not None and properties.find(W + "del") is not None:
            continue
        in_header = in_header and bool(is_on(properties, "tblHeader"))
        grid.headers += in_header
        grid.drafts.extend(_row(row, grid.height, properties))
        grid.height += 1
    return grid


def _row(row: Element, index: int, properties: Element | None) -> Iterator[_Draft]:
    at = min(_whole(value(properties, "gridBefore"), 0), MOST_COLUMNS)
    if at:
        yield _Draft(index, 0, at, None, None, None)
    for cell in _children(row, "tc"):
        own = cell.find(W + "tcPr")
        span = _whole(value(own, "gridSpan"), 1)
        end = min(at + max(span, 1), MOST_COLUMNS)
        yield _Draft(
            index, min(at, MOST_COLUMNS - 1), end, cell, _merge(own, "vMerge"), _merge(own, "hMerge")
        )
        at = end
    after = min(_whole(value(properties, "gridAfter"), 0), MOST_COLUMNS - at)
    if after > 0:
        yield _Draft(index, at, at + after, None, None, None)


def _children(parent: Element, name: str) -> Iterator[Element]:
    """Rows or cells, looking through content controls and tracked insertions."""
    for child in parent:
        if child.tag == W + name:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, name)


def _merge(properties: Element | None, name: str) -> str | None:
    said = value(properties, name)
    return said if said is None else said or "continue"


def _columns(table: Element, drafts: list[_Draft]) -> list[int]:
    """For each grid line its number after the slivers are gone."""
    widths = [_whole(column.get(W + "w"), 0) for column in table.findall(f"{W}tblGrid/{W}gridCol")]
    ends = max((draft.end for draft in drafts), default=0)
    alone = {draft.start for draft in drafts if draft.end - draft.start == 1}
    lines, at = [0], 0
    for column in range(ends):
        is_sliver = column < len(widths) and 0 < widths[column] < _SLIVER and column not in alone
        at += not is_sliver
        lines.append(at)
    return lines


def _merged(drafts: list[_Draft], lines: list[int], read_cell: Callable[[Element], Cell]) -> list[Cell]:
    above: dict[tuple[int, int], Cell] = {}
    cells: list[Cell] = []
    for draft in drafts:
        start, end = lines[draft.start], max(lines[draft.end], lines[draft.start] + 1)
        read = Cell(0, 0) if draft.element is None else read_cell(draft.element)
        over = above.get((start, end))
        if draft.across == "continue" and cells and cells[-1].row == draft.row:
            cells[-1].columns = end - cells[-1].column
        elif draft.down == "continue" and over is not None and over.row + over.rows == draft.row:
            over.rows += 1
        else:
            cells.append(_placed(read, draft.row, start, end))
        if draft.down is not None and draft.down != "continue":
            above[(start, end)] = cells[-1]
        elif draft.down is None:
            above.pop((start, end), None)
    return cells


def _placed(cell: Cell, row: int, start: int, end: int) -> Cell:
    cell.row, cell.column, cell.columns = row, start, end - start
    return cell


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdigit() and len(text) < 7 else otherwise
