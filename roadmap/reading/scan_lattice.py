"""Tables of a scanned page: the lattices of its rules without what only looks like one."""

from __future__ import annotations

from dataclasses import replace

from .pdf_ink import Ink, Rule
from .pdf_lattice import Box, Lattice, find_lattices

# Stamps and signatures cross themselves too; they are small, and little of their lattice is really drawn.
_NARROWEST, _LOWEST = 90.0, 16.0
_LEAST_DRAWN = 0.55
_NEAR = 3.0


def scanned_lattices(width: float, height: float, across: list[Rule], down: list[Rule]) -> list[Lattice]:
    """The ruled tables of a page of this size (in points), from top to bottom."""
    ink = Ink(width, height, [], across, down)
    found = [_squeezed(lattice) for lattice in find_lattices(ink)]
    return [lattice for lattice in found if len(lattice.boxes) > 1 and _is_table(lattice, across, down)]


def _squeezed(lattice: Lattice) -> Lattice:
    """The lattice without grid lines on which no cell begins: traces of a rule that was scanned askew."""
    xs = sorted({box.left for box in lattice.boxes} | {box.right for box in lattice.boxes})
    ys = sorted({box.top for box in lattice.boxes} | {box.bottom for box in lattice.boxes})
    return Lattice(xs, ys, [_counted(box, xs, ys) for box in lattice.boxes])


def _counted(box: Box, xs: list[float], ys: list[float]) -> Box:
    column, row = xs.index(box.left), ys.index(box.top)
    return replace(
        box,
        row=row,
        column=column,
        rows=ys.index(box.bottom) - row,
        columns=xs.index(box.right) - column,
    )


def _is_table(lattice: Lattice, across: list[Rule], down: list[Rule]) -> bool:
    width, height = lattice.xs[-1] - lattice.xs[0], lattice.ys[-1] - lattice.ys[0]
    if width < _NARROWEST or height < _LOWEST:
        return False
    flat = sum(_drawn(box.bottom, box.left, box.right, across) for box in lattice.boxes)
    tall = sum(_drawn(box.right, box.top, box.bottom, down) for box in lattice.boxes)
    edges = sum(box.right - box.left + box.bottom - box.top for box in lattice.boxes)
    return flat + tall > _LEAST_DRAWN * edges


def _drawn(at: float, start: float, end: float, rules: list[Rule]) -> float:
    """How much of one edge of a cell is covered by its longest rule."""
    lengths = (min(rule.end, end) - max(rule.start, start) for rule in rules if abs(rule.at - at) <= _NEAR)
    return max(0.0, *lengths, 0.0)
