"""Tables for tests, drawn as rows of texts: «>» is merged with the left cell, «^» with the one above."""

from __future__ import annotations

from typing import Any

from documents.formats.grid import Cell, Document, Paragraph, Table
from roadmap.reading.recognise import recognise


def table(*rows: list[str], place: str = "таблица 1", header_rows: int = 0) -> Table:
    """The grid of the rows; rows may differ in length, as in files where pages became tables."""
    cells: list[Cell] = []
    at: dict[tuple[int, int], Cell] = {}
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            if text == ">":
                cell = at[row, column - 1]
                cell.columns = column + 1 - cell.column
            elif text == "^":
                cell = at[row - 1, column]
                cell.rows = row + 1 - cell.row
            else:
                cell = Cell(row, column, text)
                cells.append(cell)
            at[row, column] = cell
    return Table(len(rows), max(map(len, rows)), cells, place=place, header_rows=header_rows)


def bold(text: str) -> Paragraph:
    """A line as titles are set."""
    return Paragraph(text, bold=True, centered=True)


def read(
    *blocks: Table | Paragraph | str, mapping: dict[str, dict[str, str]] | None = None
) -> dict[str, Any]:
    """What is recognised in the blocks; a plain string is a paragraph."""
    made = [Paragraph(block) if isinstance(block, str) else block for block in blocks]
    return recognise(Document(made, "test"), mapping or {})


def measures(result: dict[str, Any]) -> list[dict[str, Any]]:
    """All measures in order."""
    return [measure for section in result["sections"] for measure in section["measures"]]


def brief(result: dict[str, Any], *fields: str) -> list[tuple[Any, ...]]:
    """The given fields of all measures."""
    return [tuple(measure[field] for field in fields) for measure in measures(result)]


def outline(result: dict[str, Any]) -> list[tuple[str, str, list[str]]]:
    """Sections as (number, title, numbers of measures)."""
    return [(s["number"], s["title"], [m["number"] for m in s["measures"]]) for s in result["sections"]]
