"""In which papers words stand one after another, from the places of each word.

The papers are laid on one line, each with room for its last place, and the places of a word are marked on
it; a phrase goes on where a mark meets a place of the next word. The line is walked in stretches short
enough for the processor's cache: to sort the places of two common words together took twice as long.
"""

from typing import NamedTuple

import numpy as np

from search_index.whoosh_engine.postings import Numbers

#: So many places are marked at once; a longer paper has a stretch of its own.
STRETCH = 1 << 20


class Placed(NamedTuple):
    """A word in some papers, all of which hold it: how often, where its places begin, and its places in
    all papers of the segment."""

    times: Numbers
    starts: Numbers
    places: Numbers


def in_a_row(words: list[Placed]) -> Numbers:
    """For each of the papers, in their order, whether the words stand in it one after another."""
    lasts = [word.places.take(word.starts + word.times - 1) for word in words]
    rooms: Numbers = np.maximum.reduce(lasts).astype(np.int64) + len(words)
    ends = np.cumsum(rooms)
    found, first = np.zeros(len(rooms), bool), 0
    marks = np.zeros(min(STRETCH + int(rooms.max()), int(ends[-1])), bool)
    while first < len(rooms):
        before = ends[first] - rooms[first]
        last = max(first + 1, int(np.searchsorted(ends, before + STRETCH, side="right")))
        part = [Placed(word.times[first:last], word.starts[first:last], word.places) for word in words]
        found[first:last] = _in_stretch(part, ends[first:last] - before, rooms[first:last], marks)
        first = last
    return found


def _in_stretch(words: list[Placed], ends: Numbers, rooms: Numbers, marks: Numbers) -> Numbers:
    """The same for papers whose room on the line ends at `ends`; `marks` are all unset before and after."""
    rarest, *others = sorted(range(len(words)), key=lambda one: int(words[one].times.sum()))
    # The last word may stand at place 0: then its phrase would begin before the paper, if it were one.
    bases = ends - rooms + len(words) - 1
    begins = _places(words[rarest], bases - rarest)
    for number in others:
        marks[begins] = True
        here = _places(words[number], bases - number)
        here = here.compress(marks.take(here))
        marks[begins] = False
        begins = here
    found = np.zeros(len(ends), bool)
    found[np.searchsorted(ends, begins, side="right")] = True
    return found


def _places(word: Placed, bases: Numbers) -> Numbers:
    """The places of a word on the line, where each paper begins at its base."""
    counted = np.cumsum(word.times)
    which = np.repeat(word.starts - (counted - word.times), word.times) + np.arange(counted[-1])
    on_line: Numbers = np.repeat(bases, word.times) + word.places.take(which)
    return on_line
