"""The template that Vekha comes with, laid out as the execution report of a real roadmap.

A4 landscape, Times New Roman, the mark of approval on the right, nine columns, a merged row in italics
for each section, the header row repeated on every page, the line for a signature below. Regenerate
templates/docx/annual_report.docx by `python -m reports.default_template`; a test compares the two.
"""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, Twips

from documents.filling.packing import packed

PATH = Path(__file__).resolve().parent.parent / "templates" / "docx" / "annual_report.docx"
FONT = "Times New Roman"
PAGE = {"page_width": 16838, "page_height": 11906}
MARGINS = {"top_margin": 1134, "right_margin": 567, "bottom_margin": 850, "left_margin": 567}
HEADER_DISTANCE = 567
# Twentieths of a point; the proportions of the published report.
WIDTHS = (651, 2466, 1275, 2324, 1332, 1729, 2154, 1303, 2466)
SIGNATURE_WIDTHS = (5385, 3968, 5669)
SIGNATURE = ("{{ signature.position }}", "_________________", "/{{ signature.name }}/")
CELLS = (
    "{{ measure.number }}",
    "{{ measure.title }}",
    "{{ measure.preparation_period }}",
    "{{ measure.condition }}",
    "{{ measure.due_period }}",
    "{{ measure.executors }}",
    "{{ measure.form_of_execution }}",
    "{{ measure.status }}",
    "{{ measure.report }}",
)
BLOCK = "Block"
RIGHT, CENTRE = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.CENTER
KEPT_STYLES = ("Normal", "Header", "Default Paragraph Font", "Normal Table", "No List", "Table Grid")
UNUSED = ("thumbnail", "stylesWithEffects", "customXml", "numbering", "theme", "webSettings", "fontTable")


def build(path: str | Path) -> None:
    """The template written to `path`, the same bytes every time."""
    document = Document()
    _set_styles(document)
    _set_page(document.sections[0])
    _set_properties(document.core_properties)
    _add_heading(document)
    _add_table(document)
    _add_signature(document)
    _save(document, path)


def _set_styles(document: Any) -> None:
    for style in [each for each in document.styles if each.name not in KEPT_STYLES]:
        style.delete()
    styles = document.styles.element
    styles.remove(styles.find(qn("w:latentStyles")))
    fonts = next(styles.iter(qn("w:rFonts")))
    fonts.getparent().remove(fonts)  # the defaults name fonts of the theme, which the template does without
    normal = document.styles["Normal"]
    _set_font(normal, 12)
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.15
    block = document.styles.add_style(BLOCK, WD_STYLE_TYPE.PARAGRAPH)
    block.base_style = normal
    _set_font(block, 14)


def _set_font(style: Any, size: int) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    fonts = style.element.rPr.rFonts
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    language = _child(style.element.rPr, "w:lang")
    language.set(qn("w:val"), "ru-RU")


def _set_page(section: Any) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE
    for name, twips in {**PAGE, **MARGINS}.items():
        setattr(section, name, Twips(twips))
    section.header_distance = section.footer_distance = Twips(HEADER_DISTANCE)
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = CENTRE
    _child(paragraph._p, "w:fldSimple").set(qn("w:instr"), "PAGE")


def _set_properties(properties: Any) -> None:
    properties.title, properties.subject = "{{ title }}", "{{ period }}"
    properties.author, properties.comments = "{{ organisation }}", ""
    properties.language = "ru-RU"


def _add_heading(document: Any) -> None:
    for text in ("{{ approval.mark }}", "{{ approval.document }}", ""):
        document.add_paragraph(text, BLOCK).alignment = RIGHT
    title = document.add_paragraph(style=BLOCK)
    title.alignment = CENTRE
    title.add_run("{{ title }}").bold = True
    document.add_paragraph(style=BLOCK)


def _add_table(document: Any) -> None:
    table = _table(document, WIDTHS, margin=40)
    table.style = "Table Grid"
    header = _row(table, [f"{{{{ {name} }}}}" for name in _column_names()])
    _child(header._tr.get_or_add_trPr(), "w:tblHeader")
    for cell in header.cells:
        cell.paragraphs[0].alignment = CENTRE
        _child(cell._tc.get_or_add_tcPr(), "w:vAlign").set(qn("w:val"), "center")
    _control(table, "{%tr for section in sections %}")
    _control(table, "{%tr if section.heading %}")
    _section_row(table)
    _control(table, "{%tr endif %}")
    _control(table, "{%tr for measure in section.measures %}")
    _measure_row(table)
    _control(table, "{%tr endfor %}")
    _control(table, "{%tr endfor %}")


def _measure_row(table: Any) -> None:
    """Cells as bare as they may be: this row is written thousands of times; widths come from the grid."""
    row = _row(table, CELLS)
    row.cells[0].paragraphs[0].alignment = CENTRE
    for cell in row.cells:
        cell._tc.remove(cell._tc.tcPr)


def _column_names() -> list[str]:
    return [f"column.{cell.split('.')[1].rstrip(' }')}" for cell in CELLS]


def _section_row(table: Any) -> None:
    cells = table.add_row().cells
    merged = cells[0].merge(cells[-1])
    paragraph = merged.paragraphs[0]
    paragraph.alignment = CENTRE
    paragraph.add_run("{{ section.heading }}").italic = True


def _add_signature(document: Any) -> None:
    document.add_paragraph(style=BLOCK)
    document.add_paragraph(style=BLOCK)
    table = _table(document, SIGNATURE_WIDTHS, margin=60)
    row = _row(table, SIGNATURE)
    row.cells[1].paragraphs[0].alignment = CENTRE
    for cell in row.cells:
        cell.paragraphs[0].style = BLOCK
        _child(cell._tc.get_or_add_tcPr(), "w:vAlign").set(qn("w:val"), "bottom")


def _table(document: Any, widths: tuple[int, ...], *, margin: int) -> Any:
    table = document.add_table(rows=0, cols=len(widths))
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Twips(width)
    whole = _child(table._tbl.tblPr, "w:tblW")
    whole.set(qn("w:w"), str(sum(widths)))
    whole.set(qn("w:type"), "dxa")
    margins = _child(table._tbl.tblPr, "w:tblCellMar")
    for side in ("w:left", "w:right"):
        element = _child(margins, side)
        element.set(qn("w:w"), str(margin))
        element.set(qn("w:type"), "dxa")
    return table


def _row(table: Any, texts: Sequence[str]) -> Any:
    row = table.add_row()
    for cell, text in zip(row.cells, texts, strict=True):
        cell.paragraphs[0].text = text
    return row


def _control(table: Any, tag: str) -> None:
    table.add_row().cells[0].text = tag


def _child(parent: Any, name: str) -> Any:
    """The child element of that name, made if it is not there."""
    found = parent.find(qn(name))
    if found is None:
        found = OxmlElement(name)
        parent.append(found)
    return found


def _save(document: Any, path: str | Path) -> None:
    for relations in (document.part.package.rels, document.part.rels):
        for key in [key for key, each in relations.items() if each.reltype.endswith(UNUSED)]:
            del relations[key]
    held = io.BytesIO()
    document.save(held)
    with zipfile.ZipFile(held) as members, packed(str(path)) as archive:
        for name in members.namelist():
            archive.write(name, members.read(name))


if __name__ == "__main__":
    build(PATH)
