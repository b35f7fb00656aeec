"""An answer as plain data, for programs; `address` makes the address of a thing, as flask.url_for does."""

from collections.abc import Callable
from typing import Any

from search_index.asking import Answer, Line


def as_json(answer: Answer, *, address: Callable[..., str]) -> dict[str, Any]:
    """The counts, the lines with their passages, and what was proposed or asked instead."""
    return {
        "total": answer.total,
        "instead": answer.instead,
        "proposals": list(answer.proposals),
        "facets": {facet: dict(counts) for facet, counts in answer.facets.items()},
        "items": [_line(line, address) for line in answer.lines],
    }


def _line(line: Line, address: Callable[..., str]) -> dict[str, Any]:
    thing = line.thing
    return {
        "key": thing.key,
        "kind": thing.kind,
        "caption": thing.caption,
        "title": thing.title,
        "date": thing.day.isoformat() if thing.day else None,
        "state": thing.state,
        "url": address(thing.endpoint, **thing.values),
        "passages": [{"place": passage.place, "text": passage.text} for passage in line.passages],
    }
