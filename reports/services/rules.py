"""Who may make reports."""

from accounts.models import Role, User
from core.errors import NotYours
from core.words import _
from roadmap.models import Plan


def may_make(plan: Plan, person: User) -> bool:
    """Whether `person` coordinates the plan or keeps the council's papers."""
    return bool(plan.roles_of(person) & {Role.COORDINATOR, Role.COUNCIL_SECRETARY})


def require_maker(plan: Plan, by: User) -> None:
    """Refuse whoever may not make reports on the plan."""
    if not may_make(plan, by):
        raise NotYours(_("Отчёт собирает координатор или секретарь Совета."))
