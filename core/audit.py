"""The journal: who changed what, when, why and on which ground. Rows are only ever added.

A service says who did what with `record()`; which fields changed, from what to what, the journal sees
by itself. A commit in which a journalled row changed without a word is a programming error and is
refused. Entries form an HMAC chain under a key that is not in the database; its head is anchored in a
file outside (see core/anchor.py), so an edited, removed, swapped or cut-off entry shows.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any, ClassVar, Protocol

from flask import current_app
from sqlalchemy import JSON, Index, String, Text, event, inspect, select
from sqlalchemy.orm import Mapped, Mapper, Session, mapped_column

from core.clock import now
from core.db import Base, Moment, before_commit, db


class Actor(Protocol):
    """Whoever acts: a person of the accounts room or the system itself."""

    @property
    def id(self) -> int | None: ...
    @property
    def name(self) -> str: ...


@dataclass(frozen=True)
class System:
    """The actor of what Vekha does by itself: timers, the worker, the command line."""

    name: str = "Веха"
    id: int | None = None


SYSTEM = System()


class Journalled:
    """A row whose every change stands in the journal."""

    kind: ClassVar[str]
    unjournalled: ClassVar[frozenset[str]] = frozenset({"id", "version"})

    @property
    def journal_subject(self) -> "Journalled":
        """The row in whose history this one's changes are told; parts name their whole."""
        return self

    @property
    def journal_scope(self) -> str:
        """Groups entries that are read together, such as all of one plan."""
        return ""


def whole_of(part: Any, name: str) -> Any:
    """The row that `part` belongs to by the relationship `name`, also right after it was taken off its list:
    the journal has yet to hear that it is gone."""
    if (whole := getattr(part, name)) is not None:
        return whole
    relation: Any = inspect(type(part)).relationships[name]
    (column,) = relation.local_columns
    number = getattr(part, relation.parent.get_property_by_column(column).key)
    return db.session.get(relation.mapper.class_, number) if number else None


class Entry(Base):
    """One change of one row. `part` names the row when it is a part of the subject."""

    __tablename__ = "journal_entry"
    __table_args__ = (
        Index(None, "subject_kind", "subject_id", "id"),
        Index(None, "scope", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(String(200))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    part: Mapped[str] = mapped_column(String(60), default="")
    scope: Mapped[str] = mapped_column(String(60), default="")
    action: Mapped[str] = mapped_column(String(60))
    changes: Mapped[dict[str, list[Any]]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(Text, default="")
    ground: Mapped[str] = mapped_column(Text, default="")
    mac: Mapped[str] = mapped_column(String(64))


class Head(Base):
    """The one row that says how long the chain is and how it ends. Its lock orders all writers."""

    __tablename__ = "journal_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    length: Mapped[int]
    mac: Mapped[str] = mapped_column(String(64))


@dataclass
class _Told:
    """One entry in the making: what a service said of a subject, and the changes it said it of."""

    subject: Journalled
    action: str
    by: Actor
    note: str
    ground: str
    changes: dict[int, tuple[Journalled, dict[str, list[Any]]]]


@dataclass
class _Draft:
    """What has been seen and said since the transaction began. `seen` is by subject, then by row."""

    seen: dict[int, dict[int, tuple[Journalled, dict[str, list[Any]]]]] = field(default_factory=dict)
    told: list[_Told] = field(default_factory=list)


def record(subject: Journalled, action: str, *, by: Actor, note: str = "", ground: str = "") -> None:
    """Say who did what to `subject` in the open transaction, why, and on which ground.

    Call it after the change; the fields that changed in the subject and its parts are found by
    themselves. A word without any change still leaves an entry: a restricted file that was read.
    """
    session = db.session()
    session.flush()  # what changed so far belongs to this word, what follows to the next
    draft = _draft(session)
    changes = draft.seen.pop(id(subject), {})
    draft.told.append(_Told(subject, action, by, note, ground, changes))


def _draft(session: Session) -> _Draft:
    draft: _Draft = session.info.setdefault("journal", _Draft())
    return draft


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


def _watch(session: Session, context: Any) -> None:
    """Runs when rows have their numbers and the old values are still known.

    What a parent let go of is deleted too and stands in the plan of the flush only.
    """
    draft = _draft(session)
    gone = [state.obj() for state, (deleted, listed) in context.states.items() if deleted and not listed]
    for row in dict.fromkeys([*session.new, *session.dirty, *gone]):
        if isinstance(row, Journalled) and getattr(row, "journal_subject", None):  # not let go of by all
            _note_changes(draft, row, gone=row in gone, fresh=row in session.new)


def _note_changes(draft: _Draft, row: Journalled, *, gone: bool, fresh: bool) -> None:
    state: Any = inspect(row)
    rows = draft.seen.setdefault(id(row.journal_subject), {})
    seen = rows.setdefault(id(row), (row, {}))[1]
    for attribute in state.mapper.column_attrs:
        if attribute.key in row.unjournalled:
            continue
        before, after = _before_and_after(state, attribute.key, gone=gone, fresh=fresh)
        if before != after:
            seen.setdefault(attribute.key, [before, None])[1] = after
    if gone:  # also when nothing of the row was loaded that could be seen to go
        seen["id"] = [state.identity[0], None]


def _before_and_after(state: Any, key: str, *, gone: bool, fresh: bool) -> tuple[Any, Any]:
    history = state.attrs[key].history
    value = _plain(history.added[0] if history.added else (history.unchanged or [None])[0])
    if gone:
        return _plain((history.deleted or history.unchanged or [None])[0]), None
    if fresh:
        return None, value
    return (_plain(history.deleted[0]) if history.deleted else value if not history.added else None), value


event.listen(Session, "after_flush", _watch)


def _remember_old_values(mapper: Any, class_: type) -> None:
    """Without this an expired attribute that is set anew would have no "before"."""
    if issubclass(class_, Journalled):
        for attribute in mapper.column_attrs:
            event.listen(getattr(class_, attribute.key), "set", _unheard, active_history=True)


def _unheard(_row: Any, _value: Any, _old: Any, _initiator: Any) -> None:
    """Listening is enough: it makes SQLAlchemy load the old value first."""


event.listen(Mapper, "mapper_configured", _remember_old_values)


def close_entries(session: Session) -> None:
    """Turn what was said and seen into entries at the end of the chain. Runs before every commit."""
    draft: _Draft | None = session.info.pop("journal", None)
    if draft is None:
        return
    entries = list(_entries(draft))
    if not entries:
        return
    head = session.get(Head, 1, with_for_update=True, populate_existing=True)
    if head is None:
        head = Head(id=1, length=0, mac="")
        session.add(head)
    for entry in entries:
        head.length += 1
        entry.id = head.length
        head.mac = entry.mac = seal(entry, after=head.mac)
    session.add_all(entries)


def _entries(draft: _Draft) -> Iterable[Entry]:
    _add_the_unsaid(draft)
    moment = now()
    for told in draft.told:
        real = [(row, _real(changes)) for row, changes in told.changes.values()]
        changed = [(row, changes) for row, changes in real if changes] or [(told.subject, {})]
        for row, changes in changed:
            yield _entry(row, told, changes, moment)


def _real(changes: dict[str, list[Any]]) -> dict[str, list[Any]]:
    return {name: pair for name, pair in changes.items() if pair[0] != pair[1]}


def _add_the_unsaid(draft: _Draft) -> None:
    """What changed after the last word on a subject belongs to that word; without any it is a fault."""
    for key, rows in draft.seen.items():
        unsaid = {id(row): (row, changes) for row, changes in rows.values() if _real(changes)}
        if not unsaid:
            continue
        last = next((told for told in reversed(draft.told) if id(told.subject) == key), None)
        assert last, f"nobody said who changed {[(row, sorted(c)) for row, c in unsaid.values()]}"
        for number, (row, changes) in unsaid.items():
            known = last.changes.setdefault(number, (row, {}))[1]
            for name, (before, after) in changes.items():
                known[name] = [known[name][0] if name in known else before, after]


def _entry(row: Any, told: _Told, changes: dict[str, list[Any]], at: datetime) -> Entry:
    subject: Any = told.subject
    return Entry(
        at=at,
        actor_id=told.by.id,
        actor_name=told.by.name,
        subject_kind=subject.kind,
        subject_id=subject.id,
        part="" if row is subject else f"{row.kind}:{row.id}",
        scope=subject.journal_scope,
        action=told.action,
        changes=changes,
        note=told.note,
        ground=told.ground,
    )


before_commit.append(close_entries)

SEALED = ("actor_id", "actor_name", "subject_kind", "subject_id", "part", "scope", "action", "note", "ground")


def seal(entry: Entry, *, after: str) -> str:
    """The HMAC of an entry and of the seal before it, under the journal's key."""
    facts = {name: getattr(entry, name) for name in SEALED}
    facts |= {"id": entry.id, "at": entry.at.isoformat(), "changes": entry.changes, "after": after}
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    return hmac.new(current_app.config["JOURNAL_KEY"], text.encode(), hashlib.sha256).hexdigest()


def history_of(subject: Journalled, *, limit: int = 500) -> list[Entry]:
    """Everything that happened to `subject` and its parts, newest first."""
    found = select(Entry).where(
        Entry.subject_kind == subject.kind,
        Entry.subject_id == inspect(subject).identity[0],  # type: ignore[union-attr,index]
    )
    return list(db.session.scalars(found.order_by(Entry.id.desc()).limit(limit)))
