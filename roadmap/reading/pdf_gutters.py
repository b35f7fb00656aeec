"""Tables without ruling lines: columns kept apart by white space alone.

A stretch of lines is a table when the same white gutters run down through nearly all of them and leave
three columns or more. A row starts at a printed number, or else at a wider step between lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from documents.formats.grid import Cell, Table

from .pdf_lines import Line, Word
from .pdf_paragraphs import Vocabulary, paragraphs_of

# In heights of a line: a gap that can be a gutter, and the step that ends a table.
GUTTER = 1.0
BREAK = 4.0
# In points: the narrowest gutter.
NARROWEST = 5
LEAST_COLUMNS = 3
LEAST_LINES = 4
# Share of the lines that may run across a gutter (section rows, a long title).
CROSSING = 0.12
_NUMBER = re.compile(r"(\d{1,3}|[IVX]{1,5})([.)]\d{0,3})*\.?$")


@dataclass
class Stretch:
    """Lines that form a table, from `start` up to `end`, and the edges of its columns."""

    start: int
    end: int
    edges: list[float]


def find_stretches(lines: list[Line]) -> list[Stretch]:
    """The tables among lines of running text that stand one under the other."""
    found: list[Stretch] = []
    index = 0
    while index < len(lines):
        if len(gaps_of(lines[index])) + 1 < LEAST_COLUMNS:
            index += 1
            continue
        end = _end(lines, index)
        edges = _edges(lines[index:end])
        if end - index >= LEAST_LINES and len(edges) > LEAST_COLUMNS:
            found.append(Stretch(index, end, edges))
            index = end
        else:
            index += 1
    return found


def gaps_of(line: Line) -> list[tuple[float, float]]:
    """The stretches of white inside a line that are too wide for a space between words.

    In a justified line all gaps are wide and equal: none of them counts.
    """
    gaps = [(before.right, word.left) for before, word in zip(line.words, line.words[1:], strict=False)]
    usual = sorted(right - left for left, right in gaps)[len(gaps) // 4] if len(gaps) > 4 else 0.0
    least = max(GUTTER * line.height, min(2 * usual, 3 * line.height))
    return [(left, right) for left, right in gaps if right - left > least]


def _end(lines: list[Line], start: int) -> int:
    """The first line after the table that starts here: a wide step, or running text twice in a row."""
    prose = 0
    for index in range(start + 1, len(lines)):
        line, before = lines[index], lines[index - 1]
        if not 0 <= line.base - before.base < BREAK * line.height:
            return index
        prose = prose + 1 if _is_prose(line, lines[start]) else 0
        if prose == 2:
            return index - 1
    return len(lines)


def _is_prose(line: Line, first: Line) -> bool:
    width = first.right - first.left
    return not gaps_of(line) and len(line.words) > 4 and line.right - line.left > 0.6 * width


def _edges(lines: list[Line]) -> list[float]:
    """Left edge, middles of the gutters and right edge; fewer than three when there are no gutters."""
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    covered = [0] * (int(right - left) + 2)
    for line in lines:
        for start, end in _runs(line):
            for x in range(int(start - left), int(end - left) + 1):
                covered[x] += 1
    return [left, *(left + x for x in _gutters(covered, CROSSING * len(lines))), right]


def _gutters(covered: list[int], allowed: float) -> Iterator[float]:
    """The middles of the white gutters in a profile of how many lines cover each point."""
    start = None
    for x, count in enumerate(covered):
        if count <= allowed:
            start = x if start is None else start
            continue
        if start is not None and start > 0 and x - start >= NARROWEST:
            least = min(covered[start:x])
            runs = groupby(range(start, x), key=lambda point: covered[point] == least)
            whitest = max((list(run) for is_white, run in runs if is_white), key=len)
            yield (whitest[0] + whitest[-1]) / 2
        start = None


def _runs(line: Line) -> Iterator[tuple[float, float]]:
    """The inked stretches of a line between its wide gaps."""
    start = line.left
    for gap_start, gap_end in gaps_of(line):
        yield start, gap_start
        start = gap_end
    yield start, line.right


def gutter_table(lines: list[Line], edges: list[float], vocabulary: Vocabulary, *, page: int) -> Table:
    """The table of a stretch of lines."""
    rows = list(_rows(lines, edges))
    cells = [cell for number, row in enumerate(rows) for cell in _cells(number, row, edges, vocabulary)]
    return Table(len(rows), len(edges) - 1, cells, f"страница {page}", page)


def _rows(lines: list[Line], edges: list[float]) -> Iterator[list[Line]]:
    starts = _starts(lines, edges)
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield lines[start:end]


def _starts(lines: list[Line], edges: list[float]) -> list[int]:
    """Where rows start: at numbers and around lines that run across the gutters."""
    crossing = [_is_crossing(line, edges) for line in lines]
    numbered = [_is_numbered(line, edges) for line in lines]
    if sum(numbered) < 2:
        numbered = _after_steps(lines)
    return [
        index
        for index in range(len(lines))
        if index == 0 or numbered[index] or crossing[index] or crossing[index - 1]
    ]


def _is_numbered(line: Line, edges: list[float]) -> bool:
    first = line.words[0]
    return first.left < edges[1] and _NUMBER.match(first.text) is not None


def _after_steps(lines: list[Line]) -> list[bool]:
    steps = [line.base - before.base for before, line in zip(lines, lines[1:], strict=False)]
    usual = min(steps) * 1.3
    wide = [step > usual for step in steps]
    return [True, *(wide if any(wide) else [True] * len(steps))]


def _is_crossing(line: Line, edges: list[float]) -> bool:
    """Whether a word stands across a gutter, as in a row that is one long text."""
    return any(word.left < edge < word.right for word in line.words for edge in edges[1:-1])


def _cells(number: int, row: list[Line], edges: list[float], vocabulary: Vocabulary) -> Iterator[Cell]:
    if len(row) == 1 and _is_crossing(row[0], edges) and not gaps_of(row[0]):
        yield Cell(number, 0, row[0].text, 1, len(edges) - 1, row[0].bold, row[0].italic)
        return
    for column, (left, right) in enumerate(zip(edges, edges[1:], strict=False)):
        lines = [part for line in row if (part := _part(line, left, right)) is not None]
        margin = max((line.right for line in lines), default=right)
        text = "\n".join(paragraphs_of(lines, left, min(margin, right), vocabulary))
        bold = bool(lines) and all(line.bold for line in lines)
        yield Cell(number, column, text, 1, 1, bold, bool(lines) and all(line.italic for line in lines))


def _part(line: Line, left: float, right: float) -> Line | None:
    words: list[Word] = [word for word in line.words if left <= (word.left + word.right) / 2 <= right]
    return Line(words, line.top, line.bottom, line.base, line.bold, line.italic) if words else None
