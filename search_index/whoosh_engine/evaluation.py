"""Finds and scores the papers of one segment for a need, as arithmetic on arrays.

The scores are Whoosh's own: BM25F with its constants for texts, the boost alone for the other fields, sums
for AND and OR. First which papers (`match`), then what they are worth (`score`): only of those that are
left after rights and filters.
"""

import math
from collections.abc import Callable, Sequence
from typing import ClassVar

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
from search_index.whoosh_engine.phrases import Placed, in_a_row
from search_index.whoosh_engine.postings import Numbers, Postings
from search_index.whoosh_engine.schema import WORDED
from search_index.whoosh_engine.segment import SegmentView

#: BM25's constants, as Whoosh sets them.
B, K1 = 0.75, 1.2
#: Numbers of papers; what comes out of a search is of the type that numpy likes best for picking.
NONE = np.zeros(0, np.intp)
#: So many times longer must one list be for looking single papers up in it.
MUCH_LONGER, KEPT = 16, 4000


class Weights:
    """What all segments of one generation say together: how rare words are, how long texts on average."""

    def __init__(self, views: list[SegmentView]) -> None:
        self.views = views
        self.count = sum(view.size for view in views)
        self.average = {
            field: sum(view.totals[field] for view in views) / (self.count or 1) for field in WORDED
        }
        self._rarity: dict[tuple[str, str], float] = {}
        self._norms: dict[tuple[str, str], Numbers] = {}

    def rarity(self, field: str, word: str) -> float:
        """Inverse document frequency as Whoosh counts it."""
        known = self._rarity.get((field, word))
        if known is None:
            found = [view.postings(field, word) for view in self.views]
            frequency = sum(len(one.papers) for one in found if one is not None)
            if len(self._rarity) > KEPT:
                self._rarity = {}
            known = self._rarity[field, word] = math.log(self.count / (frequency + 1)) + 1
        return known

    def norm(self, view: SegmentView, field: str) -> Numbers:
        """What BM25 adds to the times of a word in each paper of a segment, for the paper's length."""
        known = self._norms.get((view.name, field))
        if known is None:
            length = view.lengths[field] / np.float32(self.average[field] or 1)
            known = self._norms[view.name, field] = np.float32(K1) * ((1 - B) + np.float32(B) * length)
        return known


class Evaluation:
    """One need on one segment. What was found once is kept until the evaluation ends."""

    def __init__(self, view: SegmentView, weights: Weights, masks: Sequence[Numbers] = ()) -> None:
        """Phrases, which cost most, are looked for only in papers that are in all of `masks`."""
        self.view, self.weights, self.masks = view, weights, masks
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

    def _picked(self, found: Postings, values: Numbers, papers: Numbers) -> Numbers:
        """Of `values`, one for every paper of a word, those of `papers`; 0 where the word is not."""
        if len(papers) * MUCH_LONGER < len(found.papers):
            places = np.searchsorted(found.papers, papers.astype(np.uint32))
            places[places == len(found.papers)] = 0
            picked = values[places]
            picked[found.papers[places] != papers] = 0
            return picked
        if len(papers) == len(found.papers) and np.array_equal(papers, found.papers):
            return values
        spread = np.zeros(self.view.size, values.dtype)
        spread[found.papers] = values
        taken: Numbers = spread.take(papers)
        return taken

    def _common(self, few: Numbers, many: Numbers) -> Numbers:
        """The papers that stand in both; both are in order."""
        if len(few) * MUCH_LONGER < len(many):
            return common(few, many)
        mask = np.zeros(self.view.size, bool)
        mask[many] = True
        both: Numbers = few[mask[few]]
        return both

    # Which papers.

    def _match_term(self, need: Term) -> Numbers:
        found = self.view.postings(need.field, need.word)
        return NONE if found is None else found.papers

    def _match_all(self, need: AllOf) -> Numbers:
        found, *others = sorted((self.match(part) for part in need.parts), key=len)
        for other in others:
            found = self._common(found, other)
        return found

    def _match_any(self, need: AnyOf) -> Numbers:
        mask = np.zeros(self.view.size, bool)
        for part in need.parts:
            mask[self.match(part)] = True
        return np.flatnonzero(mask)

    def _match_except(self, need: Except) -> Numbers:
        mask = np.zeros(self.view.size, bool)
        mask[self.match(need.wanted)] = True
        mask[self.match(need.unwanted)] = False
        return np.flatnonzero(mask)

    def _match_prefer(self, need: Prefer) -> Numbers:
        return self.match(need.wanted)

    def _match_starting(self, need: Starting) -> Numbers:
        return np.flatnonzero(self.view.papers_starting(need.beginning))

    def _match_everything(self, _need: Everything) -> Numbers:
        return np.arange(self.view.size)

    def _match_near(self, need: Near) -> Numbers:
        found = [self.view.postings(TEXT, word) for word in need.words]
        if any(one is None for one in found):
            return NONE
        return self._side_by_side([one for one in found if one is not None])

    def _side_by_side(self, found: list[Postings]) -> Numbers:
        """The papers in which the words stand one after another."""
        papers, *others = sorted((one.papers for one in found), key=len)
        for mask in self.masks:
            papers = papers[mask.take(papers)]
        for other in others:
            papers = self._common(papers, other)
        if not len(papers):
            return NONE
        return papers[in_a_row([self._placed(one, papers) for one in found])]

    def _placed(self, found: Postings, papers: Numbers) -> Placed:
        """Where the places of a word begin in each of `papers`, all of which have it."""
        if len(papers) * MUCH_LONGER < len(found.papers):
            here = np.searchsorted(found.papers, papers.astype(np.uint32))
        else:
            mask = np.zeros(self.view.size, bool)
            mask[papers] = True
            here = np.flatnonzero(mask.take(found.papers))
        times = found.times.take(here).astype(np.int64)
        return Placed(times, found.ends.take(here) - times, found.places)

    # What they are worth.

    def _score_term(self, need: Term, papers: Numbers) -> Numbers:
        found = self.view.postings(need.field, need.word)
        if found is None or not len(papers):
            return np.zeros(len(papers), np.float32)
        times = self._picked(found, found.times, papers)
        if need.field not in WORDED:
            return (times > 0) * np.float32(need.boost)
        return self._bm25(need, papers, times)

    def _bm25(self, need: Term, papers: Numbers, times: Numbers) -> Numbers:
        rarity = self.weights.rarity(need.field, need.word) * need.boost
        worth, norm = times.astype(np.float32), self.weights.norm(self.view, need.field).take(papers)
        norm += worth
        worth *= np.float32(rarity * (K1 + 1))
        worth /= norm
        return worth

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
    """The numbers that stand in both; both are in order, and `few` is much shorter."""
    if not len(few) or not len(many):
        return NONE
    places = np.searchsorted(many, few.astype(many.dtype))
    places[places == len(many)] = 0
    found: Numbers = few[many[places] == few]
    return found
