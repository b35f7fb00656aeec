"""The engine over the database of the application; it writes inside the worker's transactions."""

import contextlib
import math
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import text

from core.db import db, transaction
from search_index.language import forms
from search_index.needs import TEXT, Near, Term
from search_index.postgresql_engine.counts import Counts, counts_of
from search_index.postgresql_engine.statements import COMMON, Statement
from search_index.postgresql_engine.vectors import SIGNS, query_of, quoted, scored, vector_of
from search_index.protocol import COUNTED, Found, Hit, Order, Paper, Standing, Wish
from search_index.spelling import slips
from search_index.whoosh_engine.keys import key_of, uid_of

BATCH = 500
#: The number of the advisory lock of whoever writes the index.
LOCK = 0x766B6861
#: Until the transaction ends. The planner takes reading all vectors for cheap, but they lie outside of the
#: rows: unpacking a hundred thousand takes seconds. Nor may it plan without knowing the words, nor compile
#: what takes less time than that.
BY_INDEX = text(
    "SELECT set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true),"
    " set_config('work_mem', '32MB', true), set_config('plan_cache_mode', 'force_custom_plan', true),"
    " set_config('jit', 'off', true)"
)
#: So many seconds a process takes for unchanged how many papers there are, how long, and with which words.
KEPT = 60.0
PUT = text(
    "INSERT INTO search_paper (uid, kind, organisation, scope, day, year, author, state, length,"
    " title_length, digest, vector) VALUES (:uid, :kind, :organisation, :scope, :day, :year, :author, :state,"
    " :length, :title_length, :digest, CAST(:vector AS tsvector)) ON CONFLICT (uid) DO UPDATE SET"
    " kind = excluded.kind, organisation = excluded.organisation, scope = excluded.scope,"
    " day = excluded.day, year = excluded.year, author = excluded.author, state = excluded.state,"
    " length = excluded.length, title_length = excluded.title_length,"
    " digest = excluded.digest, vector = excluded.vector"
)
PUT_WORDS = text("INSERT INTO search_word SELECT unnest(CAST(:words AS text[])) ON CONFLICT DO NOTHING")
TOTALS = text("SELECT count(*), coalesce(avg(length), 0), coalesce(avg(title_length), 0) FROM search_paper")


class PostgresqlEngine:
    """The index in the tables search_paper and search_word."""

    # Asking.

    def find(self, wish: Wish) -> Found:
        """Search; counts beyond ten thousand are ten thousand and one."""
        if query_of(wish.need):
            db.session.execute(BY_INDEX)
        counts = self._counts(wish)
        hits = self._page(wish, counts.facets.get("year", {})) if counts.total and wish.limit else ()
        return Found(min(counts.total, COUNTED + 1), hits, counts.facets)

    def _counts(self, wish: Wish) -> Counts:
        statement = Statement(wish)
        if not wish.facets:
            return Counts(int(_asked(statement, statement.total())[0][0]))
        return counts_of(_asked(statement, statement.counts()), wish.facets, statement.alone)

    def _page(self, wish: Wish, years: Mapping[str, int]) -> tuple[Hit, ...]:
        statement = Statement(wish)
        rows = _asked(statement, statement.page(self._statistics(wish), years))
        return tuple(Hit(key_of(int(uid)), float(score)) for uid, score in rows)

    def _statistics(self, wish: Wish) -> dict[str, float]:
        """Average lengths, and for every word that is scored how rare it is."""
        if wish.order is not Order.FIT:
            return {}
        known = _known_now()
        found = {"length": known.length, "title_length": known.title_length}
        for lexeme, times in known.times_of(sorted(_lexemes(wish))):
            found[lexeme] = math.log(max(known.count, 1) / (times + 1)) + 1
        return found

    def standing(self, keys: Collection[str] | None = None) -> Iterator[Standing]:
        """What is in the index, in the order of numbers."""
        wanted = "" if keys is None else "WHERE uid = ANY(CAST(:uids AS bigint[]))"
        asked = text(f"SELECT uid, organisation, scope, digest FROM search_paper {wanted} ORDER BY uid")
        rows = db.session.execute(asked, {} if keys is None else {"uids": [uid_of(key) for key in keys]})
        return (Standing(key_of(uid), *said) for uid, *said in rows)

    def near_words(self, word: str) -> list[str]:
        """Written words one slip away, in the order of the alphabet."""
        asked = text("SELECT word FROM search_word WHERE word = ANY(CAST(:words AS text[])) ORDER BY word")
        return [found for (found,) in db.session.execute(asked, {"words": list(slips(word))})][:12]

    # Writing.

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction under a lock of the database."""
        with transaction() as session:
            session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            yield

    def put(self, papers: Iterable[Paper]) -> int:
        """Add or replace papers, a transaction for every five hundred."""
        count, batch = 0, []
        for paper in papers:
            batch.append(paper)
            if len(batch) == BATCH:
                count += self._put(batch)
                batch = []
        return count + (self._put(batch) if batch else 0)

    def _put(self, papers: list[Paper]) -> int:
        unique = {paper.key: paper for paper in papers}
        words = sorted({word for paper in papers for word in forms(paper.text) if len(word) <= 80})
        with transaction() as session:
            session.execute(PUT, [_row(paper) for paper in unique.values()])
            session.execute(PUT_WORDS, {"words": words})
        _known.clear()
        return len(papers)

    def drop(self, keys: Iterable[str]) -> None:
        """Take papers out."""
        gone = text("DELETE FROM search_paper WHERE uid = ANY(CAST(:uids AS bigint[]))")
        with transaction() as session:
            session.execute(gone, {"uids": [uid_of(key) for key in keys]})
        _known.clear()

    def rebuild(self, lots: Iterable[Sequence[Paper]]) -> int:
        """Replace lot by lot, then take out what is not among them."""
        kept: set[str] = set()
        for lot in lots:
            with self.writing():
                self.put(lot)
            kept |= {paper.key for paper in lot}
        with self.writing():
            self.drop([standing.key for standing in self.standing() if standing.key not in kept])
        return len(kept)

    def stamp(self) -> str:
        found = db.session.execute(text("SELECT stamp FROM search_state WHERE id = 1")).scalar()
        return str(found or "")

    def seal(self, stamp: str) -> None:
        put = "INSERT INTO search_state VALUES (1, :stamp) ON CONFLICT (id) DO UPDATE SET stamp = :stamp"
        with transaction() as session:
            session.execute(text(put), {"stamp": stamp})

    def tidy(self) -> bool:
        """PostgreSQL tidies up by itself."""
        return False

    def tidy_up(self) -> None:
        """The same."""


def _asked(statement: Statement, sql: str) -> Sequence[Any]:
    return db.session.execute(text(sql), statement.values).all()


@dataclass
class Known:
    """What a process knows of all papers together: how many there are, how long texts and titles are on
    average, and how many have a word that was asked for."""

    moment: float
    count: int
    length: float
    title_length: float
    times: dict[str, int] = field(default_factory=dict)

    def times_of(self, lexemes: list[str]) -> list[tuple[str, int]]:
        """How many papers have each of the words, counted as far as makes a difference."""
        if unknown := [lexeme for lexeme in lexemes if lexeme not in self.times]:
            self.times.update(_times_of(unknown))
        return [(lexeme, self.times[lexeme]) for lexeme in lexemes]


_known: dict[str, Known] = {}


def _known_now() -> Known:
    name, moment = str(db.engine.url), time.monotonic()
    if name not in _known or _known[name].moment + KEPT < moment:
        count, length, title_length = db.session.execute(TOTALS).one()
        _known[name] = Known(moment, int(count), float(length), float(title_length))
    return _known[name]


def _times_of(lexemes: list[str]) -> list[tuple[str, int]]:
    few = "SELECT 1 FROM search_paper WHERE vector @@ CAST(:{name} AS tsquery) LIMIT :most"
    asked = {f"w{number}": quoted(lexeme) for number, lexeme in enumerate(lexemes)}
    counts = [f"(SELECT count(*) FROM ({few.format(name=name)}) AS few)" for name in asked]
    row = db.session.execute(text(f"SELECT {', '.join(counts)}"), asked | {"most": COMMON}).one()
    return list(zip(lexemes, row, strict=True))


def _lexemes(wish: Wish) -> set[str]:
    found = set()
    for leaf in scored(wish.need):
        if isinstance(leaf, Near):
            found |= {SIGNS[TEXT] + word for word in leaf.words}
        elif isinstance(leaf, Term):
            found.add(SIGNS[leaf.field] + leaf.word)
    return found


def _row(paper: Paper) -> dict[str, Any]:
    vector, length, title_length = vector_of(paper)
    return {
        "uid": uid_of(paper.key), "kind": paper.kind, "organisation": paper.organisation,
        "scope": paper.scope, "day": paper.day, "year": paper.year, "author": paper.author,
        "state": paper.state, "digest": paper.digest, "length": length, "title_length": title_length,
        "vector": vector,
    }  # fmt: skip
