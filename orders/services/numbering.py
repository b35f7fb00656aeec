"""Numbers: gapless and unique, from a counter row that is locked in the registering transaction (G5).

Nothing here is the highest number plus one: who takes a number waits for the row of the register's year,
and whoever rolls back gives the number back with everything else.
"""

import re
from datetime import date
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from accounts.models import User
from core.audit import record
from core.clock import today
from core.db import db, transaction
from core.errors import Blocked, Invalid, OutOfTurn
from core.words import _
from orders.models import NumberState, Order, Register, RegisterYear, Registration
from orders.queries.registers import counter_of, last_on_or_before, suffixes_of
from orders.services.registers import require_open
from orders.services.rules import hold_order, require_clerk
from workflow.order import BEFORE_SIGNING, OrderState

MOST_AT_ONCE = 50
_SUFFIX = re.compile(r"[/-]\d{1,3}|[а-яё]")


def take_number(register: Register, order: Order, *, dated_on: date, by: User) -> Registration:
    """The next number of the register for the order, in the open transaction of its registration."""
    require_open(register)
    year = register.year_of(signed_on=dated_on, registered_on=today())
    given = _next(register, year, dated_on=dated_on, by=by, state=NumberState.TAKEN)
    given.order_id = order.id
    record(register, "register.take", by=by, note=given.number)
    return given


def reserve_numbers(
    register: Register, *, count: int, reason: str, day: date | None = None, by: User
) -> list[Registration]:
    """Keep the next `count` numbers for acts to come, with the reason."""
    require_clerk(register.organisation, by=by)
    if not 1 <= count <= MOST_AT_ONCE:
        raise Invalid(_("Укажите от 1 до %(most)s: больше номеров сразу не резервируют.", most=MOST_AT_ONCE))
    reason, day = _said(reason), day or today()
    with transaction():
        require_open(register)
        kept = []
        for _number in range(count):
            given = _next(register, day.year, dated_on=day, by=by, state=NumberState.RESERVED)
            given.reason = reason
            kept.append(given)
        record(register, "register.reserve", by=by, note=reason)
    return kept


def reserve_for(order: Order, register: Register, *, reason: str, by: User) -> Registration:
    """Keep the next number for a draft. If the draft is withdrawn, the number is not used again by itself."""
    require_clerk(register.organisation, by=by)
    reason = _said(reason)
    with transaction():
        hold_order(order)
        require_open(register)
        if order.registration or order.state not in (*BEFORE_SIGNING, OrderState.SIGNED):
            raise OutOfTurn(_("Номер резервируют один раз и до регистрации. Обновите страницу приказа."))
        given = _next(register, today().year, dated_on=today(), by=by, state=NumberState.RESERVED)
        given.reason, given.order_id = reason, order.id
        record(register, "register.reserve", by=by, note=reason)
    return given


def keep_for_minutes(register: Register, *, day: date, reason: str, by: User) -> Registration:
    """The next number for the minutes of a sitting of `day`, in the open transaction of its opening.

    Who may open a sitting is the council's to say."""
    require_open(register)
    year = register.year_of(signed_on=day, registered_on=today())
    given = _next(register, year, dated_on=day, by=by, state=NumberState.RESERVED)
    given.reason = _said(reason)
    record(register, "register.reserve", by=by, note=given.reason)
    return given


def release_kept(given: Registration, *, reason: str, by: User) -> None:
    """A kept number whose sitting was not held: void, with the reason, in the open transaction."""
    if given.state is NumberState.RESERVED:
        given.state, given.reason = NumberState.VOID, _said(reason)
        record(given.register, "register.give_up", by=by, note=f"{given.number}: {given.reason}")


def give_up_of(order: Order, *, reason: str, by: User) -> None:
    """The number kept for a withdrawn draft, in the open transaction: void, with the reason."""
    given = order.registration
    if given is not None and given.state is NumberState.RESERVED:
        given.state, given.reason = NumberState.VOID, reason
        record(given.register, "register.give_up", by=by, note=f"{given.number}: {reason}")


def use_reserved(given: Registration, order: Order, *, dated_on: date, by: User) -> Registration:
    """Put a number that was kept on the order, in the open transaction of its registration."""
    db.session.refresh(given, with_for_update={"of": Registration})
    if given.state is not NumberState.RESERVED or given.order_id not in (None, order.id):
        raise OutOfTurn(_("Номер %(number)s уже не зарезервирован. Выберите другой.", number=given.number))
    register = given.register
    require_open(register)
    if register.year_of(signed_on=dated_on, registered_on=today()) != given.year:
        raise Invalid(
            _(
                "Номер %(number)s зарезервирован в другом году. Выберите номер этого года.",
                number=given.number,
            )
        )
    given.state, given.order_id, given.dated_on = NumberState.TAKEN, order.id, dated_on
    record(register, "register.use_reserved", by=by, note=given.number)
    return given


def give_up_number(given: Registration, *, reason: str, by: User) -> None:
    """A kept number that is not needed: its line stays in the register with the reason."""
    require_clerk(given.register.organisation, by=by)
    reason = _said(reason)
    with transaction() as session:
        session.refresh(given, with_for_update={"of": Registration})
        if given.state is not NumberState.RESERVED:
            raise OutOfTurn(
                _("Отказаться можно только от зарезервированного номера. Обновите страницу журнала.")
            )
        given.state, given.reason = NumberState.VOID, reason
        record(given.register, "register.give_up", by=by, note=f"{given.number}: {reason}")


def restore_number(given: Registration, *, reason: str, by: User) -> None:
    """Keep a number again that was given up. Never by itself: somebody says why."""
    require_clerk(given.register.organisation, by=by)
    reason = _said(reason)
    with transaction() as session:
        session.refresh(given, with_for_update={"of": Registration})
        if given.state is not NumberState.VOID:
            raise OutOfTurn(
                _("Вернуть можно только номер, от которого отказались. Обновите страницу журнала.")
            )
        given.state, given.reason, given.order_id = NumberState.RESERVED, reason, None
        record(given.register, "register.restore", by=by, note=f"{given.number}: {reason}")


def put_in_number(
    register: Register, order: Order, *, dated_on: date, reason: str, suffix: str = "", by: User
) -> Registration:
    """A number for an act that was not registered on its day: after the last one of that day, with a
    suffix («12/1», «12а»). The running numbers stay gapless."""
    require_open(register)
    reason, year = _said(reason), register.year_of(signed_on=dated_on, registered_on=dated_on)
    _counter(register, year)  # nobody else numbers meanwhile
    before = last_on_or_before(register, year, dated_on)
    if before is None:
        raise Blocked(_("В этом журнале нет номеров до этого дня: зарегистрируйте приказ обычным номером."))
    suffix = _free_suffix(suffix.strip().lower(), suffixes_of(register, year, before.n))
    given = Registration(
        register=register, year=year, n=before.n, suffix=suffix, number=register.printed(before.n, suffix),
        state=NumberState.TAKEN, dated_on=dated_on, reason=reason, made_by=by, order_id=order.id,
    )  # fmt: skip
    db.session.add(given)
    record(register, "register.put_in", by=by, note=f"{given.number}: {reason}")
    return given


def _free_suffix(wanted: str, taken: set[str]) -> str:
    if wanted and not _SUFFIX.fullmatch(wanted):
        raise Invalid(_("Добавка к номеру — «/1», «-1» или буква: 12/1, 12-1, 12а."))
    if wanted in taken - {""}:
        raise Invalid(_("Номер с добавкой «%(suffix)s» уже есть. Возьмите другую добавку.", suffix=wanted))
    return wanted or next(f"/{k}" for k in range(1, 1000) if f"/{k}" not in taken)


def _next(register: Register, year: int, *, dated_on: date, by: User, state: NumberState) -> Registration:
    counter = _counter(register, year)
    counter.last_number += 1
    n = counter.last_number
    given = Registration(
        register=register, year=year, n=n, number=register.printed(n), state=state, dated_on=dated_on,
        made_by=by,
    )  # fmt: skip
    db.session.add(given)
    db.session.flush()  # two alike are refused by the database here and not at the commit
    return given


def _counter(register: Register, year: int) -> RegisterYear:
    """The counter row, locked; made by whoever needs it first."""
    if found := counter_of(register, year):
        return found
    dialect: Any = {"sqlite": sqlite, "postgresql": postgresql}[db.session.get_bind().dialect.name]
    values = {"register_id": register.id, "year": year, "last_number": 0}
    db.session.execute(dialect.insert(RegisterYear).values(**values).on_conflict_do_nothing())
    found = counter_of(register, year)
    assert found, "the row was just made"
    return found


def _said(reason: str) -> str:
    if not reason.strip():
        raise Invalid(_("Напишите причину: она останется в журнале."))
    return reason.strip()
