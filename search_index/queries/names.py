"""Names for the numbers that facets count."""

from collections.abc import Iterable

from sqlalchemy import select

from accounts.models import Organisation, User
from core.db import db


def organisation_names(values: Iterable[str]) -> dict[str, str]:
    """Number → short name. Ask only for organisations of things that the person sees."""
    wanted = select(Organisation.id, Organisation.short_name, Organisation.name).order_by(Organisation.id)
    rows = db.session.execute(wanted.where(Organisation.id.in_(_numbers(values))))
    return {str(number): short or name for number, short, name in rows}


def author_names(values: Iterable[str]) -> dict[str, str]:
    """Number → «Тополева С. М.»."""
    wanted = select(User).where(User.id.in_(_numbers(values))).order_by(User.id)
    return {str(one.id): one.short_name for one in db.session.scalars(wanted)}


def _numbers(values: Iterable[str]) -> list[int]:
    return [int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 10]
