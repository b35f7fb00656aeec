"""Words that stand one after another are found in the papers in which they do, and in no other."""

import random

import numpy as np
import pytest

from search_index.whoosh_engine import phrases
from search_index.whoosh_engine.phrases import Placed, in_a_row


def placed(papers: list[list[list[int]]], number: int) -> Placed:
    """The word of that number as the segment holds it, after a place of some other paper."""
    times = np.array([len(paper[number]) for paper in papers])
    places = np.array([0, *(place for paper in papers for place in paper[number])], np.uint16)
    return Placed(times, 1 + np.cumsum(times) - times, places)


@pytest.mark.parametrize("stretch", [1, 40, 1 << 22])
def test_phrases_are_found_as_by_looking_at_each_place(monkeypatch, stretch):
    monkeypatch.setattr(phrases, "STRETCH", stretch)
    chance, seen = random.Random(stretch), set()
    for _trial in range(300):
        words, length = chance.randint(1, 4), chance.choice((3, 8, 30))
        papers = [
            [sorted(chance.sample(range(length), chance.randint(1, 3))) for _ in range(words)]
            for _ in range(chance.randint(1, 9))
        ]
        wanted = [
            any(all(begin + n in places for n, places in enumerate(paper)) for begin in paper[0])
            for paper in papers
        ]

        assert in_a_row([placed(papers, number) for number in range(words)]).tolist() == wanted
        seen.update(wanted)
    assert seen == {True, False}
