"""A page as lines in cells and lines outside tables, put together into tables and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from documents.formats.grid import Cell, Paragraph, Scan, Table

from .pdf_gutters import Stretch, find_stretches, gaps_of, gutter_table
from .pdf_ink import Char, Ink
from .pdf_lattice import Box, Lattice, find_lattices
from .pdf_lines import Line, Word, lines_of
from .pdf_paragraphs import Vocabulary, free_width, paragraphs_of

# Running text split by more than this (in line heights) stands in two columns, not in one line.
COLUMN_GAP = 2.5
# A gap above a paragraph of more than this (in line heights) is a blank line.
BLANK = 1.3
_PAGE_NUMBER = re.compile(r"[-–— ]*(стр(аница|\.)?\s*)?\d{1,3}(\s*(из|/)\s*\d{1,3})?[-–— ]*", re.IGNORECASE)
_HEADING = re.compile(r"([IVX]{1,5}|\d{1,2}(\.\d{1,2})*)[.)]\s|(Раздел|Глава|Приложение|Таблица)\s")


def page_of(number: int, ink: Ink) -> Page:
    """The page whose characters are known: each goes to the smallest table that holds it."""
    lattices = find_lattices(ink)
    by_size = sorted(enumerate(lattices), key=lambda pair: pair[1].area)
    cells: dict[tuple[int, Box], list[Char]] = {}
    loose: list[Char] = []
    for char in ink.chars:
        x, y = (char.left + char.right) / 2, (char.top + char.bottom) / 2
        for index, lattice in by_size:
            box = lattice.box_at(x, y)
            if box is not None:
                cells.setdefault((index, box), []).append(char)
                break
        else:
            loose.append(char)
    found_lines = ((place, lines_of(chars)) for place, chars in cells.items())
    return Page(number, ink, lattices, {at: lines for at, lines in found_lines if lines}, lines_of(loose))


@dataclass
class Page:
    """One page taken apart: the lines of each cell, by the index of its table, and those outside tables."""

    number: int
    ink: Ink
    lattices: list[Lattice]
    cells: dict[tuple[int, Box], list[Line]]
    loose: list[Line]
    scans: dict[tuple[int, Box], Scan] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def texts(self) -> Iterator[list[Line]]:
        """The lines of each cell, then those outside tables."""
        yield from self.cells.values()
        yield self.loose

    def doubts(self) -> list[str]:
        if self.ink.is_cut:
            return [f"Страница {self.number}: слишком много линий, таблица могла прочитаться неверно."]
        if not self.cells and not self.loose and not self.problems:
            return [f"Страница {self.number} без текста: вероятно, это скан."]
        return self.problems

    def blocks(self, vocabulary: Vocabulary) -> list[Paragraph | Table]:
        placed: list[tuple[float, float, Paragraph | Table]] = []
        for index, lattice in enumerate(self.lattices):
            if self._host(lattice) is None:
                placed.append((lattice.ys[0], lattice.xs[0], self._table(index, vocabulary)))
        for stretch, lines in self._stretches():
            table = gutter_table(lines, stretch.edges, vocabulary, page=self.number)
            placed.append((lines[0].top, lines[0].left, table))
        bottom = 0.0
        for group in self._paragraph_groups():
            if group[0].top - bottom > BLANK * group[0].height:
                placed.append((group[0].top - 0.1, group[0].left, Paragraph("", page=self.number)))
            placed.append((group[0].top, group[0].left, self._paragraph(group, vocabulary)))
            bottom = group[-1].bottom
        return [block for _, _, block in sorted(placed, key=lambda item: item[:2])]

    def _host(self, lattice: Lattice) -> tuple[int, Box] | None:
        """The cell of a bigger table in which this table stands."""
        x, y = (lattice.xs[0] + lattice.xs[-1]) / 2, (lattice.ys[0] + lattice.ys[-1]) / 2
        hosts = [(other.area, i) for i, other in enumerate(self.lattices) if other.area > lattice.area]
        for _, index in sorted(hosts):
            box = self.lattices[index].box_at(x, y)
            if box is not None:
                return index, box
        return None

    def _table(self, index: int, vocabulary: Vocabulary) -> Table:
        lattice = self.lattices[index]
        padding = self._padding(index)
        cells = [self._cell(index, box, padding, vocabulary) for box in lattice.boxes]
        for inner, other in enumerate(self.lattices):
            host = self._host(other)
            if host is not None and host[0] == index:
                cells[lattice.boxes.index(host[1])].nested.append(self._table(inner, vocabulary))
        place = f"страница {self.number}"
        return Table(len(lattice.ys) - 1, len(lattice.xs) - 1, cells, place, self.number)

    def _padding(self, index: int) -> float:
        """The room between a rule and the text, as the table itself shows it."""
        gaps = [
            min(line.left for line in lines) - box.left
            for (table, box), lines in self.cells.items()
            if table == index and lines[0].left >= box.left
        ]
        return max(0.0, min([*gaps, 12.0]))

    def _cell(self, index: int, box: Box, padding: float, vocabulary: Vocabulary) -> Cell:
        lines = self.cells.get((index, box), [])
        paragraphs = paragraphs_of(lines, box.left + padding, box.right - padding, vocabulary)
        return Cell(
            box.row,
            box.column,
            "\n".join(paragraphs),
            box.rows,
            box.columns,
            bool(lines) and all(line.bold for line in lines),
            bool(lines) and all(line.italic for line in lines),
            scan=self.scans.get((index, box)),
        )

    def _paragraph_groups(self) -> list[list[Line]]:
        """Lines outside tables, one group per paragraph."""
        groups: list[list[Line]] = []
        left, right = self._margins()
        tabular = {id(line) for _, lines in self._stretches() for line in lines}
        running = [part for line in self._running() if id(line) not in tabular for part in _columns(line)]
        for line in running:
            if groups and self._goes_on(groups[-1][-1], line, left, right):
                groups[-1].append(line)
            else:
                groups.append([line])
        return groups

    def _running(self) -> list[Line]:
        """Lines outside ruled tables without the page's number."""
        return [line for line in self.loose if not self._is_page_number(line)]

    def _stretches(self) -> list[tuple[Stretch, list[Line]]]:
        """Tables without rules, each looked for between two ruled ones."""
        found = []
        edges = [0.0, *(lattice.ys[0] for lattice in self.lattices), self.ink.height + 1]
        for top, bottom in zip(edges, edges[1:], strict=False):
            lines = [line for line in self._running() if top <= line.base < bottom]
            found += [(stretch, lines[stretch.start : stretch.end]) for stretch in find_stretches(lines)]
        return found

    def _margins(self) -> tuple[float, float]:
        """Left and right edges of what is printed; the right margin is no wider than the left one."""
        lefts = [line.left for line in self.loose] + [lattice.xs[0] for lattice in self.lattices]
        rights = [line.right for line in self.loose] + [lattice.xs[-1] for lattice in self.lattices]
        left = min(lefts, default=0.0)
        return left, max([*rights, self.ink.width - left])

    def _is_page_number(self, line: Line) -> bool:
        edge = 0.1 * self.ink.height
        return (line.bottom < edge or line.top > self.ink.height - edge) and bool(
            _PAGE_NUMBER.fullmatch(line.text)
        )

    def _goes_on(self, before: Line, line: Line, left: float, right: float) -> bool:
        if not 0 < line.base - before.base < 1.7 * line.height or before.bold != line.bold:
            return False
        if _HEADING.match(line.text):
            return False
        if any(before.base < lattice.ys[0] < line.base for lattice in self.lattices):
            return False
        middle = abs((before.left + before.right) - (line.left + line.right)) < 8
        aligned = -4 < before.left - line.left < 60
        width = line.words[0].right - line.words[0].left
        return (middle or aligned) and free_width(before, left, right) < width + 0.25 * line.height

    def _paragraph(self, group: list[Line], vocabulary: Vocabulary) -> Paragraph:
        left, right = self._margins()
        text = " ".join(paragraphs_of(group, left, right, vocabulary))
        bold = all(line.bold for line in group)
        return Paragraph(text, 0, bold, self._is_centred(group), self.number, self._is_right(group))

    def _is_centred(self, group: list[Line]) -> bool:
        """Whether lines stand in the middle of the page, of its text or of its tables."""
        left, right = self._margins()
        middles = [self.ink.width / 2, (left + right) / 2]
        middles += [(lattice.xs[0] + lattice.xs[-1]) / 2 for lattice in self.lattices]
        is_indented = any(line.left - left > 12 for line in group) or all(line.bold for line in group)
        return is_indented and any(
            all(abs((line.left + line.right) / 2 - middle) < 6 for line in group) for middle in middles
        )

    def _is_right(self, group: list[Line]) -> bool:
        """Whether lines stand in the right half of the page, as marks of approval do."""
        return not self._is_centred(group) and all(line.left > 0.48 * self.ink.width for line in group)


def _columns(line: Line) -> list[Line]:
    """A line of running text cut where the gap is too wide for a space between words."""
    ends = {left for left, right in gaps_of(line) if right - left > COLUMN_GAP * line.height}
    parts: list[list[Word]] = [[]]
    for word in line.words:
        parts[-1].append(word)
        if word.right in ends:
            parts.append([])
    return [Line(words, line.top, line.bottom, line.base, line.bold, line.italic) for words in parts if words]
