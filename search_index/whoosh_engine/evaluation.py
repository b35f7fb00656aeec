"""Finds and scores the papers of one segment for a need, as arithmetic on arrays.

The scores are Whoosh's own: BM25F with its constants for texts, the boost alone for the other fields, sums
for AND and OR. First which papers (`match`), then what they are worth (`score`): only of those that are
left after rights and filters.
"""

import math
from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np

from search_index.needs import (
    TEXT,
    AllOf,
    AnyOf,
    Everything,
    Except,
    Near,
    Need,
    Prefer,
    Starting,
    Term,
)
from search_index.whoosh_engine.postings import Numbers, Postings
from search_index.whoosh_engine.schema import WORDED
from search_index.whoosh_engine.segment import SegmentView

#: BM25's constants, as Whoosh sets them.
B, K1 = 0.75, 1.2
NONE = np.zeros(0, np.uint32)


class Weights:
    """What all segments together say of a word: how rare it is, and how long texts are on average."""

    def __init__(self, views: list[SegmentView]) -> None:
        self.views = views
        self.count = sum(view.size for view in views)
        self.average = {
            field: sum(view.totals[field] for view in views) / (self.count or 1) for field in WORDED
        }

    def rarity(self, field: str, word: str) -> float:
        """Inverse document frequency as Whoosh counts it."""
        found = [view.postings(field, word) for view in self.views]
        frequency = sum(len(one.papers) for one in found if one is not None)
        return math.log(self.count / (frequency + 1)) + 1


class Evaluation:
    """One need on one segment. What was found once is kept until the evaluation ends."""

    def __init__(self, view: SegmentView, weights: Weights) -> None:
        self.view, self.weights = view, weights
        self._found: dict[Need, Numbers] = {}

    def match(self, need: Need) -> Numbers:
        """The numbers of the papers that meet the need, in order."""
        if need not in self._found:
            self._found[need] = self._MATCHES[type(need)](self, need)
        return self._found[need]

    def score(self, need: Need, papers: Numbers) -> Numbers:
        """What each of `papers`, in order, is worth to the need, which all of them meet."""
        return self._SCORES[type(need)](self, need, papers)

    def _score_of_some(self, need: Need, papers: Numbers) -> Numbers:
        """The same when only some of them meet it; the others get 0."""
        if isinstance(need, Term | Near | Starting | AnyOf):
            return self.score(need, papers)
        worth = np.zeros(len(papers), np.float32)
        has = np.isin(papers, self.match(need), assume_unique=True)
        worth[has] = self.score(need, papers[has])
        return worth

    # Which papers.

    def _match_term(self, need: Term) -> Numbers:
        found = self.view.postings(need.field, need.word)
        return NONE if found is None else found.papers

    def _match_all(self, need: AllOf) -> Numbers:
        found, *others = sorted((self.match(part) for part in need.parts), key=len)
        for other in others:
            found = common(found, other)
        return found

    def _match_any(self, need: AnyOf) -> Numbers:
        mask = np.zeros(self.view.size, bool)
        for part in need.parts:
            mask[self.match(part)] = True
        return np.flatnonzero(mask).astype(np.uint32)

    def _match_except(self, need: Except) -> Numbers:
        mask = np.zeros(self.view.size, bool)
        mask[self.match(need.wanted)] = True
        mask[self.match(need.unwanted)] = False
        return np.flatnonzero(mask).astype(np.uint32)

    def _match_prefer(self, need: Prefer) -> Numbers:
        return self.match(need.wanted)

    def _match_starting(self, need: Starting) -> Numbers:
        return np.flatnonzero(self.view.papers_starting(need.beginning)).astype(np.uint32)

    def _match_everything(self, _need: Everything) -> Numbers:
        return np.arange(self.view.size, dtype=np.uint32)

    def _match_near(self, need: Near) -> Numbers:
        found = [self.view.postings(TEXT, word) for word in need.words]
        if any(one is None for one in found):
            return NONE
        return side_by_side([one for one in found if one is not None])

    # What they are worth.

    def _score_term(self, need: Term, papers: Numbers) -> Numbers:
        found = self.view.postings(need.field, need.word)
        worth = np.zeros(len(papers), np.float32)
        if found is None or not len(papers):
            return worth
        places = np.searchsorted(found.papers, papers)
        places[places == len(found.papers)] = 0
        has = found.papers[places] == papers
        if need.field not in WORDED:
            worth[has] = need.boost
            return worth
        times = found.times[places[has]].astype(np.float32)
        worth[has] = self._bm25(need, papers[has], times)
        return worth

    def _bm25(self, need: Term, papers: Numbers, times: Numbers) -> Numbers:
        length = self.view.lengths[need.field][papers]
        average = self.weights.average[need.field] or 1
        rarity = self.weights.rarity(need.field, need.word) * need.boost
        norm = K1 * ((1 - B) + B * length / average)
        return np.asarray(rarity * (times * (K1 + 1)) / (times + norm), np.float32)

    def _score_all(self, need: AllOf, papers: Numbers) -> Numbers:
        worth = np.zeros(len(papers), np.float32)
        for part in need.parts:
            worth += self.score(part, papers)
        return worth

    def _score_any(self, need: AnyOf, papers: Numbers) -> Numbers:
        worth = np.zeros(len(papers), np.float32)
        for part in need.parts:
            worth += self._score_of_some(part, papers)
        return worth

    def _score_except(self, need: Except, papers: Numbers) -> Numbers:
        return self.score(need.wanted, papers)

    def _score_prefer(self, need: Prefer, papers: Numbers) -> Numbers:
        return self.score(need.wanted, papers) + self._score_of_some(need.liked, papers)

    def _score_starting(self, need: Starting, papers: Numbers) -> Numbers:
        return np.isin(papers, self.match(need), assume_unique=True) * np.float32(need.boost)

    def _score_everything(self, _need: Everything, papers: Numbers) -> Numbers:
        return np.ones(len(papers), np.float32)

    def _score_near(self, need: Near, papers: Numbers) -> Numbers:
        worth = np.zeros(len(papers), np.float32)
        has = np.isin(papers, self.match(need), assume_unique=True)
        for word in need.words:
            worth[has] += self._score_term(Term(TEXT, word), papers[has])
        return worth * np.float32(need.boost)

    _MATCHES: ClassVar[dict[type, Callable[..., Numbers]]] = {
        Term: _match_term, AllOf: _match_all, AnyOf: _match_any, Except: _match_except,
        Prefer: _match_prefer, Starting: _match_starting, Everything: _match_everything, Near: _match_near,
    }  # fmt: skip
    _SCORES: ClassVar[dict[type, Callable[..., Numbers]]] = {
        Term: _score_term, AllOf: _score_all, AnyOf: _score_any, Except: _score_except,
        Prefer: _score_prefer, Starting: _score_starting, Everything: _score_everything, Near: _score_near,
    }  # fmt: skip


def common(few: Numbers, many: Numbers) -> Numbers:
    """The numbers that stand in both; both are in order."""
    if not len(few) or not len(many):
        return NONE
    places = np.searchsorted(many, few)
    places[places == len(many)] = 0
    found: Numbers = few[many[places] == few]
    return found


def side_by_side(found: list[Postings]) -> Numbers:
    """The papers in which the words stand one after another."""
    order = sorted(range(len(found)), key=lambda number: len(found[number].papers))
    papers = found[order[0]].papers
    for number in order[1:]:
        papers = common(papers, found[number].papers)
    begins: Any = None
    for number in sorted(order, key=lambda one: len(found[one].places)):
        if not len(papers):
            return NONE
        here = _begins(found[number], papers, number)
        begins = here if begins is None else common(begins, here)
        papers = np.unique(begins >> 32).astype(np.uint32)
    return papers


def _begins(found: Postings, papers: Numbers, offset: int) -> Numbers:
    """Where a phrase would begin for every place of its word: paper × 2³² + place, in order."""
    rows = np.searchsorted(found.papers, papers)
    times = found.times[rows].astype(np.int64)
    first = np.repeat(found.starts[rows] - (np.cumsum(times) - times), times)
    places = found.places[first + np.arange(times.sum())].astype(np.int64)
    # Places count from 0; a phrase that began before the text would borrow from the paper's number.
    found_at: Numbers = (np.repeat(papers.astype(np.int64), times) << 32) + places - offset + 64
    return found_at
