"""SQLite FTS5 and tantivy over the words of the search, for bench/search_speed.py and search_quality.py.

Both get every text already taken apart and stemmed by search_index/language.py, so that all engines hold the
same words. An index that was built once in a folder is opened again.
"""

import importlib.util
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bench.search_corpus import KINDS, Made
from search_index.language import TOKEN, normal, terms_of
from search_index.spelling import slips

CACHE_MB, HEAP = 200, 256_000_000


@dataclass(frozen=True)
class Asked:
    """A question of a class: words of the index, and for «rights» who asks and for which days."""

    kind: str
    words: tuple[str, ...]
    organisations: tuple[int, ...] = ()
    since: date = date(2019, 1, 1)
    until: date = date(2021, 12, 31)

    @property
    def is_counted(self) -> bool:
        """Whether counts by kind and year are wanted."""
        return self.kind in ("rights", "rights, and", "facets")

    @property
    def is_filtered(self) -> bool:
        return self.kind in ("rights", "rights, and")


Ask = Callable[[Asked], Any]


def stems(text: str) -> str:
    """The text as words of the index with blanks between them."""
    return " ".join(terms_of(token)[0][0] for token in TOKEN.findall(normal(text)))


def day_number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


# SQLite FTS5.


def build_fts5(documents: Iterable[Made], folder: Path) -> None:
    """An index without the texts themselves, in WAL."""
    base = _base(folder)
    base.executescript("""
        CREATE TABLE IF NOT EXISTS meta
        (id INTEGER PRIMARY KEY, number TEXT, day INT, year INT, kind INT, organisation INT);
        CREATE VIRTUAL TABLE IF NOT EXISTS fts
        USING fts5 (body, content='', tokenize="unicode61 remove_diacritics 0");
    """)
    base.execute("BEGIN")
    kinds = list(KINDS)
    for made in documents:
        base.execute("INSERT INTO fts (rowid, body) VALUES (?, ?)", (made.number, stems(made.text)))
        row = (made.number, stems(made.registered), day_number(made.day), made.day.year)
        base.execute(
            "INSERT INTO meta VALUES (?, ?, ?, ?, ?, ?)", (*row, kinds.index(made.kind), made.organisation)
        )
        if made.number % 5000 == 0:
            base.execute("COMMIT")
            base.execute("BEGIN")
    base.execute("CREATE INDEX IF NOT EXISTS by_number ON meta (number)")
    base.execute("CREATE INDEX IF NOT EXISTS by_organisation ON meta (organisation, day)")
    base.execute("COMMIT")
    base.execute("INSERT INTO fts (fts) VALUES ('optimize')")
    base.close()


def _base(folder: Path) -> sqlite3.Connection:
    base = sqlite3.connect(folder / "fts5.db", isolation_level=None)
    base.executescript(
        f"PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -{CACHE_MB * 1000};"
        "PRAGMA mmap_size = 4000000000;"
    )
    return base


def open_fts5(folder: Path) -> Ask:
    """Ask the index of a folder."""
    base = _base(folder)

    def ask(asked: Asked) -> Any:
        if asked.kind == "number":
            return base.execute("SELECT id FROM meta WHERE number = ? LIMIT 20", asked.words).fetchall()
        match, where = _match(asked), "1"
        if asked.is_filtered:
            among = ",".join(map(str, asked.organisations))
            span = f"{day_number(asked.since)} AND {day_number(asked.until)}"
            where = f"organisation IN ({among}) AND day BETWEEN {span}"
        joined = f"FROM fts JOIN meta ON meta.id = fts.rowid WHERE fts MATCH ? AND {where}"
        if asked.is_counted:
            base.execute(f"SELECT kind, year, count(*) {joined} GROUP BY 1, 2", (match,)).fetchall()
        source = joined if asked.is_filtered else "FROM fts WHERE fts MATCH ?"
        return base.execute(f"SELECT fts.rowid {source} ORDER BY rank LIMIT 20", (match,)).fetchall()

    return ask


def _match(asked: Asked) -> str:
    if asked.kind == "phrase":
        return '"' + " ".join(asked.words) + '"'
    if asked.kind == "prefix":
        return f"{asked.words[0]}*"
    if asked.kind == "typo":
        return " OR ".join(f'"{stems(word)}"' for word in slips(asked.words[0]))
    return (" OR " if asked.kind == "or" else " AND ").join(f'"{word}"' for word in asked.words)


# Tantivy.


def has_tantivy() -> bool:
    return importlib.util.find_spec("tantivy") is not None


def _schema(peer: Any) -> Any:
    builder = peer.SchemaBuilder()
    builder.add_text_field("body", tokenizer_name="whitespace")
    builder.add_text_field("number", tokenizer_name="raw")
    for name in ("id", "kind", "year", "organisation", "day"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    return builder.build()


def build_tantivy(documents: Iterable[Made], folder: Path) -> None:
    """One thread, its own merging."""
    import tantivy as peer

    (folder / "tantivy").mkdir()
    index = peer.Index(_schema(peer), path=str(folder / "tantivy"))
    writer = index.writer(heap_size=HEAP, num_threads=1)
    kinds = list(KINDS)
    for made in documents:
        row = peer.Document()
        row.add_text("body", stems(made.text))
        row.add_text("number", stems(made.registered))
        numbers = {
            "id": made.number, "kind": kinds.index(made.kind), "year": made.day.year,
            "organisation": made.organisation, "day": day_number(made.day),
        }  # fmt: skip
        for name, value in numbers.items():
            row.add_unsigned(name, value)
        writer.add_document(row)
    writer.commit()
    writer.wait_merging_threads()


def open_tantivy(folder: Path) -> Ask:
    """Ask the index of a folder."""
    import tantivy as peer

    index = peer.Index.open(str(folder / "tantivy"))
    index.reload()
    searcher, schema = index.searcher(), index.schema
    counts = {name: {"terms": {"field": name, "size": 20}} for name in ("kind", "year")}

    def ask(asked: Asked) -> Any:
        query = _tantivy_query(peer, schema, asked)
        found = searcher.search(query, 20, count=asked.is_counted)
        if asked.is_counted:
            searcher.aggregate(query, counts)
        return searcher.fast_field_values("id", [address for _score, address in found.hits])

    return ask


def _tantivy_query(peer: Any, schema: Any, asked: Asked) -> Any:
    query, words = peer.Query, list(asked.words)
    if asked.kind == "number":
        return query.term_query(schema, "number", words[0])
    if asked.kind == "phrase":
        return query.phrase_query(schema, "body", words)
    if asked.kind == "prefix":
        return query.regex_query(schema, "body", f"{words[0]}.*")
    if asked.kind == "typo":
        return query.fuzzy_term_query(schema, "body", words[0], distance=1, transposition_cost_one=True)
    occurs = peer.Occur.Should if asked.kind == "or" else peer.Occur.Must
    parts = [(occurs, query.term_query(schema, "body", word, "freq")) for word in words]
    if asked.is_filtered:
        allowed = query.term_set_query(schema, "organisation", list(asked.organisations))
        span = (day_number(asked.since), day_number(asked.until))
        days = query.range_query(schema, "day", peer.FieldType.Unsigned, *span)
        parts += [(peer.Occur.Must, query.const_score_query(one, 0.0)) for one in (allowed, days)]
    return query.boolean_query(parts)
