"""How quick the embedded engine is, beside tantivy and SQLite FTS5 in the same run on the same archive.

`python -m bench.search_speed [documents] [--keep FOLDER] [--only NAME …] [--build]` (default 2000). The words
are stemmed alike for all three. Each question is asked several times, the engines in turns, and the quickest
answer counts, to leave the neighbours' noise out; of a class the median and the 95th percentile over its
thirty questions are told. Ratios count, not milliseconds. With `--keep` the indexes stay in a folder and are
built but once; `--build` builds and asks nothing.
"""

import argparse
import random
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from bench.search_corpus import Made, Pen, archive
from bench.search_peers import (
    Ask,
    Asked,
    build_fts5,
    build_tantivy,
    has_tantivy,
    open_fts5,
    open_tantivy,
    stems,
)
from search_index.language import TOKEN, normal, positions, stem
from search_index.meaning import NUMBER_MARK
from search_index.needs import TEXT, AllOf, AnyOf, Near, Need, Starting, Term
from search_index.protocol import Engine, Filters, Sight, Wish
from search_index.whoosh_engine.engine import WhooshEngine

REPEATS, EACH, READ, LOT = 7, 30, 2000, 500
EVERYBODY = Sight(frozenset(range(1, 501)))
FEATURES = ("kind", "year")


def main() -> int:
    """Build what is not there, ask, compare; 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", type=int, nargs="?", default=2000)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--only", nargs="*", default=["vekha", "fts5", "tantivy"])
    parser.add_argument("--build", action="store_true")
    given = parser.parse_args()
    folder = given.keep or Path(tempfile.mkdtemp(prefix="vekha-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    names = [name for name in given.only if name != "tantivy" or has_tantivy()]
    if names != given.only:
        say("SKIP tantivy: not installed (dependency group «bench»)")
    try:
        run(given.documents, folder, names, asks=not given.build)
    finally:
        if not given.keep:
            shutil.rmtree(folder)
    return 0


def run(size: int, folder: Path, names: list[str], *, asks: bool) -> None:
    """Everything in one run."""
    for name in names:
        built = folder / f"{name}-{size}"
        if not built.exists():
            build(name, size, folder)
            built.touch()
    if asks:
        compare(questions(list(archive(min(size, READ)))), {name: OPENED[name](folder) for name in names})
        say(f"memory of this process: {memory()}")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def memory() -> str:
    """What the process holds by itself, and what it has mapped of files."""
    told = Path("/proc/self/status").read_text("ascii")
    found = {name: int(size) >> 10 for name, size in re.findall(r"(Rss\w+|VmHWM):\s+(\d+) kB", told)}
    return ", ".join(f"{name} {size} MiB" for name, size in found.items())


# Building.


class Stopwatch:
    """Stands still while the archive is being made."""

    def __init__(self) -> None:
        self.begun, self.waited = time.perf_counter(), 0.0

    def given(self, documents: Iterable[Made]) -> Iterator[Made]:
        """The documents in lots, the making of which takes no time."""
        source = iter(documents)
        while True:
            begun = time.perf_counter()
            lot = list(islice(source, LOT))
            self.waited += time.perf_counter() - begun
            if not lot:
                return
            yield from lot

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self.begun - self.waited


def build(name: str, size: int, folder: Path) -> None:
    """Build one index and tell how quickly."""
    watch = Stopwatch()
    BUILT[name](watch.given(archive(size)), folder)
    say(f"{name}: bulk {size / watch.seconds:.0f} documents/s; {memory()}")


def build_ours(documents: Iterable[Made], folder: Path) -> None:
    engine = WhooshEngine(folder / "vekha")
    engine.rebuild([made.paper()] for made in documents)


# Asking.


def compare(asked: dict[str, list[Asked]], engines: dict[str, Ask]) -> None:
    """One line for a class."""
    say(f"{'class':<12}" + "".join(f"{name + ' p50/p95 ms':>24}" for name in engines) + "   ours / theirs")
    for kind, each in asked.items():
        found = measure(engines, each)
        line = "".join(f"{half:>15.3f} /{most:>7.3f}" for half, most in found.values())
        ours = found.get("vekha", (0.0, 0.0))[0]
        ratios = [f"{ours / half:.2f}×{name}" for name, (half, _most) in found.items() if name != "vekha"]
        say(f"{kind:<12}{line}   {' '.join(ratios)}")


def measure(engines: dict[str, Ask], each: list[Asked]) -> dict[str, tuple[float, float]]:
    """Median and 95th percentile over questions of the quickest answer, in milliseconds."""
    best = {name: [float("inf")] * len(each) for name in engines}
    for _repeat in range(REPEATS):
        for name, ask in engines.items():
            for number, asked in enumerate(each):
                begun = time.perf_counter()
                ask(asked)
                took = (time.perf_counter() - begun) * 1000
                best[name][number] = min(best[name][number], took)
    return {name: (statistics.median(times), percentile(times, 95)) for name, times in best.items()}


def percentile(times: list[float], part: int) -> float:
    return sorted(times)[min(len(times) - 1, len(times) * part // 100)]


def questions(documents: list[Made]) -> dict[str, list[Asked]]:
    """Class → thirty questions, chosen as the design chose them: by how many documents have a word."""
    chance, counted = random.Random(3), Counter[str]()
    for made in documents:
        counted.update(positions(made.text).keys())
    shares = {w: n / len(documents) for w, n in counted.items() if w.isalpha() and len(w) > 3}
    common, middling, rare = (
        _some(shares, low, high, chance) for low, high in ((0.25, 1), (0.03, 0.2), (0.0005, 0.0015))
    )
    chosen = [tuple(sorted(chance.sample(range(1, 501), 50))) for _ in range(5)]
    ands = [chance.sample(middling, 3) for _ in range(20)] + [chance.sample(common, 3) for _ in range(10)]
    pairs = [chance.sample(common, 2) for _ in range(EACH)]
    said: dict[str, list[list[str]]] = {
        "common": [[word] for word in common[:EACH]], "rare": [[word] for word in rare[:EACH]],
        "and": ands, "or": [chance.sample(middling + common, 3) for _ in range(EACH)],
        "phrase": list(islice(_phrases(chance), EACH)),
        "prefix": [[word[: chance.choice([4, 5])]] for word in middling[30:60]],
        "typo": [[_slip(word, chance)] for word in middling if len(word) >= 6][:EACH],
        "rights": [[word] for word in common[:EACH]], "rights, and": pairs,
        "facets": [[word] for word in common[:EACH]],
        "number": [[stems(made.registered)] for made in documents[: EACH * 10 : 10]],
    }  # fmt: skip
    return {
        kind: [Asked(kind, tuple(words), chosen[n % 5]) for n, words in enumerate(each)]
        for kind, each in said.items()
    }


def _some(shares: dict[str, float], low: float, high: float, chance: random.Random) -> list[str]:
    found = sorted(word for word, share in shares.items() if low <= share <= high)
    chance.shuffle(found)
    return found


def _phrases(chance: random.Random) -> Iterator[list[str]]:
    """Two or three words of the old text side by side."""
    old = [stem(token) for token in TOKEN.findall(normal(" ".join(Pen().old)))]
    while True:
        first, count = chance.randrange(len(old) - 5), chance.choice([2, 3])
        if all(len(word) >= 4 for word in old[first : first + count]):
            yield old[first : first + count]


def _slip(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(word) - 1)
    other = ("", chance.choice("абвгдеиклмнопрст"), word[place + 1] + word[place])
    way = chance.randrange(3)
    return word[:place] + other[way] + word[place + (2 if way == 2 else 1) :]


# Ours.


def open_ours(folder: Path) -> Ask:
    return asking(WhooshEngine(folder / "vekha"))


def asking(engine: Engine) -> Ask:
    """Ask an engine of Vekha for the first twenty, with the exact count that it always gives."""

    def ask(asked: Asked) -> Any:
        sight = Sight(frozenset(asked.organisations)) if asked.is_filtered else EVERYBODY
        filters = Filters(since=asked.since, until=asked.until) if asked.is_filtered else Filters()
        facets = FEATURES if asked.is_counted else ()
        return engine.find(Wish(_need(engine, asked), sight, filters, facets=facets))

    return ask


def _need(engine: Engine, asked: Asked) -> Need:
    words = asked.words
    if asked.kind == "phrase":
        return Near(words)
    if asked.kind == "prefix":
        return Starting(words[0])
    if asked.kind == "typo":
        return AnyOf(tuple(Term(TEXT, stem(word)) for word in engine.near_words(words[0]) or words))
    if asked.kind == "number":
        return Term("marks", f"{NUMBER_MARK}{words[0]}", 60.0)
    parts = tuple(Term(TEXT, word) for word in words)
    return parts[0] if len(parts) == 1 else AnyOf(parts) if asked.kind == "or" else AllOf(parts)


BUILT: dict[str, Callable[[Iterable[Made], Path], None]] = {
    "vekha": build_ours, "fts5": build_fts5, "tantivy": build_tantivy,
}  # fmt: skip
OPENED: dict[str, Callable[[Path], Ask]] = {
    "vekha": open_ours, "fts5": open_fts5, "tantivy": open_tantivy
}  # fmt: skip

if __name__ == "__main__":
    raise SystemExit(main())
