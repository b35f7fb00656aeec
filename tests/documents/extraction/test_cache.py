"""A page that is done is not made again, whatever became of the run that made it."""

from dataclasses import replace
from pathlib import Path

from documents.extraction import DirectoryCache, ExtractedPage, PageKey, Word, pages_of
from documents.extraction.pages import page_of
from tests.roadmap.pdf_paper import words, write_pdf

PAGE = ExtractedPage(
    3, "Приказ №", "ocr", 0.91, (Word("Приказ", 0.1, 0.2, 0.3, 0.4, 0.91, 0), Word("№", 0, 0, 1, 1, None, 7)),
    595.0, 842.0, 90, -0.4, "empty",
)  # fmt: skip
KEY = PageKey("ab" * 32, 3, "5.3.0", "rus")


def test_a_page_comes_out_of_the_cache_as_it_went_in(tmp_path: Path) -> None:
    cache = DirectoryCache(tmp_path)

    cache.put(KEY, PAGE)

    assert cache.get(KEY) == PAGE
    assert page_of(PAGE.as_plain()) == PAGE


def test_another_file_engine_or_setting_is_another_page(tmp_path: Path) -> None:
    cache = DirectoryCache(tmp_path)
    cache.put(KEY, PAGE)

    others = [replace(KEY, sha256="cd" * 32), replace(KEY, number=4), replace(KEY, engine="5.4.0")]

    assert [cache.get(key) for key in (*others, replace(KEY, settings="deu"))] == [None] * 4


def test_a_page_cut_off_in_the_middle_counts_as_none(tmp_path: Path) -> None:
    cache = DirectoryCache(tmp_path)
    cache.put(KEY, PAGE)
    place = next(tmp_path.rglob("*.json"))
    place.write_text(place.read_text()[:40])

    assert cache.get(KEY) is None


def test_a_run_that_was_broken_off_goes_on_with_the_pages_that_are_missing(tmp_path: Path) -> None:
    path, cache = tmp_path / "a.pdf", DirectoryCache(tmp_path / "cache")
    write_pdf(path, [words(100, 700, f"Страница номер {number}") for number in range(1, 4)])
    first = next(pages_of(path, cache))
    made = {place: place.stat().st_mtime_ns for place in (tmp_path / "cache").rglob("*.json")}

    numbers = [page.number for page in pages_of(path, cache)]

    assert sorted(numbers) == [1, 2, 3]
    assert first.number in numbers
    assert all(place.stat().st_mtime_ns == then for place, then in made.items())
