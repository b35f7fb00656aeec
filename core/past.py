"""One row as it stood at a moment of the past, told by the journal."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from core.audit import Entry
from core.db import db


def row_as_of(kind: str, number: int, at: datetime) -> dict[str, Any]:
    """The journalled fields of the row as they stood at the moment `at`; {} when there was no such row."""
    told = select(Entry.changes).where(
        Entry.subject_kind == kind, Entry.subject_id == number, Entry.part == "", Entry.at <= at
    )
    row: dict[str, Any] = {}
    for changes in db.session.scalars(told.order_by(Entry.id)):
        row.update({name: after for name, (_before, after) in changes.items()})
        if "id" in changes:  # the row was deleted
            row.clear()
    return row


def row_at_first(kind: str, number: int) -> dict[str, Any]:
    """The journalled fields that the row began with, for moments before the journal knew it."""
    told = select(Entry.changes).where(
        Entry.subject_kind == kind, Entry.subject_id == number, Entry.part == ""
    )
    changes = db.session.scalar(told.order_by(Entry.id).limit(1)) or {}
    return {name: after for name, (_before, after) in changes.items()}
