"""What a person may see, as the index needs it: read from SQL for every single search.

The rules are the rooms' own. A grant lets its holder see (nearly) everything of the organisations it
reaches, so that is said by organisation; the rules are then asked which dossiers and plans differ.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, select

from accounts.models import User
from core.db import db
from documents.models import Dossier
from documents.queries import is_readable_by
from orders.models import Order
from orders.queries.orders import is_visible_to as is_order_visible_to
from roadmap.models import Plan
from roadmap.queries.plans import is_visible_to, reached_organisations
from search_index.protocol import Sight
from search_index.scopes import dossier_scope, order_scope, plan_scope


def sight_of(person: User) -> Sight:
    """What `person` may see at this moment."""
    reached = reached_organisations(person)
    rules = (
        (Dossier, is_readable_by(person), dossier_scope),
        (Plan, is_visible_to(person), plan_scope),
        (Order, is_order_visible_to(person), order_scope),
    )
    opened, hidden = [], []
    for thing, rule, scope in rules:
        opened += [scope(number) for number in _ids(_beyond(thing, rule, reached))]
        hidden += [scope(number) for number in _ids(_within_but_not(thing, rule, reached))]
    return Sight(frozenset(_ids(reached)), frozenset(opened), frozenset(hidden))


def _beyond(thing: Any, rule: ColumnElement[bool], reached: Select[Any]) -> Select[Any]:
    return select(thing.id).where(thing.organisation_id.not_in(reached), rule)


def _within_but_not(thing: Any, rule: ColumnElement[bool], reached: Select[Any]) -> Select[Any]:
    return select(thing.id).where(thing.organisation_id.in_(reached), ~rule)


def _ids(wanted: Select[Any]) -> list[int]:
    return list(db.session.scalars(wanted))
