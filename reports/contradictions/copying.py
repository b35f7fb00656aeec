"""Texts that were copied: from last year's report, or from another row of this one."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from reports.contradictions.facts import Contradiction, Frame, Row
from roadmap.period_text import fold

#: Shorter texts («Протокол совещания руководителей») say the same in many rows and are no copies.
FEWEST_WORDS = 9
#: The share of common runs of three words from which two texts are one.
ALIKE = 0.8
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+")
_EMPTY = frozenset({"и", "а", "также", "в", "на", "по", "с", "для", "о", "об"})
#: «Исполнено совместно с п. 1.2»: the row says itself that it shares a text.
_SHARED = re.compile(
    r"\b(?:совместно с|см|согласно|аналогично|в рамках|одновременно с|по)"
    r" (?:п\b|пункт|строк|мероприяти\w+ \d)"
)
Runs = frozenset[tuple[str, ...]]


@lru_cache(maxsize=4096)
def _runs(text: str) -> Runs:
    """Runs of three words, without the small ones; empty for a text too short to be copied."""
    said = [word for word in _WORD.findall(fold(text)) if word not in _EMPTY]
    if len(said) < FEWEST_WORDS:
        return frozenset()
    return frozenset(zip(said, said[1:], said[2:], strict=False))


def _is_copy(one: str, other: str) -> bool:
    mine, theirs = _runs(one), _runs(other)
    if not mine or not theirs:
        return False
    if len(mine & theirs) / len(mine | theirs) < ALIKE:
        return False
    return sorted(_NUMBER.findall(one)) == sorted(_NUMBER.findall(other))


def copied_from_last_year(row: Row, frame: Frame) -> Iterator[Contradiction]:
    """The text of last year's report again, with its figures."""
    if _is_copy(row.text, frame.text_of_last_year(row)):
        told = (("quote", _beginning(row.text)),)
        yield Contradiction("copied_from_last_year", row.measure_id, row.number, row.title, told)


def copied_from_rows(rows: Sequence[Row]) -> Iterator[Contradiction]:
    """Rows that repeat a row above them; each names the first of these."""
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        runs = _runs(row.text)
        shared = Counter(other for run in runs for other in holders[run])
        near = sorted(other for other, count in shared.items() if count >= ALIKE * len(runs))
        source = next((rows[other] for other in near if _is_copy(row.text, rows[other].text)), None)
        for run in runs:
            holders[run].append(place)
        if source and not _SHARED.search(fold(row.text)):
            told = (("row", source.number), ("quote", _beginning(row.text)))
            yield Contradiction("copied_from_row", row.measure_id, row.number, row.title, told)


def _beginning(text: str, most: int = 120) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + "…"
