"""Whom a printed executor means: an organisation of the tree or a person, when that is certain."""

import re
from dataclasses import dataclass, field

from sqlalchemy import or_, select

from accounts.models import Organisation, User
from core.db import db

_CONSENT = re.compile(r"\s*\(?\s*по\s+согласовани\w*\s*\)?", re.IGNORECASE)
_QUOTES = re.compile(r"[«»\"„“”']")


def folded(name: str) -> str:
    """A name without quotes, «(по согласованию)», case and ё: equal when it is the same body."""
    bare = _QUOTES.sub("", _CONSENT.sub("", name)).lower().replace("ё", "е")
    return re.sub(r"[\s.,]+", " ", bare).strip()


def is_by_consent(name: str) -> bool:
    """Whether the executor is an outside body that cannot be ordered."""
    return bool(_CONSENT.search(name))


@dataclass(frozen=True)
class KnownExecutors:
    """Names that are certain: folded name → id. A name borne by two is left out."""

    organisations: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)

    def link(self, name: str) -> tuple[int | None, int | None]:
        """(organisation id, person id) for a printed name; (None, None) when it is not certain."""
        key = folded(name)
        person = self.people.get(key)
        return (None if person else self.organisations.get(key)), person


def known_executors(organisation: Organisation) -> KnownExecutors:
    """Everybody a plan of `organisation` can name: its subtree, its ancestors and their people."""
    above = [int(part) for part in organisation.path.strip("/").split("/") if part]
    in_sight = or_(
        Organisation.path.startswith(organisation.path, autoescape=True), Organisation.id.in_(above)
    )
    found = select(Organisation).where(in_sight, Organisation.closed_at.is_(None)).order_by(Organisation.id)
    bodies = list(db.session.scalars(found))
    people = select(User).where(User.organisation_id.in_([b.id for b in bodies]), User.blocked_at.is_(None))
    return KnownExecutors(
        _certain([(name, body.id) for body in bodies for name in {body.name, body.short_name} if name]),
        _certain([(p.short_name, p.id) for p in db.session.scalars(people.order_by(User.id))]),
    )


def _certain(pairs: list[tuple[str, int]]) -> dict[str, int]:
    known: dict[str, int] = {}
    doubtful = set()
    for name, number in pairs:
        key = folded(name)
        if known.setdefault(key, number) != number:
            doubtful.add(key)
    return {key: number for key, number in known.items() if key not in doubtful}
