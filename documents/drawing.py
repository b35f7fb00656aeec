"""Geometry of the graph around a document: what it rests on to the left, what rests on it to the right.

Columns are steps, rows are documents; lengths are units of the drawing's view box. Templates only print it.
"""

from dataclasses import dataclass

from documents.queries import Neighbourhood

WIDTH, HEIGHT = 196, 58
ACROSS, DOWN = 84, 18
MARGIN = 8
LINE = 25


@dataclass(frozen=True)
class Node:
    """One document as a box; `caption` and `lines` are cut to fit, `step` is how far it stands."""

    document_id: int
    x: int
    y: int
    caption: str
    title: str
    step: int


@dataclass(frozen=True)
class Arrow:
    """One citation as a line from the citing box to the cited one; several between two documents are one."""

    path: str
    label: str
    relation: str


@dataclass(frozen=True)
class Graph:
    """The whole drawing with its view box."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]


def graph_of(found: Neighbourhood) -> Graph:
    """The drawing of a neighbourhood; every document has a box, every pair that cites an arrow."""
    columns: dict[int, list[int]] = {}
    for number in sorted(found.steps, key=lambda n: (found.documents[n].listed_on is None, n)):
        columns.setdefault(found.steps[number], []).append(number)
    tallest = max(map(len, columns.values()))
    steps = sorted(columns)
    height = 2 * MARGIN + tallest * (HEIGHT + DOWN) - DOWN
    nodes = {
        number: _node(found, number, column, row, (tallest - len(columns[step])) * (HEIGHT + DOWN) // 2)
        for column, step in enumerate(steps)
        for row, number in enumerate(columns[step])
    }
    width = 2 * MARGIN + len(steps) * (WIDTH + ACROSS) - ACROSS
    return Graph(width, height, tuple(nodes.values()), _arrows(found, nodes))


def _node(found: Neighbourhood, number: int, column: int, row: int, above: int) -> Node:
    document = found.documents[number]
    return Node(
        document_id=number,
        x=MARGIN + column * (WIDTH + ACROSS),
        y=MARGIN + above + row * (HEIGHT + DOWN),
        caption=_cut(document.caption),
        title=_cut(document.title),
        step=found.steps[number],
    )


def _cut(text: str) -> str:
    return text if len(text) <= LINE else text[: LINE - 1].rstrip() + "…"


def _arrows(found: Neighbourhood, nodes: dict[int, Node]) -> tuple[Arrow, ...]:
    pairs: dict[tuple[int, int], Arrow] = {}
    for edge in found.edges:
        citing, cited = nodes.get(edge.citing_id), nodes.get(edge.cited_id)
        if citing and cited and citing is not cited:
            relation = edge.citation.relation
            arrow = Arrow(_path(citing, cited), str(relation.label), relation.value)
            pairs.setdefault((edge.citing_id, edge.cited_id), arrow)
    return tuple(pairs.values())


def _path(citing: Node, cited: Node) -> str:
    """A curve from the side of one box to the nearer side of the other."""
    if citing.x == cited.x:
        x, y1, y2 = citing.x, citing.y + HEIGHT // 2, cited.y + HEIGHT // 2
        return f"M{x} {y1}C{x - 34} {y1} {x - 34} {y2} {x} {y2}"
    to_left = cited.x < citing.x
    x1 = citing.x if to_left else citing.x + WIDTH
    x2 = cited.x + WIDTH if to_left else cited.x
    y1, y2, middle = citing.y + HEIGHT // 2, cited.y + HEIGHT // 2, (x1 + x2) // 2
    return f"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}"
