"""Decides what each column of a table means, from its title, its content and its neighbours."""

from __future__ import annotations

from dataclasses import dataclass, field

from roadmap.reading.evidence import is_body, is_level, is_number, is_period, is_status, share
from roadmap.reading.headers import Leaf
from roadmap.reading.vocabulary import Reading, readings, slot_label

MEASURES, INDICATORS = "measures", "indicators"
_SINGLE = (
    "number",
    "title",
    "executors",
    "condition",
    "form_of_execution",
    "status",
    "report",
    "actual_period",
    "start",
    "end",
    "indicator",
    "plan",
    "min",
    "actual",
    "unit",
    "base",
    "comment",
    "task",
    "percent",
)
_INSTEAD = {"executors": "co_executors", "report": "comment", "title": "direction"}
_ONLY_INDICATORS = {"plan", "min", "actual", "unit", "base", "percent"}


@dataclass
class Column:
    """A recognised column. `meaning` is a field of the result, "other" for a stranger, "" if unknown."""

    index: int
    start: int
    end: int
    title: str
    meaning: str
    confidence: float
    texts: list[str] = field(default_factory=list, repr=False)

    @property
    def is_filled(self) -> bool:
        """Whether any cell below the title has text."""
        return any(self.texts)


def recognise(leaves: list[Leaf], bodies: list[list[str]]) -> tuple[str, list[Column]]:
    """What the table is about and the meaning of each column; `bodies` holds the texts below each title."""
    columns = [_first_guess(i, leaf, body) for i, (leaf, body) in enumerate(zip(leaves, bodies, strict=True))]
    _choose_slots(columns)
    kind = _kind(columns)
    if kind == INDICATORS:
        _settle_indicators(columns)
    else:
        _settle_measures(columns)
    _settle_duplicates(columns)
    return kind, columns


def _first_guess(index: int, leaf: Leaf, body: list[str]) -> Column:
    found = _read_levels(leaf)
    best = _weighed(found, body)
    if best is None:
        best = _by_content(index, body)
    return Column(index, leaf.start, leaf.end, leaf.title, best.meaning, best.weight, body)


def _read_levels(leaf: Leaf) -> list[Reading]:
    """Under a wide title the lower one decides, unless it only says plan or fact of what stands above."""
    lower, both = readings(leaf.last), readings(leaf.title.replace(" / ", " "))
    if lower and lower[0].meaning in ("plan", "actual") and lower[0].meaning in {one.meaning for one in both}:
        return lower
    if both and leaf.last[:1].islower():
        return both
    if lower and lower[0].weight >= 0.85 and lower[0].meaning not in ("plan", "actual", "percent", "number"):
        return lower
    return both or lower


def _weighed(found: list[Reading], body: list[str]) -> Reading | None:
    """The heaviest reading that the content does not contradict."""
    for reading in found:
        if reading.meaning == "status" and share(body, is_level) > 0.5:
            return Reading("level", 0.9)
        if reading.meaning in ("due_period", "number") and _contradicts(reading.meaning, body):
            continue
        return reading
    return Reading(found[0].meaning, 0.4) if found else None


def _contradicts(meaning: str, body: list[str]) -> bool:
    test = is_period if meaning == "due_period" else is_number
    return sum(1 for text in body if text) >= 3 and share(body, test) == 0 and share(body, is_body) > 0.8


def _by_content(index: int, body: list[str]) -> Reading:
    if not any(body):
        return Reading("", 0.0)
    for meaning, test in (("status", is_status), ("number", is_number), ("due_period", is_period)):
        if share(body, test) > 0.6 and (meaning != "number" or index == 0):
            return Reading(meaning, 0.5)
    return Reading("", 0.0)


def _choose_slots(columns: list[Column]) -> None:
    """Quarters or months as columns: two at least, else it is one period column with an odd title."""
    labelled = [column for column in columns if slot_label(column.title.split(" / ")[-1])]
    if len(labelled) >= 2:
        for column in labelled:
            column.meaning, column.confidence = "slot", 0.9


def _kind(columns: list[Column]) -> str:
    found = {column.meaning for column in columns}
    if "title" in found and found & {"due_period", "start", "end", "executors", "slot", "form_of_execution"}:
        return MEASURES
    if "indicator" in found and (
        found & {"plan", "min", "actual", "task", "base", "unit"} or "title" not in found
    ):
        return MEASURES if found & {"executors", "slot"} and "title" in found else INDICATORS
    if {"plan", "actual"} <= found and not found & {"due_period", "executors"}:
        return INDICATORS
    return MEASURES


def _settle_indicators(columns: list[Column]) -> None:
    renamed = {"note": "comment", "report": "comment", "direction": "task", "stage": "task"}
    for column in columns:
        column.meaning = renamed.get(column.meaning, column.meaning)
    if not _has(columns, "indicator"):
        subject = _one(columns, "title") or _longest(columns)
        if subject:
            subject.meaning = "indicator"
    minimum = _one(columns, "min")
    if minimum and not _has(columns, "plan"):
        minimum.meaning = "plan"
    for column in columns:
        if column.meaning in ("title", "due_period", "executors", "condition", "status", "form_of_execution"):
            column.meaning = "other"


def _settle_measures(columns: list[Column]) -> None:
    _settle_subject(columns)
    for column in columns:
        if column.meaning == "indicator":
            column.meaning = "other" if _has(columns, "condition") else "condition"
        elif column.meaning in _ONLY_INDICATORS:
            column.meaning = "other"
    _settle_outcomes(columns)
    if not _has(columns, "report"):
        comment = _one(columns, "comment")
        if comment:
            comment.meaning = "report"
    if not _has(columns, "executors"):
        co_executor = _one(columns, "co_executors")
        if co_executor:
            co_executor.meaning = "executors"
    _settle_periods(columns)


def _settle_outcomes(columns: list[Column]) -> None:
    """«Результат реализации» is what came out where the plan is reported on, else what is expected."""
    for column in columns:
        if column.meaning == "outcome":
            told = _has(columns, "status") or _has(columns, "condition") or _has(columns, "actual_period")
            column.meaning = "report" if told and not _has(columns, "report") else "condition"


def _settle_subject(columns: list[Column]) -> None:
    """Exactly one column names the measures; a direction or a stage does so only where no other can."""
    if _has(columns, "title"):
        return
    for meaning in ("direction", "stage", "task", "indicator"):
        column = _one(columns, meaning)
        if column:
            column.meaning, column.confidence = "title", min(column.confidence, 0.75)
            return
    subject = _longest([column for column in columns if column.meaning == ""])
    if subject:
        subject.meaning, subject.confidence = "title", 0.4


def _settle_periods(columns: list[Column]) -> None:
    """Of two columns of periods the first belongs to the preparation, unless only the first is filled."""
    if not (_has(columns, "start") and _has(columns, "end")):
        for column in columns:
            if column.meaning in ("start", "end") and not _has(columns, "due_period"):
                column.meaning = "due_period"
    periods = [column for column in columns if column.meaning == "due_period"]
    if len(periods) < 2:
        return
    filled = [column for column in periods if column.is_filled]
    due = filled[-1] if filled else periods[-1]
    for column in periods:
        if column is not due:
            column.meaning = "other"
    others = [column for column in periods if column is not due]
    others[0].meaning = "preparation_period"


def _settle_duplicates(columns: list[Column]) -> None:
    for meaning in _SINGLE:
        same = [column for column in columns if column.meaning == meaning]
        if len(same) < 2:
            continue
        kept = max(same, key=lambda column: (column.is_filled, column.confidence, -column.index))
        for column in same:
            if column is not kept:
                column.meaning = _INSTEAD.get(meaning, "other") if column.is_filled else "other"


def _has(columns: list[Column], meaning: str) -> bool:
    return any(column.meaning == meaning for column in columns)


def _one(columns: list[Column], meaning: str) -> Column | None:
    same = [column for column in columns if column.meaning == meaning]
    return max(same, key=lambda column: column.confidence) if same else None


def _longest(columns: list[Column]) -> Column | None:
    def mean_length(column: Column) -> float:
        filled = [text for text in column.texts if text]
        return sum(map(len, filled)) / len(filled) if filled else 0.0

    known = {"number", "plan", "min", "actual", "percent", "unit", "base", "money", "slot"}
    free = [column for column in columns if column.meaning not in known and column.is_filled]
    return max(free, key=mean_length) if free else None
