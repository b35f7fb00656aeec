"""What one statement counted, put together: the total and the values of the facets."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Counts:
    """How much there is."""

    total: int = 0
    facets: dict[str, Counter[str]] = field(default_factory=dict)


def counts_of(rows: Iterable[Sequence[Any]], facets: Sequence[str], alone: Sequence[str]) -> Counts:
    """The rows of `Statement.counts`, added up."""
    counts = Counts(facets={facet: Counter() for facet in facets})
    for row in rows:
        values = dict(zip(facets, row, strict=False))
        number, *without = row[len(facets) :]
        if all(value is None for value in values.values()):
            counts.total = number
        _add(counts.facets, values, number, dict(zip(alone, without, strict=True)))
    return counts


def _add(
    facets: Mapping[str, Counter[str]], values: Mapping[str, Any], number: int, without: Mapping[str, int]
) -> None:
    """One combination of values: each of them is met so often, that of a chosen facet without its filter."""
    for facet, counter in facets.items():
        times = without.get(facet, number)
        if times and values[facet] not in (None, "", 0):
            counter[str(values[facet])] += times
