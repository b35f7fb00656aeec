"""The text layer of a page of a PDF: its words with their places, and whether it can be believed.

PDFium is not safe in threads: this runs in the limited subprocess only.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from documents.extraction.judging import fault_of
from documents.extraction.pages import ExtractedPage, Word

MOST_CHARACTERS = 60_000
# PDFium's own grid for places on a page, fine enough for any screen.
_GRID = 1_000_000
_WORD = re.compile(r"\S+")
_BLANKS = re.compile(r"[^\S\n]+\n|\n{3,}")


def read(page: Any, number: int) -> ExtractedPage:
    """The page as its text layer tells it; `fault` says why it is not to be believed."""
    width, height = page.get_size()
    letters, boxes = _letters(page)
    text, places = _tidied(letters)
    words = tuple(_placed(page, text, [boxes[place] for place in places]))
    fault = fault_of(text, _largest_picture(page))
    return ExtractedPage(number, text, words=words, width=width, height=height, fault=fault)


_Box = tuple[float, float, float, float] | None


def _letters(page: Any) -> tuple[str, list[_Box]]:
    """All characters in the order of the file and the box of each, None for blanks."""
    text_page = pdfium.FPDFText_LoadPage(page)
    try:
        found = list(_each_letter(text_page))
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    return "".join(letter for letter, _ in found), [box for _, box in found]


def _each_letter(text_page: Any) -> Iterator[tuple[str, _Box]]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in range(min(pdfium.FPDFText_CountChars(text_page), MOST_CHARACTERS)):
        letter = _letter(pdfium.FPDFText_GetUnicode(text_page, index))
        if letter.isspace():
            yield letter, None
        elif letter:
            pdfium.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
            box = left.value, top.value, right.value, bottom.value
            # A ligature stands for several letters; they share its box.
            yield from ((one, box) for one in letter)


def _letter(code: int) -> str:
    """The character of a code; PDFium answers 2 for a hyphen at the end of a line."""
    if code == 0x02:
        return "-"
    if code in (0x0A, 0x0D):
        return "\n" if code == 0x0A else ""
    if code < 0x20 or 0xD800 <= code < 0xE000 or code in (0xFFFE, 0xFFFF, 0xFEFF, 0x200B):
        return " " if code == 0x09 else ""
    letter = chr(code)
    return unicodedata.normalize("NFKC", letter) if 0xFB00 <= code <= 0xFB06 else letter


def _tidied(letters: str) -> tuple[str, list[int]]:
    """The text without blanks at line ends, and for each of its characters its place in `letters`."""
    places = list(range(len(letters)))
    for found in reversed(list(_BLANKS.finditer(letters))):
        keep = 2 if found.group().startswith("\n") else 1
        del places[found.start() : found.end() - keep]
    while places and letters[places[0]].isspace():
        del places[0]
    while places and letters[places[-1]].isspace():
        places.pop()
    return "".join(letters[place] for place in places), places


def _placed(page: Any, text: str, boxes: list[_Box]) -> Iterator[Word]:
    for found in _WORD.finditer(text):
        own = [box for box in boxes[found.start() : found.end()] if box is not None]
        if own:
            left, bottom = min(b[0] for b in own), min(b[3] for b in own)
            right, top = max(b[2] for b in own), max(b[1] for b in own)
            yield Word(found.group(), *_shares(page, left, top, right, bottom), None, found.start())


def _shares(
    page: Any, left: float, top: float, right: float, bottom: float
) -> tuple[float, float, float, float]:
    """A box in the page's own coordinates as shares of the page as it is displayed."""
    x, y = ctypes.c_int(), ctypes.c_int()
    corners = []
    for one, other in ((left, top), (right, bottom)):
        pdfium.FPDF_PageToDevice(page, 0, 0, _GRID, _GRID, 0, one, other, x, y)
        corners.append((x.value / _GRID, y.value / _GRID))
    (x0, y0), (x1, y1) = corners
    return _share(min(x0, x1)), _share(min(y0, y1)), _share(max(x0, x1)), _share(max(y0, y1))


def _share(edge: float) -> float:
    return round(min(max(edge, 0.0), 1.0), 5)


def _largest_picture(page: Any) -> float:
    """The share of the page that its largest picture covers, 0 when it has none."""
    left, bottom, right, top = page.get_bbox()
    area = max((right - left) * (top - bottom), 1.0)
    largest = 0.0
    for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        x0, y0, x1, y1 = thing.get_bounds()
        largest = max(largest, (min(x1, right) - max(x0, left)) * (min(y1, top) - max(y0, bottom)) / area)
    return largest
