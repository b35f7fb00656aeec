"""Pages that are done stay done: a run that was killed goes on where it stopped."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from documents.extraction.pages import ExtractedPage, page_of


@dataclass(frozen=True)
class PageKey:
    """What a finished page depends on: the bytes of the file, the page and how it was read."""

    sha256: str
    number: int
    engine: str
    settings: str


class PageCache(Protocol):
    """Where finished pages are kept."""

    def get(self, key: PageKey) -> ExtractedPage | None:
        """The finished page, None when it has to be made."""

    def put(self, key: PageKey, page: ExtractedPage) -> None:
        """Keep a finished page; once this returns it outlives the process."""


class NoCache:
    """Keeps nothing."""

    def get(self, key: PageKey) -> ExtractedPage | None:
        return None

    def put(self, key: PageKey, page: ExtractedPage) -> None:
        return None


class DirectoryCache:
    """Pages as files of a folder; a page is there whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: PageKey) -> ExtractedPage | None:
        try:
            return page_of(json.loads(self._place(key).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def put(self, key: PageKey, page: ExtractedPage) -> None:
        place = self._place(key)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile("w", dir=place.parent, delete=False, encoding="utf-8") as file:
            json.dump(page.as_plain(), file, ensure_ascii=False)
        os.replace(file.name, place)

    def _place(self, key: PageKey) -> Path:
        return self.folder / key.sha256[:2] / key.sha256 / f"{key.engine}-{key.settings}-{key.number}.json"
