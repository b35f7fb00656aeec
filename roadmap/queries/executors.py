"""Whom a printed executor means: an organisation of the tree or a person, when that is certain."""

import re
from dataclasses import dataclass, field

from sqlalchemy import Integer, cast, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from accounts.models import Organisation, User
from core.db import db
from documents.models import Dossier
from roadmap.models import Measure, Participation, Plan

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


def linkable(organisation: Organisation) -> tuple[list[Organisation], list[User]]:
    """Everybody a plan of `organisation` can name: its subtree, its ancestors, and their people."""
    above = [int(part) for part in organisation.path.strip("/").split("/") if part]
    below = Organisation.path.startswith(organisation.path, autoescape=True)
    in_sight = or_(below, Organisation.id.in_(above))
    bodies = select(Organisation).where(in_sight, Organisation.closed_at.is_(None))
    found = list(db.session.scalars(bodies.order_by(Organisation.path, Organisation.id)))
    people = select(User).where(
        User.organisation_id.in_([body.id for body in found]), User.blocked_at.is_(None)
    )
    people = people.options(joinedload(User.organisation)).order_by(User.surname, User.given_name, User.id)
    return found, list(db.session.scalars(people))


def known_executors(organisation: Organisation) -> KnownExecutors:
    """The names that are certain among everybody a plan of `organisation` can name."""
    bodies, people = linkable(organisation)
    return KnownExecutors(
        _certain([(name, body.id) for body in bodies for name in {body.name, body.short_name} if name]),
        _certain([(person.short_name, person.id) for person in people]),
    )


def _certain(pairs: list[tuple[str, int]]) -> dict[str, int]:
    known: dict[str, int] = {}
    doubtful = set()
    for name, number in pairs:
        key = folded(name)
        if known.setdefault(key, number) != number:
            doubtful.add(key)
    return {key: number for key, number in known.items() if key not in doubtful}


def participations_of(plan: Plan) -> list[Participation]:
    """Everybody named in the live measures of the plan, with the measure and its dossier."""
    found = select(Participation).join(Participation.measure).where(Measure.plan_id == plan.id)
    found = found.where(Measure.withdrawn_at.is_(None)).order_by(
        Measure.position, Measure.id, Participation.position
    )
    measure = contains_eager(Participation.measure)
    return list(
        db.session.scalars(
            found.options(
                measure.selectinload(Measure.participations),
                measure.joinedload(Measure.dossier).selectinload(Dossier.readers),
            )
        )
    )


@dataclass(frozen=True)
class PrintedName:
    """An executor's name as the plan prints it: in how many measures, and whom it is linked to in them."""

    name: str
    measures: int
    organisation_id: int | None
    user_id: int | None
    by_consent: bool

    @property
    def is_linked(self) -> bool:
        return self.organisation_id is not None or self.user_id is not None


def printed_names(plan: Plan) -> list[PrintedName]:
    """The names of executors of the plan, those linked to nobody first, then by name."""
    columns = (
        Participation.name,
        func.count(),
        func.max(Participation.organisation_id),
        func.max(Participation.user_id),
        func.max(cast(Participation.by_consent, Integer)),
    )
    found = select(*columns).join(Participation.measure).where(Measure.plan_id == plan.id)
    found = (
        found.where(Measure.withdrawn_at.is_(None)).group_by(Participation.name).order_by(Participation.name)
    )
    names = [PrintedName(*row[:4], bool(row[4])) for row in db.session.execute(found)]
    return sorted(names, key=lambda n: (n.is_linked or n.by_consent, n.name))
