"""The template of an order, laid out as a form of an executive's order on A4.

Letterhead, kind, date and number, place, heading, preamble that ends with «приказываю:», numbered items,
the item on control, annexes, signature. Regenerate templates/docx/order.docx by
`python -m orders.paper_template`; a test compares the two by their text.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

PATH = Path(__file__).resolve().parent.parent / "templates" / "docx" / "order.docx"
CENTRE, BOTH, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.RIGHT
#: Text, alignment, is it bold, first line indent in millimetres, space above in points.
Line = tuple[str, Any, bool, int, int]
LINES: tuple[Line, ...] = (
    ("{{ authority }}", CENTRE, True, 0, 0),
    ("{{ kind }}", CENTRE, True, 0, 12),
    ("от {{ date }} № {{ number }}", CENTRE, False, 0, 12),
    ("{{ place }}", CENTRE, False, 0, 0),
    ("{{ title }}", None, True, 0, 12),
    ("{%p for line in preamble %}", None, False, 0, 0),
    ("{{ line }}", BOTH, False, 12, 12),
    ("{%p endfor %}", None, False, 0, 0),
    ("{{ order_word }}", BOTH, False, 12, 6),
    ("{%p for line in items %}", None, False, 0, 0),
    ("{{ line }}", BOTH, False, 12, 6),
    ("{%p endfor %}", None, False, 0, 0),
    ("{%p for line in annexes %}", None, False, 0, 0),
    ("{{ line }}", None, False, 0, 12),
    ("{%p endfor %}", None, False, 0, 0),
)


def build(path: str | Path) -> None:
    """The template written to `path`."""
    document = sheet_of(LINES, size=14)
    left, right = add_signatures(document, rows=1).rows[0].cells
    left.text, right.text = "{{ signatory_position }}", "{{ signatory_name }}"
    right.paragraphs[0].alignment = RIGHT
    document.save(str(path))


def sheet_of(lines: Iterable[Line], *, size: int) -> Any:
    """An act on A4 with the margins of office papers, set in type of `size` points."""
    document = Document()
    document.core_properties.author = document.core_properties.comments = ""
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(size)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Mm(30), Mm(10), Mm(20), Mm(20)
    for line in lines:
        _add(document, *line)
    return document


def _add(document: Any, text: str, alignment: Any, is_bold: bool, indent: int, above: int) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(text).bold = is_bold
    paragraph.alignment = alignment
    form = paragraph.paragraph_format
    form.first_line_indent, form.space_before, form.space_after = Mm(indent), Pt(above), Pt(0)


def add_signatures(document: Any, *, rows: int) -> Any:
    """Room for posts on the left and names on the right, below the text."""
    document.add_paragraph()
    return document.add_table(rows=rows, cols=2)


if __name__ == "__main__":
    build(PATH)
