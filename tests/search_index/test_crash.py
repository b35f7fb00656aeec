"""The indexing process is killed at random moments: what it had finished stays, and the next one goes on."""

import random
import time

import pytest

from search_index.meaning import need_of
from search_index.protocol import Damaged, Wish
from search_index.query_language import parse
from search_index.whoosh_engine.engine import WhooshEngine
from tests.processes import started
from tests.search_index.papers import EVERYBODY, paper

KILLS = 5


def test_a_killed_writer_loses_nothing_it_had_finished(tmp_path, pytestconfig):
    folder, chance, last = tmp_path / "index", random.Random(3), 0
    for _kill in range(20 if pytestconfig.getoption("--full") else KILLS):
        last = _write_and_kill(folder, last + 1, chance)
        engine = WhooshEngine(folder)
        found = engine.find(Wish(need_of(parse(f"Слово1{last}"), {}), EVERYBODY)).hits
        assert [hit.key for hit in found] == [f"document:{last % 40 + 1}"]
        keys = [one.key for one in engine.standing()]
        assert len(keys) == len(set(keys))

    with engine.writing():
        engine.put([paper("document:77", "После", "всё цело")])
    assert "document:77" in {one.key for one in engine.standing()}


# Whoosh leaves a list of segments open that it cannot read.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    ("file", "spoil"),
    [
        ("_MAIN_*.toc", lambda content: b""),
        ("_MAIN_*.toc", lambda content: content[:-9]),
        ("*.arr", lambda content: content[:-20]),
        ("*.pst", lambda content: b""),
        ("*.pst", lambda content: bytes(len(content))),
        ("*.arr", lambda content: content[:30]),
        ("*.arr", lambda content: bytes(len(content))),
    ],
    ids=["empty list", "cut list", "cut columns", "no postings", "lost postings", "cut head", "lost words"],
)
def test_an_index_torn_by_a_power_cut_is_noticed_and_built_anew(tmp_path, file, spoil):
    engine, wish = WhooshEngine(tmp_path / "index"), Wish(need_of(parse("план"), {}), EVERYBODY)
    engine.put([paper("document:1", "О планах", "план мероприятий")])
    engine.seal("whole")
    torn = max(engine.folder.glob(file))
    torn.write_bytes(spoil(torn.read_bytes()))

    again = WhooshEngine(engine.folder)
    with pytest.raises(Damaged):
        again.find(wish)
    assert again.stamp() == ""

    again.rebuild([[paper("document:1", "О планах", "план мероприятий")]])
    assert again.find(wish).total == 1


def _write_and_kill(folder, first, chance):
    """Let a process write for a moment and kill it; the number of the last thing that it said is done."""
    told = folder.parent / "told.txt"
    told.unlink(missing_ok=True)
    writer = started(_write, folder, first, log=told)
    while not told.exists() or told.read_text().count("\n") < 3:
        assert writer.is_alive()
        time.sleep(0.01)
    time.sleep(chance.random() * 0.2)
    writer.kill()
    writer.join()
    return int(told.read_text().split("\n")[-2])


def _write(folder, first):
    engine = WhooshEngine(folder)
    for number in range(first, first + 10_000):
        with engine.writing():
            engine.put([paper(f"document:{number % 40 + 1}", f"Слово1{number}", "план мероприятий")])
        print(number, flush=True)
