"""One segment as arrays over its mapped files. It never changes, so it is shared by all requests."""

import json
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.util.numeric import byte_to_length

from search_index.needs import FORMS, TEXT
from search_index.protocol import Sight
from search_index.whoosh_engine.lexicon import Lexicon
from search_index.whoosh_engine.lots import Lot, read_lot
from search_index.whoosh_engine.mapping import mapped, unpacked
from search_index.whoosh_engine.postings import Numbers, Postings, read, read_papers
from search_index.whoosh_engine.schema import BARE, COLUMNS, WORDED

_LENGTHS = np.array([byte_to_length(byte) for byte in range(256)], np.float32)
_KEPT_WORDS, _KEPT_SIGHTS = 4000, 200
RECENCY = np.float32(0.1)


class SegmentView:
    """The papers of one segment by number: postings of words, columns, who may see them."""

    def __init__(self, folder: Path, segment: Any) -> None:
        self.name = segment.segment_id()
        self.size = int(segment.doc_count_all())
        self.totals = {field: int(segment._fieldlengths.get(field, 0)) for field in WORDED}
        self._postings, parts = mapped(folder / f"{self.name}.pst"), unpacked(folder / f"{self.name}.arr")
        self._lexicons = {field: Lexicon.over(parts[field]) for field in (*WORDED, *BARE)}
        self.names: dict[str, list[str]] = json.loads(bytes(parts["names"]))
        self.columns = {name: np.frombuffer(parts[f"={name}"], code) for name, code in COLUMNS.items()}
        self.lengths = {field: _LENGTHS[np.frombuffer(parts[f"~{field}"], np.uint8)] for field in WORDED}
        self._known: dict[tuple[str, str], Postings | None] = {}
        self._sights: dict[Sight, Numbers | None] = {}
        self._values: dict[str, tuple[Numbers, Numbers]] = {}

    # Words.

    def postings(self, field: str, word: str) -> Postings | None:
        """The postings of a word; None when no paper of the segment has it."""
        asked = (field, word)
        if asked not in self._known:
            start = self._lexicons[field].find(word.encode())
            found = None if start is None else read(self._postings, start)
            if len(self._known) > _KEPT_WORDS:
                self._known = {}
            self._known[asked] = found
            return found
        return self._known.get(asked)

    def papers_starting(self, beginning: str) -> Numbers:
        """Which papers have a word of the text that begins so, as a mask."""
        found = np.zeros(self.size, bool)
        starts = self._lexicons[TEXT].starting(beginning.encode())
        if starts:
            found[np.concatenate([read_papers(self._postings, start) for start in starts])] = True
        return found

    def forms_among(self, words: dict[int, bytes], sums: Numbers) -> Iterator[tuple[str, int]]:
        """Those of `words`, given by their checksums, that stand in some paper as they are, with the number
        of papers."""
        for word in self._lexicons[FORMS].among(words, sums):
            found = self.postings(FORMS, word.decode())
            yield word.decode(), 0 if found is None else len(found.papers)

    def all_words(self, field: str) -> Iterator[tuple[bytes, Postings]]:
        """Every word of a field with its postings, in the order of their bytes."""
        return ((word, read(self._postings, start)) for word, start in self._lexicons[field].items())

    def lot(self, field: str) -> Lot:
        """The same all at once, for a segment that fits into memory well."""
        lexicon = self._lexicons[field]
        return read_lot(self._postings, lexicon.words(), lexicon.starts)

    # Who may see what.

    def seen_by(self, sight: Sight) -> Numbers | None:
        """The papers within a sight, as a mask; None for all of them. It follows from the sight alone, so it
        may be kept."""
        if sight not in self._sights:
            found = self._within(sight)
            if len(self._sights) > _KEPT_SIGHTS:
                self._sights = {}
            self._sights[sight] = None if found.all() else found
        return self._sights[sight]

    def _within(self, sight: Sight) -> Numbers:
        organisations, places = self.values("organisation")
        allowed = np.isin(organisations, np.array(sorted(sight.organisations), np.uint32))
        found: Numbers = allowed[places]
        if sight.scopes:
            found = found | self._is_of(sight.scopes)
        return found & ~self._is_of(sight.hidden) if sight.hidden else found

    def _is_of(self, scopes: frozenset[int]) -> Numbers:
        return np.isin(self.columns["scope"], np.fromiter(scopes, np.uint64, len(scopes)))

    def values(self, column: str) -> tuple[Numbers, Numbers]:
        """The different values of a column, and for every paper the place of its own among them."""
        if column not in self._values:
            values, places = np.unique(self.columns[column], return_inverse=True)
            self._values[column] = values, places.astype(np.min_scalar_type(len(values)))
        return self._values[column]

    @cached_property
    def recency(self) -> Numbers:
        """By what the worth of each paper is multiplied: of two papers alike otherwise, the one of twenty
        years later is worth a tenth more."""
        years = self.columns["year"].astype(np.float32)
        return 1 + RECENCY * np.clip((years - 2010) / 20, 0, 1)
