"""The SQL of one search, put together from parts; every value is a bound parameter.

There are two statements, each of which goes over what is seen and found once and keeps nothing of it: that
is quicker than keeping it for both. The first counts, the second reads one page, for which only the newest
candidates are unpacked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from search_index.needs import MARKS, TEXT, TITLE, Everything, Except, Near, Need, Starting, Term
from search_index.postgresql_engine.vectors import SIGNS, likely_of, query_of, quoted, scored
from search_index.protocol import COUNTED, Order, Wish
from search_index.whoosh_engine.keys import uid_of

#: So many of the newest papers that match are ranked, besides those that match by a requisite or title; for a
#: short list fewer of the newest, so many for each line.
RANKED, BY_REQUISITE, FOR_EACH = 1000, 500, 50
#: So many papers that have the words of a phrase and their pairs are read for the phrase itself; what lies
#: behind them in the order that is asked for is counted by its pairs.
CHECKED = 3000
#: How rare a word is is counted up to here.
COMMON = 5000
K1, B = 1.2, 0.75
COLUMNS = ("kind", "year", "state", "organisation", "author")
NUMBERS = ("year", "organisation", "author")
#: Facets that are counted together: their values meet in few combinations.
TOGETHER = (("kind", "year", "state"), ("organisation", "author"))
#: A day that no index knows: looked up by days, every paper of those days would be unpacked to see its words.
DAY = "(day + 0)"
NEWEST, OLDEST = "day DESC NULLS LAST, uid DESC", "day NULLS LAST, uid"


@lru_cache(maxsize=400)
def _array(numbers: frozenset[int]) -> str:
    """Numbers as PostgreSQL reads an array; the driver takes ten milliseconds for as many thousands."""
    return "{" + ",".join(map(str, sorted(numbers))) + "}"


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

    @cached_property
    def need(self) -> Need:
        """What the vectors are asked for. Asked only for what they must not have, the index would give every
        paper to be unpacked."""
        asked = self.wish.need
        is_denial = isinstance(asked, Except) and not query_of(asked.wanted) and query_of(asked.unwanted)
        return Everything() if is_denial else asked

    def _unwanted(self) -> str:
        unwanted = self.wish.need.unwanted if isinstance(self.wish.need, Except) else Everything()
        queries = [self.bound(query, "tsquery") for query in (likely_of(unwanted), query_of(unwanted))]
        return f"SELECT uid FROM search_paper WHERE vector @@ {queries[0]} AND vector @@ {queries[1]}"

    @cached_property
    def likely(self) -> str:
        """What is seen and, as far as the index alone can tell, meets the need, before facets are chosen."""
        sight, filters = self.wish.sight, self.wish.filters
        organisations = self.bound(_array(sight.organisations), "int[]")
        scopes, hidden = (self.bound(_array(some), "bigint[]") for some in (sight.scopes, sight.hidden))
        # As a case, lest the planner weigh thousands of numbers one by one.
        is_within = f"organisation = ANY({organisations}) OR scope = ANY({scopes})"
        parts = [f"CASE WHEN {is_within} THEN scope <> ALL({hidden}) END"]
        if query := likely_of(self.need):
            parts.append(f"vector @@ {self.bound(query, 'tsquery')}")
        if self.need is not self.wish.need:
            parts.append(f"uid NOT IN ({self._unwanted()})")
        if filters.since:
            parts.append(f"{DAY} >= {self.bound(filters.since)}")
        if filters.until:
            parts.append(f"{DAY} <= {self.bound(filters.until)}")
        if filters.keys is not None:
            parts.append(f"uid = ANY({self.bound([uid_of(key) for key in filters.keys], 'bigint[]')})")
        return " AND ".join(parts)

    @cached_property
    def exact(self) -> str:
        """What is left to be checked with the vector in hand: whether the words of phrases stand together."""
        query = query_of(self.need)
        if query == likely_of(self.need):
            return ""
        return f"vector @@ {self.bound(query, 'tsquery')}"

    @cached_property
    def _choices(self) -> dict[str, str]:
        return {facet: self._choice(facet, chosen) for facet, chosen in self.wish.filters.chosen.items()}

    def _choice(self, facet: str, chosen: frozenset[str]) -> str:
        if facet not in NUMBERS:
            return f"{facet} = ANY({self.bound(sorted(chosen), 'text[]')})"
        numbers = frozenset(int(value) for value in chosen if value.isdecimal() and len(value) < 10)
        return f"{facet} = ANY({self.bound(_array(numbers), 'int[]')})"

    def chosen(self, *, but: str = "") -> str:
        """The facets that are switched on, all but one."""
        parts = [choice for facet, choice in self._choices.items() if facet != but]
        return " AND ".join(parts) or "true"

    # Counting.

    @property
    def alone(self) -> list[str]:
        """Facets that are counted without their own filter."""
        return [facet for facet in self.wish.facets if facet in self.wish.filters.chosen]

    def total(self) -> str:
        """How many there are, as far as is told."""
        few = f"SELECT 1 FROM {self._found()} WHERE {self.chosen()} LIMIT {COUNTED + 1}"
        return f"SELECT count(*) FROM ({few}) AS few"

    def counts(self) -> str:
        """Rows (*facets of the wish, number, number without the filter of each of `alone`).

        A facet that a row is not about is empty; the row about none tells the total.
        """
        columns = ", ".join([*self.wish.facets, *self._numbers()])
        return (
            f"SELECT {columns} FROM {self._found()} WHERE {self._nearly()}"
            f" GROUP BY GROUPING SETS ({', '.join(self._sets())})"
        )

    def _sets(self) -> list[str]:
        sets = [[facet for facet in group if facet in self.wish.facets] for group in TOGETHER]
        return [f"({', '.join(group)})" for group in sets if group] + ["()"]

    def _numbers(self) -> list[str]:
        conditions = [self.chosen(), *(self.chosen(but=facet) for facet in self.alone)]
        return [f"count(*) FILTER (WHERE {condition})" for condition in conditions]

    def _nearly(self) -> str:
        """All that any of the numbers counts."""
        return " OR ".join(f"({self.chosen(but=facet)})" for facet in self.alone) or self.chosen()

    def _found(self) -> str:
        """What is seen and meets the need. Phrases are looked for in what the index lets through, the first
        in order first."""
        if not self.exact:
            return f"(SELECT {', '.join(COLUMNS)} FROM search_paper WHERE {self.likely}) AS found"
        columns = f"{', '.join(COLUMNS)}, day, uid, vector"
        likely = f"SELECT {columns} FROM search_paper WHERE {self.likely}"
        placed = f"SELECT *, row_number() OVER (ORDER BY {self._first()}) AS place FROM ({likely}) AS likely"
        checked = f"CASE WHEN place <= {CHECKED} THEN {self.exact} ELSE true END"
        return f"(SELECT * FROM ({placed} OFFSET 0) AS placed WHERE {checked}) AS found"

    def _first(self) -> str:
        order = OLDEST if self.wish.order is Order.OLDEST else NEWEST
        return f"({self.chosen()}) DESC, {order}" if self._choices else order

    # One page.

    def page(self, statistics: dict[str, float], years: Mapping[str, int]) -> str:
        """The uids of one page with their scores; `years` is what was counted in which year."""
        by_fit = self.wish.order is Order.FIT
        candidates = self._best(years) if by_fit else self._dated()
        score = self._fitting(statistics) if by_fit else self._days()
        # With nothing to take out ts_delete hands on the vector as it unpacked it: once for all that follows.
        unpacked = "uid, day, year, length, title_length, ts_delete(vector, ' ') AS vector"
        papers = f"SELECT {unpacked} FROM search_paper WHERE uid = ANY(ARRAY({candidates})) OFFSET 0"
        scored_papers = f"SELECT uid, {score} AS score FROM ({papers}) AS paper WHERE {self.exact or 'true'}"
        return (
            f"SELECT uid, score FROM ({scored_papers}) AS found WHERE {self._after()}"
            f" ORDER BY score DESC, uid LIMIT {self.bound(self.wish.limit)}"
        )

    @property
    def ranked(self) -> int:
        """So many of the newest are candidates."""
        return min(RANKED, FOR_EACH * self.wish.limit)

    def _after(self) -> str:
        if not self.wish.after:
            return "true"
        last, number = self.bound(self.wish.after.score), self.bound(uid_of(self.wish.after.key))
        return f"score < {last} OR (score = {last} AND uid > {number})"

    def _matching(self) -> str:
        return f"SELECT uid FROM search_paper WHERE {self.likely} AND {self.chosen()}"

    def _dated(self) -> str:
        """Those that come next by their day; more than one page, as some may not have the phrase."""
        rows = (
            f"SELECT uid, {self._days()} AS score FROM search_paper WHERE {self.likely} AND {self.chosen()}"
        )
        most = RANKED if self.exact else self.bound(self.wish.limit)
        return (
            f"SELECT uid FROM ({rows}) AS dated WHERE {self._after()} ORDER BY score DESC, uid LIMIT {most}"
        )

    def _days(self) -> str:
        number = "CAST(to_char(day, 'YYYYMMDD') AS float)"
        if self.wish.order is Order.NEWEST:
            return f"coalesce({number}, 0)"
        return f"coalesce(-{number}, '-Infinity')"

    def _best(self, years: Mapping[str, int]) -> str:
        parts = [f"({self._matching()} AND {self._recent(years)} ORDER BY {NEWEST} LIMIT {self.ranked})"]
        for field_name, sign in ((MARKS, " | "), (TITLE, " & ")):
            if liked := [
                leaf for leaf in scored(self.wish.need) if isinstance(leaf, Term) and leaf.field == field_name
            ]:
                query = self.bound(sign.join(query_of(leaf) for leaf in liked), "tsquery")
                parts.append(f"({self._matching()} AND vector @@ {query} LIMIT {BY_REQUISITE})")
        return " UNION ".join(parts)

    def _recent(self, years: Mapping[str, int]) -> str:
        """The years in which the newest candidates are: the others need neither be weighed nor sorted."""
        there = 0
        for year in sorted(map(int, years), reverse=True):
            there += years[str(year)]
            if there >= self.ranked and "year" not in self._choices:
                return f"year >= {self.bound(year)}"
        return "true"

    # How well a paper fits.

    def _fitting(self, statistics: dict[str, float]) -> str:
        recent = "(1 + 0.1 * least(greatest((year - 2010) / 20.0, 0), 1))"
        return f"CAST(round(CAST(({self._score(statistics)}) * {recent} AS numeric), 4) AS float)"

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
