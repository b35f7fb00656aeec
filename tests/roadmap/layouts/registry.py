"""The list of layouts and the helpers that lay a plan out as a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .golden import Golden
from .paper import Block, C, P, Sheet, T, row

Source = str | Callable[[Golden], str | C]
Column = tuple[str, Source]


Content = list[Block] | list[Sheet]
Made = tuple[Content, Golden]


@dataclass(frozen=True)
class Layout:
    """One layout: what makes its content and golden data, the formats, a last touch on the file."""

    name: str
    make: Callable[[], Made]
    formats: tuple[str, ...]
    touch: Callable[[Path], None] | None = None


LAYOUTS: list[Layout] = []


def layout(formats: str, *, touch: Callable[[Path], None] | None = None) -> Callable[..., Any]:
    """Registers a function that returns (content, golden) under its own name."""

    def register(make: Callable[[], Made]) -> Callable[[], Made]:
        LAYOUTS.append(Layout(make.__name__, make, tuple(formats.split()), touch))
        return make

    return register


def grid(plan: Golden, columns: list[Column], *, head: list[list[C]] | None = None, joint: str = "\n") -> T:
    """The plan as one table with merged section rows."""
    rows = head or [row(*(C(name, bold=True) for name, _ in columns))]
    made = [*rows]
    for part in plan["sections"]:
        if part["title"]:
            made.append([C(section_text(part), across=len(columns), bold=True)])
        made += [measure_row(item, columns, joint=joint) for item in part["measures"]]
    return T(made, len(rows))


def rows_of(plan: Golden, columns: list[Column], *, joint: str = "\n") -> list[list[C]]:
    """The measures of all sections as rows."""
    return [measure_row(item, columns, joint=joint) for part in plan["sections"] for item in part["measures"]]


def measure_row(item: Golden, columns: list[Column], *, joint: str = "\n") -> list[C]:
    return row(*(cell_of(item, source, joint) for _, source in columns))


def cell_of(item: Golden, source: Source, joint: str) -> str | C:
    """A field of the measure by its name, the outcome of a function, or "" for an empty column."""
    if callable(source):
        return source(item)
    if source == "executors":
        return joint.join(item["executors"])
    return str(item[source]) if source else ""


def section_text(part: Golden) -> str:
    return f"{part['number']}. {part['title']}" if part["number"] else part["title"]


def heading(*lines: str) -> list[Block]:
    """Lines of a title."""
    return [P(line, bold=True, align="center") for line in lines]


def approval(*lines: str) -> list[Block]:
    """A block at the right top: «УТВЕРЖДЁН …»."""
    return [P(line, align="right") for line in lines]


def signature(position: str, name: str) -> list[Block]:
    return [P(), P(f"{position}                                        {name}")]


def numbers(count: int) -> list[C]:
    """The row of column numbers under a header."""
    return row(*(str(number) for number in range(1, count + 1)))
