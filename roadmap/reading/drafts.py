"""Measures on their way from rows to the result: texts by field, each with the cell it came from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from core.errors import sentence
from documents.formats.grid import Scan
from roadmap.reading.columns import Column
from roadmap.reading.evidence import is_number
from roadmap.reading.lattice import Slot
from roadmap.reading.lines import TICK, Line
from roadmap.reading.numbers import depth, is_roman, tidy, unglued
from roadmap.reading.words import flat, is_scrap, joined, starts_low

_TORN = sentence("Текст собран из двух строк таблицы: проверьте, не разорвала ли его страница.")
_UNSURE = sentence("Распознано неуверенно: сверьте со сканом.")
PLACED = (
    "title",
    "preparation_period",
    "condition",
    "due_period",
    "executors",
    "co_executors",
    "form_of_execution",
    "status",
    "report",
    "start",
    "end",
    "actual_period",
    "indicator",
    "plan",
    "min",
    "actual",
    "unit",
    "base",
    "comment",
    "task",
    "stage",
    "direction",
    "percent",
    "not_occurred",
)


@dataclass
class Draft:
    """A row being read. `sources` gives [table, row, column] of each field, all counted from 0."""

    table: int
    row: int
    number: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    sources: dict[str, list[int]] = field(default_factory=dict)
    originals: dict[str, str] = field(default_factory=dict)
    doubts: dict[str, str] = field(default_factory=dict)
    unplaced: list[tuple[str, str]] = field(default_factory=list)
    slots: dict[str, list[Slot]] = field(default_factory=dict)
    scans: dict[str, list[Scan]] = field(default_factory=dict)
    starts_part: bool = False
    is_fitted: bool = False
    is_section: bool = False

    def get(self, name: str) -> str:
        """The text of a field, "" when there is none."""
        return self.texts.get(name, "")

    def append(self, name: str, other: Draft, text: str) -> None:
        """Add the part of a field that stood in another row, and say so."""
        # The lines of an executors' cell are told apart later, by what they say.
        are_lines = name in ("executors", "co_executors") and not is_scrap(self.get(name), text)
        own = f"{self.get(name)}\n{text}".strip() if are_lines else None
        self.texts[name] = own or joined(self.get(name), text)
        self.sources.setdefault(name, other.sources.get(name, [other.table, other.row, -1]))
        if name in other.scans:
            self.scans.setdefault(name, []).extend(other.scans[name])
        self.doubts[name] = sentence(
            "Текст собран из двух строк таблицы: проверьте, не разорвала ли его страница."
        )

    @property
    def filled(self) -> set[str]:
        """Names of the fields that have text."""
        return {name for name, text in self.texts.items() if text}


@dataclass(frozen=True)
class Habits:
    """How the rows of one table usually look, which tells the odd ones."""

    has_numbers: bool
    depth: int
    roman: bool
    bold: bool
    glued: bool
    low: bool


def habits_of(lines: list[Line], columns: list[Column]) -> Habits:
    """The habits of rows that hold at least three filled cells."""
    number, title = _index(columns, "number"), _subject(columns)
    full = [line for line in lines if len(line.cells) >= min(3, len(columns))]
    numbers = [line.text(number) for line in full if number is not None and is_number(line.text(number))]
    titles = [line.text(title) for line in full if line.text(title)]
    glued = [unglued(text)[0] for text in titles]
    printed = numbers or [text for text in glued if text]
    depths = Counter(depth(text) for text in printed)
    return Habits(
        has_numbers=bool(full) and len(numbers) >= 0.6 * len(full),
        depth=depths.most_common(1)[0][0] if depths else 0,
        roman=bool(printed) and sum(map(is_roman, printed)) > 0.5 * len(printed),
        bold=_mostly_bold(full, title),
        glued=bool(titles) and sum(bool(text) for text in glued) >= 0.5 * len(titles),
        low=sum(map(starts_low, titles)) > 0.25 * len(titles),
    )


def _mostly_bold(lines: list[Line], title: int | None) -> bool:
    slots = [slot for line in lines for slot in line.cells.get(title if title is not None else -1, [])]
    return bool(slots) and sum(slot.bold for slot in slots) > 0.5 * len(slots)


def draft_of(line: Line, columns: list[Column], habits: Habits) -> Draft:
    """The line as a draft: texts under their fields, the number parted from the text it is glued to."""
    draft = Draft(line.table, line.row, starts_part=line.starts_part, is_fitted=line.is_fitted)
    ticks: list[str] = []
    for column in columns:
        slots = [slot for slot in line.cells.get(column.index, []) if slot.text]
        if not slots:
            continue
        draft.unplaced.extend(("Таблица в ячейке", slot.nested) for slot in slots if slot.nested)
        if column.meaning == "slot":
            ticks.append(_ticked(column, slots))
            draft.sources.setdefault("due_period", [line.table, line.row, slots[0].start])
        elif column.meaning == "number":
            _take_number(draft, slots)
        elif column.meaning in PLACED:
            _place(draft, column.meaning, slots)
        else:
            draft.unplaced.append((column.title, "\n".join(slot.text for slot in slots)))
    if ticks and not draft.get("due_period"):
        draft.texts["due_period"] = ", ".join(ticks)
    draft.unplaced.extend(("", slot.text) for slot in line.stray)
    _unglue(draft, columns, habits)
    return draft


def _ticked(column: Column, slots: list[Slot]) -> str:
    text = flat(" ".join(slot.text for slot in slots))
    label = column.title.split(" / ")[-1]
    if len(label) <= 4:
        label = f"{label} квартал"
    return label if TICK.fullmatch(text) else text


def _place(draft: Draft, name: str, slots: list[Slot]) -> None:
    draft.texts[name] = joined_slots(slots)
    draft.originals[name] = "\n".join(slot.original for slot in slots)
    draft.sources[name] = [draft.table, slots[0].row, slots[0].start]
    draft.slots[name] = slots
    _place_scans(draft, name, slots)


def _place_scans(draft: Draft, name: str, slots: list[Slot]) -> None:
    scans = [slot.scan for slot in slots if slot.scan is not None]
    if scans:
        draft.scans[name] = scans
    if any(scan.is_unsure for scan in scans):
        draft.doubts[name] = _UNSURE


def joined_slots(slots: list[Slot]) -> str:
    """The texts of cells that stand in one column."""
    return "\n".join(slot.text for slot in slots)


def _take_number(draft: Draft, slots: list[Slot]) -> None:
    text = flat(joined_slots(slots))
    draft.sources["number"] = [draft.table, slots[0].row, slots[0].start]
    draft.originals["number"] = text
    draft.slots["number"] = slots
    _place_scans(draft, "number", slots)
    if is_number(text) or len(text) <= 12:
        draft.number = tidy(text)
        return
    number, rest = unglued(text)
    draft.number = number
    draft.texts["title"] = rest


def _unglue(draft: Draft, columns: list[Column], habits: Habits) -> None:
    """A number typed before the text of the measure is taken out of it."""
    name = "title" if draft.get("title") else "indicator"
    if draft.number or not draft.get(name):
        return
    if habits.glued or habits.has_numbers or habits.depth > 1:
        number, rest = unglued(draft.get(name))
        # A figure at the start of a tail («1.23) на участках») is no number of the usual kind.
        is_usual = depth(number) == habits.depth if draft.starts_part else depth(number) >= habits.depth
        if number and (_index(columns, "number") is None or is_usual):
            draft.number, draft.texts[name] = number, rest
            draft.sources["number"] = draft.sources.get(name, [draft.table, draft.row, -1])
            if habits.has_numbers:
                draft.doubts["number"] = sentence("Номер стоял в одной ячейке с текстом и отделён от него.")


def _index(columns: list[Column], meaning: str) -> int | None:
    return next((column.index for column in columns if column.meaning == meaning), None)


def _subject(columns: list[Column]) -> int | None:
    title = _index(columns, "title")
    return title if title is not None else _index(columns, "indicator")
