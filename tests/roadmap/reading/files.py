"""Small files made by hand for tests: .docx, .xlsx, .odt, .ods with exactly the markup that matters."""

from __future__ import annotations

import zipfile
from pathlib import Path

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
NAMES = " ".join(
    f'xmlns:{prefix}="{OASIS}:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
        ("draw", "drawing"),
    )
)


def zipped(path: Path, parts: dict[str, str | bytes]) -> str:
    """A zip file of these parts; its path as text."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return str(path)


def docx(path: Path, body: str, *, numbering: str = "", styles: str = "") -> str:
    """A Word file with this body."""
    parts: dict[str, str | bytes] = {
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    }
    if numbering:
        parts["word/numbering.xml"] = f'<w:numbering xmlns:w="{W}">{numbering}</w:numbering>'
    if styles:
        parts["word/styles.xml"] = f'<w:styles xmlns:w="{W}">{styles}</w:styles>'
    return zipped(path, parts)


def p(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    look = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f'<w:p>{look}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def tc(content: str, properties: str = "") -> str:
    """A cell; plain text becomes a paragraph."""
    inner = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row of cells or of plain texts."""
    made = "".join(cell if cell.startswith(("<w:tc>", "<w:sdt>")) else tc(cell) for cell in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{made}</w:tr>"


def tbl(*rows: str, grid: tuple[int, ...] = ()) -> str:
    """A table of rows."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    return f"<w:tbl><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def xlsx(
    path: Path, sheets: dict[str, str], *, styles: str = "", strings: str = "", state: str = "visible"
) -> str:
    """A workbook; each sheet is given by what stands inside its <worksheet>. `state` is of the last one."""
    links, entries = [], []
    parts: dict[str, str | bytes] = {}
    for index, (name, content) in enumerate(sheets.items(), 1):
        shown = state if index == len(sheets) else "visible"
        entries.append(f'<sheet name="{name}" sheetId="{index}" state="{shown}" r:id="r{index}"/>')
        links.append(f'<Relationship Id="r{index}" Target="worksheets/sheet{index}.xml" Type="x"/>')
        parts[f"xl/worksheets/sheet{index}.xml"] = f'<worksheet xmlns="{S}">{content}</worksheet>'
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{S}" xmlns:r="{R}"><sheets>{"".join(entries)}</sheets></workbook>'
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="{package}">{"".join(links)}</Relationships>'
    if styles:
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{S}">{styles}</styleSheet>'
    if strings:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{S}">{strings}</sst>'
    return zipped(path, parts)


def c(reference: str, text: str) -> str:
    """A cell of a sheet with its text inside."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def odf(path: Path, body: str, *, styles: str = "") -> str:
    """An OpenDocument file with this body (<office:text> or <office:spreadsheet>)."""
    content = (
        f"<office:document-content {NAMES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body>{body}</office:body></office:document-content>"
    )
    return zipped(path, {"content.xml": content})
