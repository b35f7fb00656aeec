"""Text of files, page by page, as pages finish.

Hostile bytes are opened only in the limited subprocess, which hands out texts and plain grey pictures a few
pages at a time; the pictures are recognised here, one page per tesseract process, on all processors. Memory
and disk hold a few pages, however long the file is.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.errors import TooLarge, Unreadable
from core.limited import Limits, run_limited
from documents.extraction.cache import NoCache, PageCache, PageKey
from documents.extraction.pages import Extracted, ExtractedPage, page_of
from documents.extraction.recognition import Prepared, recognised
from documents.extraction.tesseract import engine_version, is_recognition_possible, require_recognition

#: Part of the key of the page cache: a change here makes pages anew.
SETTINGS = "rus-200-1"
LIMITS = Limits(memory_mb=1024, cpu_seconds=60, wall_seconds=90, answer_mb=64)
# LibreOffice may take its time with the old formats, and needs room.
WHOLE_LIMITS = Limits(memory_mb=4096, cpu_seconds=60, wall_seconds=90, answer_mb=64)
_BATCH = 8
# Stands in for the problem of a page until tesseract is there; never shown.
_WAITS = "waits for recognition"
_MAKING = "documents.extraction.preparing"


def text_of(path: str | Path, cache: PageCache | None = None, *, sha256: str = "") -> Extracted:
    """The text of the file at `path` with its pages in order.

    Raises Unreadable or TooLarge for a file that cannot be taken, RecognitionOff when a page has to be
    recognised and this machine cannot. A single page that fails is there with its `problem`.
    """
    pages = pages_of(path, cache, sha256=sha256)
    return Extracted(tuple(sorted(pages, key=lambda page: page.number)))


def pages_of(
    path: str | Path, cache: PageCache | None = None, *, sha256: str = ""
) -> Iterator[ExtractedPage]:
    """Pages as they finish, those of the cache first, otherwise nearly in order.

    Each page is in the cache before it is yielded. When recognition is off, all pages that need none are
    yielded before RecognitionOff is raised. `sha256` of the file is counted when it is not given.
    """
    return _Run(Path(path), cache or NoCache(), sha256).pages()


def page_count(path: str | Path) -> int:
    """How many pages `pages_of` will yield; 1 for files without pages of their own."""
    return int(_overview(Path(path))["pages"] or 1)


def _overview(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = run_limited(f"{_MAKING}:overview", LIMITS, path=str(path))
    return found


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class _Run:
    """One walk over the pages of a file."""

    def __init__(self, path: Path, cache: PageCache, sha256: str) -> None:
        self.path, self.cache = path, cache
        self.sha256 = sha256 or _digest(path)
        self.media_type = ""
        self.engine = engine_version()
        self.can_recognise = is_recognition_possible()
        self.is_short = False

    def pages(self) -> Iterator[ExtractedPage]:
        facts = _overview(self.path)
        self.media_type = facts["media_type"]
        if facts["pages"] is None:
            yield from self._whole()
            return
        missing = []
        for number in range(1, facts["pages"] + 1):
            page = self.cache.get(self._key(number))
            if page is None:
                missing.append(number)
            else:
                yield page
        yield from self._made(missing)
        if self.is_short:
            require_recognition()

    def _key(self, number: int) -> PageKey:
        return PageKey(self.sha256, number, self.engine or "none", SETTINGS)

    def _kept(self, page: ExtractedPage) -> ExtractedPage:
        if not page.problem:
            self.cache.put(self._key(page.number), page)
        return page

    def _whole(self) -> Iterator[ExtractedPage]:
        plain = run_limited(f"{_MAKING}:whole", WHOLE_LIMITS, path=str(self.path), media_type=self.media_type)
        yield from map(page_of, plain)

    def _made(self, numbers: list[int]) -> Iterator[ExtractedPage]:
        """Prepare the next pages while the last ones are recognised; two batches at most are at hand."""
        workers = os.cpu_count() or 1
        with (
            tempfile.TemporaryDirectory(prefix="vekha-pages-") as folder,
            ThreadPoolExecutor(workers) as pool,
        ):
            waiting: set[Future[ExtractedPage]] = set()
            for batch in _batches(numbers):
                prepared = self._prepared(batch, Path(folder))
                waiting |= {pool.submit(self._finished, page) for page in prepared}
                yield from self._ready(waiting, leave=workers)
            yield from self._ready(waiting, leave=0)

    def _ready(self, waiting: set[Future[ExtractedPage]], *, leave: int) -> Iterator[ExtractedPage]:
        """Pages that are done, until no more than `leave` are being worked on."""
        while len(waiting) > leave:
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            waiting -= done
            for future in sorted(done, key=lambda one: one.result().number):
                page = future.result()
                if page.way == "ocr" and page.problem == _WAITS:
                    self.is_short = True
                else:
                    yield page

    def _prepared(self, numbers: list[int], folder: Path) -> list[Prepared]:
        """The pages taken apart; when that fails, one by one, for a bad page must not hide the others."""
        try:
            answers = run_limited(
                f"{_MAKING}:prepare",
                LIMITS,
                path=str(self.path),
                media_type=self.media_type,
                numbers=numbers,
                folder=str(folder),
            )
        except (Unreadable, TooLarge) as refusal:
            if len(numbers) == 1:
                return [Prepared(ExtractedPage(numbers[0], "", problem=str(refusal)), None)]
            return [page for number in numbers for page in self._prepared([number], folder)]
        return [Prepared.of(answer, folder) for answer in answers]

    def _finished(self, prepared: Prepared) -> ExtractedPage:
        if prepared.picture is None:
            return self._kept(prepared.page)
        if not self.can_recognise:
            prepared.picture.unlink(missing_ok=True)
            return replace(prepared.page, problem=_WAITS)
        return self._kept(recognised(prepared))


def _batches(numbers: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(numbers), _BATCH):
        yield numbers[start : start + _BATCH]
