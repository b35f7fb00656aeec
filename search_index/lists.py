"""Results as a table in a file. What would be a formula in Excel is kept from being one."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from accounts.models import User
from core.filters import dmy
from core.words import _
from search_index.asking import Ask, ask
from search_index.protocol import COUNTED
from search_index.things import Shown

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
HEADS = (_("Документ"), _("Название"), _("Дата"), _("Состояние"), _("Сведения"), _("Адрес"))
LOT = 500
Row = tuple[str, ...]


def rows_of(asked: Ask, *, by: User, address: Callable[[Shown], str]) -> Iterator[Row]:
    """The head and one row for every result, up to ten thousand, as `by` sees them now."""
    yield tuple(str(head) for head in HEADS)
    asked, count = replace(asked, after=None, limit=LOT), 0
    while count < COUNTED:
        answer = ask(asked, by=by)
        for line in answer.lines:
            yield _row(line.thing, address(line.thing))
        count += LOT
        if answer.next is None or answer.instead:
            return
        asked = replace(asked, after=answer.next)


def _row(thing: Shown, address: str) -> Row:
    day = dmy(thing.day) if thing.day else ""
    return thing.caption, thing.title, day, str(thing.state_label), "; ".join(thing.notes), address


def plain(text: str) -> str:
    """Text that no program takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def as_csv(rows: Iterable[Row]) -> bytes:
    """With a byte order mark and semicolons, as Excel of a Russian office opens it."""
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([plain(cell) for cell in row] for row in rows)
    return "\ufeff".encode() + out.getvalue().encode()


def as_xlsx(rows: Iterable[Row]) -> bytes:
    """One sheet."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Поиск")
    for row in rows:
        sheet.append([plain("".join(s for s in cell if s >= " " or s == "\n")) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
