"""Finds the header of a table: one to three rows of titles, wherever they stand, repeated or not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from roadmap.reading.evidence import is_number, is_period
from roadmap.reading.lattice import Row, Slot
from roadmap.reading.vocabulary import LONGEST_TITLE, readings, slot_label
from roadmap.reading.words import flat, fold_title, unhyphenated

DEEPEST = 3
_YEAR = re.compile(r"20\d\d( ?г(од|\.)?)?")
_ENDINGS = re.compile(
    r"п/?п|исполн|реализац|проведен|выполн|мероприят|результат|лиц[оа]|действ|работ|завершен|отчет|документ|"
    r"значени|показател|измерен|деятельн|организац|плана"
)
_SUBJECTS = {"title", "indicator", "direction", "stage", "task"}
_COMPANIONS = {
    "due_period",
    "start",
    "end",
    "actual_period",
    "executors",
    "condition",
    "form_of_execution",
    "status",
    "report",
    "plan",
    "actual",
    "min",
    "comment",
    "slot",
    "unit",
    "base",
}


@dataclass(frozen=True)
class Leaf:
    """A column under the header: the grid columns it covers and its title, upper parts first."""

    start: int
    end: int
    title: str
    last: str


@dataclass
class Header:
    """Where a header stands in its table and the columns it names."""

    first: int
    depth: int
    leaves: list[Leaf]

    @cached_property
    def names(self) -> set[str]:
        """All titles and parts of titles, folded."""
        parts = {part for leaf in self.leaves for part in (leaf.title, leaf.last, *leaf.title.split(" / "))}
        return {fold_title(part) for part in parts}

    @property
    def after(self) -> int:
        """The first row below the header."""
        return self.first + self.depth

    @property
    def width(self) -> int:
        """The right edge of the last named column."""
        return max(leaf.end for leaf in self.leaves)


def header_at(rows: list[Row], index: int) -> Header | None:
    """The header that starts in row `index`, or None when that row is not a header of a plan."""
    if not _could_be(rows[index]):
        return None
    for depth in _depths(rows, index):
        header = Header(index, depth, _leaves(rows[index : index + depth]))
        if is_telling([leaf.title for leaf in header.leaves]):
            return header
    return None


def header_of(rows: list[Row], index: int) -> Header:
    """The row as a header, whatever its titles say."""
    return Header(index, 1, _leaves(rows[index : index + 1]))


def is_telling(titles: list[str]) -> bool:
    """Whether the titles are those of a plan, a schedule, a report or a list of indicators."""
    filled = [title for title in titles if title]
    meanings = [_meaning(title) for title in filled]
    if meanings.count("slot") == 1:
        meanings.remove("slot")
    known = [meaning for meaning in meanings if meaning]
    found = set(known)
    if "sign" in found or len(known) < 2 or 2 * len(known) < len(filled):
        return False
    return bool(found & _SUBJECTS) and (bool(found & _COMPANIONS) or {"task", "indicator"} <= found)


def has_titles(row: Row) -> bool:
    """Whether most cells of the row read as titles of some table, of a plan or not."""
    texts = [slot.text for slot in row.filled]
    if any(is_number(text) for text in texts[:1]):
        return False
    known = [text for text in texts if len(text) < 120 and readings(text)]
    return len(known) >= 2 and 2 * len(known) >= len(texts)


def names_columns(row: Row) -> bool:
    """Whether the row reads as the header of any table, of money by years for one; no cell of it is data."""
    texts = [slot.text for slot in row.filled if not _YEAR.fullmatch(slot.text)]
    if any(is_number(text) or is_period(text) or len(text) > 60 for text in texts):
        return False
    return has_titles(row) or len(texts) > 1 and all(readings(text) for text in texts[:2])


def _meaning(title: str) -> str:
    found = readings(title)
    if found:
        return found[0].meaning
    return "slot" if slot_label(title) else ""


def is_numbering_row(row: Row) -> bool:
    """Whether the row only numbers the columns: 1, 2, 3, …"""
    texts = [slot.text.strip(" .") for slot in row.filled]
    if len(texts) < 2 or not all(text.isdigit() and len(text) < 3 for text in texts):
        return False
    figures = [int(text) for text in texts]
    return figures[0] in (1, 2) and all(b - a == 1 for a, b in zip(figures, figures[1:], strict=False))


def repeats(row: Row, header: Header) -> bool:
    """Whether the row types titles of this header again."""
    if any(len(slot.text) > LONGEST_TITLE for slot in row.filled):
        return False
    titles = header.names
    filled = [fold_title(slot.text) for slot in row.filled]
    return len(filled) >= 2 and sum(text in titles for text in filled) >= 0.7 * len(filled)


def same_titles(one: Header, other: Header) -> bool:
    """Whether two headers name the same columns in the same order."""
    return [fold_title(leaf.title) for leaf in one.leaves] == [
        fold_title(leaf.title) for leaf in other.leaves
    ]


def _could_be(row: Row) -> bool:
    filled = row.filled
    if len({slot.start for slot in filled}) < 2 or any(len(slot.text) > LONGEST_TITLE for slot in filled):
        return False
    return not any(_is_data(slot) for slot in filled)


def _is_data(slot: Slot) -> bool:
    has_digit = any(sign.isdigit() for sign in slot.text) and not _YEAR.fullmatch(slot.text)
    return has_digit and (is_number(slot.text) or is_period(slot.text)) and not _meaning(slot.text)


def _depths(rows: list[Row], index: int) -> list[int]:
    """Possible depths of the header, the likeliest first."""
    row = rows[index]
    merged = max((slot.rows for slot in row.filled if slot.row == index), default=1)
    depth = min(max(merged, 1), DEEPEST, len(rows) - index)
    while depth < DEEPEST and index + depth < len(rows) and _continues(rows, index, depth):
        depth += 1
    return sorted({depth, 1}, reverse=True)


def _continues(rows: list[Row], index: int, depth: int) -> bool:
    """Whether the next row holds titles under wide titles, and nothing else."""
    row = rows[index + depth]
    if depth == 1 and _finishes(row, rows[index]):
        return True
    wide = [s for s in rows[index + depth - 1].filled if s.span > 1 and s.row + s.rows == index + depth]
    own = row.own
    if not wide or not own or is_numbering_row(row) or any(_is_data(slot) for slot in own):
        return False
    if sum(slot.span for slot in row.slots) == max((slot.span for slot in own), default=0):
        return False
    under = [slot for slot in own if any(w.start <= slot.start and slot.end <= w.end for w in wide)]
    return len(under) == len(own) and len(under) >= 2 and all(len(slot.text) < 120 for slot in own)


def _finishes(row: Row, first: Row) -> bool:
    """Whether an unmerged row goes on with the words of the titles above it: «Срок» / «исполнения»."""
    own = row.own
    heads = {slot.start for slot in first.filled}
    return 0 < len(own) <= len(first.filled) and all(
        slot.start in heads
        and slot.text[0].islower()
        and len(slot.text) < 30
        and not any(sign.isdigit() for sign in slot.text)
        and not is_period(slot.text)
        and (_ENDINGS.match(fold_title(slot.text)) is not None)
        for slot in own
    )


def _leaves(rows: list[Row]) -> list[Leaf]:
    bounds = sorted({slot.start for row in rows for slot in row.slots} | {rows[0].slots[0].start})
    right = max(slot.end for row in rows for slot in row.slots)
    leaves = []
    for start, end in zip(bounds, [*bounds[1:], right], strict=True):
        parts = _parts(rows, start)
        leaves.append(Leaf(start, end, " / ".join(parts), parts[-1] if parts else ""))
    return leaves


def _parts(rows: list[Row], start: int) -> list[str]:
    parts: list[str] = []
    for row in rows:
        for slot in row.slots:
            text = flat(unhyphenated(slot.text))
            if slot.start <= start < slot.end and text and text not in parts:
                parts.append(text)
    return parts
