"""From recognised words to the lines of a page, as PDFs give them, so that both go on the same way."""

from __future__ import annotations

import re
from collections.abc import Iterable
from statistics import median

from documents.extraction.tesseract import Seen
from documents.formats.grid import SURE, Scan

from .pdf_ink import Ink
from .pdf_lattice import Box
from .pdf_lines import Line, Word
from .pdf_page import Page
from .scan_sheet import Sheet

# One word below this makes its whole cell unsure.
_SURE_WORD = 0.5
_LIKELY = 0.3
# Letters with their tails are nine tenths of the font's size, which a line of print exceeds by a seventh.
_LINE_HEIGHT, _ABOVE = 1.25, 0.78
# What a rule or a speck leaves behind.
_DIRT = re.compile(r"[|\[\]{}‘’'`~_=\\/^*°]+|[.,:;]")


def page_of_sheet(sheet: Sheet) -> Page:
    """The page with its tables and lines, in points."""
    width, height = (side * 72 / sheet.dpi for side in sheet.turn.size)
    page = Page(sheet.number, Ink(width, height), sheet.lattices, {}, [])
    count = 0
    for index, (lattice, cells) in enumerate(zip(sheet.lattices, sheet.words, strict=True)):
        for box, seen in zip(lattice.boxes, cells, strict=True):
            lines = _lines(seen, sheet.dpi)
            if lines:
                page.cells[index, box] = lines
            page.scans[index, box] = Scan(sheet.number, count, _place(sheet, box), _confidence(seen))
            count += 1
    page.loose = sorted(_lines(_sure(sheet.loose), sheet.dpi), key=lambda line: (line.base, line.left))
    page.problems = [] if sheet.lattices or sheet.loose else [f"Страница {sheet.number} пустая."]
    return page


def _sure(seen: list[Seen]) -> list[Seen]:
    """The words of lines in which at least one word is likely: shadows and strokes of a pen make none."""
    best: dict[int, float] = {}
    for one in seen:
        best[one.line] = max(best.get(one.line, 0.0), one.confidence)
    return [one for one in seen if best[one.line] > _LIKELY]


def _place(sheet: Sheet, box: Box) -> tuple[float, float, float, float]:
    per_point = sheet.dpi / 72
    return sheet.turn.box(*(edge * per_point for edge in (box.left, box.top, box.right, box.bottom)))


def _confidence(seen: list[Seen]) -> float | None:
    """The mean of the words by length, or the worst of the longer ones when one is really bad."""
    words = [one for one in seen if not _is_dirt(one)]
    if not words:
        return None
    length = sum(len(one.text) for one in words)
    mean = sum(one.confidence * len(one.text) for one in words) / length
    worst = min(one.confidence for one in words)
    return round(min(mean, worst + SURE - _SURE_WORD), 2)


def _is_dirt(one: Seen) -> bool:
    return _DIRT.fullmatch(one.text) is not None and (one.confidence < 0.7 or one.text in "|‘’`~")


def _lines(seen: Iterable[Seen], dpi: int) -> list[Line]:
    rows: dict[int, list[Seen]] = {}
    for one in seen:
        if not _is_dirt(one):
            rows.setdefault(one.line, []).append(one)
    return [_line(row, 72 / dpi) for row in rows.values()]


def _line(row: list[Seen], points: float) -> Line:
    base = median(one.bottom for one in row) * points
    height = _LINE_HEIGHT * points * (max(one.bottom for one in row) - min(one.top for one in row))
    words = [
        Word(one.text, one.left * points, one.right * points, (one.right - one.left) * points / len(one.text))
        for one in sorted(row, key=lambda one: one.left)
    ]
    return Line(words, base - _ABOVE * height, base + (1 - _ABOVE) * height, base)
