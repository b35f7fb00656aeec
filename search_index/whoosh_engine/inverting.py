"""Texts into postings, a whole segment at once, as arithmetic on arrays.

While papers come in, a text is only taken apart into tokens, and those become numbers. What each token means
(language.terms_of) is asked once for the segment; one sort of (word, paper, place) then gives the postings of
all words in the order in which the file wants them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np

from search_index.language import TOKEN, forms_of, normal, terms_of, terms_of_dates
from search_index.needs import MARKS, TEXT, TITLE
from search_index.protocol import Paper
from search_index.whoosh_engine.lots import Lot
from search_index.whoosh_engine.postings import Numbers

#: How a word, a paper of the segment and a place share one number of 64 bits.
PLACE_BITS, PAPER_BITS = 24, 20
_LAST_PLACE = (1 << PLACE_BITS) - 1
#: Words with their postings, in the order of their bytes.
Lots = Iterable[Lot]
Said = Callable[[str], Sequence[tuple[str, int]]]


class Numbered(dict[str, int]):
    """Words by the order in which they first came."""

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number


@dataclass(frozen=True)
class Meanings:
    """The words that tokens stand for, laid one after another: token t has `counts[t]` of them from
    `firsts[t]` on, each so many places after the token's own, which takes `spans[t]` places more than one."""

    numbers: Numbers
    offsets: Numbers
    firsts: Numbers
    counts: Numbers
    spans: Numbers

    @classmethod
    def of(cls, tokens: Iterable[str], said: Said, words: Numbered) -> "Meanings":
        """What `said` says of every token, the words numbered in `words`."""
        meant = [said(token) for token in tokens]
        counts = np.fromiter(map(len, meant), np.int64, len(meant))
        laid = list(chain.from_iterable(meant))
        numbers = np.fromiter((words[term] for term, _offset in laid), np.int64, len(laid))
        offsets = np.fromiter((offset for _term, offset in laid), np.int64, len(laid))
        firsts, spans = np.cumsum(counts) - counts, np.zeros(len(counts), np.int64)
        filled = counts > 0
        spans[filled] = offsets[(firsts + counts - 1)[filled]]
        return cls(numbers, offsets, firsts, counts, spans)


def _written(token: str) -> list[tuple[str, int]]:
    return [(form, 0) for form in forms_of(token)]


class Inverter:
    """Gathers the papers of one segment, numbered from 0 in the order of coming."""

    def __init__(self) -> None:
        self.count = 0
        self._tokens = Numbered()
        self._words = Numbered()
        self._texts: dict[str, list[Numbers]] = {TEXT: [], TITLE: []}
        #: Dates in words: (paper, which date of its text, word).
        self._dates: dict[str, list[tuple[int, int, str]]] = {TEXT: [], TITLE: []}
        self._marks: list[tuple[int, str]] = []

    def add(self, paper: Paper) -> None:
        """Take in one paper."""
        for field, text in ((TEXT, paper.text), (TITLE, paper.title)):
            cleaned = normal(text)
            tokens = TOKEN.findall(cleaned)
            numbers = np.fromiter(map(self._tokens.__getitem__, tokens), np.uint32, len(tokens))
            self._texts[field].append(numbers)
            for order, terms in enumerate(terms_of_dates(cleaned)):
                self._dates[field] += [(self.count, order, term) for term in terms]
        self._marks += [(self.count, mark) for mark in set(paper.marks)]
        self.count += 1

    @cached_property
    def _meanings(self) -> Meanings:
        """What the tokens of texts and titles stand for; asked when all papers have come."""
        return Meanings.of(self._tokens, terms_of, self._words)

    def worded(self, field: str) -> tuple[Lots, Numbers]:
        """The postings of a text field, and how many words each paper has there."""
        words = self._words
        numbers, papers, places = self._placed(field, self._meanings)
        if more := self._dates[field]:
            ends = np.zeros(self.count, np.int64)
            np.maximum.at(ends, papers, places)
            dates = np.array([(words[term], paper, order) for paper, order, term in more], np.int64).T
            numbers, papers = np.concatenate((numbers, dates[0])), np.concatenate((papers, dates[1]))
            # They stand after the text, too far apart for any phrase.
            places = np.concatenate((places, ends[dates[1]] + 10 * (dates[2] + 1)))
        lengths = np.bincount(papers, minlength=self.count)
        return [_lot(list(words), numbers, papers, places)], lengths

    def _placed(self, field: str, meanings: Meanings) -> tuple[Numbers, Numbers, Numbers]:
        """Every word of every text: its number, its paper, its place."""
        texts = self._texts[field]
        said = np.concatenate([*texts, np.zeros(0, np.uint32)]).astype(np.intp)
        sizes = np.array([len(text) for text in texts], np.int64)
        ends = np.cumsum(meanings.spans[said] + 1)
        starts = ends - meanings.spans[said] - 1
        firsts = np.cumsum(sizes) - sizes
        filled = sizes > 0
        starts -= np.repeat(starts[firsts[filled]], sizes[filled])
        counts = meanings.counts[said]
        chosen = np.repeat(meanings.firsts[said] - (np.cumsum(counts) - counts), counts)
        chosen += np.arange(len(chosen))
        papers = np.repeat(np.repeat(np.arange(self.count), sizes), counts)
        places = np.repeat(starts, counts) + meanings.offsets[chosen]
        return meanings.numbers[chosen], papers, places

    def bare(self, field: str) -> Lots:
        """Which papers have the marks or the written words."""
        words = Numbered()
        if field == MARKS:
            pairs = np.array([(words[mark], paper) for paper, mark in self._marks], np.int64).reshape(-1, 2).T
            return [_lot(list(words), pairs[0], pairs[1], None)]
        found, papers, _places = self._placed(TEXT, Meanings.of(self._tokens, _written, words))
        return [_lot(list(words), found, papers, None)]


def _lot(words: list[str], numbers: Numbers, papers: Numbers, places: Any) -> Lot:
    """The words in the order of their bytes, each with its postings; without `places` papers count once."""
    used = np.flatnonzero(np.bincount(numbers, minlength=len(words))).tolist()
    written = sorted((words[number].encode(), number) for number in used)
    ranks = np.zeros(len(words), np.int64)
    ranks[[number for _word, number in written]] = np.arange(len(written))
    keys = (ranks[numbers] << PAPER_BITS) | papers
    if places is not None:
        keys = (keys << PLACE_BITS) | np.minimum(places, _LAST_PLACE)
    keys.sort()
    return _cut([word for word, _number in written], keys, is_placed=places is not None)


def _cut(words: list[bytes], keys: Numbers, *, is_placed: bool) -> Lot:
    """The sorted keys cut into stretches, one for each word."""
    pairs = keys >> PLACE_BITS if is_placed else keys
    first = np.flatnonzero(np.concatenate(([True], pairs[1:] != pairs[:-1]))) if len(pairs) else pairs
    pairs, times = pairs[first], np.diff(first, append=len(keys))
    places = (keys & _LAST_PLACE).astype(np.uint32) if is_placed else np.zeros(0, np.uint32)
    papers = (pairs & ((1 << PAPER_BITS) - 1)).astype(np.uint32)
    times = times if is_placed else np.ones(len(pairs), np.uint32)
    edges = np.searchsorted(pairs >> PAPER_BITS, np.arange(len(words) + 1))
    stands = np.append(first, len(keys))[edges] if is_placed else np.zeros_like(edges)
    return Lot(words, papers, times, places, edges, stands)
