"""Rows as they stood at a moment of the past, told by the journal."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from core.audit import Entry
from core.db import db


def rows_as_of(scope: str, at: datetime) -> dict[str, dict[int, dict[str, Any]]]:
    """Every journalled row of `scope` as it stood at the moment `at`: kind → id → field → value.

    Rows that did not exist yet, or no longer, are left out. Values are as journalled: plain JSON,
    dates in ISO form. Fields that never had a value are absent.
    """
    columns = (Entry.subject_kind, Entry.subject_id, Entry.part, Entry.changes)
    told = select(*columns).where(Entry.scope == scope, Entry.at <= at).order_by(Entry.id)
    rows: dict[str, dict[int, dict[str, Any]]] = {}
    for subject_kind, subject_id, part, changes in db.session.execute(told):
        kind, number = part.split(":") if part else (subject_kind, subject_id)
        row = rows.setdefault(kind, {}).setdefault(int(number), {})
        _tell(row, changes)
    return {
        kind: {n: row for n, row in some.items() if any(v is not None for v in row.values())}
        for kind, some in rows.items()
    }


def _tell(row: dict[str, Any], changes: dict[str, Any]) -> None:
    """One more entry of the journal about the row."""
    row.update({name: after for name, (_before, after) in changes.items()})
    if "id" in changes:  # it was deleted
        row.clear()


def row_as_of(kind: str, number: int, at: datetime) -> dict[str, Any]:
    """The journalled fields of the row as they stood at the moment `at`; {} when there was no such row."""
    told = select(Entry.changes).where(
        Entry.subject_kind == kind, Entry.subject_id == number, Entry.part == "", Entry.at <= at
    )
    row: dict[str, Any] = {}
    for changes in db.session.scalars(told.order_by(Entry.id)):
        _tell(row, changes)
    return row


def row_at_first(kind: str, number: int) -> dict[str, Any]:
    """The journalled fields that the row began with, for moments before the journal knew it."""
    told = select(Entry.changes).where(
        Entry.subject_kind == kind, Entry.subject_id == number, Entry.part == ""
    )
    changes = db.session.scalar(told.order_by(Entry.id).limit(1)) or {}
    return {name: after for name, (_before, after) in changes.items()}
