"""Who may do what with orders and registers, and what holds for every change of an order."""

from accounts.models import Organisation, Role, User
from core.db import db
from core.errors import NotYours, Stale
from core.words import _
from orders.models import Order, Register

DRAFTERS = frozenset({Role.CLERK, Role.COORDINATOR})


def require_clerk(organisation: Organisation, *, by: User) -> None:
    """NotYours for everybody but the clerks of the organisation."""
    if Role.CLERK not in by.roles_over(organisation.path):
        raise NotYours(_("Журналы и номера ведёт делопроизводитель организации. Обратитесь к нему."))


def require_drafter(subject: Order | Organisation, *, by: User) -> None:
    """NotYours for everybody but clerks and coordinators of the organisation."""
    path = subject.organisation.path if isinstance(subject, Order) else subject.path
    if not DRAFTERS & by.roles_over(path):
        raise NotYours(_("Приказы готовит делопроизводитель или координатор организации. Обратитесь к ним."))


def hold_order(order: Order, *, version: int | None = None) -> None:
    """Lock the order until the transaction ends; Stale when it is not the `version` that the person saw."""
    db.session.refresh(order, with_for_update={"of": Order})
    if version is not None and order.version != version:
        raise Stale(_("Пока вы писали, приказ изменил кто-то другой. Откройте его заново."))


def hold_register(register: Register, *, version: int | None = None) -> None:
    """Lock the register; Stale when it is not the `version` that the person saw."""
    db.session.refresh(register, with_for_update={"of": Register})
    if version is not None and register.version != version:
        raise Stale(_("Пока вы писали, журнал изменил кто-то другой. Откройте его заново."))
