"""Fits rows that have more or fewer cells than the header to its columns, by what the cells hold.

Each printed page may have become a table of its own with empty columns dropped or added
(domain/tables.md, section 4), so positions say nothing there.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from roadmap.reading.columns import Column
from roadmap.reading.evidence import is_body, is_document, is_number, is_period, is_status, is_value, share
from roadmap.reading.words import fold

_SKIP_FILLED_COLUMN = 0.35
_SKIP_FILLED_CELL = 3.0
_LONG = 45


@dataclass
class Profile:
    """What is known of a column from rows already read: the values seen in it."""

    column: Column
    seen: set[str] = field(default_factory=set)
    lengths: list[int] = field(default_factory=list)

    def learn(self, text: str) -> None:
        """Remember one more cell of the column."""
        if text:
            self.seen.add(fold(text))
            self.lengths.append(len(text))

    @property
    def is_empty(self) -> bool:
        """Whether no cell of the column was ever filled."""
        return not self.lengths


def align(cells: list[list[str]], profiles: list[Profile]) -> list[int | None]:
    """For each cell position (its texts over several rows) the index of its column, in order.

    None for a position that fits nowhere. The total likeness is the best possible one.
    """
    width, height = len(profiles), len(cells)
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    step = [[""] * (width + 1) for _ in range(height + 1)]
    for i in range(height + 1):
        for j in range(width + 1):
            if i or j:
                best[i][j], step[i][j] = _best_step(i, j, best, cells, profiles)
    return _trace(step, height, width)


def _best_step(
    i: int, j: int, best: list[list[float]], cells: list[list[str]], profiles: list[Profile]
) -> tuple[float, str]:
    options: list[tuple[float, str]] = []
    if i and j:
        options.append((best[i - 1][j - 1] + likeness(cells[i - 1], profiles[j - 1]), "both"))
    if i:
        options.append((best[i - 1][j] - (_SKIP_FILLED_CELL if any(cells[i - 1]) else 0.02), "cell"))
    if j:
        options.append(
            (best[i][j - 1] - (0.0 if profiles[j - 1].is_empty else _SKIP_FILLED_COLUMN), "column")
        )
    return max(options, key=lambda option: option[0])


def _trace(step: list[list[str]], i: int, j: int) -> list[int | None]:
    found: list[int | None] = []
    while i or j:
        if step[i][j] == "both":
            i, j = i - 1, j - 1
            found.append(j)
        elif step[i][j] == "cell":
            i -= 1
            found.append(None)
        else:
            j -= 1
    return found[::-1]


def likeness(texts: list[str], profile: Profile) -> float:
    """How well cells fit a column: about 3 for a sure fit, below zero for a contradiction."""
    filled = [text for text in texts if text]
    if not filled:
        return 0.25 if profile.is_empty else 0.0
    score = 2.0 * sum(fold(text) in profile.seen for text in filled) / len(filled)
    if profile.is_empty:
        score -= 0.8
    return score + _by_meaning(filled, profile)


def _by_meaning(filled: list[str], profile: Profile) -> float:
    meaning = profile.column.meaning
    numbers, periods, statuses = share(filled, is_number), share(filled, is_period), share(filled, is_status)
    if meaning == "number":
        return 4 * numbers - 3 * (1 - numbers)
    if meaning in ("due_period", "preparation_period", "start", "end", "actual_period"):
        return 3 * periods - 2 * (1 - periods)
    if meaning == "status":
        return 3 * statuses - 1.5 * (1 - statuses)
    if meaning in ("plan", "actual", "min", "base"):
        return 2.5 * share(filled, is_value) - 0.5
    strange = max(numbers, periods, statuses)
    return _text_likeness(filled, profile) - 2.5 * strange


def _text_likeness(filled: list[str], profile: Profile) -> float:
    meaning = profile.column.meaning
    length = sum(map(len, filled)) / len(filled)
    usual = sum(profile.lengths) / len(profile.lengths) if profile.lengths else _LONG
    score = 1.0 - min(abs(length - usual) / max(length, usual, 1), 1.0)
    if meaning in ("executors", "co_executors"):
        return score + 1.2 * share(filled, is_body) - 0.6
    if meaning == "form_of_execution":
        return score + 0.8 * share(filled, is_document) - 0.4
    if meaning in ("title", "indicator"):
        return score + (0.5 if length > _LONG else 0.0)
    return score
