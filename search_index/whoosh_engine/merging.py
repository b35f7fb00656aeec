"""Several segments as one, word by word: nothing but the postings of one word is ever in memory."""

import heapq
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

import numpy as np

from search_index.whoosh_engine.postings import Numbers, Postings, together
from search_index.whoosh_engine.segment import SegmentView

_word = itemgetter(0)


class Merger:
    """The papers of several segments that are still there, numbered from 0, one segment after another."""

    def __init__(self, parts: list[tuple[SegmentView, Numbers | None]]) -> None:
        #: Every segment with the numbers of its papers that are kept.
        self.parts = [
            (view, np.arange(view.size) if alive is None else np.flatnonzero(alive)) for view, alive in parts
        ]
        self.count = sum(len(kept) for _view, kept in self.parts)

    def worded(self, field: str) -> tuple[Iterator[tuple[bytes, Postings]], Numbers]:
        """The postings of a text field, and how many words each paper has there."""
        lengths = [view.lengths[field][kept] for view, kept in self.parts]
        return self.bare(field), np.concatenate(lengths).astype(np.int64)

    def bare(self, field: str) -> Iterator[tuple[bytes, Postings]]:
        """The postings of any field."""
        sources, first = [], 0
        for view, kept in self.parts:
            sources.append(_moved(view, kept, first, field))
            first += len(kept)
        for word, found in groupby(heapq.merge(*sources, key=_word), key=_word):
            yield word, together([postings for _w, postings in found])


def _moved(view: SegmentView, kept: Numbers, first: int, field: str) -> Iterator[tuple[bytes, Postings]]:
    """The words of a segment with the new numbers of its papers."""
    if len(kept) == view.size:
        for word, found in view.all_words(field):
            yield word, Postings(found.papers + np.uint32(first), found.times, found.places)
        return
    numbers = np.full(view.size, -1, np.int64)
    numbers[kept] = np.arange(first, first + len(kept))
    for word, found in view.all_words(field):
        moved = numbers[found.papers]
        if moved.max() >= 0:
            yield word, _some(found, moved)


def _some(found: Postings, moved: Numbers) -> Postings:
    """Only the postings of papers that have got a new number."""
    keeps = moved >= 0
    places = np.repeat(keeps, found.times) if len(found.places) else keeps[:0]
    return Postings(moved[keeps].astype(np.uint32), found.times[keeps], found.places[places])
