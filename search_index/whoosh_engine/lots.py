"""Postings of many words at once, written to the bytes of the file and read from them with arrays.

The file is the same whether its words were written one by one (postings.py) or in lots: one by one needs next
to no memory, a lot takes a hundredth of the time.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from search_index.protocol import Damaged
from search_index.whoosh_engine.postings import HEAD, MARK, NARROW, Numbers, Postings

_HEAD = HEAD.size // 4
_MARK = np.frombuffer(MARK, "<u4")[0]


class Lot(NamedTuple):
    """Words in the order of their bytes. The papers and times of word n are `papers[edges[n]:edges[n + 1]]`,
    its places `places[stands[n]:stands[n + 1]]`, one paper after another; bare fields have no places."""

    words: list[bytes]
    papers: Numbers
    times: Numbers
    places: Numbers
    edges: Numbers
    stands: Numbers

    @classmethod
    def of(cls, found: Sequence[tuple[bytes, Postings]]) -> "Lot":
        """Words with their postings, at least one, in the order of their bytes."""
        postings = [one for _word, one in found]
        edges = np.cumsum([0, *(len(one.papers) for one in postings)])
        stands = np.cumsum([0, *(len(one.places) for one in postings)])
        papers, times, places = (np.concatenate(parts) for parts in zip(*postings, strict=True))
        return cls([word for word, _one in found], papers, times, places, edges, stands)

    def packed(self) -> tuple[bytes, Numbers]:
        """The bytes of the file, and where the stretch of each word begins in them."""
        count, stood, is_wide = np.diff(self.edges), np.diff(self.stands), self._are_wide()
        size = 4 * (_HEAD + count) + np.where(is_wide, 4, 2) * (count + stood)
        size += -size % 4
        starts = np.cumsum(size) - size
        out = np.zeros(int(size.sum()) // 4, "<u4")
        for place, value in enumerate((_MARK, count, stood, np.where(is_wide, 4, 2))):
            out[starts // 4 + place] = value
        out[_spread(starts // 4 + _HEAD, count)] = self.papers
        times_at = starts + 4 * (_HEAD + count)
        _lay(out, times_at, count, self.times, is_wide)
        _lay(out, times_at + np.where(is_wide, 4, 2) * count, stood, self.places, is_wide)
        return out.tobytes(), starts

    def _are_wide(self) -> Numbers:
        """Which words need four bytes for a place or a count."""
        found = np.zeros(len(self.words), bool)
        for values, edges in ((self.times, self.edges), (self.places, self.stands)):
            found[np.searchsorted(edges, np.flatnonzero(values > NARROW), "right") - 1] = True
        return found


def _spread(firsts: Numbers, counts: Numbers) -> Numbers:
    """From each of `firsts` on as many following numbers as `counts` says, all in one list."""
    ends = np.cumsum(counts)
    found: Numbers = np.repeat(firsts - (ends - counts), counts) + np.arange(ends[-1] if len(ends) else 0)
    return found


def _lay(out: Numbers, starts: Numbers, counts: Numbers, values: Numbers, is_wide: Numbers) -> None:
    """Put the values of every word where they belong, two bytes each or four."""
    if not len(values):
        return
    if not is_wide.any():
        out.view("<u2")[_spread(starts // 2, counts)] = values
        return
    wide = np.repeat(is_wide, counts)
    out.view("<u2")[_spread(starts[~is_wide] // 2, counts[~is_wide])] = values[~wide]
    # Two bytes before every wide stretch of values may be left: their places are told in halves.
    halves = _spread(starts[is_wide] // 2, counts[is_wide] * 2)
    out.view("<u2")[halves] = values[wide].astype("<u4").view("<u2")


def read_lot(buffer: Any, words: list[bytes], starts: Numbers) -> Lot:
    """All these words of a file that is mapped into memory."""
    fours, at = np.frombuffer(buffer, "<u4"), (starts // 4).astype(np.int64)
    if (fours[at] != _MARK).any():
        raise Damaged
    count, stood, width = (fours[at + place].astype(np.int64) for place in (1, 2, 3))
    papers = fours[_spread(at + _HEAD, count)]
    times_at = 4 * (at + _HEAD + count)
    times = _taken(fours, times_at, count, width)
    places = _taken(fours, times_at + width * count, stood, width)
    edges, stands = np.append(0, np.cumsum(count)), np.append(0, np.cumsum(stood))
    return Lot(words, papers, times, places, edges, stands)


def _taken(fours: Numbers, starts: Numbers, counts: Numbers, width: Numbers) -> Numbers:
    """The values of every word, from two bytes each or four."""
    halves, is_wide = fours.view("<u2"), width == 4
    if not is_wide.any():
        return halves[_spread(starts // 2, counts)]
    wide = np.repeat(is_wide, counts)
    found = np.zeros(len(wide), "<u4")
    found[~wide] = halves[_spread(starts[~is_wide] // 2, counts[~is_wide])]
    found[wide] = halves[_spread(starts[is_wide] // 2, counts[is_wide] * 2)].view("<u4")
    return found


def made_one(parts: list[tuple[Lot, Numbers]]) -> Lot:
    """The words of several segments as one lot. With each comes the new number of every paper, -1 for those
    that are gone; numbers grow from segment to segment."""
    words = sorted(set().union(*(lot.words for lot, _numbers in parts)))
    ranks = {word: rank for rank, word in enumerate(words)}
    gathered = [_gathered(lot, numbers, ranks) for lot, numbers in parts]
    rank, papers, times, places = (np.concatenate(one) for one in zip(*gathered, strict=True))
    order = np.argsort(rank, kind="stable")
    if len(places):
        times = times.astype(np.int64)
        places = places[_spread((np.cumsum(times) - times)[order], times[order])]
    rank, papers, times = rank[order], papers[order], times[order]
    used = np.flatnonzero(np.bincount(rank, minlength=len(words)))
    edges = np.append(np.searchsorted(rank, used), len(rank))
    stands = np.append(0, np.cumsum(times))[edges] if len(places) else np.zeros_like(edges)
    return Lot([words[one] for one in used.tolist()], papers, times, places, edges, stands)


def _gathered(lot: Lot, numbers: Numbers, ranks: dict[bytes, int]) -> tuple[Numbers, ...]:
    """Of every posting of one segment that stays the rank of its word, the paper, the times; the places."""
    own = np.fromiter(map(ranks.__getitem__, lot.words), np.int64, len(lot.words))
    rank, papers, times, places = (
        np.repeat(own, np.diff(lot.edges)),
        numbers[lot.papers],
        lot.times,
        lot.places,
    )
    keeps = papers >= 0
    if not keeps.all():
        places = places[np.repeat(keeps, times)] if len(places) else places
        rank, papers, times = rank[keeps], papers[keeps], times[keeps]
    return rank, papers.astype(np.uint32), times, places
