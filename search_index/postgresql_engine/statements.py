"""The SQL of one search, put together from parts; every value is a bound parameter."""

from dataclasses import dataclass, field
from typing import Any

from search_index.needs import MARKS, TEXT, TITLE, Near, Starting, Term
from search_index.postgresql_engine.vectors import SIGNS, query_of, quoted, scored
from search_index.protocol import COUNTED, Order, Wish
from search_index.whoosh_engine.keys import uid_of

#: So many of the newest papers that match are ranked, besides those that match by a requisite or title.
RANKED, BY_REQUISITE = 1000, 500
#: How rare a word is is counted up to here.
COMMON = 5000
K1, B = 1.2, 0.75
#: Under this name the hits stand among the counts.
HIT = "#"
COLUMNS = {
    "kind": "kind",
    "year": "year",
    "organisation": "organisation",
    "author": "author",
    "state": "state",
}


@dataclass
class Statement:
    """SQL in the making with its parameters."""

    wish: Wish
    values: dict[str, Any] = field(default_factory=dict)

    def bound(self, value: Any, cast: str = "") -> str:
        """The parameter's name as SQL has it."""
        name = f"p{len(self.values)}"
        self.values[name] = value
        return f"CAST(:{name} AS {cast})" if cast else f":{name}"

    # Conditions.

    def within(self) -> str:
        """What is seen and meets the need, before facets are chosen."""
        sight, filters = self.wish.sight, self.wish.filters
        organisations = self.bound(sorted(sight.organisations), "int[]")
        scopes = self.bound(sorted(sight.scopes), "bigint[]")
        parts = [f"(organisation = ANY({organisations}) OR scope = ANY({scopes}))"]
        if sight.hidden:
            parts.append(f"scope <> ALL({self.bound(sorted(sight.hidden), 'bigint[]')})")
        if query := query_of(self.wish.need):
            parts.append(f"vector @@ {self.bound(query, 'tsquery')}")
        if filters.since:
            parts.append(f"day >= {self.bound(filters.since)}")
        if filters.until:
            parts.append(f"day <= {self.bound(filters.until)}")
        if filters.keys is not None:
            parts.append(f"uid = ANY({self.bound([uid_of(key) for key in filters.keys], 'bigint[]')})")
        return " AND ".join(parts)

    def chosen(self, *, but: str = "") -> str:
        """The facets that are switched on, all but one."""
        parts = ["true"]
        for facet, chosen in self.wish.filters.chosen.items():
            if facet != but:
                parts.append(f"CAST({COLUMNS[facet]} AS text) = ANY({self.bound(sorted(chosen), 'text[]')})")
        return " AND ".join(parts)

    # The whole of it: what is seen is looked up once, then counted and ranked.

    def whole(self, statistics: dict[str, float]) -> str:
        """Rows (facet, value, number): the counts of the facets, the total under the facet «», and under the
        facet HIT the uids of one page with their scores."""
        columns = ", ".join(["uid", "day", *COLUMNS.values()])
        seen = f"SELECT {columns} FROM search_paper WHERE {self.within()}"
        alone = [facet for facet in self.wish.facets if facet in self.wish.filters.chosen]
        together = [facet for facet in self.wish.facets if facet not in alone]
        counts = [self._counts([facet], but=facet) for facet in alone]
        counts += [self._counts(together)] if together else []
        parts = [self._total(), *counts, self._page(statistics)]
        return f"WITH seen AS MATERIALIZED ({seen}) " + " UNION ALL ".join(parts)

    def _total(self) -> str:
        few = f"SELECT 1 FROM seen WHERE {self.chosen()} LIMIT {COUNTED + 1}"
        return f"SELECT '' AS facet, '' AS value, CAST(count(*) AS float) AS number FROM ({few}) AS few"

    def _counts(self, facets: list[str], *, but: str = "") -> str:
        """The values of several facets with their counts, in one pass."""
        names = " ".join(f"WHEN grouping({COLUMNS[facet]}) = 0 THEN '{facet}'" for facet in facets)
        values = " ".join(
            f"WHEN grouping({COLUMNS[facet]}) = 0 THEN CAST({COLUMNS[facet]} AS text)" for facet in facets
        )
        sets = ", ".join(f"({COLUMNS[facet]})" for facet in facets)
        return (
            f"SELECT CASE {names} END, CASE {values} END, count(*) FROM seen WHERE {self.chosen(but=but)}"
            f" GROUP BY GROUPING SETS ({sets})"
        )

    def _page(self, statistics: dict[str, float]) -> str:
        after = ""
        if self.wish.after:
            last, number = self.bound(self.wish.after.score), self.bound(uid_of(self.wish.after.key))
            after = f"WHERE score < {last} OR (score = {last} AND uid > {number})"
        inner = self._ranked(statistics) if self.wish.order is Order.FIT else self._dated()
        page = (
            f"SELECT uid, score FROM ({inner}) AS found {after} ORDER BY score DESC, uid"
            f" LIMIT {self.bound(self.wish.limit)}"
        )
        return f"SELECT '{HIT}', CAST(uid AS text), score FROM ({page}) AS page"

    def _dated(self) -> str:
        number = "CAST(to_char(day, 'YYYYMMDD') AS float)"
        score = (
            f"coalesce({number}, 0)"
            if self.wish.order is Order.NEWEST
            else f"coalesce(-{number}, '-Infinity')"
        )
        return f"SELECT uid, {score} AS score FROM seen WHERE {self.chosen()}"

    def _ranked(self, statistics: dict[str, float]) -> str:
        match = f"SELECT uid FROM seen WHERE {self.chosen()}"
        parts = [f"({match} ORDER BY day DESC NULLS LAST, uid DESC LIMIT {RANKED})"]
        for field_name in (MARKS, TITLE):
            if liked := [
                leaf for leaf in scored(self.wish.need) if isinstance(leaf, Term) and leaf.field == field_name
            ]:
                sign = " | " if field_name == MARKS else " & "
                query = self.bound(sign.join(query_of(leaf) for leaf in liked), "tsquery")
                by_requisite = f"SELECT uid FROM search_paper WHERE vector @@ {query} AND uid IN ({match})"
                parts.append(f"({by_requisite} LIMIT {BY_REQUISITE})")
        candidates = " UNION ".join(parts)
        score = self._score(statistics)
        recent = "(1 + 0.1 * least(greatest((year - 2010) / 20.0, 0), 1))"
        return (
            f"SELECT uid, CAST(round(CAST(({score}) * {recent} AS numeric), 4) AS float) AS score "
            f"FROM search_paper WHERE uid = ANY(ARRAY(SELECT uid FROM ({candidates}) AS candidate))"
        )

    def _score(self, statistics: dict[str, float]) -> str:
        parts = [self._worth(leaf, statistics) for leaf in scored(self.wish.need)]
        return " + ".join(parts) or "1.0"

    def _worth(self, leaf: "Term | Near | Starting", statistics: dict[str, float]) -> str:
        if isinstance(leaf, Near):
            words = " + ".join(self._bm25(Term(TEXT, word), statistics) for word in leaf.words)
            return f"CASE WHEN vector @@ {self.bound(query_of(leaf), 'tsquery')} THEN {words} ELSE 0 END"
        if isinstance(leaf, Term) and leaf.field in (TEXT, TITLE):
            return self._bm25(leaf, statistics)
        query = self.bound(query_of(leaf), "tsquery")
        return f"CASE WHEN vector @@ {query} THEN {self.bound(leaf.boost, 'float')} ELSE 0 END"

    def _bm25(self, leaf: Term, statistics: dict[str, float]) -> str:
        """For one word ts_rank_cd is how often it stands there, times the weight of its places (0.1)."""
        lexeme = SIGNS[leaf.field] + leaf.word
        times = f"(10 * ts_rank_cd(vector, {self.bound(quoted(lexeme), 'tsquery')}))"
        column = "length" if leaf.field == TEXT else "title_length"
        average = self.bound(statistics[column] or 1.0, "float")
        weight = self.bound(statistics[lexeme] * leaf.boost * (K1 + 1), "float")
        norm = f"({K1} * ({1 - B} + {B} * {column} / {average}))"
        # The same as weight · times ÷ (times + norm), with the times, which cost most, counted once.
        return f"{weight} * (1 - {norm} / ({times} + {norm}))"
