"""Makes previews. Runs in the limited subprocess only; arguments and answers are plain data."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

from core.errors import TooLarge, Unreadable, sentence
from documents.intake import ooxml
from documents.intake.types import FileType
from documents.intake.zips import Container, opened

WIDTH, HEIGHT = 1_200, 2_400
SHEETS, ROWS, COLUMNS, CELL = 5, 200, 30, 500
MOST_TEXT = 4 << 20
MOST_ELEMENTS = 300_000
_NO_PAGE = sentence("Такой страницы в файле нет.")
_LONG = sentence("Документ слишком длинный для просмотра на странице. Скачайте его.")
_HEADING = re.compile(r"<(/?)h[1-6]>")


def page(path: str, media_type: str, number: int, out: str) -> dict[str, int]:
    """Draw page `number` (from 1) as a PNG into the file `out`; how many pages there are."""
    draw = _pdf_page if media_type == FileType.PDF.media else _picture
    image, pages = draw(path, number)
    image.save(out, "PNG")
    return {"pages": pages}


def _pdf_page(path: str, number: int) -> tuple[Any, int]:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        if not 1 <= number <= len(document):
            raise Unreadable(_NO_PAGE)
        page = document[number - 1]
        width, height = (max(side, 1.0) for side in page.get_size())
        scale = min(WIDTH / width, HEIGHT / height)
        return page.render(scale=scale).to_pil().convert("RGB"), len(document)


def _picture(path: str, number: int) -> tuple[Any, int]:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # the guard at the door has measured it
    with Image.open(Path(path), formats=["JPEG", "PNG", "TIFF"]) as image:
        pages = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
        if not 1 <= number <= pages:
            raise Unreadable(_NO_PAGE)
        image.seek(number - 1)
        image.draft("RGB", (2 * WIDTH, 2 * HEIGHT))
        small = ImageOps.exif_transpose(image).convert("RGB")
        small.thumbnail((WIDTH, HEIGHT))
        return small, pages


def text(path: str) -> str:
    """A Word file as HTML without pictures; headings become bold paragraphs, as the page has its own."""
    import mammoth

    with opened(path, Path(path).name) as container:
        _require_bearable(container)
    with Path(path).open("rb") as file:
        html = str(mammoth.convert_to_html(file, convert_image=lambda _image: []).value)
    if len(html) > MOST_TEXT:
        raise TooLarge(_LONG)
    return _HEADING.sub(lambda tag: "</strong></p>" if tag[1] else "<p><strong>", html)


def _require_bearable(container: Container) -> None:
    """A million empty paragraphs are a small file and a quarter of an hour."""
    for count, _element in enumerate(container.elements(ooxml.main_part(container))):
        if count > MOST_ELEMENTS:
            raise TooLarge(_LONG)


def sheets(path: str) -> list[dict[str, Any]]:
    """The beginnings of the first sheets: [{title, rows: [[text]], has_more_rows, has_more_columns}]."""
    import openpyxl
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

    with opened(path, Path(path).name):
        pass
    # Asked for its size, a sheet that does not state it is read to the end, every sheet of the book.
    ReadOnlyWorksheet._get_size = lambda self: None
    with Path(path).open("rb") as file:  # a path is judged by its extension, and stored files have none
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        return [_sheet(sheet) for sheet in book.worksheets[:SHEETS]]


def _sheet(sheet: Any) -> dict[str, Any]:
    cells = sheet.iter_rows(max_row=ROWS + 1, max_col=COLUMNS + 1, values_only=True)
    rows = [[_said(value) for value in row] for row in cells]
    has_more_columns = any(any(row[COLUMNS:]) for row in rows)
    shown = [row[:COLUMNS] for row in rows[:ROWS]]
    while shown and not any(shown[-1]):
        shown.pop()
    width = max((i + 1 for row in shown for i, value in enumerate(row) if value), default=0)
    return {
        "title": str(sheet.title),
        "rows": [(row + [""] * width)[:width] for row in shown],
        "has_more_rows": len(rows) > ROWS,
        "has_more_columns": has_more_columns,
    }


def _said(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    said = str(value)
    return said if len(said) <= CELL else f"{said[:CELL]}…"
