"""The index follows the database: single things after a commit, everything when it is built anew."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from core.db import db
from search_index.engines import engine, wanted_stamp
from search_index.protocol import Paper, Standing
from search_index.queries.contents import all_keys, papers_of

LOT = 500


def follow(keys: Iterable[str]) -> None:
    """Make the index say of these keys what the database says now. May be repeated at will; what the index
    says already is not written a second time."""
    wanted = sorted(set(keys))
    for first in range(0, len(wanted), LOT):
        _follow(wanted[first : first + LOT])


def things_of(organisation_id: int) -> list[str]:
    """The keys of everything of an organisation, whose name stands in all of it."""
    return [one.key for one in engine().standing() if one.organisation == organisation_id]


def _follow(wanted: list[str]) -> None:
    index = engine()
    with index.writing():
        db.session.expire_all()
        found = list(papers_of(wanted))
        stored = {standing.key: standing for standing in index.standing(wanted)}
        if changed := [paper for paper in found if stored.get(paper.key) != paper.standing]:
            index.put(changed)
        if gone := stored.keys() - {paper.key for paper in found}:
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
    """One difference between database and index: "missing", "extra", "stale" (other readers) or "outdated"
    (another text)."""

    kind: str
    key: str


def drift() -> list[Drift]:
    """Everything in which the index differs from the database, in the order of keys."""
    stored = {standing.key: standing for standing in engine().standing()}
    wanted = {paper.key: paper.standing for lot in _lots(all_keys()) for paper in lot}
    found = [Drift("missing", key) for key in wanted.keys() - stored.keys()]
    found += [Drift("extra", key) for key in stored.keys() - wanted.keys()]
    both = wanted.keys() & stored.keys()
    found += [Drift(_difference(stored[key], wanted[key]), key) for key in both if stored[key] != wanted[key]]
    return sorted(found, key=lambda one: (one.key, one.kind))


def _difference(stored: Standing, wanted: Standing) -> str:
    return "outdated" if replace(stored, digest=wanted.digest) == wanted else "stale"


def repair(found: Iterable[Drift]) -> int:
    """Put right what drift() found; how many keys."""
    keys = {one.key for one in found}
    follow(keys)
    return len(keys)
