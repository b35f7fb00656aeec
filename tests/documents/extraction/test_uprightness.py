"""A page is levelled to a tenth of a degree, and places found on it lead back to the page."""

import pytest
from PIL import Image, ImageDraw

from documents.extraction.paper import whitened
from documents.extraction.uprightness import Turn, skew_of, turned

from .scans import letter, scanned


@pytest.mark.parametrize("askew", [-3.4, -0.7, 0.0, 0.6, 2.2])
def test_the_skew_of_a_scan_is_measured(askew: float) -> None:
    picture = scanned(letter().picture, askew=askew)

    assert skew_of(picture) == pytest.approx(askew, abs=0.12)


def test_a_page_without_lines_stays_as_it_is() -> None:
    assert skew_of(Image.new("L", (800, 600), 240)) == 0.0


@pytest.mark.parametrize(("rotation", "skew"), [(0, 0.0), (0, 2.0), (90, 0.0), (180, 1.0), (270, -1.5)])
def test_a_spot_of_the_turned_picture_leads_back_to_its_place_on_the_page(rotation: int, skew: float) -> None:
    page = Image.new("L", (600, 400), 255)
    ImageDraw.Draw(page).rectangle((448, 98, 452, 102), fill=0)
    upright = turned(page, rotation, skew)

    left, top, right, bottom = upright.point(lambda grey: 255 if grey < 128 else 0).getbbox()
    box = Turn(600, 400, rotation, skew).box(left, top, right, bottom)

    assert ((box[0] + box[2]) / 2 * 600, (box[1] + box[3]) / 2 * 400) == pytest.approx((450, 100), abs=2)


def test_grainy_paper_becomes_white_and_print_stays_dark() -> None:
    picture = whitened(scanned(letter().picture))

    histogram = picture.histogram()
    assert histogram[255] > 0.85 * picture.width * picture.height
    assert sum(histogram[:100]) > 1_000
