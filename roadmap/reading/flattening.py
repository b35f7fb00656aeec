"""Takes page layout out of a document: tables that only hold other things are opened."""

from __future__ import annotations

from documents.formats.grid import Cell, Paragraph, Table
from roadmap.reading.headers import header_at
from roadmap.reading.lattice import rows_of

Blocks = list[Paragraph | Table]


def flattened(blocks: Blocks) -> Blocks:
    """The blocks with every layout table replaced by its content in reading order."""
    found: Blocks = []
    for block in blocks:
        if isinstance(block, Table) and is_column_of_text(block):
            found.extend(line for cell in block.cells for line in _content(cell))
        elif isinstance(block, Table) and is_layout(block):
            for cell in sorted(block.cells, key=lambda cell: (cell.row, cell.column)):
                found.extend(flattened(_content(cell)))
        else:
            found.append(block)
    return found


def is_column_of_text(table: Table) -> bool:
    """Whether a sheet holds running text: each row is a single cell."""
    filled = [cell.row for cell in table.cells if cell.text.strip()]
    return table.regular and len(filled) == len(set(filled))


def is_layout(table: Table) -> bool:
    """Whether the table holds other tables and is not itself a plan with small tables in its cells."""
    if not any(cell.nested for cell in table.cells):
        return False
    rows = rows_of(table)
    return not any(header_at(rows, index) for index in range(min(len(rows), 10)))


def _content(cell: Cell) -> Blocks:
    if cell.blocks:
        return list(cell.blocks)
    lines: Blocks = [Paragraph(line, bold=cell.bold) for line in cell.text.split("\n") if line.strip()]
    return [*lines, *cell.nested]


def lines_of(table: Table) -> list[Paragraph]:
    """The texts of a table that is nobody's plan, as lines; in columns they stand beside the title."""
    beside = table.width > 1
    return [
        Paragraph(line, bold=cell.bold, right=beside, page=table.page)
        for cell in table.cells
        for line in cell.text.split("\n")
        if line.strip()
    ]
