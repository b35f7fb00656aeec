"""What is printed on one page of a PDF: characters with their boxes, and straight rules.

Everything comes out in one frame: x to the right, y downwards, in points, turned so that most of the
text reads from left to right whatever the page's /Rotate says. A character that still reads upwards
(1), upside down (2) or downwards (3) says so in `turn`.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from .pdf_paths import MAX_SEGMENTS, THICKEST_RULE, Point, segments

# A page of a table holds some thousands of characters and hundreds of rules; these ceilings only stop
# a file made to exhaust the machine.
MAX_CHARACTERS = 60_000
MAX_RULES = 8_000
SHORTEST_RULE = 5.0
# How far a letter and a rule may stick out of the page, and the largest page of the format, in points.
SLACK = 2.0
EDGE = 100.0
LARGEST_PAGE = 14_400


class Char(NamedTuple):
    """One printed character; `base` is the y of its baseline."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    turn: int = 0
    bold: bool = False
    italic: bool = False


class Rule(NamedTuple):
    """A straight rule: `at` is its fixed coordinate, it runs from `start` to `end`."""

    at: float
    start: float
    end: float


@dataclass
class Ink:
    """The page as printed. `is_cut` says that a ceiling was hit and some rules were left out."""

    width: float
    height: float
    chars: list[Char] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    is_cut: bool = False

    def is_near(self, x: float, y: float) -> bool:
        """Whether a point lies on the page or not far from it; false for what is no number."""
        return -EDGE < x < self.width + EDGE and -EDGE < y < self.height + EDGE


@dataclass(frozen=True)
class Frame:
    """How the page's own coordinates become ours: the box of the page and quarter turns clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    quarters: int

    @property
    def size(self) -> Point:
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.quarters % 2 else (width, height)

    def point(self, x: float, y: float) -> Point:
        return (
            (x - self.left, self.top - y),
            (y - self.bottom, x - self.left),
            (self.right - x, y - self.bottom),
            (self.top - y, self.right - x),
        )[self.quarters]


class _Glyph(NamedTuple):
    text: str
    box: tuple[float, float, float, float]
    origin: Point
    style: tuple[int, bool, bool]


def read_ink(page: Any) -> Ink:
    """The characters and rules of a pypdfium2 page."""
    glyphs = _glyphs(page)
    turns = Counter(glyph.style[0] for glyph in glyphs if not glyph.text.isspace())
    quarters = turns.most_common(1)[0][0] if turns else page.get_rotation() // 90
    left, bottom, right, top = page.get_bbox()
    frame = Frame(left, bottom, right, top, quarters)
    ink = Ink(*frame.size)
    if not max(frame.size) <= LARGEST_PAGE:
        ink.is_cut = True
        return ink
    ink.chars = _without_doubles([_placed(glyph, frame) for glyph in glyphs], ink)
    _collect_rules(page, frame, ink)
    return ink


def _glyphs(page: Any) -> list[_Glyph]:
    text_page = pdfium.FPDFText_LoadPage(page)
    try:
        return _joined_marks(_raw_glyphs(text_page))
    finally:
        pdfium.FPDFText_ClosePage(text_page)


def _raw_glyphs(text_page: Any) -> Iterator[_Glyph]:
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    styles: dict[int, tuple[int, bool, bool]] = {}
    for index in range(min(pdfium.FPDFText_CountChars(text_page), MAX_CHARACTERS)):
        text = _letter(pdfium.FPDFText_GetUnicode(text_page, index))
        if not text or pdfium.FPDFText_IsGenerated(text_page, index) == 1:
            continue
        pdfium.FPDFText_GetLooseCharBox(text_page, index, box)
        pdfium.FPDFText_GetCharOrigin(text_page, index, x, y)
        thing = pdfium.FPDFText_GetTextObject(text_page, index)
        key = ctypes.addressof(thing.contents) if thing else 0
        if key not in styles:
            styles[key] = _style(text_page, index, thing)
        yield _Glyph(text, (box.left, box.bottom, box.right, box.top), (x.value, y.value), styles[key])


def _letter(code: int) -> str:
    """The character of a code point; "" for what carries no text (unmapped glyphs, controls).

    PDFium answers 2 for a hyphen at a line end.
    """
    if code == 0x02:
        return "-"
    if code < 0x20 or 0xD800 <= code < 0xE000 or code in (0xFFFE, 0xFFFF, 0xFEFF, 0x200B):
        return " " if code == 0x09 else ""
    letter = chr(code)
    return unicodedata.normalize("NFKC", letter) if 0xFB00 <= code <= 0xFB06 else letter


def _joined_marks(glyphs: Iterator[_Glyph]) -> list[_Glyph]:
    """Glyphs with combining marks («и» and a breve) put together into one letter."""
    result: list[_Glyph] = []
    for glyph in glyphs:
        if result and unicodedata.combining(glyph.text[0]):
            before = result[-1]
            result[-1] = before._replace(text=unicodedata.normalize("NFC", before.text + glyph.text))
        else:
            result.append(glyph)
    return result


def _style(text_page: Any, index: int, thing: Any) -> tuple[int, bool, bool]:
    """(quarter turns counter-clockwise of the text's direction, is bold, is italic)."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text_page, index, matrix)
    turn = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
    font = pdfium.FPDFTextObj_GetFont(thing) if thing else None
    if not font:
        return turn, False, False
    buffer = ctypes.create_string_buffer(200)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, 200)
    name = buffer.value.decode("utf-8", "replace").lower()
    bold = any(word in name for word in ("bold", "black", "heavy")) or pdfium.FPDFFont_GetWeight(font) >= 600
    return turn, bold, "italic" in name or "oblique" in name


def _placed(glyph: _Glyph, frame: Frame) -> Char:
    turn, bold, italic = glyph.style
    if frame.quarters == 0 and turn == 0:
        # Nearly every character of nearly every file goes this short way.
        left, bottom, right, top = glyph.box
        x, y = frame.left, frame.top
        box = left - x, y - top, right - x, y - bottom
        return Char(glyph.text, *box, y - glyph.origin[1], 0, bold, italic)
    x0, y0 = frame.point(glyph.box[0], glyph.box[1])
    x1, y1 = frame.point(glyph.box[2], glyph.box[3])
    turn = (turn - frame.quarters) % 4
    base = frame.point(*glyph.origin)[1 if turn % 2 == 0 else 0]
    return Char(glyph.text, min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1), base, turn, bold, italic)


def _without_doubles(chars: list[Char], ink: Ink) -> list[Char]:
    """Characters on the page, each once: some programs print bold by printing twice.

    Two nets of squares, one shifted by half a square, catch doubles that a border of squares parts.
    """
    nets: tuple[set[tuple[str, int, int]], ...] = (set(), set())
    result = []
    for char in chars:
        # Written so that coordinates which are no numbers fail too.
        if not (-SLACK <= char.left <= char.right <= ink.width + SLACK):
            continue
        if not (-SLACK <= char.top <= char.bottom <= ink.height + SLACK):
            continue
        first = char.text, int(char.left + SLACK), int(char.top + SLACK)
        second = char.text, int(char.left + SLACK + 0.5), int(char.top + SLACK + 0.5)
        if first in nets[0] or second in nets[1]:
            continue
        nets[0].add(first)
        nets[1].add(second)
        result.append(char)
    return result


def _collect_rules(page: Any, frame: Frame, ink: Ink) -> None:
    for count, (start, end) in enumerate(segments(page)):
        if count >= MAX_SEGMENTS or len(ink.across) + len(ink.down) >= MAX_RULES:
            ink.is_cut = True
            return
        (x0, y0), (x1, y1) = frame.point(*start), frame.point(*end)
        if not (ink.is_near(x0, y0) and ink.is_near(x1, y1)):
            continue
        if abs(y1 - y0) <= THICKEST_RULE / 3 and abs(x1 - x0) >= 0.5:
            ink.across.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) <= THICKEST_RULE / 3 and abs(y1 - y0) >= 0.5:
            ink.down.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
