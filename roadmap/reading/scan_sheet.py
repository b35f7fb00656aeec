"""One scanned page: levelled, cut along its rules, its cells recognised one by one.

Read as a whole, a table page comes out in the wrong order three times out of four; its cells go to tesseract
together but as pictures of their own, which takes no longer than the page as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from documents.extraction.paper import whitened
from documents.extraction.tesseract import Seen, rotation_of, seen_in
from documents.extraction.uprightness import Turn, skew_of, turned

from .pdf_lattice import Box, Lattice
from .scan_lattice import scanned_lattices
from .scan_rules import ink_of, rules_of

# Tesseract misses letters that touch the edge of a picture.
_MARGIN = 12
# The rule itself and its blur stay outside the cell.
_RULE = 3
_ONE_BLOCK, _WHOLE_PAGE = 6, 3
# Squares of four by four points that must be mostly ink before a cell counts as written in.
_SQUARE, _LEAST_INK = 4, 3
_DOUBTFUL = 0.6
_WHITE = 255


@dataclass
class Sheet:
    """What was recognised on one page.

    `width` and `height` are the picture's as displayed, in its points at `dpi`. `words` holds for each cell
    (index of the lattice, index of the box) what was seen in it, `loose` what stands outside tables; their
    boxes are in points of the upright picture.
    """

    number: int
    width: int
    height: int
    dpi: int
    rotation: int = 0
    skew: float = 0.0
    lattices: list[Lattice] = field(default_factory=list)
    words: list[list[list[Seen]]] = field(default_factory=list)
    loose: list[Seen] = field(default_factory=list)

    @property
    def turn(self) -> Turn:
        return Turn(self.width, self.height, self.rotation, self.skew)

    @property
    def confidence(self) -> float:
        """The mean confidence of all words by length; 1 when there are none."""
        told = [(one.confidence, len(one.text)) for one in self.seen()]
        return sum(c * n for c, n in told) / sum(n for _, n in told) if told else 1.0

    def seen(self) -> Iterator[Seen]:
        for lattice in self.words:
            for cell in lattice:
                yield from cell
        yield from self.loose

    def as_plain(self) -> dict[str, Any]:
        """The sheet as JSON data."""
        lattices = [
            {"xs": one.xs, "ys": one.ys, "boxes": [vars(b) for b in one.boxes]} for one in self.lattices
        ]
        words = [[[asdict(one) for one in cell] for cell in cells] for cells in self.words]
        return {**vars(self), "lattices": lattices, "words": words, "loose": [asdict(o) for o in self.loose]}


def sheet_from(plain: dict[str, Any]) -> Sheet:
    """The sheet that `as_plain` described."""
    lattices = [
        Lattice(one["xs"], one["ys"], [Box(**box) for box in one["boxes"]]) for one in plain["lattices"]
    ]
    words = [[[Seen(**one) for one in cell] for cell in cells] for cells in plain["words"]]
    loose = [Seen(**one) for one in plain["loose"]]
    return Sheet(**{**plain, "lattices": lattices, "words": words, "loose": loose})


def recognised_sheet(picture: Any, number: int, dpi: int, folder: Path, shelf: Path | None) -> Sheet:
    """The page in a grey Pillow picture; a page that lies on its side is turned. `folder` is for scraps.

    With a `shelf` the picture of each cell is left there as «crop-<page>-<cell>.png».
    """
    sheet = _recognised(picture, Sheet(number, picture.width, picture.height, dpi), folder, shelf)
    if sheet.confidence >= _DOUBTFUL:
        return sheet
    place = folder / f"{number}-whole.pgm"
    picture.save(place, "PPM")
    rotation = rotation_of(place)
    if not rotation:
        return sheet
    other = _recognised(picture, Sheet(number, picture.width, picture.height, dpi, rotation), folder, shelf)
    return other if other.confidence > sheet.confidence else sheet


def _recognised(picture: Any, sheet: Sheet, folder: Path, shelf: Path | None) -> Sheet:
    quarter = turned(picture, sheet.rotation, 0.0)
    sheet.skew = skew_of(quarter)
    level = turned(quarter, 0, sheet.skew)
    points = 72 / sheet.dpi
    across, down = rules_of(level, points)
    sheet.lattices = scanned_lattices(level.width * points, level.height * points, across, down)
    # Thin pale rules do not outlive the whitening, so they were looked for before.
    white = whitened(level)
    sheet.words = _cell_words(white, sheet, folder, shelf)
    sheet.loose = _loose_words(white, sheet, folder)
    return sheet


def _cell_words(level: Any, sheet: Sheet, folder: Path, shelf: Path | None) -> list[list[list[Seen]]]:
    words: list[list[list[Seen]]] = [[[] for _ in lattice.boxes] for lattice in sheet.lattices]
    names: list[Path] = []
    places: list[tuple[list[Seen], int, int]] = []
    for count, (cell, edges) in enumerate(_cells(sheet, words)):
        part = level.crop(edges)
        if shelf is not None:
            part.save(shelf / f"crop-{sheet.number}-{count}.png", "PNG")
        if _has_ink(part):
            names.append(folder / f"{sheet.number}-{count}.pgm")
            _with_margin(part).save(names[-1], "PPM")
            places.append((cell, edges[0] - _MARGIN, edges[1] - _MARGIN))
    if names:
        for one in _seen(names, folder / f"{sheet.number}-cells.txt", sheet.dpi):
            cell, x, y = places[one.image]
            cell.append(_moved(one, x, y))
    return words


def _cells(
    sheet: Sheet, words: list[list[list[Seen]]]
) -> Iterator[tuple[list[Seen], tuple[int, int, int, int]]]:
    """For each cell of the page, in order, the list for its words and its edges in the upright picture."""
    per_point = sheet.dpi / 72
    for lattice, cells in zip(sheet.lattices, words, strict=True):
        for box, cell in zip(lattice.boxes, cells, strict=True):
            left, top = int(box.left * per_point) + _RULE, int(box.top * per_point) + _RULE
            right, bottom = int(box.right * per_point) - _RULE + 1, int(box.bottom * per_point) - _RULE + 1
            yield cell, (left, top, max(right, left + 1), max(bottom, top + 1))


def _seen(names: list[Path], listing: Path, dpi: int) -> list[Seen]:
    listing.write_text("\n".join(map(str, names)))
    try:
        return seen_in(listing, dpi=dpi, layout=_ONE_BLOCK)
    finally:
        for name in (*names, listing):
            name.unlink(missing_ok=True)


def _loose_words(level: Any, sheet: Sheet, folder: Path) -> list[Seen]:
    """What stands outside tables: the tables are painted over."""
    from PIL import ImageDraw

    per_point = sheet.dpi / 72
    rest = level.copy()
    for lattice in sheet.lattices:
        left, top = lattice.xs[0] * per_point - 2 * _RULE, lattice.ys[0] * per_point - 2 * _RULE
        right, bottom = lattice.xs[-1] * per_point + 2 * _RULE, lattice.ys[-1] * per_point + 2 * _RULE
        ImageDraw.Draw(rest).rectangle((left, top, right, bottom), fill=_WHITE)
    if not _has_ink(rest):
        return []
    place = folder / f"{sheet.number}-rest.pgm"
    rest.save(place, "PPM")
    try:
        return seen_in(place, dpi=sheet.dpi, layout=_WHOLE_PAGE)
    finally:
        place.unlink(missing_ok=True)


def _with_margin(part: Any) -> Any:
    from PIL import ImageOps

    return ImageOps.expand(part, _MARGIN, fill=_WHITE)


def _has_ink(part: Any) -> bool:
    squares = ink_of(part).reduce(_SQUARE).histogram()
    return bool(sum(squares[128:]) >= _LEAST_INK)


def _moved(one: Seen, x: int, y: int) -> Seen:
    box = {"left": one.left + x, "top": one.top + y, "right": one.right + x, "bottom": one.bottom + y}
    return Seen(**{**vars(one), **box})
