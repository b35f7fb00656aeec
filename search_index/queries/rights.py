"""What a person may see, as the index needs it: read from SQL for every single search.

The rules are the rooms' own. A grant lets its holder see (nearly) everything of the organisations it
reaches, so that is said by organisation; the rules are then asked which dossiers, plans, orders, councils,
reports and remarks differ. Whatever changes rights is journalled in the same commit, or comes with a new day,
so while both are the same the last answer holds, in every process.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select, true

from accounts.models import User
from core.audit import Head
from core.clock import today
from core.db import db
from council.models import Council, Remark
from council.queries.councils import is_visible_to as is_council_visible_to
from council.queries.review_access import is_remark_seen_by, is_reviewed_by
from documents.models import Confidentiality, Dossier, DossierReader
from documents.queries import is_readable_by
from orders.models import Order
from orders.queries.orders import is_visible_to as is_order_visible_to
from reports.models import Report, ReportVersion
from reports.queries import is_shown_to
from roadmap.models import Plan
from roadmap.queries.plans import is_visible_to, reached_organisations
from search_index.protocol import Sight
from search_index.scopes import (
    council_scope,
    dossier_scope,
    order_scope,
    plan_scope,
    remark_scope,
    report_scope,
)

#: Only dossiers with readers of their own or public ones are seen from outside; only these are hidden within.
#: It spares asking the whole rule of a hundred thousand ordinary dossiers.
MAY_BE_OPEN = or_(Dossier.access == Confidentiality.PUBLIC, Dossier.id.in_(select(DossierReader.dossier_id)))
MAY_BE_HIDDEN = Dossier.access.in_((Confidentiality.RESTRICTED, Confidentiality.DRAFT))
_MOST_PEOPLE = 500
_known: dict[tuple[str, int], tuple[Any, Sight]] = {}


@dataclass(frozen=True)
class Rule:
    """Who may see the things of one scope: their ids, their organisation, the room's condition on them."""

    scope: Callable[[int], int]
    ids: Select[Any]
    organisation: Any
    allows: ColumnElement[bool]
    may_be_open: ColumnElement[bool] = true()
    may_be_hidden: ColumnElement[bool] = true()

    def opened(self, reached: Select[Any]) -> Iterator[int]:
        """Scopes that are seen beyond the organisations."""
        found = self.ids.where(self.organisation.not_in(reached), self.may_be_open, self.allows)
        return (self.scope(number) for number in _ids(found))

    def hidden(self, reached: Select[Any]) -> Iterator[int]:
        """Scopes that are not seen though their organisation is reached."""
        found = self.ids.where(self.organisation.in_(reached), self.may_be_hidden, ~self.allows)
        return (self.scope(number) for number in _ids(found))


def sight_of(person: User) -> Sight:
    """What `person` may see at this moment."""
    if db.session().info.get("open"):
        return _sight_of(person)  # what is being written is nobody's yet
    key, head = (str(db.engine.url), person.id), (_head(), today())
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
    opened, hidden = set[int](), set[int]()
    for rule in _rules(person):
        opened |= set(rule.opened(reached))
        hidden |= set(rule.hidden(reached))
    return Sight(frozenset(_ids(reached)), frozenset(opened), frozenset(hidden))


def _rules(person: User) -> Iterator[Rule]:
    yield Rule(
        dossier_scope, select(Dossier.id), Dossier.organisation_id, is_readable_by(person),
        MAY_BE_OPEN, MAY_BE_HIDDEN,
    )  # fmt: skip
    yield Rule(plan_scope, select(Plan.id), Plan.organisation_id, is_visible_to(person))
    yield Rule(order_scope, select(Order.id), Order.organisation_id, is_order_visible_to(person))
    yield Rule(council_scope, select(Council.id), Council.organisation_id, is_council_visible_to(person))
    yield Rule(
        report_scope, select(Report.id).join(Report.plan), Plan.organisation_id, is_report_found_by(person)
    )
    remarks = select(Remark.id).join(Remark.report_version).join(ReportVersion.report).join(Report.plan)
    yield Rule(remark_scope, remarks, Plan.organisation_id, is_remark_seen_by(person))


def is_report_found_by(person: User) -> ColumnElement[bool]:
    """Reports on plans that `person` may see, and those that lie before a council in which they sit; to a
    query joined with Report.plan."""
    return or_(is_shown_to(person), is_reviewed_by(person))


def _ids(wanted: Select[Any]) -> list[int]:
    return list(db.session.scalars(wanted))
