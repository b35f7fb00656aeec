"""Who may administer whom: the one place where the services of this room ask."""

from accounts.models import Organisation, Role, User
from accounts.queries import administrators_of_roots, is_reaching_all
from core.audit import System
from core.errors import Blocked, NotYours
from core.words import _

#: Whoever acts here: a person, or Vekha itself (the command line, the worker).
By = User | System


def require_administrator(by: By, *, over: Organisation | None) -> None:
    """NotYours unless an administrator's role of `by` reaches the organisation; None means all of them."""
    if isinstance(by, System):
        return
    reached = (
        is_reaching_all(by, Role.ADMINISTRATOR)
        if over is None
        else Role.ADMINISTRATOR in by.roles_over(over.path)
    )
    if not reached:
        raise NotYours(_("Это может администратор вышестоящей организации. Обратитесь к нему."))


def require_reach_of_all(by: User, *roles: Role) -> None:
    """NotYours unless one of `roles` of the person reaches every organisation there is."""
    if not is_reaching_all(by, *roles):
        raise NotYours(_("Это для того, кому подчинены все организации. Обратитесь к нему."))


def require_charge_of(by: By, user: User) -> None:
    """NotYours unless `by` administers where the person belongs and everything the person has a role in.

    Without the second half an administrator of a school could take over the account of somebody who
    administers the whole district.
    """
    require_administrator(by, over=user.organisation)
    for held in user.grants:
        require_administrator(by, over=held.organisation)


def require_another_administrator(than: User) -> None:
    """Blocked when nobody else administers from the top of the tree: somebody must remain."""
    held = administrators_of_roots()
    mine = [g for g in held if g.user_id == than.id]
    if mine and len(mine) == len(held):
        raise Blocked(_("Это последний администратор. Сначала назначьте другого."))
