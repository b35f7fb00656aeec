"""Several segments as one: small ones all at once, large ones word by word, so that little is in memory."""

import heapq
from collections.abc import Iterator
from itertools import groupby, islice
from operator import itemgetter

import numpy as np

from search_index.whoosh_engine.lots import Lot, made_one
from search_index.whoosh_engine.postings import Numbers, Postings, together
from search_index.whoosh_engine.segment import SegmentView

_word = itemgetter(0)
#: Segments of so many papers together are merged at once; of larger ones so many words at a time.
AT_ONCE, WORDS = 5_000, 500


class Merger:
    """The papers of several segments that are still there, numbered from 0, one segment after another."""

    def __init__(self, parts: list[tuple[SegmentView, Numbers | None]]) -> None:
        #: Every segment with the numbers of its papers that are kept.
        self.parts = [
            (view, np.arange(view.size) if alive is None else np.flatnonzero(alive)) for view, alive in parts
        ]
        self.count = sum(len(kept) for _view, kept in self.parts)

    def worded(self, field: str) -> tuple[Iterator[Lot], Numbers]:
        """The postings of a text field, and how many words each paper has there."""
        lengths = [view.lengths[field][kept] for view, kept in self.parts]
        return self.bare(field), np.concatenate(lengths).astype(np.int64)

    def bare(self, field: str) -> Iterator[Lot]:
        """The postings of any field."""
        if sum(view.size for view, _kept in self.parts) <= AT_ONCE:
            yield made_one([(view.lot(field), numbers) for view, numbers in self._numbered()])
            return
        words = self._word_by_word(field)
        while found := list(islice(words, WORDS)):
            yield Lot.of(found)

    def _numbered(self) -> Iterator[tuple[SegmentView, Numbers]]:
        """Every segment with the new numbers of its papers, -1 for those that are gone."""
        first = 0
        for view, kept in self.parts:
            numbers = np.full(view.size, -1, np.int64)
            numbers[kept] = np.arange(first, first + len(kept))
            first += len(kept)
            yield view, numbers

    def _word_by_word(self, field: str) -> Iterator[tuple[bytes, Postings]]:
        sources = [_moved(view, numbers, field) for view, numbers in self._numbered()]
        for word, found in groupby(heapq.merge(*sources, key=_word), key=_word):
            yield word, together([postings for _w, postings in found])


def _moved(view: SegmentView, numbers: Numbers, field: str) -> Iterator[tuple[bytes, Postings]]:
    """The words of a segment with the new numbers of its papers."""
    is_whole = bool((numbers >= 0).all())
    for word, found in view.all_words(field):
        moved = numbers[found.papers]
        if is_whole:
            yield word, Postings(moved.astype(np.uint32), found.times, found.places)
        elif moved.max() >= 0:
            yield word, _some(found, moved)


def _some(found: Postings, moved: Numbers) -> Postings:
    """Only the postings of papers that have got a new number."""
    keeps = moved >= 0
    places = np.repeat(keeps, found.times) if len(found.places) else keeps[:0]
    return Postings(moved[keeps].astype(np.uint32), found.times[keeps], found.places[places])
