"""The template of minutes on A4: letterhead, number and date, who was there, agenda, items, signatures.

Regenerate templates/docx/minutes.docx by `python -m council.paper_template`; a test compares the two by
their text.
"""

from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

PATH = Path(__file__).resolve().parent.parent / "templates" / "docx" / "minutes.docx"
CENTRE, BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY


def _each(names: str, *, bold: bool = False, indent: int = 12) -> tuple[tuple[str, Any, bool, int, int], ...]:
    return (
        (f"{{%p for line in {names} %}}", None, False, 0, 0),
        ("{{ line }}", BOTH, bold, indent, 3),
        ("{%p endfor %}", None, False, 0, 0),
    )


#: Text, alignment, is it bold, first line indent in millimetres, space above in points.
LINES: tuple[tuple[str, Any, bool, int, int], ...] = (
    ("{{ organisation }}", CENTRE, True, 0, 0),
    ("{{ kind }}", CENTRE, True, 0, 12),
    ("{{ council }}", CENTRE, False, 0, 0),
    ("{{ date }} № {{ number }}", CENTRE, False, 0, 6),
    ("{{ place }}", CENTRE, False, 0, 0),
    *_each("head", indent=0),
    ("ПОВЕСТКА ДНЯ:", None, True, 0, 12),
    *_each("agenda"),
    ("{%p for item in items %}", None, False, 0, 0),
    ("{{ item.title }}", BOTH, True, 0, 12),
    *_each("item.heard"),
    *_each("item.spoke"),
    *_each("item.voted"),
    *_each("item.decided"),
    ("{%p endfor %}", None, False, 0, 0),
    *_each("annexes", indent=0),
)


def build(path: str | Path) -> None:
    """The template written to `path`."""
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(13)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Mm(30), Mm(10), Mm(20), Mm(20)
    for line in LINES:
        _add(document, *line)
    _add_signatures(document)
    document.core_properties.author = document.core_properties.comments = ""
    document.save(str(path))


def _add(document: Any, text: str, alignment: Any, is_bold: bool, indent: int, above: int) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(text).bold = is_bold
    paragraph.alignment = alignment
    form = paragraph.paragraph_format
    form.first_line_indent, form.space_before, form.space_after = Mm(indent), Pt(above), Pt(0)


def _add_signatures(document: Any) -> None:
    document.add_paragraph()
    table = document.add_table(rows=3, cols=2)
    table.rows[0].cells[0].text = "{%tr for row in signatures %}"
    left, right = table.rows[1].cells
    left.text, right.text = "{{ row.post }}", "{{ row.name }}"
    right.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    table.rows[2].cells[0].text = "{%tr endfor %}"


if __name__ == "__main__":
    build(PATH)
