"""A human sees the piece of the scan that a word or a cell was read from."""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from core.errors import Unreadable
from core.limited import run_limited
from tests.documents.extraction.scans import pdf_of

CROP = "documents.extraction.cropping:crop"


def sheet() -> Image.Image:
    """A white sheet with a black bar, twice as wide as it is high."""
    picture = Image.new("L", (1000, 800), 255)
    ImageDraw.Draw(picture).rectangle((200, 400, 399, 499), fill=0)
    return picture


@pytest.mark.parametrize("name", ["a.pdf", "a.png"])
def test_the_piece_is_cut_out_with_a_little_margin(tmp_path: Path, name: str) -> None:
    path, out = tmp_path / name, tmp_path / "piece.png"
    pdf_of(path, sheet()) if name.endswith("pdf") else sheet().save(path)
    place = {"number": 1, "box": [0.2, 0.5, 0.4, 0.625], "rotation": 0, "skew": 0.0}

    size = run_limited(CROP, path=str(path), out=str(out), **place)

    with Image.open(out) as piece:
        assert piece.size == (size["width"], size["height"])
        assert piece.width == pytest.approx(2 * piece.height, rel=0.06)
        assert piece.getpixel((piece.width // 2, piece.height // 2)) < 40
        assert piece.getpixel((0, 0)) > 200


def test_a_piece_of_a_sideways_page_stands_upright(tmp_path: Path) -> None:
    path, out = tmp_path / "a.png", tmp_path / "piece.png"
    sheet().save(path)

    run_limited(
        CROP, path=str(path), number=1, box=[0.2, 0.5, 0.4, 0.625], rotation=90, skew=0.0, out=str(out)
    )

    with Image.open(out) as piece:
        assert piece.height > 1.8 * piece.width


def test_a_page_that_is_not_there_is_refused(tmp_path: Path) -> None:
    path = pdf_of(tmp_path / "a.pdf", sheet())

    with pytest.raises(Unreadable, match="Такой страницы"):
        run_limited(CROP, path=str(path), number=2, box=[0, 0, 1, 1], rotation=0, skew=0.0, out="piece.png")
