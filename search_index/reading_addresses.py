"""The address of a page of results and what is asked by it, in both directions.

Every choice stands in the address: «q», the facets, «since», «until», «order», «after» and «at» for the
next page. A value that makes no sense is left out, so no address is an error.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl, urlencode

from search_index.asking import Ask
from search_index.protocol import FACETS, Filters, Hit, Order
from search_index.whoosh_engine.keys import SORTS

Pairs = Iterable[tuple[str, str]]


def ask_of(address: str) -> Ask:
    """What the query part of an address asks."""
    return ask_of_pairs(parse_qsl(address, max_num_fields=200))


def ask_of_pairs(pairs: Pairs) -> Ask:
    """The same from names and values."""
    said = list(pairs)
    first = dict(reversed(said))
    chosen = {facet: frozenset(v for name, v in said if name == facet and _is_value(v)) for facet in FACETS}
    filters = Filters(
        {facet: values for facet, values in chosen.items() if values},
        _day(first.get("since", "")),
        _day(first.get("until", "")),
    )
    text = re.sub(r"[\x00-\x1f\x7f]", " ", first.get("q", ""))
    return Ask(text, filters, _order(first.get("order", "")), _hit(first))


def _is_value(text: str) -> bool:
    """Whether it may be a value of a facet: a code or a number."""
    return 0 < len(text) <= 40 and text.isprintable()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _order(text: str) -> Order:
    return Order(text) if text in list(Order) else Order.FIT


def _hit(said: dict[str, str]) -> Hit | None:
    sort, _, number = said.get("after", "").partition(":")
    if sort not in SORTS or not number.isdigit() or len(number) > 15:
        return None
    try:
        return Hit(f"{sort}:{number}", float(said.get("at", "")))
    except ValueError:
        return None


def pairs_of(asked: Ask) -> list[tuple[str, str]]:
    """The names and values of what is asked, without the page."""
    found = [("q", asked.text)] if asked.text else []
    for facet in FACETS:
        found += [(facet, value) for value in sorted(asked.filters.chosen.get(facet, ()))]
    for name, day in (("since", asked.filters.since), ("until", asked.filters.until)):
        found += [(name, day.isoformat())] if day else []
    return found + ([("order", asked.order.value)] if asked.order is not Order.FIT else [])


def address_of(asked: Ask) -> str:
    """The query part of an address that asks this; the page only when it is not the first."""
    pairs = pairs_of(asked)
    if asked.after:
        pairs += [("after", asked.after.key), ("at", repr(asked.after.score))]
    return urlencode(pairs)


def with_text(asked: Ask, text: str) -> Ask:
    return replace(asked, text=text, after=None)


def without_value(asked: Ask, facet: str, value: str) -> Ask:
    """The same with one value of a facet switched off."""
    chosen = dict(asked.filters.chosen)
    chosen[facet] = chosen.get(facet, frozenset()) - {value}
    filters = replace(asked.filters, chosen={name: values for name, values in chosen.items() if values})
    return replace(asked, filters=filters, after=None)
