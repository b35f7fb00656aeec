"""Scanned plans: pages without a believable text layer and pictures, recognised through tesseract.

Runs in the limited subprocess; tesseract's processes inherit its limits, one per processor at a time.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from core.errors import TooLarge, Unreadable
from documents.extraction.tesseract import engine_version, require_recognition
from documents.formats.grid import Document

from .pdf_page import Page
from .pdf_paragraphs import Vocabulary
from .scan_lines import page_of_sheet
from .scan_sheet import Sheet, recognised_sheet, sheet_from

DPI = 200
MOST_SCANNED = 60
_MOST_AT_ONCE = 8
_LARGEST, _SMALLEST = 3_600, 1_400
# A change here makes kept sheets anew.
_EDITION = "1"
_TOO_MANY = "В файле больше %d отсканированных страниц. Разделите его и загрузите часть с таблицей плана."

_BROKEN = "Изображение повреждено и не открывается. Отсканируйте страницу заново."
_MOST_POINTS = 100_000_000
_TOO_FINE = "Изображение больше 100 млн точек. Отсканируйте страницу с разрешением 200–300 точек на дюйм."

Draw = Callable[[], Any]


def read_scans(pages: list[tuple[int, Draw]], shelf: Path | None) -> dict[int, Page]:
    """Recognised pages by number. Each page is its number and what draws it as a grey picture at 200 dpi.

    Sheets that lie on the `shelf` are not recognised again. Raises RecognitionOff or TooLarge.
    """
    if len(pages) > MOST_SCANNED:
        raise TooLarge(_TOO_MANY % MOST_SCANNED)
    if not pages:
        return {}
    require_recognition()
    if shelf is not None:
        shelf.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(prefix="vekha-scan-") as folder:
        sheets = list(_sheets(pages, Path(folder), shelf))
    return {sheet.number: page_of_sheet(sheet) for sheet in sheets}


def _sheets(pages: list[tuple[int, Draw]], folder: Path, shelf: Path | None) -> Iterator[Sheet]:
    """Pages are drawn here, one by one, for PDFium knows no threads; a few wait drawn at a time."""
    workers = min(os.cpu_count() or 1, _MOST_AT_ONCE)
    edition = f"{engine_version()}-{DPI}-{_EDITION}"
    with ThreadPoolExecutor(workers) as pool:
        waiting: list[Future[Sheet]] = []
        for number, draw in pages:
            place = shelf / f"sheet-{number}-{edition}.json" if shelf is not None else None
            kept = _kept(place)
            if kept is not None:
                yield kept
                continue
            if len(waiting) > workers:
                yield waiting.pop(0).result()
            waiting.append(pool.submit(_made, draw(), number, folder, shelf, place))
        for future in waiting:
            yield future.result()


def _kept(place: Path | None) -> Sheet | None:
    if place is None:
        return None
    try:
        return sheet_from(json.loads(place.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _made(picture: Any, number: int, folder: Path, shelf: Path | None, place: Path | None) -> Sheet:
    sheet = recognised_sheet(picture, number, DPI, folder, shelf)
    if place is not None:
        scrap = folder / f"{number}.json"
        scrap.write_text(json.dumps(sheet.as_plain()), encoding="utf-8")
        place.write_bytes(scrap.read_bytes())
    return sheet


def drawn_page(page: Any) -> Any:
    """A page of a PDF as a grey picture at 200 dpi."""
    scale = min(DPI / 72, 2 * _LARGEST / max(*page.get_size(), 1.0))
    return page.render(scale=scale, grayscale=True).to_pil().convert("L")


def read_pictures(path: str, shelf: Path | None) -> Document:
    """The document in a picture file, every frame of a TIFF a page; taken for A4 whatever its resolution."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # the size is judged below, where it can be refused
    try:
        with Image.open(Path(path), formats=["JPEG", "PNG", "TIFF"]) as image:
            frames = getattr(image, "n_frames", 1)
            pages = read_scans([(n, partial(_frame, image, n)) for n in range(1, frames + 1)], shelf)
    except (OSError, ValueError, SyntaxError):
        raise Unreadable(_BROKEN) from None
    return document_of([pages[number] for number in sorted(pages)], "scan")


def _frame(image: Any, number: int) -> Any:
    from PIL import ImageOps

    if image.width * image.height > _MOST_POINTS:
        raise TooLarge(_TOO_FINE)
    image.seek(number - 1)
    grey = ImageOps.exif_transpose(image).convert("L")
    factor = DPI * 11.69 / max(grey.size)
    return grey.resize((max(1, round(grey.width * factor)), max(1, round(grey.height * factor))))


def document_of(pages: list[Page], form: str) -> Document:
    """The blocks and doubts of pages in their order."""
    vocabulary = Vocabulary()
    for page in pages:
        for lines in page.texts():
            vocabulary.learn(lines)
    blocks = [block for page in pages for block in page.blocks(vocabulary)]
    return Document(blocks, form, [doubt for page in pages for doubt in page.doubts()])
