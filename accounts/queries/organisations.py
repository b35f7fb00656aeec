"""Organisations: the tree, and how far a person's roles reach in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import false, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from accounts.models import Organisation, Role, User
from core.db import db
from core.errors import NotFound
from core.words import _


def organisation(organisation_id: int, *, seen_by: User) -> Organisation:
    """The organisation, if an administrator's role of `seen_by` reaches it; NotFound otherwise."""
    found = db.session.get(Organisation, organisation_id)
    if found is None or Role.ADMINISTRATOR not in seen_by.roles_over(found.path):
        raise NotFound(_("Такой организации нет или она вам не видна."))
    return found


def organisations_reached_by(user: User, *roles: Role) -> list[Organisation]:
    """Organisations in reach of `roles` of the person (of any role when none is named), as a tree is read.

    A role reaches the subtree of its organisation; an executor's role reaches the organisation itself.
    """
    within = reach(user, *roles)
    return in_tree_order(db.session.scalars(select(Organisation).where(within).order_by(Organisation.id)))


def reach(user: User, *roles: Role) -> ColumnElement[bool]:
    """The condition on Organisation that `roles` of the person reach it."""
    grants = [g for g in user.grants if not roles or g.role in roles]
    whole = {g.organisation.path for g in grants if g.role is not Role.EXECUTOR}
    alone = {g.organisation_id for g in grants if g.role is Role.EXECUTOR}
    below = [Organisation.path.startswith(path, autoescape=True) for path in sorted(whole)]
    return or_(false(), *below, Organisation.id.in_(alone))


def in_tree_order(found: Iterable[Organisation]) -> list[Organisation]:
    """Parents before children, siblings by name."""
    rows = list(found)
    names = {str(row.id): (row.label, row.id) for row in rows}

    def place(row: Organisation) -> list[tuple[str, int]]:
        return [names[step] for step in row.path.split("/") if step in names]

    return sorted(rows, key=place)


def subtree(of: Organisation) -> list[Organisation]:
    """The organisation and everything under it, as a tree is read."""
    below = Organisation.path.startswith(of.path, autoescape=True)
    return in_tree_order(db.session.scalars(select(Organisation).where(below).order_by(Organisation.id)))


def roots() -> list[Organisation]:
    """Organisations that stand under no other."""
    top = select(Organisation).where(Organisation.parent_id.is_(None))
    return list(db.session.scalars(top.order_by(Organisation.name, Organisation.id)))


def organisation_named(name: str) -> Organisation | None:
    """The one organisation with this number, name or short name; None when there is none or several."""
    named = or_(Organisation.name == name, Organisation.short_name == name)
    if name.isdecimal():
        named = Organisation.id == int(name)
    found = db.session.scalars(select(Organisation).where(named).order_by(Organisation.id).limit(2)).all()
    return found[0] if len(found) == 1 else None


def is_reaching_all(user: User, *roles: Role) -> bool:
    """Whether one of `roles` of the person reaches every organisation there is."""
    tops = roots()
    return bool(tops) and all(user.roles_over(top.path) & set(roles) for top in tops)


@dataclass(frozen=True)
class Branch:
    """A line of the tree: the organisation, spaces by its depth, how many people belong to it."""

    organisation: Organisation
    indent: str
    people: int


def branches(*, seen_by: User) -> list[Branch]:
    """What the administrator reaches, as a tree is read."""
    rows = organisations_reached_by(seen_by, Role.ADMINISTRATOR)
    belonging = (
        select(User.organisation_id, func.count())
        .where(User.organisation_id.in_([row.id for row in rows]))
        .group_by(User.organisation_id)
    )
    people = dict(db.session.execute(belonging).all())
    top = min((row.path.count("/") for row in rows), default=0)
    return [Branch(row, "\u2003" * (row.path.count("/") - top), people.get(row.id, 0)) for row in rows]
