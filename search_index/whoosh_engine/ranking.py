"""One search over all segments: rights first, then filters, counts, order and the page."""

import math
from collections.abc import Iterator

import numpy as np

from search_index.protocol import Filters, Found, Hit, Order, Wish
from search_index.whoosh_engine.evaluation import Evaluation, Weights
from search_index.whoosh_engine.keys import key_of, uid_of
from search_index.whoosh_engine.postings import Numbers
from search_index.whoosh_engine.schema import NAMED
from search_index.whoosh_engine.segment import SegmentView

Parts = tuple[tuple[SegmentView, Numbers | None], ...]
#: Scores are told with so many places; what is less than MARGIN apart may be told alike.
PLACES, MARGIN = 4, np.float32(2e-4)
#: The best of a long list are looked for among the best of so many parts of it.
BLOCKS = 512


def find(parts: Parts, weights: Weights, wish: Wish) -> Found:
    """One page of what `wish` asks for."""
    counts: dict[str, dict[str, int]] = {facet: {} for facet in wish.facets}
    total, uids, scores = 0, [np.zeros(0, np.uint64)], [np.zeros(0)]
    for view, alive in parts:
        search = _Search(view, alive, weights, wish)
        if not search.has_any:
            continue
        for facet in wish.facets:
            _add(counts[facet], search.counts(facet))
        total += len(search.papers)
        if wish.limit:
            best, worth = search.best()
            uids.append(best)
            scores.append(worth)
    hits = _top(np.concatenate(uids), np.concatenate(scores), wish.limit)
    return Found(total, tuple(Hit(key_of(uid), score) for uid, score in hits), counts)


def _add(counts: dict[str, int], more: Iterator[tuple[str, int]]) -> None:
    for value, count in more:
        counts[value] = counts.get(value, 0) + count


def _top(uids: Numbers, scores: Numbers, limit: int) -> list[tuple[int, float]]:
    """The best in order: by score, then by number, so that pages never overlap."""
    order = np.lexsort((uids, -scores))[:limit]
    return list(zip(uids[order].tolist(), scores[order].tolist(), strict=True))


class _Search:
    """The wish on one segment."""

    def __init__(self, view: SegmentView, alive: Numbers | None, weights: Weights, wish: Wish) -> None:
        self.view, self.wish = view, wish
        self.masks = [mask for mask in (alive, view.seen_by(wish.sight)) if mask is not None]
        self.evaluation = Evaluation(view, weights, self.masks)
        self.passes = {facet: _passes(view, facet, values) for facet, values in wish.filters.chosen.items()}
        self.seen = self._seen()
        self.papers = self._filtered(but="")

    def _seen(self) -> Numbers:
        """The papers that meet the need, are there, and are for the eyes of who asks."""
        papers = self.evaluation.match(self.wish.need).astype(np.intp, copy=False)
        for mask in self.masks:
            papers = papers[mask.take(papers)]
        return _on_days(self.view, self.wish.filters, papers)

    @property
    def has_any(self) -> bool:
        """Whether the segment has anything to count or to show."""
        return len(self.seen) > 0

    def _filtered(self, *, but: str) -> Numbers:
        papers = self.seen
        for facet, passes in self.passes.items():
            if facet != but:
                papers = papers[passes.take(papers)]
        return papers

    def counts(self, facet: str) -> Iterator[tuple[str, int]]:
        """Value → count of a facet, over what its own filter would hide too."""
        papers = self._filtered(but=facet) if facet in self.passes else self.papers
        if facet in NAMED:
            names = self.view.names[facet]
            counted = np.bincount(self.view.columns[facet].take(papers), minlength=len(names))
        else:
            values, places = self.view.values(facet)
            names = [str(value) for value in values]
            counted = np.bincount(places.take(papers), minlength=len(values))
        for name, count in zip(names, counted.tolist(), strict=True):
            if count and name not in ("", "0"):
                yield name, count

    def best(self) -> tuple[Numbers, Numbers]:
        """The uids and the worth of the best papers of the segment, as many as asked for or fewer."""
        papers, worth = self.papers, self._worth(self.papers)
        if self.wish.after is None:
            near = np.flatnonzero(worth >= _least(worth, self.wish.limit) - MARGIN)
            papers, worth = papers[near], worth[near]
        uids, worth = self.view.columns["uid"][papers], _told(worth)
        if self.wish.after:
            last, number = self.wish.after.score, uid_of(self.wish.after.key)
            keep = (worth < last) | ((worth == last) & (uids > number))
            uids, worth = uids[keep], worth[keep]
        return _first(uids, worth, self.wish.limit)

    def _worth(self, papers: Numbers) -> Numbers:
        if self.wish.order is not Order.FIT:
            dates = self.view.columns["date"][papers].astype(np.float64)
            return dates if self.wish.order is Order.NEWEST else np.where(dates > 0, -dates, -np.inf)
        return self.evaluation.score(self.wish.need, papers) * self.view.recency.take(papers)


def _told(worth: Numbers) -> Numbers:
    """Four places after the point are enough, and survive the way to the next page's address."""
    return np.round(worth.astype(np.float64), PLACES)


def _least(worth: Numbers, limit: int) -> float:
    """No more than what the last of the best `limit` is worth, found without putting all in order."""
    if len(worth) <= limit:
        return -math.inf
    if len(worth) > BLOCKS * 16 and limit * 4 <= BLOCKS:
        # The limit-th of the blocks' best is never worth more than the limit-th of all.
        whole = len(worth) // BLOCKS * BLOCKS
        worth = worth[:whole].reshape(-1, BLOCKS).max(axis=0)
    return float(np.partition(worth, len(worth) - limit)[len(worth) - limit])


def _first(uids: Numbers, worth: Numbers, limit: int) -> tuple[Numbers, Numbers]:
    """The best `limit`; of those that are worth the same as the last, the lowest numbers."""
    if len(worth) <= limit:
        return uids, worth
    least = np.partition(worth, len(worth) - limit)[len(worth) - limit]
    better, level = worth > least, np.flatnonzero(worth == least)
    missing = limit - int(better.sum())
    level = level[np.argsort(uids[level], kind="stable")[:missing]]
    chosen = np.concatenate((np.flatnonzero(better), level))
    return uids[chosen], worth[chosen]


def _passes(view: SegmentView, facet: str, chosen: frozenset[str]) -> Numbers:
    """The papers with one of the chosen values, as a mask."""
    if facet in NAMED:
        known = np.array([name in chosen for name in view.names[facet]], bool)
        found: Numbers = known[view.columns[facet]]
        return found
    values, places = view.values(facet)
    return np.array([str(value) in chosen for value in values.tolist()], bool)[places]


def _on_days(view: SegmentView, filters: Filters, papers: Numbers) -> Numbers:
    """Those of `papers` between the days and among the single keys, where these are asked for."""
    if filters.since or filters.until:
        since = int(f"{filters.since:%Y%m%d}") if filters.since else 1
        until = int(f"{filters.until:%Y%m%d}") if filters.until else 99_999_999
        dates = view.columns["date"].take(papers)
        papers = papers[(dates >= since) & (dates <= until)]
    if filters.keys is not None:
        uids = np.array([uid_of(key) for key in filters.keys], np.uint64)
        papers = papers[np.isin(view.columns["uid"][papers], uids)]
    return papers
