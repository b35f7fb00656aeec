"""How quick the embedded engine is, beside tantivy and SQLite FTS5 in the same run on the same archive.

`python -m bench.search_speed [documents]` (default 2000). The words are stemmed alike for all three. Each
question is asked several times and the quickest answer counts, to leave the neighbours' noise out; the
figure of a class is the median over its questions. Ratios count, not milliseconds.
"""

import importlib.util
import random
import resource
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.search_corpus import KINDS, Made, archive
from search_index.language import positions, words
from search_index.needs import TEXT, AllOf, AnyOf, Near, Need, Starting, Term
from search_index.protocol import FACETS, Filters, Sight, Wish
from search_index.spelling import slips
from search_index.whoosh_engine.engine import WhooshEngine

REPEATS, QUESTIONS = 4, 15
EVERYBODY = Sight(frozenset(range(1, 501)))
Ask = Callable[[str, list[str]], Any]


def main() -> int:
    """Build, ask, compare; 0."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    documents = list(archive(size, words=300))
    folder = Path(tempfile.mkdtemp(prefix="vekha-bench-"))
    try:
        run(documents, folder)
    finally:
        shutil.rmtree(folder)
    return 0


def run(documents: list[Made], folder: Path) -> None:
    """Everything in one run."""
    asked = questions(documents)
    engines: dict[str, Ask] = {"vekha": ours(documents, folder), "fts5": fts5(documents, folder)}
    if importlib.util.find_spec("tantivy"):
        engines["tantivy"] = tantivy(documents, folder)
    else:
        say("SKIP tantivy: not installed (dependency group «bench»)")
    say(f"{'class':<10}" + "".join(f"{name:>14}" for name in engines) + "   vekha / peer")
    for kind, each in asked.items():
        figures = {name: measure(ask, kind, each) for name, ask in engines.items()}
        ratios = " ".join(f"{figures['vekha'] / f:.2f}×{n}" for n, f in figures.items() if n != "vekha" and f)
        say(f"{kind:<10}" + "".join(f"{figure:>11.3f} ms" for figure in figures.values()) + f"   {ratios}")
    say(f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MiB")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def measure(ask: Ask, kind: str, each: list[list[str]]) -> float:
    """The median over questions of the quickest answer, in milliseconds."""
    best = []
    for question in each:
        times = []
        for _repeat in range(REPEATS):
            begun = time.perf_counter()
            ask(kind, question)
            times.append((time.perf_counter() - begun) * 1000)
        best.append(min(times))
    return statistics.median(best)


def questions(documents: list[Made]) -> dict[str, list[list[str]]]:
    """Class → questions, each a list of words of the index."""
    chance, counted = random.Random(3), Counter[str]()
    for made in documents[:2000]:
        counted.update(positions(made.text).keys())
    seen = min(len(documents), 2000)
    plain = {word: times for word, times in counted.items() if word.isalpha() and len(word) > 4}
    common = sorted(word for word, times in plain.items() if times > seen * 0.2)
    middling = sorted(word for word, times in plain.items() if seen * 0.02 < times <= seen * 0.2)
    rare = sorted(word for word, times in plain.items() if 2 <= times <= 10)
    some = chance.choices
    phrases = [words(made.text)[5:7] for made in chance.sample(documents, QUESTIONS)]
    return {
        "common": [[word] for word in some(common, k=QUESTIONS)],
        "rare": [[word] for word in some(rare, k=QUESTIONS)],
        "and": [some(middling + common, k=3) for _ in range(QUESTIONS)],
        "or": [some(middling + common, k=3) for _ in range(QUESTIONS)],
        "phrase": phrases,
        "prefix": [[word[:4]] for word in some(middling, k=QUESTIONS)],
        "typo": [[word[:2] + word[3:]] for word in some(middling, k=QUESTIONS)],
        "rights": [[word] for word in some(common, k=QUESTIONS)],
        "facets": [[word] for word in some(common, k=QUESTIONS)],
        "number": [[made.registered] for made in chance.sample(documents, QUESTIONS)],
    }


# Ours.

CHOSEN = sorted(random.Random(1).sample(range(1, 501), 50))
SINCE, UNTIL = 2019, 2021


def ours(documents: list[Made], folder: Path) -> Ask:
    """The Whoosh engine of Vekha; bulk and single commits are told on the way."""
    engine = WhooshEngine(folder / "vekha")
    begun = time.perf_counter()
    engine.put(made.paper() for made in documents)
    say(f"vekha: bulk {len(documents) / (time.perf_counter() - begun):.0f} documents/s")
    commits = []
    for made in documents[:40]:
        begun = time.perf_counter()
        engine.put([made.paper()])
        commits.append((time.perf_counter() - begun) * 1000)
    say(f"vekha: one document p50 {statistics.median(commits):.1f} ms, worst {max(commits):.0f} ms")
    while engine.tidy():
        continue

    def ask(kind: str, question: list[str]) -> Any:
        sight, filters, facets = EVERYBODY, Filters(), ()
        if kind == "rights":
            from datetime import date

            sight, facets = Sight(frozenset(CHOSEN)), FACETS[:2]
            filters = Filters(since=date(SINCE, 1, 1), until=date(UNTIL, 12, 31))
        if kind == "facets":
            facets = FACETS[:2]
        return engine.find(Wish(_need(engine, kind, question), sight, filters, facets=facets))

    return ask


def _need(engine: WhooshEngine, kind: str, question: list[str]) -> Need:
    if kind == "phrase":
        return Near(tuple(question))
    if kind == "prefix":
        return Starting(question[0])
    if kind == "typo":
        near = [words(word)[0] for word in engine.near_words(question[0])] or question
        return AnyOf(tuple(Term(TEXT, word) for word in near))
    if kind == "number":
        return Term("marks", f"№{words(question[0])[0]}", 60.0)
    parts = tuple(Term(TEXT, word) for word in question)
    return parts[0] if len(parts) == 1 else AnyOf(parts) if kind == "or" else AllOf(parts)


# The peers.


def fts5(documents: list[Made], folder: Path) -> Ask:
    """SQLite's full text over the same stems, contentless."""
    base = sqlite3.connect(folder / "fts5.db", isolation_level=None)
    base.executescript("""
        PRAGMA journal_mode = WAL;
        CREATE TABLE meta (id INTEGER PRIMARY KEY, number TEXT, year INT, kind TEXT, organisation INT);
        CREATE VIRTUAL TABLE fts USING fts5 (body, content='', tokenize="unicode61 remove_diacritics 0");
        CREATE INDEX by_number ON meta (number);
    """)
    begun = time.perf_counter()
    base.execute("BEGIN")
    for made in documents:
        stems = " ".join(words(made.text))
        base.execute("INSERT INTO fts (rowid, body) VALUES (?, ?)", (made.number, stems))
        row = (made.number, words(made.registered)[0], made.day.year, made.kind, made.organisation)
        base.execute("INSERT INTO meta VALUES (?, ?, ?, ?, ?)", row)
    base.execute("COMMIT")
    say(f"fts5: bulk {len(documents) / (time.perf_counter() - begun):.0f} documents/s")
    base.execute("INSERT INTO fts (fts) VALUES ('optimize')")

    def ask(kind: str, question: list[str]) -> Any:
        if kind == "number":
            return base.execute(
                "SELECT id FROM meta WHERE number = ? LIMIT 20", words(question[0])[:1]
            ).fetchall()
        match = _match(kind, question)
        if kind in ("rights", "facets"):
            where = f"organisation IN ({','.join(map(str, CHOSEN))}) AND year BETWEEN {SINCE} AND {UNTIL}"
            joined = "FROM fts JOIN meta ON meta.id = fts.rowid WHERE fts MATCH ?"
            joined += f" AND {where}" if kind == "rights" else ""
            base.execute(f"SELECT kind, year, count(*) {joined} GROUP BY 1, 2", (match,)).fetchall()
            return base.execute(f"SELECT fts.rowid {joined} ORDER BY rank LIMIT 20", (match,)).fetchall()
        return base.execute(
            "SELECT rowid FROM fts WHERE fts MATCH ? ORDER BY rank LIMIT 20", (match,)
        ).fetchall()

    return ask


def _match(kind: str, question: list[str]) -> str:
    if kind == "phrase":
        return '"' + " ".join(question) + '"'
    if kind == "prefix":
        return f"{question[0]}*"
    if kind == "typo":
        return " OR ".join(f'"{words(word)[0]}"' for word in slips(question[0]))
    return (" OR " if kind == "or" else " AND ").join(f'"{word}"' for word in question)


def _tantivy_index(peer: Any, documents: list[Made], folder: Path) -> tuple[Any, Any]:
    """The schema and the index of all documents; says how quickly it was made."""
    builder = peer.SchemaBuilder()
    builder.add_text_field("body", tokenizer_name="whitespace")
    builder.add_text_field("number", tokenizer_name="raw")
    for name in ("id", "kind", "year", "organisation"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    schema = builder.build()
    (folder / "tantivy").mkdir()
    index = peer.Index(schema, path=str(folder / "tantivy"))
    begun = time.perf_counter()
    writer = index.writer(heap_size=128_000_000, num_threads=1)
    kinds = list(KINDS)
    for made in documents:
        row = peer.Document()
        row.add_text("body", " ".join(words(made.text)))
        row.add_text("number", words(made.registered)[0])
        numbers = {
            "id": made.number,
            "kind": kinds.index(made.kind),
            "year": made.day.year,
            "organisation": made.organisation,
        }
        for name, value in numbers.items():
            row.add_unsigned(name, value)
        writer.add_document(row)
    writer.commit()
    writer.wait_merging_threads()
    say(f"tantivy: bulk {len(documents) / (time.perf_counter() - begun):.0f} documents/s")
    return schema, index


def tantivy(documents: list[Made], folder: Path) -> Ask:
    """Tantivy over the same stems, one thread."""
    import tantivy as peer

    schema, index = _tantivy_index(peer, documents, folder)
    index.reload()
    searcher = index.searcher()
    counts = {name: {"terms": {"field": name, "size": 20}} for name in ("kind", "year")}

    def ask(kind: str, question: list[str]) -> Any:
        query = _tantivy_query(peer, schema, kind, question)
        found = searcher.search(query, 20, count=kind in ("rights", "facets"))
        if kind in ("rights", "facets"):
            searcher.aggregate(query, counts)
        return searcher.fast_field_values("id", [address for _score, address in found.hits])

    return ask


def _tantivy_query(peer: Any, schema: Any, kind: str, question: list[str]) -> Any:
    query = peer.Query
    if kind == "number":
        return query.term_query(schema, "number", words(question[0])[0])
    if kind == "phrase":
        return query.phrase_query(schema, "body", question)
    if kind == "prefix":
        return query.regex_query(schema, "body", f"{question[0]}.*")
    if kind == "typo":
        return query.fuzzy_term_query(schema, "body", question[0], distance=1, transposition_cost_one=True)
    occurs = peer.Occur.Should if kind == "or" else peer.Occur.Must
    parts = [(occurs, query.term_query(schema, "body", word, "freq")) for word in question]
    if kind == "rights":
        allowed = query.const_score_query(query.term_set_query(schema, "organisation", CHOSEN), 0.0)
        years = query.range_query(schema, "year", peer.FieldType.Unsigned, SINCE, UNTIL)
        parts += [(peer.Occur.Must, allowed), (peer.Occur.Must, query.const_score_query(years, 0.0))]
    return query.boolean_query(parts)


if __name__ == "__main__":
    raise SystemExit(main())
