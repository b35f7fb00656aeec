"""Texts and styles of OpenDocument files."""

from __future__ import annotations

from dataclasses import dataclass, field

from documents.formats.counting import written
from documents.formats.markup import Element

_N = "{urn:oasis:names:tc:opendocument:xmlns:"
TEXT, TABLE, OFFICE = _N + "text:1.0}", _N + "table:1.0}", _N + "office:1.0}"
STYLE, DRAW = _N + "style:1.0}", _N + "drawing:1.0}"
FO = _N + "xsl-fo-compatible:1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
MOST_SPACES = 100
_SKIPPED = {
    TEXT + n for n in ("note", "tracked-changes", "bookmark", "soft-page-break", "sequence-decls")
} | {
    OFFICE + "annotation",
    OFFICE + "annotation-end",
}
_FORMATS = {
    "1": "decimal",
    "I": "upperRoman",
    "i": "lowerRoman",
    "A": "upperLetter",
    "a": "lowerLetter",
    "А": "russianUpper",
    "а": "russianLower",
    "": "none",
}


@dataclass
class Look:
    """What a style says; None where it is silent and its parent decides."""

    parent: str = ""
    bold: bool | None = None
    italic: bool | None = None
    alignment: str | None = None
    display: bool = True
    list_style: str = ""
    level: int = 0


class Looks:
    """Styles of a file by name, parents resolved on request."""

    def __init__(self, *roots: Element | None) -> None:
        self._looks: dict[str, Look] = {}
        self.lists: dict[str, dict[int, Element]] = {}
        for root in roots:
            for style in [] if root is None else root.iter(STYLE + "style"):
                self._looks[str(style.get(STYLE + "name", ""))] = _look(style)
            for style in [] if root is None else root.iter(TEXT + "list-style"):
                levels = {_whole(level.get(TEXT + "level"), 1): level for level in style}
                self.lists[str(style.get(STYLE + "name", ""))] = levels

    def chain(self, name: str) -> list[Look]:
        """The style and its parents, nearest first."""
        found: list[Look] = []
        while name in self._looks and len(found) < 12:
            found.append(self._looks[name])
            name = self._looks[name].parent
        return found

    def bold(self, name: str) -> bool:
        """Whether texts of this style are bold."""
        return next((look.bold for look in self.chain(name) if look.bold is not None), False)

    def italic(self, name: str) -> bool:
        """Whether texts of this style are in italics."""
        return next((look.italic for look in self.chain(name) if look.italic is not None), False)

    def alignment(self, name: str) -> str:
        """«start», «center», «end», … of a paragraph style."""
        return next((look.alignment for look in self.chain(name) if look.alignment is not None), "")

    def is_shown(self, name: str) -> bool:
        """Whether a table style lets its sheet be seen."""
        return all(look.display for look in self.chain(name))

    def list_style(self, name: str) -> str:
        """The list that numbers paragraphs of this style."""
        return next((look.list_style for look in self.chain(name) if look.list_style), "")


def _look(style: Element) -> Look:
    look = Look(str(style.get(STYLE + "parent-style-name", "")))
    look.list_style = str(style.get(STYLE + "list-style-name", ""))
    for properties in style:
        if properties.get(FO + "font-weight") is not None:
            look.bold = properties.get(FO + "font-weight") in ("bold", "600", "700", "800", "900")
        if properties.get(FO + "font-style") is not None:
            look.italic = properties.get(FO + "font-style") in ("italic", "oblique")
        if properties.get(FO + "text-align") is not None:
            look.alignment = str(properties.get(FO + "text-align"))
        if properties.get(TABLE + "display") == "false":
            look.display = False
    return look


@dataclass
class Ink:
    """The text of a paragraph being gathered, with the weight of each piece."""

    pieces: list[str] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)
    italic: list[bool] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The pieces joined."""
        return "".join(self.pieces)


def gather(element: Element, looks: Looks, style: str, ink: Ink) -> None:
    """Adds the text under `element` to `ink`: notes, comments and deletions are left out."""
    _write(ink, element.text, looks, style)
    for child in element:
        if child.tag == TEXT + "s":
            ink.pieces.append(" " * min(_whole(child.get(TEXT + "c"), 1), MOST_SPACES))
        elif child.tag == TEXT + "tab":
            ink.pieces.append("\t")
        elif child.tag == TEXT + "line-break":
            ink.pieces.append("\n")
        elif child.tag == DRAW + "frame" or child.tag == DRAW + "custom-shape":
            ink.boxes.extend(child.iter(DRAW + "text-box"))
        elif child.tag not in _SKIPPED:
            gather(child, looks, str(child.get(TEXT + "style-name", "")) or style, ink)
        _write(ink, child.tail, looks, style)


def _write(ink: Ink, text: str | None, looks: Looks, style: str) -> None:
    if not text:
        return
    ink.pieces.append(" ".join(text.split("\n")) if "\n" in text else text)
    if text.strip():
        ink.bold.append(looks.bold(style))
        ink.italic.append(looks.italic(style))


class ListNumbers:
    """Counts list items as LibreOffice prints them."""

    def __init__(self, looks: Looks) -> None:
        self._looks = looks
        self._counts: dict[str, dict[int, int]] = {}
        self._of_style: dict[str, str] = {}
        self._current: str = ""

    def open(self, element: Element, style: str) -> None:
        """A top-level list begins: it goes on with an earlier one only when the file says so."""
        earlier = str(element.get(TEXT + "continue-list", ""))
        if element.get(TEXT + "continue-numbering") == "true" and not earlier:
            earlier = self._of_style.get(style, "")
        own = str(element.get(XML_ID, "")) or f"{style}#{len(self._counts)}"
        self._counts[own] = self._counts.get(earlier, {})
        self._of_style[style] = own
        self._current = own

    def number(self, style: str, level: int, start: str | None) -> str:
        """The printed number of the next item at this level (from 1); "" for bullets."""
        counts = self._counts.setdefault(self._current, {})
        levels = self._looks.lists.get(style, {})
        for upper in range(1, level):
            counts.setdefault(upper, _start(levels.get(upper)))
        counts[level] = counts.get(level, _start(levels.get(level)) - 1) + 1
        if start is not None:
            counts[level] = _whole(start, 1)
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        return _printed(levels, counts, level)


def _start(level: Element | None) -> int:
    return 1 if level is None else _whole(level.get(TEXT + "start-value"), 1)


def _printed(levels: dict[int, Element], counts: dict[int, int], level: int) -> str:
    own = levels.get(level)
    if own is None or own.tag != TEXT + "list-level-style-number":
        return ""
    shown = _whole(own.get(TEXT + "display-levels"), 1)
    parts = []
    for index in range(level - shown + 1, level + 1):
        at = levels.get(index)
        style = "1" if at is None else str(at.get(STYLE + "num-format", ""))
        parts.append(written(counts.get(index, 1), _FORMATS.get(style.split(",")[0].strip(), "decimal")))
    if not any(parts):
        return ""
    label = ".".join(part for part in parts if part)
    return f"{own.get(STYLE + 'num-prefix', '')}{label}{own.get(STYLE + 'num-suffix', '')}".strip()


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdigit() and len(text) < 8 else otherwise
