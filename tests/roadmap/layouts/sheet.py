"""The Excel writer for the blocks of paper.py."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

from .paper import P, Sheet, T, placed

_THIN = Side(style="thin")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def write_xlsx(path: Path, sheets: list[Sheet]) -> None:
    """The sheets as a workbook: paragraphs in merged rows, tables with borders."""
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        page.sheet_state = sheet.state
        _fill(page, sheet.blocks)
    book.save(path)


def _fill(page: Worksheet, blocks: list[P | T]) -> None:
    tables = [block for block in blocks if isinstance(block, T)]
    width = max((c + cell.across for table in tables for _, c, cell in placed(table)), default=1)
    at = 1
    for block in blocks:
        at = _put_paragraph(page, at, block, width) if isinstance(block, P) else _put_table(page, at, block)


def _put_paragraph(page: Worksheet, at: int, block: P, width: int) -> int:
    if block.text:
        cell = page.cell(at, 1, block.text)
        cell.font = Font(bold=block.bold)
        if width > 1:
            page.merge_cells(start_row=at, end_row=at, start_column=1, end_column=width)
    return at + 1


def _put_table(page: Worksheet, at: int, table: T) -> int:
    for r, c, cell in placed(table):
        target = page.cell(at + r, c + 1)
        target.value = cell.date if cell.date is not None else cell.text or None
        if cell.date is not None and hasattr(cell.date, "year"):
            target.number_format = "DD.MM.YYYY"
        target.alignment = Alignment(wrap_text=True, vertical="top")
        target.font = Font(bold=cell.bold, italic=cell.italic)
        for i in range(cell.down):
            for j in range(cell.across):
                page.cell(at + r + i, c + 1 + j).border = _BORDER
        if cell.across > 1 or cell.down > 1:
            page.merge_cells(
                start_row=at + r,
                end_row=at + r + cell.down - 1,
                start_column=c + 1,
                end_column=c + cell.across,
            )
    return at + len(table.rows)
