"""OpenDocument texts and sheets (.odt, .ods) and their templates, straight from content.xml."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from core.errors import TooLarge, Unreadable
from documents.formats.container import Container
from documents.formats.grid import Cell, Document, Paragraph, Table
from documents.formats.markup import Element
from documents.formats.odf_text import (
    DRAW,
    OFFICE,
    TABLE,
    TEXT,
    Ink,
    ListNumbers,
    Looks,
    gather,
)
from documents.formats.sheet_values import date_text

Blocks = list[Paragraph | Table]
MOST_ROWS = 20_000
MOST_COLUMNS = 200
_ROW_GROUPS = {TABLE + n for n in ("table-header-rows", "table-rows", "table-row-group")}
_SECTIONS = {TEXT + "section", TEXT + "index-body", DRAW + "a"}
_TOO_FAR = "В таблице «%s» данные дальше строки 20 000 или столбца 200. Оставьте только таблицу плана."
_EMPTY = "В файле нет содержимого OpenDocument. Откройте его, сохраните заново и повторите."
_LOCKED = "Файл защищён паролем. Снимите защиту, сохраните файл и загрузите его снова."
_SHORT_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")


def read_odf(path: str) -> Document:
    """The document of an .odt or .ods file; hidden sheets are left out and named in the doubts."""
    with Container(path) as container:
        if b"encryption-data" in (
            container.raw("META-INF/manifest.xml") if "META-INF/manifest.xml" in container else b""
        ):
            raise Unreadable(_LOCKED)
        content = container.xml("content.xml")
        styles = container.xml("styles.xml")
    body = None if content is None else content.find(OFFICE + "body")
    if body is None:
        raise Unreadable(_EMPTY)
    looks = Looks(styles, content)
    sheets = body.find(OFFICE + "spreadsheet")
    if sheets is not None:
        return _sheets(sheets, looks)
    text = body.find(OFFICE + "text")
    if text is None:
        raise Unreadable(_EMPTY)
    return Document(_Reader(looks).blocks(text), format="odt")


def _sheets(sheets: Element, looks: Looks) -> Document:
    document = Document([], format="ods")
    reader = _Reader(looks)
    for element in sheets.findall(TABLE + "table"):
        name = str(element.get(TABLE + "name", ""))
        if not looks.is_shown(str(element.get(TABLE + "style-name", ""))):
            document.doubts.append(f"Лист «{name}» скрыт и не прочитан.")
            continue
        table = reader.table(element, f"лист «{name}»")
        table.regular = True
        if table.cells:
            document.blocks.append(table)
    return document


@dataclass
class _Grid:
    name: str
    cells: list[Cell] = field(default_factory=list)
    row: int = 0
    headers: int = 0


class _Reader:
    def __init__(self, looks: Looks) -> None:
        self._looks = looks
        self._numbers = ListNumbers(looks)
        self._tables = 0
        self._depth = 0

    def blocks(self, parent: Element) -> Blocks:
        """Paragraphs and tables under `parent` in reading order."""
        found: Blocks = []
        for child in parent:
            if child.tag in (TEXT + "p", TEXT + "h"):
                found.extend(self._paragraph(child, ""))
            elif child.tag == TEXT + "list":
                found.extend(self._list(child, str(child.get(TEXT + "style-name", "")), 1))
            elif child.tag == TABLE + "table":
                found.append(self._counted(child))
            elif (
                child.tag in _SECTIONS
                or child.tag.startswith(TEXT)
                and child.find(TEXT + "index-body") is not None
            ):
                found.extend(self.blocks(child))
        return found

    def _counted(self, element: Element) -> Table:
        self._tables += self._depth == 0
        self._depth += 1
        if self._depth > 20:
            raise Unreadable("Таблицы вложены друг в друга слишком глубоко. Уберите вложенность и повторите.")
        table = self.table(element, f"таблица {self._tables}")
        self._depth -= 1
        return table

    def _paragraph(self, element: Element, number: str) -> Blocks:
        style = str(element.get(TEXT + "style-name", ""))
        ink = Ink()
        gather(element, self._looks, style, ink)
        boxes = [block for box in ink.boxes for block in self.blocks(box)]
        level = element.get(TEXT + "outline-level", "0") if element.tag == TEXT + "h" else "0"
        alignment = self._looks.alignment(style)
        line = Paragraph(
            text=f"{number} {ink.text}".strip() if number else ink.text.strip(),
            level=int(level) if level.isdigit() else 0,
            bold=all(ink.bold) if ink.bold else self._looks.bold(style),
            centered=alignment == "center",
            right=alignment in ("end", "right"),
            italic=bool(ink.italic) and all(ink.italic),
        )
        return [*boxes, line]

    def _list(self, element: Element, style: str, level: int) -> Blocks:
        found: Blocks = []
        if level == 1:
            self._numbers.open(element, style)
        for item in element:
            number = ""
            if item.tag == TEXT + "list-item":
                has_text = any(child.tag in (TEXT + "p", TEXT + "h") for child in item)
                start = item.get(TEXT + "start-value")
                number = self._numbers.number(style, level, start) if has_text else ""
            for child in item:
                if child.tag in (TEXT + "p", TEXT + "h"):
                    found.extend(self._paragraph(child, number))
                    number = ""
                elif child.tag == TEXT + "list":
                    found.extend(
                        self._list(child, str(child.get(TEXT + "style-name", "")) or style, level + 1)
                    )
        return found

    def table(self, element: Element, place: str) -> Table:
        """The grid of a table; repeated empty rows and cells take no room."""
        grid = _Grid(place)
        for row, is_header in _rows(element, False):
            self._row(row, grid, is_header)
        filled = [cell for cell in grid.cells if cell.text or cell.nested]
        height = max((cell.row for cell in filled), default=-1) + 1
        width = max((cell.column + cell.columns for cell in filled), default=0)
        cells = [
            _clipped(cell, height, width) for cell in grid.cells if cell.row < height and cell.column < width
        ]
        return Table(height, width, cells, place=place, header_rows=grid.headers)

    def _row(self, row: Element, grid: _Grid, is_header: bool) -> None:
        times = _whole(row.get(TABLE + "number-rows-repeated"), 1)
        found = list(self._cells(row, grid))
        if not any(cell.text or cell.nested for cell in found):
            grid.row += times
            return
        for _ in range(min(times, MOST_ROWS + 1)):
            if grid.row >= MOST_ROWS:
                raise TooLarge(_TOO_FAR % grid.name)
            grid.cells.extend(_at(cell, grid.row) for cell in found)
            grid.row += 1
        grid.headers += times if is_header else 0

    def _cells(self, row: Element, grid: _Grid) -> Iterator[Cell]:
        column = 0
        for element in row:
            if element.tag not in (TABLE + "table-cell", TABLE + "covered-table-cell"):
                continue
            times = _whole(element.get(TABLE + "number-columns-repeated"), 1)
            if element.tag == TABLE + "table-cell":
                cell = self._cell(element)
                if (cell.text or cell.nested) and column + times > MOST_COLUMNS:
                    raise TooLarge(_TOO_FAR % grid.name)
                for index in range(column, min(column + times, MOST_COLUMNS)):
                    yield _at(cell, 0, index)
            column += times

    def _cell(self, element: Element) -> Cell:
        blocks = self.blocks(element)
        nested = [block for block in blocks if isinstance(block, Table)]
        lines = [block for block in blocks if isinstance(block, Paragraph) and block.text]
        text = "\n".join(line.text for line in lines)
        style = str(element.get(TABLE + "style-name", ""))
        return Cell(
            row=0,
            column=0,
            text=_dated(element, text),
            rows=_whole(element.get(TABLE + "number-rows-spanned"), 1),
            columns=_whole(element.get(TABLE + "number-columns-spanned"), 1),
            bold=bool(lines) and (all(line.bold for line in lines) or self._looks.bold(style)),
            italic=bool(lines) and (all(line.italic for line in lines) or self._looks.italic(style)),
            nested=nested,
            blocks=blocks if nested else [],
        )


def _rows(parent: Element, is_header: bool) -> Iterator[tuple[Element, bool]]:
    for child in parent:
        if child.tag == TABLE + "table-row":
            yield child, is_header
        elif child.tag in _ROW_GROUPS:
            yield from _rows(child, is_header or child.tag.endswith("header-rows"))


def _at(cell: Cell, row: int, column: int | None = None) -> Cell:
    place = cell.column if column is None else column
    return Cell(
        row, place, cell.text, cell.rows, cell.columns, cell.bold, cell.italic, cell.nested, cell.blocks
    )


def _clipped(cell: Cell, height: int, width: int) -> Cell:
    cell.rows = max(min(cell.rows, height - cell.row), 1)
    cell.columns = max(min(cell.columns, width - cell.column), 1)
    return cell


def _dated(element: Element, text: str) -> str:
    """A date is written in full where the sheet shows it short («01.09.24»)."""
    value = str(element.get(OFFICE + "date-value", ""))[:10]
    if not value or not _SHORT_DATE.fullmatch(text):
        return text
    try:
        return date_text(datetime.datetime.fromisoformat(value))
    except ValueError:
        return text


def _whole(text: str | None, otherwise: int) -> int:
    return max(int(text), 1) if text and text.isdigit() and len(text) < 8 else otherwise
