"""Cuts one table at its headers: what stands above each header, and the rows below it."""

from __future__ import annotations

from dataclasses import dataclass, field

from documents.formats.grid import Paragraph, Table
from roadmap.reading.headers import Header, has_titles, header_at, header_of, names_columns, repeats
from roadmap.reading.lattice import Row, rows_of


@dataclass
class Segment:
    """Rows of one table below one header, or without a header of their own."""

    table: int
    place: str
    rows: list[Row]
    header: Header | None
    above: list[Paragraph] = field(default_factory=list)
    title_rows: list[Row] = field(default_factory=list)
    has_own_header: bool = False


def segments_of(table: Table, index: int, *, is_named: bool = False) -> list[Segment]:
    """The table cut at its headers; rows of single lines above a header become its title rows.

    `is_named` says that a person has told what the columns mean: without a known header the first full
    row is taken for it.
    """
    rows = rows_of(table)
    segments: list[Segment] = []
    loose: list[Row] = []
    at = 0
    while at < len(rows):
        header = header_at(rows, at)
        if header is None:
            segments.extend(_stranger(rows, at, segments))
            is_open = segments and (segments[-1].header or segments[-1].has_own_header)
            (segments[-1].rows if is_open else loose).append(rows[at])
            at += 1
            continue
        segments.extend(_before(loose, index, table.place))
        titles = [row for row in loose if _is_single(row)] if not segments else _moved(segments)
        loose = []
        segments.append(Segment(index, table.place, [], header, title_rows=titles))
        at = header.after
    if is_named and not segments and len(loose) > 1:
        return [_named(loose, index, table.place)]
    if loose:
        titled = table.header_rows > 0 or _has_titles(loose)
        segments.append(Segment(index, table.place, loose, None, has_own_header=titled))
    return segments


def _named(rows: list[Row], index: int, place: str) -> Segment:
    first = max(range(len(rows) - 1), key=lambda at: (len(rows[at].slots) == len(rows[-1].slots), -at))
    return Segment(index, place, rows[first + 1 :], header_of(rows, first), title_rows=rows[:first])


def _stranger(rows: list[Row], at: int, segments: list[Segment]) -> list[Segment]:
    """A segment for another table that begins in this row of the same sheet: a blank or a title row, then
    titles of columns that are nobody's plan."""
    last = segments[-1] if segments else None
    if last is None or last.header is None or at <= last.header.after or not _is_single(rows[at - 1]):
        return []
    if not names_columns(rows[at]) or repeats(rows[at], last.header):
        return []
    return [Segment(last.table, last.place, [], None, title_rows=_moved(segments), has_own_header=True)]


def _has_titles(rows: list[Row]) -> bool:
    """Whether the first full row names columns of a table that is no plan."""
    first = next((row for row in rows if len(row.filled) > 1), None)
    return first is not None and has_titles(first)


def title_lines(segment: Segment, width: int) -> list[Paragraph]:
    """Title rows as lines of text; what stands in the right half of a sheet is at its right edge."""
    lines = []
    for row in segment.title_rows:
        slot = row.filled[0] if row.filled else None
        for text in slot.text.split("\n") if slot else [""]:
            is_right = slot is not None and slot.start > 0 and 2 * slot.start >= width
            is_wide = slot is not None and 2 * slot.span > width
            bold = slot is not None and slot.bold
            lines.append(Paragraph(text, bold=bold, centered=is_wide and not is_right, right=is_right))
    return lines


def _before(loose: list[Row], index: int, place: str) -> list[Segment]:
    """Rows above the first header which are more than titles: the end of the table on the page before."""
    return [] if all(_is_single(row) for row in loose) else [Segment(index, place, loose, None)]


def _moved(segments: list[Segment]) -> list[Row]:
    """Title rows of the next table on the same sheet, which were taken for rows of the one above."""
    moved: list[Row] = []
    rows = segments[-1].rows
    while rows and _is_single(rows[-1]):
        moved.append(rows.pop())
    return moved[::-1]


def _is_single(row: Row) -> bool:
    return len({slot.text for slot in row.filled}) <= 1
