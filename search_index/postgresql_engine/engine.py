"""The engine over the database of the application; it writes inside the worker's transactions."""

import contextlib
import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import text

from core.db import db, transaction
from search_index.language import forms
from search_index.needs import TEXT, Near, Term
from search_index.postgresql_engine.statements import COMMON, Statement
from search_index.postgresql_engine.vectors import SIGNS, quoted, scored, vector_of
from search_index.protocol import Found, Hit, Paper, Standing, Wish
from search_index.spelling import slips
from search_index.whoosh_engine.keys import key_of, uid_of

BATCH = 500
#: The number of the advisory lock of whoever writes the index.
LOCK = 0x766B6861
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
        rows = self._rows(Statement(wish), "counts")
        counts: dict[str, dict[str, int]] = {facet: {} for facet in wish.facets}
        total = 0
        for facet, value, times in rows:
            if not facet:
                total = times
            elif value not in ("", "0"):
                counts[facet][value] = times
        hits = self._hits(wish) if total else ()
        return Found(total, hits, counts)

    def _hits(self, wish: Wish) -> tuple[Hit, ...]:
        statistics = self._statistics(wish)
        rows = self._rows(Statement(wish), "page", statistics)
        return tuple(Hit(key_of(uid), float(score)) for uid, score in rows)

    @staticmethod
    def _rows(statement: Statement, part: str, *more: Any) -> list[Any]:
        sql = getattr(statement, part)(*more)
        return list(db.session.execute(text(sql), statement.values))

    def _statistics(self, wish: Wish) -> dict[str, float]:
        """Average lengths, and for every word that is scored how rare it is."""
        count, length, title_length = db.session.execute(TOTALS).one()
        found = {"length": float(length), "title_length": float(title_length)}
        for lexeme in _lexemes(wish):
            few = "SELECT 1 FROM search_paper WHERE vector @@ CAST(:word AS tsquery) LIMIT :most"
            counted = text(f"SELECT count(*) FROM ({few}) AS few")
            times = db.session.execute(counted, {"word": quoted(lexeme), "most": COMMON}).scalar_one()
            found[lexeme] = math.log(max(count, 1) / (times + 1)) + 1
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
        return len(papers)

    def drop(self, keys: Iterable[str]) -> None:
        """Take papers out."""
        gone = text("DELETE FROM search_paper WHERE uid = ANY(CAST(:uids AS bigint[]))")
        with transaction() as session:
            session.execute(gone, {"uids": [uid_of(key) for key in keys]})

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
