"""What a person may see, as the index needs it: read from SQL for every single search.

The rules are the rooms' own. A grant lets its holder see (nearly) everything of the organisations it
reaches, so that is said by organisation; the rules are then asked which dossiers, plans and orders differ.
Whatever changes rights is journalled in the same commit, so while the journal's head is the same the last
answer holds, in every process.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select, true

from accounts.models import User
from core.audit import Head
from core.db import db
from documents.models import Confidentiality, Dossier, DossierReader
from documents.queries import is_readable_by
from orders.models import Order
from orders.queries.orders import is_visible_to as is_order_visible_to
from roadmap.models import Plan
from roadmap.queries.plans import is_visible_to, reached_organisations
from search_index.protocol import Sight
from search_index.scopes import dossier_scope, order_scope, plan_scope

#: Only dossiers with readers of their own or public ones are seen from outside; only these are hidden within.
#: It spares asking the whole rule of a hundred thousand ordinary dossiers.
MAY_BE_OPEN = or_(Dossier.access == Confidentiality.PUBLIC, Dossier.id.in_(select(DossierReader.dossier_id)))
MAY_BE_HIDDEN = Dossier.access.in_((Confidentiality.RESTRICTED, Confidentiality.DRAFT))
_MOST_PEOPLE = 500
_known: dict[tuple[str, int], tuple[Any, Sight]] = {}


def sight_of(person: User) -> Sight:
    """What `person` may see at this moment."""
    if db.session().info.get("open"):
        return _sight_of(person)  # what is being written is nobody's yet
    key, head = (str(db.engine.url), person.id), _head()
    found = _known.get(key)
    if found is None or found[0] != head:
        if len(_known) > _MOST_PEOPLE:
            _known.clear()
        found = _known[key] = head, _sight_of(person)
    return found[1]


def _head() -> Any:
    """How long the journal is and how it ends: every commit that changes a right changes this."""
    return db.session.execute(select(Head.length, Head.mac)).first()


def _sight_of(person: User) -> Sight:
    reached = reached_organisations(person)
    rules: tuple[tuple[Any, ColumnElement[bool], Any, ColumnElement[bool], ColumnElement[bool]], ...] = (
        (Dossier, is_readable_by(person), dossier_scope, MAY_BE_OPEN, MAY_BE_HIDDEN),
        (Plan, is_visible_to(person), plan_scope, true(), true()),
        (Order, is_order_visible_to(person), order_scope, true(), true()),
    )
    opened, hidden = [], []
    for thing, rule, scope, may_be_open, may_be_hidden in rules:
        beyond = select(thing.id).where(thing.organisation_id.not_in(reached), may_be_open, rule)
        within = select(thing.id).where(thing.organisation_id.in_(reached), may_be_hidden, ~rule)
        opened += [scope(number) for number in _ids(beyond)]
        hidden += [scope(number) for number in _ids(within)]
    return Sight(frozenset(_ids(reached)), frozenset(opened), frozenset(hidden))


def _ids(wanted: Select[Any]) -> list[int]:
    return list(db.session.scalars(wanted))
