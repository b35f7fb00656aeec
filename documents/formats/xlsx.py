"""Excel workbooks (.xlsx, .xlsm): each visible sheet is one table, read in a stream within limits."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from core.errors import TooLarge
from documents.formats import markup
from documents.formats.container import Container
from documents.formats.docx import main_part
from documents.formats.grid import Cell, Document, Table
from documents.formats.markup import Element
from documents.formats.sheet_values import shown

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_SHEETS = 100
MOST_MERGES = 20_000
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_TOO_FAR = (
    "На листе «%s» есть данные дальше строки 20 000 или столбца 200. Оставьте на листе только таблицу плана."
)


@dataclass
class _Book:
    """What the cells refer to: shared texts, formats of numbers, weights of fonts."""

    strings: list[str] = field(default_factory=list)
    formats: list[int] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=dict)
    bold: list[bool] = field(default_factory=list)
    italic: list[bool] = field(default_factory=list)
    from_1904: bool = False


@dataclass
class _Sheet:
    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False


def read_xlsx(path: str) -> Document:
    """The sheets of a workbook as tables. Hidden sheets are left out and named in the doubts."""
    document = Document([], format="xlsx")
    with Container(path) as container:
        main = main_part(container)
        if main not in container:
            main = "xl/workbook.xml"
        root = container.xml(main)
        folder = str(PurePosixPath(main).parent)
        targets = _targets(container, folder, PurePosixPath(main).name)
        book = _book(container, folder, root)
        for sheet in [] if root is None else list(root.iter(S + "sheet"))[:MOST_SHEETS]:
            name = str(sheet.get("name", ""))
            part = targets.get(str(sheet.get(R + "id", "")), "")
            if sheet.get("state", "visible") != "visible":
                document.doubts.append(f"Лист «{name}» скрыт и не прочитан.")
            elif part in container:
                _add(document, _read(container.text(part), name, book))
    return document


def _add(document: Document, sheet: _Sheet) -> None:
    table = _table(sheet)
    if table.height:
        document.blocks.append(table)
    if sheet.hidden:
        document.doubts.append(f"На листе «{sheet.name}» есть скрытые строки или столбцы, они прочитаны.")


def _targets(container: Container, folder: str, name: str) -> dict[str, str]:
    root = container.xml(f"{folder}/_rels/{name}.rels")
    found: dict[str, str] = {}
    for relation in [] if root is None else root:
        target = str(relation.get("Target", ""))
        found[str(relation.get("Id", ""))] = target.lstrip("/") if target[:1] == "/" else f"{folder}/{target}"
    return found


def _book(container: Container, folder: str, root: Element | None) -> _Book:
    book = _Book()
    if f"{folder}/sharedStrings.xml" in container:
        for item in markup.parts(container.text(f"{folder}/sharedStrings.xml"), S + "si"):
            book.strings.append(_text(item))
    styles = container.xml(f"{folder}/styles.xml")
    if styles is not None:
        _read_styles(book, styles)
    settings = None if root is None else root.find(S + "workbookPr")
    book.from_1904 = settings is not None and settings.get("date1904") in ("1", "true")
    return book


def _read_styles(book: _Book, styles: Element) -> None:
    for code in styles.iter(S + "numFmt"):
        book.codes[_whole(code.get("numFmtId"))] = str(code.get("formatCode", ""))
    fonts = styles.findall(f"{S}fonts/{S}font")
    for style in styles.findall(f"{S}cellXfs/{S}xf"):
        book.formats.append(_whole(style.get("numFmtId")))
        number = _whole(style.get("fontId"))
        font = fonts[number] if number < len(fonts) else None
        book.bold.append(_is_on(font, "b"))
        book.italic.append(_is_on(font, "i"))


def _is_on(font: Element | None, name: str) -> bool:
    found = None if font is None else font.find(S + name)
    return found is not None and found.get("val", "1") not in ("0", "false")


def _text(item: Element) -> str:
    """The text of a rich string without its phonetic guide."""
    runs = [t.text or "" for t in item.findall(S + "t")]
    runs += [t.text or "" for t in item.findall(f"{S}r/{S}t")]
    return "".join(runs).replace("_x000D_", "")


def _read(raw: bytes, name: str, book: _Book) -> _Sheet:
    sheet = _Sheet(name)
    row_number = 0
    for element in markup.parts(raw, S + "row", S + "mergeCell", S + "col"):
        if element.tag == S + "row":
            row_number = _whole(element.get("r")) or row_number + 1
            sheet.hidden = sheet.hidden or element.get("hidden") in ("1", "true")
            _read_row(sheet, element, row_number - 1, book)
        elif element.tag == S + "col":
            sheet.hidden = sheet.hidden or element.get("hidden") in ("1", "true")
        elif len(sheet.merges) < MOST_MERGES:
            _read_merge(sheet, str(element.get("ref", "")))
    return sheet


def _read_row(sheet: _Sheet, element: Element, row: int, book: _Book) -> None:
    column = -1
    for cell in element.findall(S + "c"):
        match = _REFERENCE.fullmatch(str(cell.get("r", "")))
        column = _column(match.group(1)) if match else column + 1
        text = _cell_text(cell, book)
        if not text.strip():
            continue
        if row >= MOST_ROWS or column >= MOST_COLUMNS:
            raise TooLarge(_TOO_FAR % sheet.name)
        style = _whole(cell.get("s"))
        sheet.cells[row, column] = Cell(
            row,
            column,
            text,
            bold=style < len(book.bold) and book.bold[style],
            italic=style < len(book.italic) and book.italic[style],
        )


def _cell_text(cell: Element, book: _Book) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find(S + "is")
        return "" if inline is None else _text(inline)
    value = cell.find(S + "v")
    raw = "" if value is None else value.text or ""
    if kind == "s":
        return book.strings[int(raw)] if raw.isdigit() and int(raw) < len(book.strings) else ""
    if kind == "b":
        return "да" if raw == "1" else "нет"
    if kind != "n" or not raw:
        return "" if kind == "e" else raw
    style = _whole(cell.get("s"))
    format_id = book.formats[style] if style < len(book.formats) else 0
    return shown(raw, format_id, book.codes.get(format_id, ""), from_1904=book.from_1904)


def _read_merge(sheet: _Sheet, reference: str) -> None:
    match = re.fullmatch(rf"{_REFERENCE.pattern}:{_REFERENCE.pattern}", reference)
    if match:
        left, top, right, bottom = match.groups()
        sheet.merges.append((int(top) - 1, _column(left), int(bottom), _column(right) + 1))


def _table(sheet: _Sheet) -> Table:
    """The used part of the sheet; merges reach no further than the used part."""
    height = max((row for row, _ in sheet.cells), default=-1) + 1
    width = max((column for _, column in sheet.cells), default=-1) + 1
    for top, left, bottom, right in sheet.merges:
        cell = sheet.cells.get((top, left))
        if cell is not None:
            cell.rows, cell.columns = min(bottom, height) - top, min(right, width) - left
    cells = [sheet.cells[place] for place in sorted(sheet.cells)]
    return Table(height, width, cells, place=f"лист «{sheet.name}»", regular=True)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number - 1


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 8 else 0
