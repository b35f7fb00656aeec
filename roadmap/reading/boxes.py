"""Tables drawn with characters (│, ─, ┼ or |, -, +) in running text become grids."""

from __future__ import annotations

import re
from itertools import groupby

from documents.formats.grid import Cell, Paragraph, Table
from roadmap.reading.evidence import is_number

_BARS = "│┃║|"
_RULE = re.compile(r"[\s─━═┄┈┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╒╕╘╛╞╡╤╧╪╓╖╙╜╟╢╥╨╫┏┓┗┛┣┫┳┻╋│┃║|+\-=_:]+")
_CROSSING = re.compile(r"[^\s─━═┄┈\-=_:]")
_DRAWN = re.compile(r"[─━═┌└├│┃║╔╚╠┏┗┣]|^\s*\+[-=+]{3,}|^\s*\|.*\|\s*$|^\s*\|?\s*:?-{3,}.*\|")
# A first part that ends so keeps its hyphen: «научно-практический», not «научнопрактический».
_COMPOUND = re.compile(r"\w{3,}о-$")
_LEAST_LINES = 3

Blocks = list[Paragraph | Table]


def with_drawn_tables(blocks: Blocks) -> Blocks:
    """The blocks with every run of drawn lines replaced by the table it draws."""
    found: Blocks = []
    count = 0
    for is_drawn, run in groupby(_single_lines(blocks), key=_is_drawn):
        members = list(run)
        lines = [p.text for p in members if isinstance(p, Paragraph)]
        table = (
            _table(lines, f"рисованная таблица {count + 1}")
            if is_drawn and len(lines) >= _LEAST_LINES
            else None
        )
        if table is None:
            found.extend(members)
        else:
            count += 1
            found.append(table)
    return found


def _single_lines(blocks: Blocks) -> Blocks:
    """Paragraphs that hold several drawn lines are taken apart; blank ones inside a drawing are dropped."""
    found: Blocks = []
    for block in blocks:
        if isinstance(block, Paragraph) and "\n" in block.text and _DRAWN.search(block.text):
            found.extend(Paragraph(line, page=block.page) for line in block.text.split("\n") if line.strip())
        else:
            found.append(block)
    return found


def _is_drawn(block: Paragraph | Table) -> bool:
    return isinstance(block, Paragraph) and bool(block.text.strip()) and _DRAWN.search(block.text) is not None


def _table(lines: list[str], place: str) -> Table | None:
    rules = [line for line in lines if _RULE.fullmatch(line)]
    texts = [line for line in lines if not _RULE.fullmatch(line) and any(bar in line for bar in _BARS)]
    if not texts or not rules and len(texts) < _LEAST_LINES:
        return None
    edges = _edges(lines)
    if len(edges) < 3:
        return None
    rows = [row for block in _row_blocks(lines) for row in _split(block, edges)]
    cells = [cell for index, row in enumerate(rows) for cell in _cells(row, index, edges)]
    return Table(len(rows), len(edges) - 1, cells, place=place)


def _edges(lines: list[str]) -> list[int]:
    """Where the columns part: the places of bars in the line that has most of them."""
    best: list[int] = []
    for line in lines:
        signs = _BARS if not _RULE.fullmatch(line) else None
        places = [
            at
            for at, sign in enumerate(line)
            if (sign in signs if signs else _CROSSING.match(sign) is not None)
        ]
        if len(places) > len(best):
            best = places
    return best


def _row_blocks(lines: list[str]) -> list[list[str]]:
    """Lines of text between rules; without rules inside the body every line is a row of its own."""
    blocks: list[list[str]] = [[]]
    rules = 0
    for line in lines:
        if _RULE.fullmatch(line):
            rules += 1
            blocks.append([])
        else:
            blocks[-1].append(line)
    blocks = [block for block in blocks if block]
    is_markdown = rules == 1 and len(blocks) == 2 and len(blocks[0]) == 1
    return [*blocks[:1], *([line] for line in blocks[1])] if is_markdown else blocks


def _split(block: list[str], edges: list[int]) -> list[list[list[str]]]:
    """Rows of a block: a new one starts at each line with a number in its first cell, if several have one."""
    lines = [_parts(line, edges) for line in block]
    starts = [index for index, parts in enumerate(lines) if parts and is_number(parts[0][2].strip())]
    if len(starts) < 2:
        starts = [0]
    bounds = sorted({0, *starts}) + [len(lines)]
    return [_gathered(lines[a:b]) for a, b in zip(bounds, bounds[1:], strict=False) if a < b]


def _parts(line: str, edges: list[int]) -> list[tuple[int, int, str]]:
    """(first column, column after the last, text) of each cell in a line."""
    bars = [at for at, sign in enumerate(line) if sign in _BARS]
    if not bars or line[: bars[0]].strip():
        bars = [-1, *bars]
    if line[bars[-1] + 1 :].strip():
        bars.append(len(line))
    if len(bars) == len(edges):
        return [(i, i + 1, line[a + 1 : b]) for i, (a, b) in enumerate(zip(bars, bars[1:], strict=False))]
    nearest = [min(range(len(edges)), key=lambda i: abs(edges[i] - bar)) for bar in bars]
    pairs = zip(zip(bars, bars[1:], strict=False), zip(nearest, nearest[1:], strict=False), strict=True)
    return [(i, max(j, i + 1), line[a + 1 : b]) for (a, b), (i, j) in pairs]


def _gathered(lines: list[list[tuple[int, int, str]]]) -> list[list[str]]:
    """Cells as [first, after, text] with the lines of each cell joined."""
    cells: dict[tuple[int, int], str] = {}
    for parts in lines:
        for first, after, text in parts:
            cells[first, after] = _glued(cells.get((first, after), ""), text.strip())
    return [[str(first), str(after), text] for (first, after), text in sorted(cells.items())]


def _glued(above: str, line: str) -> str:
    if not above or not line:
        return above or line
    if above.endswith("-") and line[0].islower():
        return (above if _COMPOUND.search(above) else above[:-1]) + line
    return f"{above} {line}"


def _cells(row: list[list[str]], index: int, edges: list[int]) -> list[Cell]:
    found = []
    for first, after, text in row:
        start, end = int(first), min(int(after), len(edges) - 1)
        if start < end:
            found.append(Cell(index, start, text, columns=end - start))
    return found
