"""The common shape of everything that can be read: paragraphs and tables in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field

#: A recognised cell of this confidence needs no second look.
SURE = 0.8


@dataclass(frozen=True)
class Scan:
    """Where a recognised cell stands on a scanned page.

    `page` counts from 1, `cell` from 0 over the page; `box` is (left, top, right, bottom) in shares of the
    page as displayed. `confidence` is 0..1, None for an empty cell.
    """

    page: int
    cell: int
    box: tuple[float, float, float, float]
    confidence: float | None = None

    @property
    def is_unsure(self) -> bool:
        """Whether a human should compare the text with the scan; clean print reaches 0.9 and more."""
        return self.confidence is not None and self.confidence < SURE


@dataclass
class Cell:
    """One cell as it stands in the file. A merged cell is one Cell with spans, at its top left.

    `text` keeps paragraphs apart by "\\n"; automatic numbers are written out before the text.
    `rows` above 1 is a true vertical merge: the text counts for each of the rows.
    `blocks` keeps the content in reading order, and only for a cell that holds nested tables.
    """

    row: int
    column: int
    text: str = ""
    rows: int = 1
    columns: int = 1
    bold: bool = False
    italic: bool = False
    nested: list[Table] = field(default_factory=list)
    blocks: list[Paragraph | Table] = field(default_factory=list)
    scan: Scan | None = None


@dataclass
class Table:
    """A rectangular grid: `height` rows by `width` columns, cells listed row by row.

    `place` names the table for a human («таблица 2», «лист План»); `page` is 1-based or None.
    `header_rows` counts rows which the file itself marks as a repeated header (0 when unknown).
    `regular` says that cells which are not listed are empty, as on a sheet; elsewhere they do not exist.
    """

    height: int
    width: int
    cells: list[Cell]
    place: str = ""
    page: int | None = None
    header_rows: int = 0
    regular: bool = False


@dataclass
class Paragraph:
    """A line of running text outside tables. `level` is 1.. for headings, 0 for body text.

    An empty text marks a blank line, which parts a title block from what follows.
    """

    text: str
    level: int = 0
    bold: bool = False
    centered: bool = False
    page: int | None = None
    right: bool = False
    italic: bool = False


@dataclass
class Document:
    """All blocks of a file in reading order. `doubts` are sentences about the file as a whole."""

    blocks: list[Paragraph | Table]
    format: str = ""
    doubts: list[str] = field(default_factory=list)
