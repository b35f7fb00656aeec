"""Ruling lines in the picture of a scanned page: long straight runs of dark points, whatever broke them up.

The picture must lie level. Only Pillow is used; where a loop over points would be slow, its filters do it.
"""

from __future__ import annotations

import re
from typing import Any

from documents.extraction.paper import paper_of

from .pdf_ink import Rule

# A run of dark points is looked for in steps of this many points; a rule takes several steps.
STEP = 8
# Shortest pieces of rules, in steps: letters are lower than five steps and narrower than eight at 200 dpi.
_ACROSS, _DOWN = 8, 5
# A step belongs to a rule when so much of it is dark; scans are grainy.
_SOLID = 190
# What is darker than the paper by this much is ink, however pale.
_INK = 60
MOST_RULES = 8_000


def rules_of(picture: Any, points: float) -> tuple[list[Rule], list[Rule]]:
    """The rules across and down a level grey Pillow picture, of which a point is `points` of 1/72 inch."""
    ink = ink_of(picture)
    across = _runs(_thickened(ink), _ACROSS, points)
    down = _runs(_thickened(ink.transpose(_transposed())), _DOWN, points)
    return across[:MOST_RULES], down[:MOST_RULES]


def ink_of(picture: Any) -> Any:
    """The picture in black and white: ink 255, paper 0."""
    paper = paper_of(picture)
    return picture.point([255 if grey < paper - _INK else 0 for grey in range(256)])


def _transposed() -> Any:
    from PIL import Image

    return Image.Transpose.TRANSPOSE


def _thickened(ink: Any) -> Any:
    """Ink spread a point up and down, so that a rule which climbs by a point or two stays whole."""
    from PIL import ImageChops

    above, below = ImageChops.offset(ink, 0, -1), ImageChops.offset(ink, 0, 1)
    return ImageChops.lighter(ImageChops.lighter(ink, above), below)


def _runs(ink: Any, shortest: int, points: float) -> list[Rule]:
    steps = ink.reduce((STEP, 1)).point([255 if share >= _SOLID else 0 for share in range(256)])
    width, raw = steps.width, steps.tobytes()
    pattern = re.compile(rb"\xff{%d,}" % shortest)
    return [
        Rule((row + 0.5) * points, run.start() * STEP * points, run.end() * STEP * points)
        for row in range(steps.height)
        for run in pattern.finditer(raw[row * width : (row + 1) * width])
    ]
