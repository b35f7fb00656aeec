"""Everything that can be found, room by room: what stands in the index, and what is shown of it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from accounts.models import User
from search_index.protocol import Paper
from search_index.queries import documents, orders, reports, roadmap
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
}


def all_keys() -> list[str]:
    """The key of everything that can be found."""
    return [f"{sort}:{number}" for sort, shelf in SHELVES.items() for number in shelf.ids()]


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
