"""SQLite FTS5 and tantivy as anybody would set them up: Snowball stems of plain words, all words wanted.

For bench/search_quality.py. They know nothing of families of words, of numbers and dates, of titles; tantivy
forgives one slip in every word of a question that finds nothing as it stands.
"""

import re
import sqlite3
from collections.abc import Callable, Iterable
from typing import Any

import Stemmer

from bench.search_corpus import Made

FIRST = 10
_WORD, _PART = re.compile(r"\w+"), re.compile(r"«([^»]*)»|(-?)(\S+)")
_stemmer = Stemmer.Stemmer("russian")
FirstTen = Callable[[str], list[int]]


def stems(text: str) -> list[str]:
    """The stems of a text in order."""
    return list(_stemmer.stemWords(_WORD.findall(text.lower().replace("ё", "е"))))


def taken_apart(question: str) -> tuple[list[str], list[list[str]], list[str]]:
    """Words, phrases and unwanted words of a question."""
    words, phrases, unwanted = list[str](), list[list[str]](), list[str]()
    for quoted, minus, plain in _PART.findall(question):
        if quoted:
            phrases.append(stems(quoted))
        else:
            (unwanted if minus else words).extend(stems(plain))
    return words, phrases, unwanted


def fts5(documents: Iterable[Made]) -> FirstTen:
    """An index in memory; the first ten by its BM25."""
    base = sqlite3.connect(":memory:")
    base.execute('CREATE VIRTUAL TABLE fts USING fts5 (body, tokenize="unicode61 remove_diacritics 0")')
    rows = ((made.number, " ".join(stems(made.paper().text))) for made in documents)
    base.executemany("INSERT INTO fts (rowid, body) VALUES (?, ?)", rows)

    def first_ten(question: str) -> list[int]:
        words, phrases, unwanted = taken_apart(question)
        wanted = [f'"{" ".join(said)}"' for said in [*([word] for word in words), *phrases]]
        match = " AND ".join(wanted) + "".join(f' NOT "{word}"' for word in unwanted)
        found = base.execute("SELECT rowid FROM fts WHERE fts MATCH ? ORDER BY rank LIMIT ?", (match, FIRST))
        return [number for (number,) in found]

    return first_ten


def tantivy(documents: Iterable[Made]) -> FirstTen:
    """An index in memory; the first ten by its BM25."""
    import tantivy as peer

    builder = peer.SchemaBuilder()
    builder.add_text_field("body", tokenizer_name="whitespace")
    builder.add_unsigned_field("id", indexed=True, fast=True)
    schema = builder.build()
    index = peer.Index(schema)
    writer = index.writer(heap_size=64_000_000, num_threads=1)
    for made in documents:
        row = peer.Document()
        row.add_text("body", " ".join(stems(made.paper().text)))
        row.add_unsigned("id", made.number)
        writer.add_document(row)
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def first_ten(question: str) -> list[int]:
        exact, forgiving = (_query(peer, schema, question, slips) for slips in (0, 1))
        found = searcher.search(exact, FIRST).hits or searcher.search(forgiving, FIRST).hits
        return list(searcher.fast_field_values("id", [address for _score, address in found]))

    return first_ten


def _query(peer: Any, schema: Any, question: str, slips: int) -> Any:
    query, must = peer.Query, peer.Occur.Must
    words, phrases, unwanted = taken_apart(question)
    parts = [
        query.fuzzy_term_query(schema, "body", word, distance=slips, transposition_cost_one=True)
        if slips
        else query.term_query(schema, "body", word, "freq")
        for word in words
    ]
    parts += [
        query.phrase_query(schema, "body", said)
        if len(said) > 1
        else query.term_query(schema, "body", said[0])
        for said in phrases
    ]
    gone = [(peer.Occur.MustNot, query.term_query(schema, "body", word)) for word in unwanted]
    return query.boolean_query([(must, part) for part in parts] + gone)
