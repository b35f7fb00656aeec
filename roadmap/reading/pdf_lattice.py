"""From ruling lines to the cells of tables: where a rule is missing, the cells are merged."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from .pdf_ink import SHORTEST_RULE, Ink, Rule

# Borders of neighbouring cells drawn apart, double rules and rounding lie within this distance.
NEAR = 3.0
# Dots and dashes of a rule stand closer than this.
GAP = 4.5
MAX_CROSSINGS = 4_000_000
MAX_FIELDS = 200_000


@dataclass(frozen=True, eq=False)
class Box:
    """A cell of a lattice: its place in the grid and its rectangle on the page."""

    row: int
    column: int
    rows: int
    columns: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass
class Lattice:
    """One ruled table on a page: its rulings' coordinates and its cells, row by row."""

    xs: list[float]
    ys: list[float]
    boxes: list[Box]

    @property
    def area(self) -> float:
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def box_at(self, x: float, y: float) -> Box | None:
        """The cell that holds a point, None outside the table."""
        if not (self.xs[0] <= x < self.xs[-1] and self.ys[0] <= y < self.ys[-1]):
            return None
        return self._fields[bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1]

    @cached_property
    def _fields(self) -> dict[tuple[int, int], Box]:
        return {
            (row, column): box
            for box in self.boxes
            for row in range(box.row, box.row + box.rows)
            for column in range(box.column, box.column + box.columns)
        }


def find_lattices(ink: Ink) -> list[Lattice]:
    """The ruled tables of a page with two cells or more, from top to bottom.

    A frame of one cell (a page border, a boxed note) is no table.
    """
    across, down = _joined(ink.across), _joined(ink.down)
    if len(across) * len(down) > MAX_CROSSINGS:
        ink.is_cut = True
        return []
    lattices = [_lattice(across, down) for across, down in _components(across, down)]
    found = [lattice for lattice in lattices if lattice is not None and len(lattice.boxes) > 1]
    return sorted(found, key=lambda lattice: (lattice.ys[0], lattice.xs[0]))


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """Collinear pieces put together; what stays too short to border a cell is dropped."""
    result: list[Rule] = []
    for at, group in _clusters(sorted(rules), key=lambda rule: rule.at):
        run: Rule | None = None
        for piece in sorted(group, key=lambda rule: rule.start):
            if run is not None and piece.start - run.end <= GAP:
                run = run._replace(end=max(run.end, piece.end))
                continue
            if run is not None:
                result.append(run)
            run = Rule(at, piece.start, piece.end)
        if run is not None:
            result.append(run)
    return [rule for rule in result if rule.end - rule.start >= SHORTEST_RULE]


def _clusters(rules: list[Rule], *, key: Callable[[Rule], float]) -> list[tuple[float, list[Rule]]]:
    """Sorted rules grouped by nearness; each group with the mean of its coordinates."""
    groups: list[list[Rule]] = []
    for rule in rules:
        if groups and key(rule) - key(groups[-1][0]) <= NEAR:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return [(sum(key(rule) for rule in group) / len(group), group) for group in groups]


def _components(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that touch each other, directly or through others: (horizontal, vertical)."""
    parent = list(range(len(across) + len(down)))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for i, flat in enumerate(across):
        for j, tall in enumerate(down):
            if _touch(flat, tall):
                parent[root(i)] = root(len(across) + j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, flat in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(flat)
    for j, tall in enumerate(down):
        groups.setdefault(root(len(across) + j), ([], []))[1].append(tall)
    return [(flat, tall) for flat, tall in groups.values() if flat and tall]


def _touch(flat: Rule, tall: Rule) -> bool:
    return flat.start - NEAR <= tall.at <= flat.end + NEAR and tall.start - NEAR <= flat.at <= tall.end + NEAR


def _lattice(across: list[Rule], down: list[Rule]) -> Lattice | None:
    """The grid that the rules of one component draw; open sides are closed at the rules' ends."""
    xs = _coordinates([rule.at for rule in down], [end for rule in across for end in (rule.start, rule.end)])
    ys = _coordinates([rule.at for rule in across], [end for rule in down for end in (rule.start, rule.end)])
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > MAX_FIELDS:
        return None
    walls = _Walls(len(xs) - 1, len(ys) - 1, _drawn(xs, ys, down), _drawn(ys, xs, across))
    return Lattice(xs, ys, _boxes(xs, ys, walls))


def _coordinates(rulings: list[float], ends: list[float]) -> list[float]:
    result: list[float] = []
    for value in sorted(rulings):
        if not result or value - result[-1] > NEAR:
            result.append(value)
    if result and result[0] - min(ends) > NEAR:
        result.insert(0, min(ends))
    if result and max(ends) - result[-1] > NEAR:
        result.append(max(ends))
    return result


def _drawn(lines: list[float], steps: list[float], rules: list[Rule]) -> set[tuple[int, int]]:
    """(index of the line, index of the step) for each stretch of a grid line that is really drawn."""
    drawn = set()
    for rule in rules:
        line = max(0, bisect_right(lines, rule.at + NEAR) - 1)
        for step in range(len(steps) - 1):
            low, high = max(steps[step], rule.start), min(steps[step + 1], rule.end)
            if high - low > (steps[step + 1] - steps[step]) / 2:
                drawn.add((line, step))
    return drawn


@dataclass(frozen=True)
class _Walls:
    """Which stretches of the grid lines are drawn.

    `sides` holds (vertical line, row), `floors` holds (horizontal line, column).
    """

    width: int
    height: int
    sides: set[tuple[int, int]]
    floors: set[tuple[int, int]]

    def is_side(self, line: int, row: int) -> bool:
        return line in (0, self.width) or (line, row) in self.sides

    def reach(self, row: int, column: int, taken: set[tuple[int, int]]) -> int:
        """How many grid columns the cell at this place spans."""
        end = column + 1
        while end < self.width and (end, row) not in self.sides and (row, end) not in taken:
            end += 1
        return end - column

    def depth(self, row: int, columns: range) -> int:
        """How many grid rows a cell over these columns spans."""
        end = row + 1
        while end < self.height and self._goes_on(end, columns):
            end += 1
        return end - row

    def _goes_on(self, row: int, columns: range) -> bool:
        if any((row, column) in self.floors for column in columns):
            return False
        if any((line, row) in self.sides for line in columns[1:]):
            return False
        return self.is_side(columns.start, row) and self.is_side(columns.stop, row)


def _boxes(xs: list[float], ys: list[float], walls: _Walls) -> list[Box]:
    """Cells as the largest rectangles without a wall inside, taken from the top left on."""
    taken: set[tuple[int, int]] = set()
    boxes = []
    for row in range(walls.height):
        for column in range(walls.width):
            if (row, column) in taken:
                continue
            columns = walls.reach(row, column, taken)
            rows = walls.depth(row, range(column, column + columns))
            taken.update((r, c) for r in range(row, row + rows) for c in range(column, column + columns))
            edges = xs[column], ys[row], xs[column + columns], ys[row + rows]
            boxes.append(Box(row, column, rows, columns, *edges))
    return boxes
