"""Pieces of scanned pages as pictures, so that a human sees what was recognised."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from core.errors import Unreadable, sentence
from documents.extraction.uprightness import turned
from documents.intake.types import FileType

DPI = 150
# A little of the page around the piece tells where it stands.
_MARGIN = 0.004
_NO_PAGE = sentence("Такой страницы в файле нет.")


def crop(path: str, number: int, box: list[float], rotation: int, skew: float, out: str) -> dict[str, int]:
    """Draw `box` (left, top, right, bottom in shares of the displayed page) of page `number` as a PNG.

    `rotation` and `skew` are the page's; the piece is turned upright by them. Answers {"width", "height"}.
    Runs in the limited subprocess only.
    """
    picture = _page(path, number)
    sides = picture.size * 2
    edges = (box[0] - _MARGIN, box[1] - _MARGIN, box[2] + _MARGIN, box[3] + _MARGIN)
    left, top, right, bottom = (
        round(min(max(edge, 0.0), 1.0) * side) for edge, side in zip(edges, sides, strict=True)
    )
    part = picture.crop((left, top, max(right, left + 1), max(bottom, top + 1)))
    part = turned(part.convert("L"), rotation, skew)
    part.save(out, "PNG")
    return {"width": part.width, "height": part.height}


def _page(path: str, number: int) -> Any:
    with Path(path).open("rb") as file:
        is_pdf = b"%PDF-" in file.read(1024)
    return _of_pdf(path, number) if is_pdf else _of_picture(path, number)


def _of_pdf(path: str, number: int) -> Any:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        if not 1 <= number <= len(document):
            raise Unreadable(_NO_PAGE)
        page = document[number - 1]
        scale = min(DPI / 72, 5_000 / max(*page.get_size(), 1.0))
        return page.render(scale=scale, grayscale=True).to_pil().convert("L")


def _of_picture(path: str, number: int) -> Any:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # the guard at the door has measured it
    with Image.open(Path(path), formats=[kind.name for kind in _PICTURES]) as image:
        if not 1 <= number <= getattr(image, "n_frames", 1):
            raise Unreadable(_NO_PAGE)
        image.seek(number - 1)
        grey = ImageOps.exif_transpose(image).convert("L")
        grey.thumbnail((2_400, 2_400))
        return grey


_PICTURES = (FileType.JPEG, FileType.PNG, FileType.TIFF)
