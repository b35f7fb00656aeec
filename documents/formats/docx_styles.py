"""What the styles of a Word file say about a paragraph: weight, slant, alignment, level, numbering."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from documents.formats.markup import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEPEST = 12


@dataclass(frozen=True)
class Look:
    """The look of a paragraph. `numbering` is (list id, level) or None; `level` is 0 for body text."""

    bold: bool = False
    italic: bool = False
    alignment: str = ""
    level: int = 0
    numbering: tuple[str, int] | None = None


def value(parent: Element | None, name: str) -> str | None:
    """The `w:val` of the child `name` of `parent`, "" when it has none, None without such a child."""
    child = None if parent is None else parent.find(W + name)
    return None if child is None else str(child.get(W + "val", ""))


def is_on(properties: Element | None, name: str) -> bool | None:
    """Whether a toggle such as bold is on; None when the properties do not speak of it."""
    said = value(properties, name)
    return None if said is None else said not in ("0", "false", "off", "none")


class Styles:
    """Paragraph styles with their inheritance resolved."""

    def __init__(self, root: Element | None) -> None:
        found = [] if root is None else root.findall(W + "style")
        self._styles = {style.get(W + "styleId", ""): style for style in found}
        self._looks: dict[str, Look] = {}
        self._usual = next((s.get(W + "styleId", "") for s in found if _is_default(s)), "")

    def look(self, paragraph: Element) -> Look:
        """The look of a paragraph: its own properties over those of its style."""
        own = paragraph.find(W + "pPr")
        style = self._look_of(value(own, "pStyle") or self._usual)
        return _over(style, own, None)

    def list_style(self, style_id: str) -> str | None:
        """The list id that a numbering style points to."""
        style = self._styles.get(style_id)
        numbering = None if style is None else style.find(f"{W}pPr/{W}numPr")
        return value(numbering, "numId")

    def _look_of(self, style_id: str, depth: int = 0) -> Look:
        if style_id not in self._looks:
            style = self._styles.get(style_id)
            self._looks[style_id] = Look() if style is None or depth > _DEEPEST else self._made(style, depth)
        return self._looks[style_id]

    def _made(self, style: Element, depth: int) -> Look:
        based_on = value(style, "basedOn")
        parent = self._look_of(based_on, depth + 1) if based_on else Look()
        look = _over(parent, style.find(W + "pPr"), style.find(W + "rPr"))
        name = (value(style, "name") or "").lower()
        if look.level == 0 and name.startswith("heading ") and name[8:].isdigit():
            look = Look(look.bold, look.italic, look.alignment, int(name[8:]), look.numbering)
        return look


def _is_default(style: Element) -> bool:
    return style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on")


def _over(look: Look, paragraph: Element | None, run: Element | None) -> Look:
    def chosen(said: Any, otherwise: Any) -> Any:
        return otherwise if said is None else said

    return Look(
        bold=chosen(is_on(run, "b"), look.bold),
        italic=chosen(is_on(run, "i"), look.italic),
        alignment=chosen(value(paragraph, "jc"), look.alignment),
        level=_level(paragraph, look.level),
        numbering=_numbering(paragraph, look.numbering),
    )


def _level(paragraph: Element | None, otherwise: int) -> int:
    said = value(paragraph, "outlineLvl")
    if said is None or not said.isdigit():
        return otherwise
    return int(said) + 1 if int(said) < 9 else 0


def _numbering(paragraph: Element | None, otherwise: tuple[str, int] | None) -> tuple[str, int] | None:
    own = None if paragraph is None else paragraph.find(W + "numPr")
    if own is None:
        return otherwise
    level = value(own, "ilvl")
    deep = int(level) if level and level.isdigit() else (otherwise[1] if otherwise else 0)
    number = value(own, "numId") or (otherwise[0] if otherwise else "")
    return (number, min(deep, 8)) if number not in ("", "0") else None
