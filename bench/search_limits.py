"""What else the embedded engine must show: single commits, passages, a million papers emulated.

    python -m bench.search_limits FOLDER

Over an index that `python -m bench.search_speed N --keep FOLDER` has built; it is not changed. A million is
emulated by asking the segments ten times over in one search, so the page cache is warm and the figures are
optimistic. Passages are told beside tantivy's for the same texts.
"""

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

from bench.plain_peers import stems
from bench.search_corpus import Made, archive
from bench.search_peers import Asked, has_tantivy
from bench.search_speed import READ, asking, measure, memory, questions, say
from search_index.passages import marked, passages
from search_index.protocol import Found, Wish
from search_index.whoosh_engine.engine import State, WhooshEngine
from search_index.whoosh_engine.evaluation import Weights
from search_index.whoosh_engine.ranking import find

COMMITS, SHOWN, TIMES = 120, 20, 10


def main() -> int:
    """Everything; 0."""
    folder = Path(sys.argv[1]) / "vekha"
    documents = list(archive(READ))
    commits(folder, documents)
    highlights(documents)
    million(folder, documents)
    return 0


def commits(folder: Path, documents: list[Made]) -> None:
    """One document more, as the worker adds it, with a minute's tidying now and then, on a linked copy."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as beside:
        copy = Path(beside, "index")
        shutil.copytree(folder, copy, copy_function=lambda source, aim: Path(aim).hardlink_to(source))
        engine, put, tidied = WhooshEngine(copy), list[float](), list[float]()
        engine.state()
        for number, made in enumerate(documents[:COMMITS]):
            put.append(_took(lambda one=made: _put(engine, one)))
            if number % 10 == 9:
                tidied.append(_took(engine.tidy))
        say(f"one document: p50 {statistics.median(put):.1f} ms, worst {max(put):.0f} ms of {len(put)}")
        say(f"tidying in between: worst {max(tidied):.0f} ms; segments now {len(engine.state().parts)}")


def _put(engine: WhooshEngine, made: Made) -> None:
    with engine.writing():
        engine.put([made.paper()])


def _took(do: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    do()
    return (time.perf_counter() - begun) * 1000


def highlights(documents: list[Made]) -> None:
    """Titles and passages of twenty documents with the words marked: one page of results."""
    common = questions(documents)["common"][:10]
    shown = documents[:SHOWN]
    ours = [_quickest(lambda one=asked: _ours(shown, one)) for asked in common]
    say(f"{SHOWN} highlighted passages: p50 {statistics.median(ours):.2f} ms, worst {max(ours):.2f} ms")
    if has_tantivy():
        theirs = [_quickest(lambda one=asked: one(), 3) for asked in _tantivy(shown, common)]
        say(f"  tantivy: p50 {statistics.median(theirs):.2f} ms")


def _ours(shown: list[Made], asked: Asked) -> None:
    sought = frozenset(asked.words)
    for made in shown:
        marked(made.title, sought)
        passages([("", made.text)], sought)


def _quickest(do: Callable[[], Any], times: int = 7) -> float:
    return min(_took(do) for _ in range(times))


def _tantivy(shown: list[Made], common: list[Asked]) -> list[Callable[[], Any]]:
    """Its own Russian analysis and snippets over the same texts."""
    import tantivy as peer

    builder = peer.SchemaBuilder()
    builder.add_text_field("body", tokenizer_name="ru", stored=True)
    index = peer.Index(builder.build())
    analysis = peer.TextAnalyzerBuilder(peer.Tokenizer.simple()).filter(peer.Filter.lowercase())
    index.register_tokenizer("ru", analysis.filter(peer.Filter.stemmer("Russian")).build())
    writer = index.writer(heap_size=50_000_000, num_threads=1)
    for made in shown:
        writer.add_document(peer.Document(body=made.text))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def snippets(asked: Asked) -> Any:
        query = peer.Query.term_query(index.schema, "body", stems(asked.words[0])[0])
        generator = peer.SnippetGenerator.create(searcher, query, index.schema, "body")
        return [
            generator.snippet_from_doc(peer.Document(body=made.text)).to_html()
            for made in islice(shown, SHOWN)
        ]

    return [lambda one=asked: snippets(one) for asked in common]


class TenTimes:
    """An engine that finds every paper ten times."""

    def __init__(self, engine: WhooshEngine) -> None:
        self.near_words, state = engine.near_words, engine.state()
        weights = Weights([view for view, _alive in state.parts * TIMES])
        self._state = State(state.generation, state.parts * TIMES, weights)

    def find(self, wish: Wish) -> Found:
        return find(self._state.parts, self._state.weights, wish)


def million(folder: Path, documents: list[Made]) -> None:
    """The classes of bench/search_speed.py, ten times over."""
    engine = TenTimes(WhooshEngine(folder))
    size = sum(view.size for view, _alive in engine._state.parts)
    ask = asking(engine)  # type: ignore[arg-type]
    for kind, each in questions(documents).items():
        half, most = measure({"vekha": ask}, each)["vekha"]
        say(f"{size} papers, {kind:<12} p50 / p95 {half:8.2f} / {most:8.2f} ms")
    say(f"memory of this process: {memory()}")


if __name__ == "__main__":
    raise SystemExit(main())
