"""Cuts a document into regions: a header with all the rows under it, over as many tables as it takes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from documents.formats.grid import Paragraph, Table
from roadmap.reading.alignment import Profile, align, likeness
from roadmap.reading.columns import INDICATORS, MEASURES, Column, recognise
from roadmap.reading.evidence import is_number, is_period
from roadmap.reading.flattening import lines_of
from roadmap.reading.headers import (
    Header,
    is_numbering_row,
    repeats,
    same_titles,
)
from roadmap.reading.heading import is_title_line
from roadmap.reading.lattice import Row
from roadmap.reading.lines import Line, Part, lay, matches_grid
from roadmap.reading.sections import is_heading_of_section, is_person, sheet_heading
from roadmap.reading.segments import Segment, segments_of, title_lines
from roadmap.reading.words import fold, starts_low

Mapping = dict[int, dict[int, str]]


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
            segment.above = pending + title_lines(segment, block.width)
            if _join(groups, segment):
                pending = []
            elif not groups:
                pending = pending + lines_of(block)
    return [_region(group, mapping) for group in groups]


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
    if header is None or segment.has_own_header or _is_apart(segment):
        return False
    rows = [row for row in segment.rows if len(row.filled) > 1 and not is_numbering_row(row)]
    if not rows:
        return _is_remainder(segment, header)
    if abs(len(rows[0].slots) - len(header.leaves)) > 2 or _looks_like_signature(rows):
        return False
    # The first pages tell what the columns hold; asking all of them again at each page would take too long.
    region = _region(group[:3], {})
    if region.kind == INDICATORS and _is_parted(segment):
        return False
    is_numbered = is_numbering_row(segment.rows[0]) and len(segment.rows[0].filled) == len(rows[0].slots)
    if not _is_parted(segment) and matches_all(rows, header) and _agrees(rows, region.columns):
        return True
    return is_numbered or _fits(rows, region.columns, _least(segment, rows, header))


def _agrees(rows: list[Row], columns: list[Column]) -> bool:
    """Whether numbers stand under the numbers and periods under the periods, with something in each."""
    sure = {"number": is_number, "due_period": is_period}
    checked = [
        (test, [slot.text for row in rows for slot in row.filled if slot.start == column.start])
        for column in columns
        for test in [sure.get(column.meaning)]
        if test is not None
    ]
    return bool(checked) and all(texts and all(map(test, texts)) for test, texts in checked)


def _is_parted(segment: Segment) -> bool:
    """Whether a text stands between the tables, other than «Продолжение таблицы»."""
    return any(p.text and not _CONTINUED.match(fold(p.text)) for p in segment.above)


def _least(segment: Segment, rows: list[Row], header: Header) -> float:
    """How alike the cells must be to the columns, on average: less where the table plainly goes on."""
    if not matches_all(rows, header):
        return 0.8
    return 0.3 if _is_parted(segment) else 0.0


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


def _is_remainder(segment: Segment, header: Header) -> bool:
    """A table of single cells only: the end of a cell that the page cut, and section rows."""
    singles = [row.filled[0] for row in segment.rows if row.filled and not is_numbering_row(row)]
    right = max((slot.end for row in segment.rows for slot in row.slots), default=0)
    return bool(singles) and all(
        starts_low(slot.text)
        or slot.span in (header.width, right)
        and is_heading_of_section(slot.text, has_more=False)
        for slot in singles
    )


def _looks_like_signature(rows: list[Row]) -> bool:
    """A few cells with a person's name or a line to sign on, and none of what rows of plans have."""
    texts = [slot.text for row in rows for slot in row.filled]
    if len(rows) > 4 or any(is_number(text) or is_period(text) for text in texts):
        return False
    return any(is_person(text) or "___" in text for text in texts)


def _fits(rows: list[Row], columns: list[Column], least: float) -> bool:
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
    return score > least * len(placed)


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
