"""What is read of a thing to store it and to show it; filled by the queries, one module for a room."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from search_index.language import normal, words
from search_index.meaning import (
    AUTHORITY_MARK,
    EXECUTOR_MARK,
    KIND_MARK,
    STATE_MARK,
    YEAR_MARK,
    label_word,
    number_marks,
)
from search_index.numerals import date_terms


@dataclass(frozen=True)
class Shown:
    """One thing as the list of results shows it.

    `caption` is the linked line («Приказ от 30.10.2026 № 187-р»), `title` the line under it, `parts` the
    texts to take passages from, each with the name of its place («стр. 2»), `endpoint` and `values` the
    address of its page. Of a document that was read, `pages` are the numbers of the pages its parts are, and
    `cites` says how many acts it names.
    """

    key: str
    kind: str
    caption: str
    title: str
    endpoint: str
    values: dict[str, Any]
    parts: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    state: str = ""
    state_label: Any = ""
    day: date | None = None
    pages: tuple[int, ...] = ()
    cites: int = 0

    @property
    def sort(self) -> str:
        """«document», «measure» and so on."""
        return self.key.partition(":")[0]


@dataclass
class Requisites:
    """The marks of a paper in the making."""

    marks: list[str] = field(default_factory=list)

    def number(self, number: str | None) -> "Requisites":
        self.marks += number_marks(number or "")
        return self

    def day(self, day: date | None) -> "Requisites":
        if day:
            self.marks += [*date_terms(day), f"{YEAR_MARK}{day.year}"]
        return self

    def labels(self, kind: Any, state: Any = "") -> "Requisites":
        """The names of kind and state, in Russian and as codes."""
        for sign, label in ((KIND_MARK, kind), (STATE_MARK, state)):
            if word := label_word(normal(str(label))):
                self.marks.append(sign + word)
        return self

    def said(self, authorities: Iterable[str], people: Iterable[str]) -> "Requisites":
        for sign, names in ((AUTHORITY_MARK, authorities), (EXECUTOR_MARK, people)):
            self.marks += [sign + word for name in names for word in words(name)]
        return self


def joined(parts: Iterable[str | None]) -> str:
    """Texts of one thing as one, far enough apart to read as sentences."""
    return "\n".join(part for part in parts if part)


def in_lots(ids: Iterable[int], size: int = 200) -> Iterator[list[int]]:
    """Numbers in lots of a size that a statement takes."""
    lot: list[int] = []
    for number in ids:
        lot.append(number)
        if len(lot) == size:
            yield lot
            lot = []
    if lot:
        yield lot
