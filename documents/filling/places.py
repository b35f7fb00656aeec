"""Tags of a template as their author sees them, with the place in the words of a person.

Word cuts a tag into runs; here it is whole again, in the order of the document.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from documents.filling.package import Part
from documents.filling.row_text import CELL, PARAGRAPH, ROW, TEXT, W

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\{\{.*|\{%.*", re.DOTALL)
_TABLE, _BOX = W + "tbl", W + "txbxContent"
_OWN_TEXT = (TEXT, W + "tab", W + "br")
_NORMAL = str.maketrans("“”‘’", "\"\"''")


@dataclass(frozen=True)
class Placed:
    """A tag and where it stands."""

    tag: str
    place: str


def placed_tags(part: Part) -> list[Placed]:
    """All tags of the part in the order of the text; in a part without paragraphs, wherever they are."""
    if next(part.root.iter(PARAGRAPH), None) is None:
        return [Placed(tag, part.where) for text in _all_texts(part.root) for tag in TAG.findall(text)]
    counts = _Counts(part.root)
    return [
        Placed(tag, " ".join(filter(None, (part.where, counts.place(paragraph)))))
        for paragraph in part.root.iter(PARAGRAPH)
        for tag in TAG.findall(own_text(paragraph))
    ]


def own_text(paragraph: Any) -> str:
    """The paragraph's text without that of text boxes anchored in it."""
    pieces = (each.text or "" for each in paragraph.iter(*_OWN_TEXT) if _owner(each) is paragraph)
    return "".join(pieces)


def _owner(element: Any) -> Any:
    return next(element.iterancestors(PARAGRAPH), None)


def _all_texts(root: Any) -> Iterator[str]:
    """The text of all elements put together, then their attributes."""
    yield "".join(root.itertext())
    for element in root.iter("*"):
        yield from element.attrib.values()


def words_of(tag: str) -> str:
    """The tag without what docxtpl and Word change in it: spaces, quotes, the letters after the brace."""
    bare = html.unescape(tag).translate(_NORMAL)
    bare = re.sub(r"^(\{[%{#])-?\s*(tr|tc|p|r)\s", r"\1", bare)
    return re.sub(r"[\s-]+", "", bare)


def _is_loose(paragraph: Any) -> bool:
    return not any(True for _ in paragraph.iterancestors(_TABLE, _BOX))


class _Counts:
    """Numbers as a person counts: outer tables, and paragraphs beside tables."""

    def __init__(self, root: Any) -> None:
        outer = [table for table in root.iter(_TABLE) if not any(True for _ in table.iterancestors(_TABLE))]
        self._tables = {table: number for number, table in enumerate(outer, 1)}
        loose = filter(_is_loose, root.iter(PARAGRAPH))
        self._paragraphs = {paragraph: number for number, paragraph in enumerate(loose, 1)}

    def place(self, paragraph: Any) -> str:
        tables = list(paragraph.iterancestors(_TABLE))
        if not tables:
            return f"в абзаце {self._paragraphs[paragraph]}" if paragraph in self._paragraphs else "в надписи"
        table = tables[-1]
        inside = list(paragraph.iterancestors(ROW, CELL))
        row = next(each for each in reversed(inside) if each.tag == ROW)
        number = sum(1 for _ in row.itersiblings(ROW, preceding=True)) + 1
        return f"в таблице {self._tables[table]}, строка {number}"
