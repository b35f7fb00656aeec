"""The labelled rows as facts, in the rounds in which they were written.

Round 0 was written before there was any check: its odd rows were for tuning, its even ones held out.
Rounds 1 to 3 and 5 to 11 were each written when the checks were right on all rows before, measured once, and
then learned from. Round 4 was measured and left alone.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from documents.kinds import DocumentKind, kind_named_in
from reports.contradictions import Act, Evidence, Frame, Row, Turns, contradictions
from roadmap.statuses import state_of

ROWS = Path(__file__).with_name("rows.json")


def labelled() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(ROWS.read_text("utf-8"))
    return rows


PARTS: dict[str, Callable[[dict[str, Any]], bool]] = {
    "tuning half": lambda row: row["round"] == 0 and row["n"] % 2 == 1,
    "held-out half": lambda row: row["round"] == 0 and row["n"] % 2 == 0,
    "learned from later": lambda row: row["round"] not in (0, 4),
    "never learned from": lambda row: row["round"] == 4,
    "all rows": lambda _row: True,
}


def part(name: str) -> list[dict[str, Any]]:
    """The rows of one of PARTS."""
    return [row for row in labelled() if PARTS[name](row)]


def kinds_found(row: dict[str, Any]) -> set[str]:
    """The kinds that the checks find in one labelled row."""
    above = [_row(0, text, row) for text in row.get("neighbours", [])]
    mine = _row(1, row["text"], row)
    return {found.kind for found in contradictions([*above, mine], _frame(row)) if found.measure_id == 1}


def _row(measure_id: int, text: str, row: dict[str, Any]) -> Row:
    status = row.get("status", "исполнено")
    start, end = (_day(d) for d in row.get("due", (None, None)))
    return Row(
        measure_id, "1.1", "Мероприятие", state_of(status).state or "planned", status, text,
        actual=_day(row.get("actual")), due_start=start, due_end=end,
        evidence=tuple(_evidence(paper) for paper in row.get("evidence", [])),
        acts=tuple(Act(act["name"], _day(act["ended"])) for act in row.get("acts", [])),
        turns=Turns(**row["turns"]) if "turns" in row else None,
    )  # fmt: skip


def _evidence(paper: dict[str, Any]) -> Evidence:
    kind = kind_named_in(paper["kind"]) or DocumentKind.OTHER
    day, number = _day(paper.get("date")), paper.get("number", "")
    return Evidence(paper["kind"], kind, number, day, None, paper.get("text", ""))


def _frame(row: dict[str, Any]) -> Frame:
    first, last = row.get("years", (2026, 2026))
    years = (date(first, 1, 1), date(last, 12, 31))
    if row.get("school"):
        years = (date(first, 9, 1), date(last, 8, 31))
    told = (("1.1", row["last_year"]),) if row.get("last_year") else ()
    return Frame(_day(row.get("day")) or date(2027, 1, 15), *years, told)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def score(rows: Iterable[dict[str, Any]]) -> tuple[Counter[str], list[str]]:
    """Hits, misses and false alarms, each kind in each row counted once; and the wrong rows in words."""
    counted: Counter[str] = Counter()
    wrong = []
    for row in rows:
        found, wanted = kinds_found(row), set(row["found"])
        counted.update(hit=len(found & wanted), missed=len(wanted - found), false=len(found - wanted))
        if found != wanted:
            wrong.append(f"{row['n']}: found {sorted(found)}, expected {sorted(wanted)}: {row['text'][:90]}")
    return counted, wrong


def precision(counted: Counter[str]) -> float:
    return counted["hit"] / max(1, counted["hit"] + counted["false"])


def recall(counted: Counter[str]) -> float:
    return counted["hit"] / max(1, counted["hit"] + counted["missed"])
