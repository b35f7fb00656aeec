"""The index follows the database: single things after a commit, everything when it is built anew."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.db import db
from search_index.engines import engine, wanted_stamp
from search_index.protocol import Paper, Standing
from search_index.queries.contents import all_keys, papers_of

LOT = 500


def follow(keys: Iterable[str]) -> None:
    """Make the index say of these keys what the database says now. May be repeated at will."""
    wanted, index = sorted(set(keys)), engine()
    with index.writing():
        db.session.expire_all()
        found = list(papers_of(wanted))
        index.put(found)
        if gone := set(wanted) - {paper.key for paper in found}:
            index.drop(sorted(gone))


def rebuild() -> int:
    """Build the whole index anew; how many things are in it."""
    index = engine()
    with index.writing():
        count = index.rebuild(_lots(all_keys()))
        index.seal(wanted_stamp())
    return count


def _lots(keys: list[str]) -> Iterator[list[Paper]]:
    for first in range(0, len(keys), LOT):
        yield list(papers_of(keys[first : first + LOT]))


def is_up_to_date() -> bool:
    """Whether the index was built whole and by this version of the analysis."""
    return engine().stamp() == wanted_stamp()


@dataclass(frozen=True)
class Drift:
    """One difference between database and index: "missing", "extra" or "stale" (other readers)."""

    kind: str
    key: str


def drift() -> list[Drift]:
    """Everything in which the index differs from the database, in the order of keys."""
    stored = {standing.key: standing for standing in engine().standing()}
    wanted = {paper.key: _standing(paper) for lot in _lots(all_keys()) for paper in lot}
    found = [Drift("missing", key) for key in wanted.keys() - stored.keys()]
    found += [Drift("extra", key) for key in stored.keys() - wanted.keys()]
    both = wanted.keys() & stored.keys()
    found += [Drift("stale", key) for key in both if stored[key] != wanted[key]]
    return sorted(found, key=lambda one: (one.key, one.kind))


def _standing(paper: Paper) -> Standing:
    return Standing(paper.key, paper.organisation, paper.scope)


def repair(found: Iterable[Drift]) -> int:
    """Put right what drift() found; how many keys."""
    keys = sorted({one.key for one in found})
    for first in range(0, len(keys), LOT):
        follow(keys[first : first + LOT])
    return len(keys)
