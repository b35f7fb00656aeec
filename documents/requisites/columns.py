"""Marks set side by side («ПРИНЯТО … УТВЕРЖДЕНО») read one under the other."""

import re

from documents.requisites.traced import TracedText

_HEAD = 12_000
_MARK = r"(?:утвержд[а-яё]+|согласован[оа]?|принят[оа]?|рассмотрен[оа]?|одобрен[оа]?)"
_SIDE_BY_SIDE = re.compile(
    rf"^[ \t«\"]*{_MARK}[»\"]?:?(?: [^\n ]{{1,25}}){{0,4}} {{3,}}[«\"]?{_MARK}.*$",
    re.IGNORECASE | re.MULTILINE,
)
_GUTTER = re.compile(r" {3,}(?=\S)")
_MOST_LINES = 14


def unfolded(traced: TracedText) -> TracedText:
    """The text with each block of marks that stand side by side taken apart column by column."""
    text = traced.text
    found = _SIDE_BY_SIDE.search(text, 0, _HEAD)
    if found is None:
        return traced
    lines = _block(text, found.start())
    cuts = [gutter.end() - found.start() for gutter in _GUTTER.finditer(text, found.start(), found.end())
            if text[found.start() : gutter.start()].strip()]  # fmt: skip
    columns = [[_cell(text, line, left, right) for line in lines]
               for left, right in zip([0, *cuts], [*cuts, None], strict=True)]  # fmt: skip
    end = lines[-1][1]
    spans = [
        (0, found.start()),
        *(cell for column in columns for cell in (*column, (end, end))),
        (end, len(text)),
    ]
    return traced.rearranged([span for span in spans if span[0] <= span[1] < len(text) + 1 and len(text)])


def _block(text: str, start: int) -> list[tuple[int, int]]:
    """The lines of the block: until an empty one, or one that fills the width."""
    lines: list[tuple[int, int]] = []
    for found in re.compile(r"[^\n]*").finditer(text, start):
        if found.start() and found.start() == found.end() and not (lines and lines[-1][1] == found.end()):
            break
        if found.end() > found.start():
            lines.append(found.span())
        if len(lines) == _MOST_LINES:
            break
    return lines


def _cell(text: str, line: tuple[int, int], left: int, right: int | None) -> tuple[int, int]:
    """The part of a line that belongs to a column; its edges are moved to the gutters of this very line."""
    start = line[0] if left == 0 else _edge(text, line, left)
    end = line[1] if right is None else _edge(text, line, right)
    return start, max(start, end)


def _edge(text: str, line: tuple[int, int], at: int) -> int:
    """Where a line is cut near the column `at`: at the start of the word after its nearest gutter."""
    gutters = [gutter.end() for gutter in _GUTTER.finditer(text, *line)]
    near = [end for end in gutters if abs(end - line[0] - at) <= 12]
    if near:
        return min(near, key=lambda end: abs(end - line[0] - at))
    return line[1]
