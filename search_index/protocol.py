"""What any index of Vekha can do. It holds ids and words and has no authority.

An engine is told what the asking person may see (`Sight`, read from SQL for this very request) and counts,
ranks and proposes within that only. What it returns are keys; the rows behind them are read under the
access rules of their rooms before anything is shown.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import astuple, dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from hashlib import blake2b
from typing import Protocol

from core.errors import Refusal
from core.words import _
from search_index.needs import Need

#: Exact counts end here; beyond it there are «more than».
COUNTED = 10_000
FACETS = ("kind", "year", "organisation", "author", "state")


@dataclass(frozen=True)
class Paper:
    """One thing that can be found.

    `key` is «document:12»; `kind` is the facet («order», «measure»); `scope` is what its readers follow
    from besides `organisation` (a dossier, a plan), as a number (scopes.py); `marks` are requisites as
    the field of that name has them; `text` holds all words, those of the title and requisites too.
    """

    key: str
    kind: str
    organisation: int
    scope: int
    title: str
    text: str
    day: date | None = None
    state: str = ""
    author: int = 0
    marks: tuple[str, ...] = ()

    @property
    def year(self) -> int:
        return self.day.year if self.day else 0

    @cached_property
    def digest(self) -> int:
        """What all of it says, as a number of 63 bits: another text gives another one."""
        summed = blake2b(repr(astuple(self)).encode(), digest_size=8).digest()
        return int.from_bytes(summed, "big") >> 1

    @property
    def standing(self) -> "Standing":
        """How the index keeps it."""
        return Standing(self.key, self.organisation, self.scope, self.digest)


@dataclass(frozen=True)
class Sight:
    """What a person may see: all things of some organisations but the hidden scopes, and single scopes
    beyond them."""

    organisations: frozenset[int]
    scopes: frozenset[int] = frozenset()
    hidden: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Filters:
    """Values of facets that are switched on, facet → values (one of them is enough), and a span of days."""

    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    #: Only these keys: inside one document, or what has changed.
    keys: frozenset[str] | None = None


class Order(StrEnum):
    """How results are sorted; things without a date come last in both orders by date."""

    FIT = "fit"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True)
class Hit:
    """A key with what it was sorted by: where the next page begins."""

    key: str
    score: float


@dataclass(frozen=True)
class Found:
    """One page of results. `facets` is facet → value → count, each without the facet's own filter."""

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Standing:
    """One paper as the index has it: its key, from what its readers follow, and what it said when it was
    put there."""

    key: str
    organisation: int
    scope: int
    digest: int


@dataclass(frozen=True)
class Wish:
    """One search: what, for whose eyes, how filtered and sorted, and from where on. With a limit of 0 it is
    only counted."""

    need: Need
    sight: Sight
    filters: Filters = Filters()
    order: Order = Order.FIT
    after: Hit | None = None
    limit: int = 20
    facets: tuple[str, ...] = ()


class Damaged(Refusal):
    """The index cannot be read, as may be after a power cut; it has to be built anew."""

    status = 503

    def __init__(self) -> None:
        super().__init__(
            _("Поиск восстанавливается, остальное работает. Повторите запрос через несколько минут.")
        )


class Engine(Protocol):
    """One index. Everything that writes is called by the worker or a command, inside `writing()`."""

    def writing(self) -> AbstractContextManager[None]:
        """Keep every other writer out, in whichever process, until the block ends."""

    def put(self, papers: Iterable[Paper]) -> int:
        """Add or replace, all at once; how many."""

    def drop(self, keys: Iterable[str]) -> None:
        """Take out; keys that are not there are no error."""

    def rebuild(self, lots: Iterable[Sequence[Paper]]) -> int:
        """Make the index consist of these papers and nothing else; it can be searched all the while."""

    def find(self, wish: Wish) -> Found:
        """Search as things stand now."""

    def standing(self, keys: Collection[str] | None = None) -> Iterator[Standing]:
        """What is in the index, of everything or of these keys: to look for drift."""

    def near_words(self, word: str) -> list[str]:
        """Written words of the index, by whomever seen, that a slip of the finger away from `word` give;
        the likeliest first. Only for proposals that are checked under a person's sight."""

    def tidy(self) -> bool:
        """Put things in order in a quiet minute; whether there was anything."""

    def tidy_up(self) -> None:
        """Put everything in order in a quiet hour."""

    def stamp(self) -> str:
        """The version that the index was built with; empty when there is none."""

    def seal(self, stamp: str) -> None:
        """Note that the index is whole and built with this version."""
