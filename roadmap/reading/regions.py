"""Cuts a document into regions: a header with all the rows under it, over as many tables as it takes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from roadmap.reading.alignment import Profile, align, likeness
from roadmap.reading.columns import INDICATORS, MEASURES, Column, recognise
from roadmap.reading.evidence import is_number, is_period
from roadmap.reading.flattening import lines_of
from roadmap.reading.grid import Paragraph, Table
from roadmap.reading.headers import (
    Header,
    has_titles,
    header_at,
    header_of,
    is_numbering_row,
    names_columns,
    repeats,
    same_titles,
)
from roadmap.reading.heading import is_title_line
from roadmap.reading.lattice import Row, rows_of
from roadmap.reading.lines import Line, Part, lay, matches_grid
from roadmap.reading.sections import sheet_heading
from roadmap.reading.words import fold, starts_low

Mapping = dict[int, dict[int, str]]


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


@dataclass
class Region:
    """One header and everything under it. `above` are the lines of text before its first table."""

    header: Header
    kind: str
    columns: list[Column]
    lines: list[Line]
    segments: list[Segment]
    above: list[Paragraph]

    def index(self, meaning: str) -> int | None:
        """The column with this meaning."""
        return next((column.index for column in self.columns if column.meaning == meaning), None)


def regions_of(blocks: list[Paragraph | Table], mapping: Mapping) -> list[Region]:
    """The regions of a document in reading order; tables that are nobody's plan are left out."""
    groups: list[list[Segment]] = []
    pending: list[Paragraph] = []
    table = -1
    for block in blocks:
        if isinstance(block, Paragraph):
            pending.append(block)
            continue
        table += 1
        for segment in segments_of(block, table, is_named=table in mapping):
            segment.above = pending + _title_lines(segment, block.width)
            if _join(groups, segment):
                pending = []
            elif not groups:
                pending = pending + lines_of(block)
    return [_region(group, mapping) for group in groups]


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


def _title_lines(segment: Segment, width: int) -> list[Paragraph]:
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


def _join(groups: list[list[Segment]], segment: Segment) -> bool:
    """Put the segment where it belongs; False when it is a stranger."""
    last = groups[-1] if groups else None
    if segment.header is None:
        if last is None or not _continues(segment, last):
            return False
        last.append(segment)
        return True
    head = last[0].header if last else None
    if last and head and same_titles(head, segment.header):
        last.append(segment)
    else:
        groups.append([segment])
    return True


def _continues(segment: Segment, group: list[Segment]) -> bool:
    """Whether a table without a header goes on with the one before it."""
    header = group[0].header
    rows = [row for row in segment.rows if len(row.filled) > 1]
    if header is None or not rows or abs(len(rows[0].slots) - len(header.leaves)) > 2:
        return bool(header and rows == [] and _is_tail(segment))
    if segment.has_own_header or _looks_like_signature(rows) or _is_apart(segment):
        return False
    # The first pages tell what the columns hold; asking all of them again at each page would take too long.
    region = _region(group[:3], {})
    columns = region.columns
    if region.kind == INDICATORS and any(
        p.text and not _CONTINUED.match(fold(p.text)) for p in segment.above
    ):
        return False
    return _fits(rows, columns, matches_all(rows, header))


_CONTINUED = re.compile(r"(продолжени|окончани)|\d{1,3}$")
_APART = re.compile(
    r"приложени|таблица \d|форма \d|лист (согласования|ознакомления|визирования)|смета|калькуляц|"
    r"содержание$"
)


def _is_apart(segment: Segment) -> bool:
    """Whether lines between the tables say that another thing begins."""
    return any(_APART.match(fold(p.text)) or is_title_line(p.text) for p in segment.above)


def matches_all(rows: list[Row], header: Header) -> bool:
    """Whether every row stands on the header's columns."""
    return all(matches_grid(row, header.leaves) for row in rows)


def _is_tail(segment: Segment) -> bool:
    """A table of one low line only: the end of a cell that the page cut."""
    filled = [slot for row in segment.rows for slot in row.filled]
    return len(filled) == 1 and starts_low(filled[0].text)


def _looks_like_signature(rows: list[Row]) -> bool:
    texts = [slot.text for row in rows for slot in row.filled]
    return (
        len(rows) <= 3
        and not any(is_number(text) or is_period(text) for text in texts)
        and not any(starts_low(text) for text in texts)
    )


def _fits(rows: list[Row], columns: list[Column], same_grid: bool) -> bool:
    """Whether the cells, laid onto the columns as well as possible, look like their content."""
    profiles = [Profile(column) for column in columns]
    for column, profile in zip(columns, profiles, strict=True):
        for text in column.texts:
            profile.learn(text)
    count = max(len(row.slots) for row in rows)
    texts = [[row.slots[i].text for row in rows if i < len(row.slots)] for i in range(count)]
    found = align(texts, profiles)
    placed = [(cell, index) for cell, index in zip(texts, found, strict=True) if any(cell)]
    score = sum(likeness(cell, profiles[index]) if index is not None else -2.0 for cell, index in placed)
    return score > (0.3 if same_grid else 0.8) * len(placed)


def _region(group: list[Segment], mapping: Mapping) -> Region:
    header = group[0].header
    assert header is not None
    parts = [Part(s.table, _data(s, header), has_header=s.header is not None) for s in group]
    on_grid = [row for part in parts for row in part.rows if matches_grid(row, header.leaves)]
    bodies = [_body(on_grid, leaf.start, leaf.end) for leaf in header.leaves]
    kind, columns = recognise(header.leaves, bodies)
    wanted = mapping.get(group[0].table)
    if wanted:
        kind = _remap(columns, wanted, kind)
    lines = lay(parts, columns, header.leaves)
    return Region(header, kind, columns, _with_headings(lines, group), group, group[0].above)


def _remap(columns: list[Column], wanted: dict[int, str], kind: str) -> str:
    for column in columns:
        if column.index in wanted:
            column.meaning, column.confidence = wanted[column.index], 1.0
    return MEASURES if any(column.meaning == "title" for column in columns) else kind


def _data(segment: Segment, header: Header) -> list[Row]:
    """Rows that hold data: no column numbers, no header typed again, no blank rows."""
    return [
        row for row in segment.rows if row.filled and not is_numbering_row(row) and not repeats(row, header)
    ]


def _body(rows: list[Row], start: int, end: int) -> list[str]:
    """The texts of a column; rows of a single cell say nothing about it."""
    texts = []
    for row in rows:
        if len(row.filled) > 1:
            slots = [slot for slot in row.filled if start <= slot.start and slot.end <= end]
            texts.append("\n".join(slot.text for slot in slots))
    return texts


def _with_headings(lines: list[Line], group: list[Segment]) -> list[Line]:
    """Lines with the headings that stand between the tables put in their places."""
    found: list[Line] = []
    seen: set[int] = set()
    owners = {(segment.table, row.index): segment for segment in group for row in segment.rows}
    for line in lines:
        segment = owners[line.table, line.row]
        if id(segment) not in seen:
            seen.add(id(segment))
            if segment is not group[0]:
                found.extend(_headings(segment))
        found.append(line)
    return found


def _headings(segment: Segment) -> list[Line]:
    texts = [p.text for p in segment.above if p.text.strip()] or [sheet_heading(segment.place)]
    return [Line(segment.table, -1, heading=text) for text in texts if text]
