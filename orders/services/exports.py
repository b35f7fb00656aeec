"""The discipline report as files: a workbook without formulas, and a Word table."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from core.filters import dmy, percent
from core.limited import Limits, run_limited
from core.words import gettext
from orders.queries.discipline import Discipline, Line, Span

LIMITS = Limits(memory_mb=512, cpu_seconds=20, wall_seconds=30, answer_mb=1)
ORDER = ("in_time", "late", "overdue", "open", "not_done", "extended")


def table_of(found: Discipline, marks: Mapping[str, Any]) -> list[list[str | int]]:
    """The report as rows: a head, a line for each name, and the total."""
    head = [
        gettext("Исполнитель"),
        gettext("Всего"),
        *[str(marks[m]) for m in ORDER],
        gettext("Исполнено в срок"),
    ]
    return [head, *[_row(line) for line in (*found.rows, found.total)]]


def _row(line: Line) -> list[str | int]:
    return [
        line.name,
        line.total,
        *[line.counts[m] for m in ORDER],
        percent(line.share) if line.share is not None else "—",
    ]


def title_of(span: Span) -> str:
    """«Исполнительская дисциплина: сроки с 01.01.2027 по 31.12.2027»"""
    since, until = dmy(span.since), dmy(span.until)
    said = gettext("Исполнительская дисциплина: сроки с %(since)s по %(until)s", since=since, until=until)
    return str(said)


def discipline_xlsx(found: Discipline, span: Span, marks: Mapping[str, Any]) -> io.BytesIO:
    """The workbook. Texts are texts: a name that begins with «=» is no formula (G20)."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    page = book.create_sheet(gettext("Дисциплина"))
    page.column_dimensions["A"].width = 60
    page.append([_cell(page, title_of(span))])
    for row in table_of(found, marks):
        page.append([_cell(page, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    return out


def _cell(page: Any, value: str | int) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, int):
        return WriteOnlyCell(page, value)
    cell = WriteOnlyCell(page, "".join(char for char in value if char >= " " or char in "\n\t"))
    cell.data_type = "s"
    return cell


def discipline_docx(found: Discipline, span: Span, marks: Mapping[str, Any], *, out: Path) -> None:
    """The Word file at `out`, written in the limited process."""
    rows = [[str(value) for value in row] for row in table_of(found, marks)]
    run_limited("orders.paper:write_table", LIMITS, title=title_of(span), rows=rows, out=str(out))
