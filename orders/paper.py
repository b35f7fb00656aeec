"""The Word file of an order: the usual template or the organisation's own, filled with the text of the draft.

Runs in the limited subprocess: texts and uploaded templates are anybody's. The file is read back before it
is kept.
"""

import re
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Mm

from documents.filling.filled import write_filled
from orders.fields import CONTRACT

TEMPLATE = Path(__file__).resolve().parent.parent / "templates" / "docx" / "order.docx"
#: What XML 1.0 cannot carry at all.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_order(data: dict[str, Any], out: str, template: str = "") -> dict[str, Any]:
    """Write the .docx of an order to `out`; `data` as orders.services.papers.printed gives it."""
    fill_order(template or str(TEMPLATE), data, out)
    return {"size": Path(out).stat().st_size}


def fill_order(template: str, data: dict[str, Any], out: str) -> None:
    """`data` in the template at a path; what XML cannot carry is taken out before."""
    write_filled(template, CONTRACT, clean(data), out)


def clean(value: Any) -> Any:
    if isinstance(value, str):
        return _FORBIDDEN.sub("", value).replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, list):
        return [clean(each) for each in value]
    return {name: clean(each) for name, each in value.items()} if isinstance(value, dict) else value


def write_table(title: str, rows: list[list[str]], out: str) -> dict[str, Any]:
    """Write a .docx with a heading and one table; the first row is its head. A4 landscape."""
    document = Document()
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(297), Mm(210)
    document.add_paragraph(clean(title)).runs[0].bold = True
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for number, row in enumerate(rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.paragraphs[0].add_run(clean(text)).bold = number in (0, len(rows) - 1)
    document.save(out)
    return {"size": Path(out).stat().st_size}
