"""The text of files without pages of their own: Word, Excel, OpenDocument, old formats, plain text.

Runs in the limited subprocess only. The readers of `documents.formats` do the reading.
"""

from __future__ import annotations

from collections.abc import Callable

from core.errors import Unreadable, sentence
from documents.formats.docx import read_docx
from documents.formats.grid import Cell, Document, Paragraph, Table
from documents.formats.legacy import read_legacy
from documents.formats.odf import read_odf
from documents.formats.plain import read_plain
from documents.formats.xlsx import read_xlsx
from documents.intake.types import FileType

_NO_TEXT = sentence("Из файлов этого вида текст не извлекается. Сохраните файл как PDF, Word или Excel.")
_SHEETS = (FileType.XLSX.media, FileType.ODS.media, FileType.XLS.media)
_READERS: dict[str, Callable[[str], Document]] = {
    FileType.DOCX.media: read_docx,
    FileType.XLSX.media: read_xlsx,
    FileType.ODT.media: read_odf,
    FileType.ODS.media: read_odf,
    FileType.DOC.media: lambda path: read_legacy(path, "doc", "docx", read_docx),
    FileType.RTF.media: lambda path: read_legacy(path, "rtf", "docx", read_docx),
    FileType.XLS.media: lambda path: read_legacy(path, "xls", "xlsx", read_xlsx),
    "text/plain": read_plain,
}


def is_plain(path: str) -> bool:
    """Whether the file is a text without any format."""
    try:
        return bool(read_plain(path).blocks)
    except Unreadable:
        return False


def texts_of(path: str, media_type: str) -> list[str]:
    """The text of the file; of a workbook, the text of each sheet. Unreadable when there is no way to it."""
    if media_type not in _READERS:
        raise Unreadable(_NO_TEXT)
    blocks = _READERS[media_type](path).blocks
    if media_type in _SHEETS:
        return [text for text in (_text([block]) for block in blocks) if text] or [""]
    return [_text(blocks)]


def _text(blocks: list[Paragraph | Table]) -> str:
    """A line per paragraph and per row of a table, cells parted by tabs; no more than one empty line."""
    lines: list[str] = []
    for block in blocks:
        lines += _rows(block) if isinstance(block, Table) else [block.text.rstrip()]
    kept = [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]
    return "\n".join(kept).strip("\n")


def _rows(table: Table) -> list[str]:
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(_in(cell))
    return ["\t".join(cells).rstrip() for _, cells in sorted(rows.items()) if any(cells)]


def _in(cell: Cell) -> str:
    return _text(cell.blocks) if cell.blocks else cell.text
