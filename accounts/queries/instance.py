"""What an administrator sees of the instance: its choices, its letters, its journal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.choices import read_overrides
from accounts.models import Letter, Organisation, Pass, Setting, User
from core.audit import Entry
from core.db import db


def setting(name: str, default: str) -> str:
    """The choice an administrator made under this name, or `default` when nobody made any."""
    chosen = db.session.scalar(select(Setting.value).where(Setting.name == name))
    return default if chosen is None else chosen


def setting_row(name: str) -> Setting | None:
    """The row of a choice, if it was made."""
    return db.session.scalar(select(Setting).where(Setting.name == name))


def instance_choices() -> dict[str, str]:
    """Every choice that was made, by name."""
    made = select(Setting.name, Setting.value).order_by(Setting.name)
    return dict(db.session.execute(made).all())


def workday_overrides() -> dict[date, bool]:
    """Days on which the office's calendar differs from the official one: day → whether it is worked."""
    return read_overrides(setting("workday_overrides", ""))


def letters(*, limit: int = 50, offset: int = 0) -> list[Letter]:
    """Letters sent and waiting to be sent, newest first."""
    found = select(Letter).options(joinedload(Letter.user, innerjoin=True)).order_by(Letter.id.desc())
    return list(db.session.scalars(found.limit(limit).offset(offset)))


@dataclass(frozen=True)
class Sought:
    """Which entries of the journal are wanted; what is empty does not matter."""

    subject_kind: str = ""
    subject_id: int | None = None
    actor: str = ""
    since: datetime | None = None
    until: datetime | None = None


def entries(sought: Sought, *, limit: int = 50, offset: int = 0) -> list[Entry]:
    """Entries of the journal, newest first. `actor` is a part of a name as it stood at the time."""
    found = select(Entry)
    if sought.subject_kind:
        found = found.where(Entry.subject_kind == sought.subject_kind)
    if sought.subject_id is not None:
        found = found.where(Entry.subject_id == sought.subject_id)
    if sought.actor:
        found = found.where(Entry.actor_name.contains(sought.actor, autoescape=True))
    if sought.since:
        found = found.where(Entry.at >= sought.since)
    if sought.until:
        found = found.where(Entry.at < sought.until)
    return list(db.session.scalars(found.order_by(Entry.id.desc()).limit(limit).offset(offset)))


def subject_names(found: Iterable[Entry]) -> dict[tuple[str, int], str]:
    """What people and organisations that entries are about are called today."""
    rows = list(found)
    people = {e.subject_id for e in rows if e.subject_kind == User.kind}
    bodies = {e.subject_id for e in rows if e.subject_kind == Organisation.kind}
    users = db.session.scalars(select(User).where(User.id.in_(people)).order_by(User.id))
    organisations = select(Organisation).where(Organisation.id.in_(bodies)).order_by(Organisation.id)
    names = {(User.kind, user.id): user.name for user in users}
    return names | {(o.kind, o.id): o.label for o in db.session.scalars(organisations)}


def letter_with_pass(letter_id: int) -> tuple[Letter | None, Pass | None]:
    """A letter and the link it carries."""
    letter = db.session.get(Letter, letter_id)
    return letter, db.session.get(Pass, letter.pass_id) if letter and letter.pass_id else None
