"""What the journal tells of measures, act by act."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from accounts.models import User
from core.audit import Entry
from core.db import db
from roadmap.models import Measure
from roadmap.queries.plans import is_visible_to
from workflow.measure import MeasureState

#: What the journal keeps and nobody wants to read of: places that moved because others did.
QUIET = ("measure.shift",)


def recent_entries(measures: list[Measure], *, limit: int) -> list[Entry]:
    """What happened last to these measures, newest first; each act once, however many rows it changed."""
    ids = [measure.id for measure in measures]
    found = select(Entry).where(Entry.subject_kind == Measure.kind, Entry.subject_id.in_(ids))
    found = found.where(Entry.action.not_in(QUIET)).order_by(Entry.id.desc()).limit(limit * 6)
    return [act[0] for act in acts(db.session.scalars(found))][:limit]


def acts(entries: Iterable[Entry]) -> list[list[Entry]]:
    """Entries by act, the newest act first; in each the subject's own entry comes before its parts'."""
    found: dict[tuple[Any, ...], list[Entry]] = {}
    for entry in entries:
        key = (entry.subject_kind, entry.subject_id, entry.action, entry.at, entry.note)
        found.setdefault(key, []).append(entry)
    each = [sorted(act, key=lambda entry: (entry.part != "", entry.id)) for act in found.values()]
    return sorted(each, key=lambda act: -act[0].id)


def remarks_on(measures: list[Measure]) -> dict[int, Entry]:
    """The last remark of whoever returned each of the measures that are returned: measure id → entry."""
    ids = [measure.id for measure in measures if measure.state is MeasureState.RETURNED]
    found = select(Entry).where(Entry.subject_kind == Measure.kind, Entry.subject_id.in_(ids))
    found = found.where(Entry.action == "measure.return").order_by(Entry.id)
    return {entry.subject_id: entry for entry in db.session.scalars(found)} if ids else {}


def earlier_self(measure: Measure, *, seen_by: User) -> list[Measure]:
    """The measure of the plan before, from which this one was carried over, if the person may see it."""
    found = select(Measure).join(Measure.plan).where(Measure.id == measure.source.get("carried_from"))
    return list(db.session.scalars(found.where(is_visible_to(seen_by)).order_by(Measure.id)))
