"""Names for the numbers that facets count."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from accounts.models import Organisation, User
from core.db import db


def organisation_names(values: Iterable[str]) -> dict[str, str]:
    """Number → short name. Ask only for organisations of things that the person sees."""
    return {str(one.id): one.label for one in _rows(Organisation, values)}


def author_names(values: Iterable[str]) -> dict[str, str]:
    """Number → «Тополева С. М.»."""
    return {str(one.id): one.short_name for one in _rows(User, values)}


def _rows(table: Any, values: Iterable[str]) -> list[Any]:
    numbers = [int(value) for value in values if value.isdigit() and len(value) < 10]
    return list(db.session.scalars(select(table).where(table.id.in_(numbers)).order_by(table.id)))
