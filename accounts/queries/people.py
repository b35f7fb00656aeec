"""People: who they are, and who may see whom."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from accounts.models import Grant, Organisation, Role, User, searchable
from accounts.queries.organisations import is_reaching_all, reach
from core.db import db
from core.errors import NotFound
from core.words import _

IN_ORDER = (User.surname, User.given_name, User.patronymic, User.id)


def person(user_id: int, *, seen_by: User) -> User:
    """The person, if `seen_by` administers where the person belongs or holds a role; else NotFound."""
    found: User | None = db.session.scalar(_administered(seen_by).where(User.id == user_id))
    if found is None:
        raise NotFound(_("Такого человека нет или он вам не виден."))
    return found


def people_administered_by(user: User, *, text: str = "", limit: int = 50, offset: int = 0) -> list[User]:
    """People who belong to, or hold a role in, an organisation that `user` administers, by surname.

    `text` is looked for in names and logins, word by word.
    """
    found = _matching(_administered(user), text)
    return list(db.session.scalars(found.order_by(*IN_ORDER).limit(limit).offset(offset)))


def _administered(by: User) -> Select[Any]:
    within = select(Organisation.id).where(reach(by, Role.ADMINISTRATOR))
    holders = select(Grant.user_id).where(Grant.organisation_id.in_(within))
    seen = or_(User.organisation_id.in_(within), User.id.in_(holders))
    if is_reaching_all(by, Role.ADMINISTRATOR):
        seen = or_(seen, User.organisation_id.is_(None))
    return select(User).where(seen).options(*_WHOLE)


_WHOLE = (joinedload(User.organisation), selectinload(User.grants))


def find_people(text: str, *, seen_by: User, limit: int = 20) -> list[User]:
    """People with an open account whose name or login has every word of `text`, by surname.

    Only those who belong to an organisation that any role of `seen_by` reaches, and its colleagues.
    """
    near = or_(reach(seen_by), Organisation.id == seen_by.organisation_id)
    within = select(Organisation.id).where(near)
    known = select(User).where(User.organisation_id.in_(within), User.blocked_at.is_(None))
    found = _matching(known.options(joinedload(User.organisation)), text)
    return list(db.session.scalars(found.order_by(*IN_ORDER).limit(limit)))


def _matching(people: Select[Any], text: str) -> Select[Any]:
    for word in searchable(text).split()[:8]:
        people = people.where(User.sought.contains(word, autoescape=True))
    return people


def people_of(organisation: Organisation) -> list[User]:
    """People with an open account who belong to the organisation itself, by surname."""
    belong = select(User).where(User.organisation_id == organisation.id, User.blocked_at.is_(None))
    return list(db.session.scalars(belong.options(*_WHOLE).order_by(*IN_ORDER)))


def grant_of(grant_id: int, *, user: User) -> Grant:
    """The grant, if it is one of the person's; NotFound otherwise."""
    held = next((g for g in user.grants if g.id == grant_id), None)
    if held is None:
        raise NotFound(_("Такой роли у человека уже нет. Обновите страницу."))
    return held


def people_by_id(ids: Collection[int]) -> dict[int, User]:
    """People by their numbers; the numbers of nobody are left out."""
    found = db.session.scalars(select(User).where(User.id.in_(ids)).order_by(User.id))
    return {user.id: user for user in found}


def person_by_login(login: str) -> User | None:
    """The person with exactly this login, blocked or not."""
    return db.session.scalar(select(User).where(User.login == login))


def all_people() -> list[User]:
    """Everybody, by surname; for the command line, which sees all."""
    return list(db.session.scalars(select(User).options(*_WHOLE).order_by(*IN_ORDER)))


def administrators_of_roots() -> list[Grant]:
    """Administrators' grants on the tops of the tree held by people who can sign in.

    The rows are locked until the transaction ends, so that two people cannot take away the last two.
    """
    found = (
        select(Grant)
        .join(Grant.organisation)
        .join(Grant.user)
        .where(Grant.role == Role.ADMINISTRATOR, Organisation.parent_id.is_(None))
        .where(User.blocked_at.is_(None))
        .with_for_update(of=Grant)
    )
    return list(db.session.scalars(found.order_by(Grant.id)))
