"""Verbs on people: adding, editing, blocking, giving and taking roles."""

import re
import unicodedata
from dataclasses import dataclass

from accounts.models import Grant, Organisation, Role, User
from accounts.queries import person_by_login
from accounts.services.authority import (
    By,
    require_administrator,
    require_another_administrator,
    require_charge_of,
)
from accounts.services.sessions import end_all_sessions
from core.audit import record
from core.clock import now
from core.db import transaction
from core.errors import Blocked, Invalid
from core.words import _


def folded_login(login: str) -> str:
    """A login as it is kept and compared: one case, one form of every letter, at most 120 signs."""
    return unicodedata.normalize("NFKC", login).strip().casefold()[:120]


def add_person(
    login: str,
    *,
    surname: str,
    given_name: str = "",
    patronymic: str = "",
    position: str = "",
    organisation: Organisation | None = None,
    email: str = "",
    phone: str = "",
    by: By,
) -> User:
    """A new person without a password: invite them, or set one. Invalid for a login that is taken."""
    with transaction() as session:
        require_administrator(by, over=organisation)
        new = User(login=_new_login(login), grants=[])
        _write(new, Facts(surname, given_name, patronymic, position, email, phone))
        new.organisation = organisation
        session.add(new)
        record(new, "person.added", by=by)
    return new


def _new_login(login: str) -> str:
    folded = folded_login(login)
    if not re.fullmatch(r"[\w.@+-]{2,120}", folded):
        raise Invalid(_("Логин — от двух букв, цифр и знаков . _ - @ + без пробелов."))
    if person_by_login(folded):
        raise Invalid(_("Логин «%(login)s» уже занят. Возьмите другой.", login=folded))
    return folded


@dataclass(frozen=True)
class Facts:
    """What is known of a person besides login, roles and secrets."""

    surname: str
    given_name: str = ""
    patronymic: str = ""
    position: str = ""
    email: str = ""
    phone: str = ""


def _write(user: User, facts: Facts) -> None:
    if not facts.surname.strip():
        raise Invalid(_("Введите фамилию."))
    if facts.email and not re.fullmatch(r"[^@\s]+@[^@\s]+", facts.email.strip()):
        raise Invalid(_("Введите адрес почты как name@example.ru"))
    for name, value in vars(facts).items():
        setattr(user, name, " ".join(value.split()))


def edit_person(user: User, facts: Facts, *, organisation: Organisation | None, by: By) -> None:
    """Change what is known of a person and where the person belongs."""
    with transaction():
        require_charge_of(by, user)
        require_administrator(by, over=organisation)
        _write(user, facts)
        user.organisation = organisation
        record(user, "person.edited", by=by)


def edit_own_contacts(user: User, *, position: str, email: str, phone: str) -> None:
    """What a person may change about oneself; the name is the administrator's to change."""
    with transaction():
        _write(user, Facts(user.surname, user.given_name, user.patronymic, position, email, phone))
        record(user, "person.edited", by=user)


def choose_notifications(user: User, *, remind_days: list[int], digest: bool) -> None:
    """On which days before a term the person is reminded, and whether the weekly digest comes."""
    with transaction():
        user.remind_days = ",".join(str(day) for day in sorted(remind_days, reverse=True))
        user.gets_digest = digest
        record(user, "person.notifications_chosen", by=user)


def block(user: User, *, by: By, reason: str = "") -> None:
    """Close the account: nothing opens to it from the next request on. What was done stays."""
    with transaction():
        require_charge_of(by, user)
        if by.id == user.id and by.id is not None:
            raise Blocked(_("Себя заблокировать нельзя. Попросите другого администратора."))
        require_another_administrator(than=user)
        user.blocked_at = user.blocked_at or now()
        end_all_sessions(user)
        record(user, "person.blocked", by=by, note=reason)


def unblock(user: User, *, by: By) -> None:
    """Open a blocked account again; its password and roles are as they were."""
    with transaction():
        require_charge_of(by, user)
        user.blocked_at = None
        record(user, "person.unblocked", by=by)


def grant(user: User, role: Role, *, organisation: Organisation, by: By, ground: str = "") -> Grant:
    """Give the person a role on an organisation; sessions end, so that the rights are new everywhere."""
    with transaction() as session:
        require_administrator(by, over=organisation)
        held = [g for g in user.grants if (g.role, g.organisation_id) == (role, organisation.id)]
        if held:
            return held[0]
        new = Grant(user=user, role=role, organisation=organisation)
        session.add(new)
        end_all_sessions(user)
        record(user, "grant.given", by=by, ground=ground)
    return new


def revoke(user: User, role: Role, *, organisation: Organisation, by: By, ground: str = "") -> None:
    """Take a role away; Invalid when the person does not hold it. Sessions end."""
    with transaction() as session:
        require_administrator(by, over=organisation)
        held = [g for g in user.grants if (g.role, g.organisation_id) == (role, organisation.id)]
        if not held:
            raise Invalid(_("Такой роли у человека уже нет. Обновите страницу."))
        if role is Role.ADMINISTRATOR and organisation.parent_id is None:
            require_another_administrator(than=user)
        session.delete(held[0])
        end_all_sessions(user)
        record(user, "grant.taken", by=by, ground=ground)
        session.flush()  # only then the person's roles are read without this one
        session.expire(user, ["grants"])
