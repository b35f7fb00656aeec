"""Scans are recognised as they lie: askew, upside down, under a layer of nonsense, in any picture format."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from documents.extraction import LOW_CONFIDENCE, DirectoryCache, ExtractedPage, text_of
from documents.extraction.recognition import text_of_seen
from documents.extraction.tesseract import Seen

from .scans import DPI, letter, needs_recognition, pdf_of, scanned


@pytest.fixture(autouse=True)
def _needs_recognition() -> None:
    needs_recognition()


def only_page(path: Path, **options: Any) -> ExtractedPage:
    pages = text_of(path, **options).pages
    assert len(pages) == 1
    return pages[0]


def test_a_scan_askew_is_recognised_and_its_words_are_found_on_the_page(tmp_path: Path) -> None:
    path = pdf_of(tmp_path / "a.pdf", scanned(letter().picture, askew=1.6))

    page = only_page(path)

    assert (page.way, page.fault) == ("ocr", "empty")
    assert page.text.startswith("ПРИКАЗ № 17")
    assert page.skew == pytest.approx(1.6, abs=0.15)
    assert page.confidence is not None and page.confidence > 0.85
    word = page.words[0]
    # 420 of 1200 and 75 of 700, turned about the middle by 1.6 degrees.
    assert (word.left, (word.top + word.bottom) / 2) == pytest.approx((0.345, 0.118), abs=0.012)
    assert all(page.text[one.start : one.start + len(one.text)] == one.text for one in page.words)


def test_a_page_upside_down_is_turned(tmp_path: Path) -> None:
    picture = scanned(letter(11).picture).transpose(Image.Transpose.ROTATE_180)

    page = only_page(pdf_of(tmp_path / "a.pdf", picture))

    assert page.rotation == 180
    assert page.text.startswith("ПРИКАЗ № 17")
    assert page.words[0].top > 0.8


def test_frames_of_a_tiff_are_pages_and_a_blank_one_is_empty(tmp_path: Path) -> None:
    path, paper = tmp_path / "a.tif", letter(2).picture
    paper.save(path, save_all=True, append_images=[Image.new("L", paper.size, 250)], dpi=(DPI, DPI))

    pages = text_of(path).pages

    assert [page.number for page in pages] == [1, 2]
    assert pages[0].text.startswith("ПРИКАЗ")
    assert (pages[1].text, pages[1].confidence, pages[1].words) == ("", None, ())


def test_a_finished_page_is_taken_from_the_cache_and_not_recognised_again(tmp_path: Path) -> None:
    path, cache = tmp_path / "a.png", DirectoryCache(tmp_path / "cache")
    letter(2).picture.save(path)
    first = only_page(path, cache=cache)
    kept = next((tmp_path / "cache").rglob("*.json"))
    kept.write_text(kept.read_text().replace("ПРИКАЗ", "УКАЗ"))

    again = only_page(path, cache=cache)

    assert first.text.startswith("ПРИКАЗ")
    assert again.text.startswith("УКАЗ")


def test_words_that_were_hard_to_read_keep_their_low_confidence(tmp_path: Path) -> None:
    paper = letter(4)
    for shift in range(9):
        paper.rule(90, 155 + 4 * shift, 420, 165 + 3 * shift)
    path = tmp_path / "a.png"
    paper.picture.save(path)

    page = only_page(path)

    assert any((word.confidence or 0) > 0.9 for word in page.words)
    assert all(word.confidence is not None for word in page.words)
    assert page.confidence is not None and page.confidence < 1
    assert LOW_CONFIDENCE < 0.9


def test_lines_and_paragraphs_of_what_was_seen_become_lines_of_text() -> None:
    seen = [
        Seen("Об", 0, 0, 9, 9, 0.9, 0, 0),
        Seen("утверждении", 10, 0, 30, 9, 0.9, 0, 0),
        Seen("плана", 0, 10, 9, 19, 0.9, 1, 0),
        Seen("ПРИКАЗЫВАЮ:", 0, 30, 9, 39, 0.9, 2, 1),
    ]

    text, starts = text_of_seen(seen)

    assert text == "Об утверждении\nплана\n\nПРИКАЗЫВАЮ:"
    assert [text[start:].split()[0] for start in starts] == [one.text for one in seen]
