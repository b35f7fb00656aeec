"""Word files (.docx, .docm, .dotx): paragraphs and tables in reading order, straight from the XML."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from core.errors import Unreadable
from documents.formats.container import Container
from documents.formats.docx_numbering import Numbering
from documents.formats.docx_styles import Styles, W
from documents.formats.docx_tables import Blocks, read_table
from documents.formats.docx_text import MC, Line, Prose
from documents.formats.grid import Cell, Document, Paragraph, Table
from documents.formats.markup import Element

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_WRAPPERS = {W + n for n in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")}
_DEEPEST_TABLE = 20
_EMPTY = "В файле Word нет текста документа. Откройте его, сохраните заново и повторите."


def read_docx(path: str) -> Document:
    """The document of a Word file. Raises Unreadable or TooLarge, never reads outside the file."""
    with Container(path) as container:
        main = main_part(container)
        folder = str(PurePosixPath(main).parent)
        body = container.xml(main)
        styles = Styles(container.xml(f"{folder}/styles.xml"))
        numbering = Numbering(container.xml(f"{folder}/numbering.xml"), styles)
    if body is None or body.find(W + "body") is None:
        raise Unreadable(_EMPTY)
    return Document(_Reader(Prose(styles, numbering)).blocks(body.find(W + "body")), format="docx")


def main_part(container: Container) -> str:
    """The name of the part that holds the document, as the package itself says."""
    root = container.xml("_rels/.rels")
    for relation in [] if root is None else root.iter(_RELATION):
        if str(relation.get("Type", "")).endswith("/officeDocument"):
            return str(relation.get("Target", "")).lstrip("/")
    return "word/document.xml"


class _Reader:
    def __init__(self, prose: Prose) -> None:
        self._prose = prose
        self._tables = 0
        self._depth = 0

    def blocks(self, parent: Element) -> Blocks:
        """Paragraphs and tables under `parent`; text boxes come before the paragraph they hang on."""
        found: Blocks = []
        pending = ""
        for element in _block_elements(parent):
            if element.tag == W + "tbl":
                found.append(self._table(element))
                continue
            line = self._prose.line(element)
            for box in line.boxes:
                found.extend(self.blocks(box))
            pending += line.text
            if not line.joins_next:
                found.append(_paragraph(pending, line))
                pending = ""
        return found

    def _table(self, element: Element) -> Table:
        self._depth += 1
        if self._depth == 1:
            self._tables += 1
        place = f"таблица {self._tables}"
        if self._depth > _DEEPEST_TABLE:
            raise Unreadable("Таблицы вложены друг в друга слишком глубоко. Уберите вложенность и повторите.")
        table = read_table(element, self._cell, place)
        self._depth -= 1
        return table

    def _cell(self, element: Element) -> Cell:
        blocks = self.blocks(element)
        nested = [block for block in blocks if isinstance(block, Table)]
        lines = [block for block in blocks if isinstance(block, Paragraph) and block.text.strip()]
        return Cell(
            row=0,
            column=0,
            text="\n".join(line.text.strip() for line in lines),
            bold=bool(lines) and all(line.bold for line in lines),
            italic=bool(lines) and all(line.italic for line in lines),
            nested=nested,
            blocks=blocks if nested else [],
        )


def _paragraph(text: str, line: Line) -> Paragraph:
    return Paragraph(
        text=text.strip(),
        level=line.look.level,
        bold=line.look.bold,
        centered=line.look.alignment == "center",
        right=line.look.alignment in ("right", "end"),
        italic=line.look.italic,
    )


def _block_elements(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag in (W + "p", W + "tbl"):
            yield child
        elif child.tag in _WRAPPERS:
            yield from _block_elements(child)
        elif child.tag == MC + "AlternateContent":
            version = child.find(MC + "Choice")
            version = child.find(MC + "Fallback") if version is None else version
            if version is not None:
                yield from _block_elements(version)
