"""A segment says of its papers what the analysis says of their texts, before and after merging."""

import random

import numpy as np
import pytest

from search_index.language import forms, positions
from search_index.needs import FORMS, MARKS, TEXT, TITLE
from search_index.whoosh_engine import merging
from search_index.whoosh_engine.engine import WhooshEngine
from search_index.whoosh_engine.keys import uid_of
from search_index.whoosh_engine.lots import Lot, read_lot
from search_index.whoosh_engine.postings import Postings, read, read_papers
from search_index.whoosh_engine.ranking import BLOCKS, _first, _least
from tests.search_index.papers import paper

SAID = (
    "план", "учебно-методический", "602-ОД", "27.01.2021", "27 января 2021 г.", "№ 60 / 1", "ёлка", "р-33",
    "«исполнено»", "2021-01-27", "пр0т0к0л", "в мае 2021 года", "!!!", "01-05/123",
)  # fmt: skip


def _papers(first, last):
    chance = random.Random(first)
    for number in range(first, last):
        text = " ".join(chance.choices(SAID, k=chance.randrange(0, 30)))
        title = " ".join(chance.choices(SAID, k=chance.randrange(0, 4)))
        yield paper(f"document:{number}", title, text, f"{number}-ОД")


def _told(engine, field):
    """Word → key of a paper → places, as the index has it."""
    found = {}
    for view, alive in engine.state().parts:
        for word, postings in view.all_words(field):
            places = np.split(postings.places.tolist(), postings.ends[:-1]) if len(postings.places) else None
            for row, number in enumerate(postings.papers.tolist()):
                if alive is None or alive[number]:
                    stood = [] if places is None else [int(place) for place in places[row]]
                    found.setdefault(word.decode(), {})[int(view.columns["uid"][number])] = stood
    return found


def _wanted(papers, field):
    found = {}
    for one in papers:
        said = {
            TEXT: lambda p: positions(p.text), TITLE: lambda p: positions(p.title),
            FORMS: lambda p: dict.fromkeys(forms(p.text), []), MARKS: lambda p: dict.fromkeys(p.marks, []),
        }[field](one)  # fmt: skip
        for word, places in said.items():
            found.setdefault(word, {})[uid_of(one.key)] = sorted(places)
    return found


@pytest.mark.parametrize("field", [TEXT, TITLE, MARKS, FORMS])
def test_a_segment_holds_what_the_analysis_says(tmp_path, field):
    engine, papers = WhooshEngine(tmp_path / "index"), list(_papers(1, 60))
    engine.put(papers)

    assert _told(engine, field) == _wanted(papers, field)


@pytest.mark.parametrize("at_once", [0, merging.AT_ONCE], ids=["word by word", "at once"])
@pytest.mark.parametrize("field", [TEXT, TITLE, MARKS, FORMS])
def test_segments_made_one_hold_the_same_without_what_was_dropped(tmp_path, field, at_once, monkeypatch):
    monkeypatch.setattr(merging, "AT_ONCE", at_once)
    monkeypatch.setattr(merging, "WORDS", 5)
    engine, papers = WhooshEngine(tmp_path / "index"), list(_papers(1, 60))
    for first in range(0, 59, 13):
        engine.put(papers[first : first + 13])
    engine.drop([one.key for one in papers[5:9]])
    lengths = engine.state().weights.average
    engine.join()

    assert len(engine.state().parts) == 1
    assert _told(engine, field) == _wanted(papers[:5] + papers[9:], field)
    assert engine.state().weights.average == pytest.approx(lengths, rel=0.1)


@pytest.mark.parametrize("at_once", [0, merging.AT_ONCE], ids=["word by word", "at once"])
def test_a_word_of_a_very_long_text_keeps_its_places(tmp_path, at_once, monkeypatch):
    monkeypatch.setattr(merging, "AT_ONCE", at_once)
    engine = WhooshEngine(tmp_path / "index")
    engine.put(
        [paper("document:1", "О", "план " * 66_000 + "конец"), paper("document:2", "О", "конец плана")]
    )
    engine.join()

    assert _told(engine, TEXT)["конец"] == {uid_of("document:1"): [66_001], uid_of("document:2"): [1]}


def test_words_written_in_one_lot_are_read_one_by_one_and_in_one_lot():
    chance = np.random.default_rng(7)
    count, most = 200, [300, 70_000]
    times = [chance.integers(1, 6, chance.integers(1, 9)) for _ in range(count)]
    places = [np.sort(chance.integers(0, most[n % 17 == 3], t.sum())) for n, t in enumerate(times)]
    papers = [np.sort(chance.choice(10_000, len(t), replace=False)).astype(np.uint32) for t in times]
    wanted = [
        (f"{n:03}".encode(), Postings(*one)) for n, one in enumerate(zip(papers, times, places, strict=True))
    ]

    content, starts = Lot.of(wanted).packed()
    whole = read_lot(content, [word for word, _one in wanted], starts)

    for number, (_word, one) in enumerate(wanted):
        found = read(content, int(starts[number]))
        assert [part.tolist() for part in found] == [part.tolist() for part in one]
        assert read_papers(content, int(starts[number])).tolist() == one.papers.tolist()
        span, stood = (slice(*edges[number : number + 2]) for edges in (whole.edges, whole.stands))
        again = (whole.papers[span], whole.times[span], whole.places[stood])
        assert [part.tolist() for part in again] == [part.tolist() for part in one]


@pytest.mark.parametrize("levels", [3, 100_000])
def test_the_best_are_found_without_putting_all_in_order(levels):
    chance = np.random.default_rng(4)
    worth = chance.integers(0, levels, 40_000).astype(float)
    uids = chance.permutation(40_000).astype(np.uint64)
    wanted = np.lexsort((uids, -worth))[:20]

    assert _least(worth, 20) <= worth[wanted[-1]]
    assert len(worth) > BLOCKS * 16
    found, _worth = _first(uids, worth, 20)
    assert set(found.tolist()) == set(uids[wanted].tolist())
