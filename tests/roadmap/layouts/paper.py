"""A small language for documents (paragraphs, tables, cells with spans) and its Word writer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

NS = nsdecls("w")


@dataclass
class C:
    """A cell: text (paragraphs by \\n), spans, or ready-made paragraph XML in `xml`."""

    text: str = ""
    across: int = 1
    down: int = 1
    bold: bool = False
    italic: bool = False
    xml: str = ""
    nested: T | None = None
    date: Any = None


@dataclass
class T:
    """A table: rows of cells as in HTML (places under a `down` cell are left out)."""

    rows: list[list[C]]
    header: int = 0
    widths: list[int] = field(default_factory=list)
    ruled: bool = True


@dataclass
class P:
    """A paragraph. `xml` replaces it by ready-made XML."""

    text: str = ""
    bold: bool = False
    align: str = ""
    style: str = ""
    xml: str = ""
    breaks_page: bool = False


@dataclass
class Sheet:
    """One sheet of a workbook."""

    name: str
    blocks: list[P | T]
    state: str = "visible"


Block = P | T


def row(*cells: str | C) -> list[C]:
    return [cell if isinstance(cell, C) else C(cell) for cell in cells]


def table(
    *rows: Sequence[str | C], header: int = 1, widths: list[int] | None = None, ruled: bool = True
) -> T:
    """A table; the first `header` rows are bold."""
    made = [row(*cells) for cells in rows]
    for cells in made[:header]:
        for cell in cells:
            cell.bold = True
    return T(made, header, widths or [], ruled)


def title(*lines: str) -> list[Block]:
    return [P(line, bold=True, align="center") for line in lines]


def placed(table: T) -> Iterator[tuple[int, int, C]]:
    """(row, column, cell) of each cell, counting the places that merged cells take."""
    taken: set[tuple[int, int]] = set()
    for r, cells in enumerate(table.rows):
        c = 0
        for cell in cells:
            while (r, c) in taken:
                c += 1
            yield r, c, cell
            taken.update((r + i, c + j) for i in range(cell.down) for j in range(cell.across))
            c += cell.across


def write_docx(path: Path, blocks: list[Block], *, landscape: bool = True) -> None:
    """The blocks as a Word document."""
    document = docx.Document()
    section = document.sections[0]
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin = section.right_margin = section.bottom_margin = section.top_margin = Mm(18)
    body = document.element.body
    # A Word document ends with a paragraph; without it LibreOffice takes the last table apart.
    for block in [*blocks, P()]:
        xml = _paragraph(block) if isinstance(block, P) else _table(block, 13800 if landscape else 10000)
        body.insert(len(body) - 1, parse_xml(xml))
    document.save(str(path))


def paragraph_xml(text: str, *, bold: bool = False, italic: bool = False, extra: str = "") -> str:
    """One paragraph; `extra` goes into its properties."""
    look = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "") + '<w:sz w:val="20"/>'
    run = f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    spacing = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    return f"<w:p {NS}><w:pPr>{extra.partition('|')[0]}{spacing}{extra.partition('|')[2]}</w:pPr>{run}</w:p>"


def _paragraph(block: P) -> str:
    if block.xml:
        return block.xml
    if block.breaks_page:
        return f'<w:p {NS}><w:r><w:br w:type="page"/></w:r></w:p>'
    style = f'<w:pStyle w:val="{block.style}"/>' if block.style else ""
    align = f'<w:jc w:val="{block.align}"/>' if block.align else ""
    return paragraph_xml(block.text, bold=block.bold, extra=f"{style}|{align}")


def _table(block: T, room: int) -> str:
    width = max(c + cell.across for _, c, cell in placed(block))
    widths = block.widths or [room // width] * width
    shares = [room * part // sum(widths) for part in widths]
    rules = "".join(
        f'<w:{side} w:val="{"single" if block.ruled else "nil"}" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{share}"/>' for share in shares)
    rows = "".join(_row(block, number, shares) for number in range(len(block.rows)))
    layout = '<w:tblLayout w:type="fixed"/>'
    look = f'<w:tblW w:w="{sum(shares)}" w:type="dxa"/><w:tblBorders>{rules}</w:tblBorders>{layout}'
    return f"<w:tbl {NS}><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def _row(block: T, number: int, shares: list[int]) -> str:
    """One row with the continuation cells that Word wants under vertically merged ones."""
    parts: list[tuple[int, str]] = []
    for r, c, cell in placed(block):
        if r == number:
            parts.append(
                (c, _cell(cell, sum(shares[c : c + cell.across]), "restart" if cell.down > 1 else ""))
            )
        elif r < number < r + cell.down:
            parts.append((c, _cell(C(across=cell.across), sum(shares[c : c + cell.across]), "continue")))
    repeated = "<w:trPr><w:tblHeader/></w:trPr>" if number < block.header else ""
    return f"<w:tr>{repeated}{''.join(xml for _, xml in sorted(parts))}</w:tr>"


def _cell(cell: C, width: int, merge: str) -> str:
    span = f'<w:gridSpan w:val="{cell.across}"/>' if cell.across > 1 else ""
    down = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    inner = cell.xml or "".join(
        paragraph_xml(line, bold=cell.bold, italic=cell.italic) for line in cell.text.split("\n")
    )
    if cell.nested is not None:
        inner += _table(cell.nested, max(width - 300, 900)) + f"<w:p {NS}/>"
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{down}</w:tcPr>{inner}</w:tc>'
