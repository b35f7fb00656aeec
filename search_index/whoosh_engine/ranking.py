"""One search over all segments: rights first, then filters, counts, order and the page."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from search_index.protocol import Filters, Found, Hit, Order, Wish
from search_index.whoosh_engine.evaluation import Evaluation, Weights
from search_index.whoosh_engine.keys import key_of, uid_of
from search_index.whoosh_engine.postings import Numbers
from search_index.whoosh_engine.schema import NAMED
from search_index.whoosh_engine.segment import SegmentView

Parts = tuple[tuple[SegmentView, Numbers | None], ...]
#: Of two papers alike otherwise, the one of twenty years later is worth a tenth more.
RECENCY = np.float32(0.1)


def find(parts: Parts, weights: Weights, wish: Wish) -> Found:
    """One page of what `wish` asks for."""
    counts: dict[str, dict[str, int]] = {facet: {} for facet in wish.facets}
    total, uids, scores = 0, [np.zeros(0, np.uint64)], [np.zeros(0)]
    for view, alive in parts:
        search = _Search(view, alive, weights, wish)
        for facet in wish.facets:
            _add(counts[facet], search.counts(facet))
        total += len(search.papers)
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
    if len(scores) > limit:
        least = np.partition(scores, len(scores) - limit)[len(scores) - limit]
        keep = scores >= least
        uids, scores = uids[keep], scores[keep]
    order = np.lexsort((uids, -scores))[:limit]
    return list(zip(uids[order].tolist(), scores[order].tolist(), strict=True))


class _Search:
    """The wish on one segment."""

    def __init__(self, view: SegmentView, alive: Numbers | None, weights: Weights, wish: Wish) -> None:
        self.view, self.wish = view, wish
        self.evaluation = Evaluation(view, weights)
        self.passes = {facet: _passes(view, facet, values) for facet, values in wish.filters.chosen.items()}
        self.seen = self._seen(alive)
        self.papers = self._filtered(but="")

    def _seen(self, alive: Numbers | None) -> Numbers:
        """The papers that meet the need, are there, and are for the eyes of who asks."""
        papers, allowed = self.evaluation.match(self.wish.need), self.view.seen_by(self.wish.sight)
        allowed = allowed if alive is None else allowed & alive
        if (others := _other_filters(self.view, self.wish.filters)) is not None:
            allowed = allowed & others
        return papers[allowed[papers]]

    def _filtered(self, *, but: str) -> Numbers:
        papers = self.seen
        for facet, passes in self.passes.items():
            if facet != but:
                papers = papers[passes[papers]]
        return papers

    def counts(self, facet: str) -> Iterator[tuple[str, int]]:
        """Value → count of a facet, over what its own filter would hide too."""
        papers = self._filtered(but=facet) if facet in self.passes else self.papers
        if facet in NAMED:
            names = self.view.names[facet]
            counted = np.bincount(self.view.columns[facet][papers], minlength=len(names))
        else:
            values, places = self.view.values(facet)
            names, counted = (
                [str(value) for value in values],
                np.bincount(places[papers], minlength=len(values)),
            )
        for name, count in zip(names, counted.tolist(), strict=True):
            if count and name not in ("", "0"):
                yield name, count

    def best(self) -> tuple[Numbers, Numbers]:
        """The uids and the worth of the best papers of the segment, a few more than asked for."""
        papers, worth = self.papers, self._worth(self.papers)
        uids = self.view.columns["uid"][papers]
        if self.wish.after:
            last, number = self.wish.after.score, uid_of(self.wish.after.key)
            keep = (worth < last) | ((worth == last) & (uids > number))
            uids, worth = uids[keep], worth[keep]
        if len(worth) > self.wish.limit:
            least = np.partition(worth, len(worth) - self.wish.limit)[len(worth) - self.wish.limit]
            keep = worth >= least
            uids, worth = uids[keep], worth[keep]
        return uids, worth

    def _worth(self, papers: Numbers) -> Numbers:
        if self.wish.order is not Order.FIT:
            dates = self.view.columns["date"][papers].astype(np.float64)
            return dates if self.wish.order is Order.NEWEST else np.where(dates > 0, -dates, -np.inf)
        score = self.evaluation.score(self.wish.need, papers)
        recent = self.view.recency[papers]
        # Four places after the point are enough, and survive the way to the next page's address.
        return np.round((score * (1 + RECENCY * recent)).astype(np.float64), 4)


def _passes(view: SegmentView, facet: str, chosen: frozenset[str]) -> Numbers:
    """The papers with one of the chosen values, as a mask."""
    if facet in NAMED:
        known = np.array([name in chosen for name in view.names[facet]], bool)
        found: Numbers = known[view.columns[facet]]
        return found
    wanted = np.array([int(value) for value in chosen if value.isdigit()], np.uint64)
    return np.isin(view.columns[facet], wanted)


def _other_filters(view: SegmentView, filters: Filters) -> Any:
    """Days and single keys, as a mask; None when neither is asked for."""
    masks = []
    if filters.since:
        masks.append(view.columns["date"] >= int(f"{filters.since:%Y%m%d}"))
    if filters.until:
        until = int(f"{filters.until:%Y%m%d}")
        masks.append((view.columns["date"] <= until) & (view.columns["date"] > 0))
    if filters.keys is not None:
        uids = np.array([uid_of(key) for key in filters.keys], np.uint64)
        masks.append(np.isin(view.columns["uid"], uids))
    return np.logical_and.reduce(masks) if masks else None
