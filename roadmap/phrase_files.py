"""Lists of phrases in plain data: what the command line reads and prints."""

from collections.abc import Mapping, Sequence
from typing import Any

from roadmap.periods import Period, parse_period
from roadmap.statuses import state_of


def periods_of(rows: Sequence[Mapping[str, Any] | str]) -> list[dict[str, Any]]:
    """For rows of {text, context_year, context_kind}: {text, start, end, recurrence, kind, doubtful, doubts}.

    Dates are ISO strings or None. A row may lack any key or be a bare string."""
    return [period_row(_parsed(row)) for row in rows]


def _parsed(row: Mapping[str, Any] | str) -> Period:
    if isinstance(row, str):
        return parse_period(row)
    year = row.get("context_year")
    return parse_period(
        str(row.get("text") or ""),
        context_year=int(year) if year not in (None, "") else None,
        context_kind=row.get("context_kind") or None,
    )


def period_row(period: Period) -> dict[str, Any]:
    """A period as plain data."""
    return {
        "text": period.text,
        "start": period.start.isoformat() if period.start else None,
        "end": period.end.isoformat() if period.end else None,
        "recurrence": period.recurrence,
        "kind": period.kind,
        "doubtful": period.is_doubtful,
        "doubts": list(period.doubts),
    }


def statuses_of(rows: Sequence[Mapping[str, Any] | str]) -> list[dict[str, Any]]:
    """For rows of {text} or bare strings: {text, state, doubtful, late}."""
    texts = [row if isinstance(row, str) else str(row.get("text") or "") for row in rows]
    readings = [(text, state_of(text)) for text in texts]
    return [
        {"text": text, "state": reading.state, "doubtful": reading.doubtful, "late": reading.late}
        for text, reading in readings
    ]
