"""The text of Word paragraphs as a reader sees it: insertions in, deletions and hidden text out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from documents.formats.docx_numbering import Numbering
from documents.formats.docx_styles import Look, Styles, W, is_on, value
from documents.formats.markup import Element

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_INSIDE = {
    W + n
    for n in (
        "hyperlink",
        "ins",
        "moveTo",
        "smartTag",
        "sdt",
        "sdtContent",
        "fldSimple",
        "customXml",
        "dir",
        "bdo",
        "p",
        "ruby",
        "rubyBase",
    )
}
_SIGNS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "ptab": "\t"}
# Ticks and boxes of the symbol fonts, which officials use in «отметка» columns.
_SYMBOLS = {
    "F0FC": "✓",
    "F0FE": "☑",
    "F0FD": "☒",
    "F0FB": "✗",
    "F0D6": "✓",
    "F052": "☑",
    "F0A8": "☐",
    "F0B7": "•",
    "F02D": "-",
    "F0A7": "•",
}
_FOOTNOTE = re.compile(r"[*\d]{1,2}\)?")


@dataclass
class Line:
    """One paragraph: its text with the automatic number, and how it looks."""

    text: str
    look: Look
    boxes: list[Element] = field(default_factory=list)
    joins_next: bool = False


@dataclass
class _Ink:
    pieces: list[str] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)
    italic: list[bool] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)


class Prose:
    """Reads paragraphs in document order, for the automatic numbers are counted on the way."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering

    def line(self, paragraph: Element) -> Line:
        """The paragraph as a line of text; text boxes anchored in it are left to the caller."""
        look = self._styles.look(paragraph)
        ink = _Ink()
        self._gather(paragraph, ink, look)
        number = self._numbering.number(*look.numbering) if look.numbering else ""
        text = "".join(ink.pieces)
        shown = Look(
            bold=all(ink.bold) if ink.bold else look.bold,
            italic=all(ink.italic) if ink.italic else look.italic,
            alignment=look.alignment,
            level=look.level,
        )
        return Line(f"{number} {text}" if number else text, shown, ink.boxes, _is_mark_deleted(paragraph))

    def _gather(self, parent: Element, ink: _Ink, look: Look) -> None:
        for child in parent:
            if child.tag == W + "r":
                self._run(child, ink, look)
            elif child.tag in _INSIDE:
                self._gather(child, ink, look)
            elif child.tag == MC + "AlternateContent":
                self._alternative(child, ink, look)
            elif child.tag in (M + "oMath", M + "oMathPara"):
                ink.pieces.append("".join(text.text or "" for text in child.iter(M + "t")))

    def _alternative(self, child: Element, ink: _Ink, look: Look) -> None:
        """Of several versions of the same content only the first one is read."""
        for version in (*child.findall(MC + "Choice"), *child.findall(MC + "Fallback")):
            before = len(ink.pieces) + len(ink.boxes)
            self._run(version, ink, look)
            self._gather(version, ink, look)
            if len(ink.pieces) + len(ink.boxes) > before:
                return

    def _run(self, run: Element, ink: _Ink, look: Look) -> None:
        properties = run.find(W + "rPr")
        if is_on(properties, "vanish"):
            return
        text = ""
        for child in run:
            if child.tag == MC + "AlternateContent":
                self._alternative(child, ink, look)
            elif child.tag in (W + "drawing", W + "pict", W + "object"):
                ink.boxes.extend(child.iter(W + "txbxContent"))
            else:
                text += _written(child)
        if text and not _is_footnote_mark(properties, text):
            ink.pieces.append(text)
            _weigh(ink, text, properties, look)


def _written(child: Element) -> str:
    if child.tag == W + "t":
        return child.text or ""
    if child.tag == W + "sym":
        return _SYMBOLS.get(str(child.get(W + "char", "")).upper(), "")
    return _SIGNS.get(child.tag, "")


def _weigh(ink: _Ink, text: str, properties: Element | None, look: Look) -> None:
    if not text.strip():
        return
    bold, italic = is_on(properties, "b"), is_on(properties, "i")
    ink.bold.append(look.bold if bold is None else bold)
    ink.italic.append(look.italic if italic is None else italic)


def _is_footnote_mark(properties: Element | None, text: str) -> bool:
    """Raised figures and stars point to notes below the table; m² and the like are written otherwise."""
    raised = value(properties, "vertAlign") == "superscript"
    return raised and _FOOTNOTE.fullmatch(text.strip()) is not None and text.strip() not in ("2", "3")


def _is_mark_deleted(paragraph: Element) -> bool:
    """A tracked deletion of the paragraph's end joins it with the next paragraph."""
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None
