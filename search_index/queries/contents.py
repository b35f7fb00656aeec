"""Everything that can be found, room by room: what stands in the index, and what is shown of it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from accounts.models import User
from search_index.protocol import Paper
from search_index.queries import council, documents, orders, reports, roadmap
from search_index.things import Shown


@dataclass(frozen=True)
class Shelf:
    """One sort of things: which there are, how they are stored, how they are shown."""

    ids: Callable[[], list[int]]
    papers: Callable[[Iterable[int]], Iterator[Paper]]
    shown: Callable[..., dict[int, Shown]]


SHELVES: dict[str, Shelf] = {
    documents.SORT: Shelf(documents.ids, documents.papers, documents.shown),
    roadmap.MEASURE_SORT: Shelf(roadmap.measure_ids, roadmap.measures, roadmap.shown_measures),
    roadmap.PLAN_SORT: Shelf(roadmap.plan_ids, roadmap.plans, roadmap.shown_plans),
    orders.SORT: Shelf(orders.ids, orders.papers, orders.shown),
    reports.SORT: Shelf(reports.ids, reports.papers, reports.shown),
    council.SITTING: Shelf(council.sitting_ids, council.sittings, council.shown_sittings),
    council.REMARK: Shelf(council.remark_ids, council.remarks, council.shown_remarks),
}
#: Kinds of the journal whose names stand in other things too, and the keys of those.
FOLLOWERS: dict[str, Callable[[int], list[str]]] = {
    "section": roadmap.measures_in,
    roadmap.MEASURE_SORT: council.remarks_on,
    roadmap.PLAN_SORT: reports.reports_on,
    "council": council.sittings_of,
    "user": lambda person: documents.added_by(person) + roadmap.coordinated_by(person),
}


def all_keys() -> list[str]:
    """The key of everything that can be found."""
    return [f"{sort}:{number}" for sort, shelf in SHELVES.items() for number in shelf.ids()]


def with_followers(keys: Iterable[str]) -> list[str]:
    """These keys of things and whatever else says their names."""
    found = set(keys)
    for kind, _, number in [key.partition(":") for key in found]:
        found.update(FOLLOWERS[kind](int(number)) if kind in FOLLOWERS else ())
    return sorted(key for key in found if key.partition(":")[0] in SHELVES)


def papers_of(keys: Iterable[str]) -> Iterator[Paper]:
    """The papers of these keys; what is no longer to be found is left out."""
    for sort, numbers in _by_sort(keys).items():
        yield from SHELVES[sort].papers(numbers)


def shown_of(keys: Iterable[str], *, seen_by: User) -> dict[str, Shown]:
    """What `seen_by` may see of these keys, decided by the rooms' own rules."""
    found: dict[str, Shown] = {}
    for sort, numbers in _by_sort(keys).items():
        for thing in SHELVES[sort].shown(numbers, seen_by=seen_by).values():
            found[thing.key] = thing
    return found


def _by_sort(keys: Iterable[str]) -> dict[str, list[int]]:
    by_sort: dict[str, list[int]] = defaultdict(list)
    for key in keys:
        sort, number = key.split(":")
        if sort in SHELVES:
            by_sort[sort].append(int(number))
    return by_sort
