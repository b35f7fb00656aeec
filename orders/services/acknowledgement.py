"""Communication: named people read the order, with the day; a refusal is recorded, never hidden."""

from collections.abc import Sequence
from datetime import date

from accounts.models import User
from core.audit import record
from core.clock import today
from core.db import transaction
from core.errors import Invalid, NotYours, OutOfTurn
from core.outbox import publish
from core.words import _
from documents.services import show_dossier_to
from orders.models import Acknowledgement, Order
from orders.services.rules import hold_order, require_drafter
from workflow.order import IN_FORCE


def name_readers(order: Order, people: Sequence[User], *, others: Sequence[str] = (), by: User) -> int:
    """Say who is to read the order: people with an account, and `others` by name; how many are new."""
    require_drafter(order, by=by)
    with transaction() as session:
        hold_order(order)
        _require_in_force(order)
        known = {row.user_id for row in order.acknowledgements if row.user_id}
        names = {row.name for row in order.acknowledgements}
        rows = [
            Acknowledgement(user_id=p.id, name=p.full_name, position=p.position)
            for p in people
            if p.id not in known
        ]
        rows += [
            Acknowledgement(name=name.strip())
            for name in others
            if name.strip() and name.strip() not in names
        ]
        for row in rows:
            order.acknowledgements.append(row)
            if row.user_id:
                show_dossier_to(order.dossier, user_id=row.user_id)
        session.flush()  # the journal names the rows by their numbers
        record(order, "order.name_readers", by=by)
        publish("order.readers_named", order_id=order.id, by_id=by.id)
    return len(rows)


def _require_in_force(order: Order) -> None:
    if order.state not in IN_FORCE:
        raise OutOfTurn(_("Знакомят с зарегистрированным приказом. Сначала зарегистрируйте его."))


def acknowledge(order: Order, *, by: User) -> None:
    """«Ознакомлен»: the person says so, today."""
    with transaction():
        hold_order(order)
        row = next((row for row in order.acknowledgements if row.user_id == by.id), None)
        if row is None:
            raise NotYours(
                _(
                    "Вас нет в листе ознакомления с этим приказом. Попросите делопроизводителя "
                    "внести вас в лист."
                )
            )
        _require_unanswered(row)
        row.acknowledged_on, row.recorded_by_id = today(), by.id
        record(order, "order.acknowledge", by=by)


def record_acknowledgement(row: Acknowledgement, *, day: date, note: str = "", by: User) -> None:
    """Somebody signed the paper sheet on `day`; the clerk says so."""
    _answer(row, day, by)
    with transaction():
        hold_order(row.order)
        _require_unanswered(row)
        row.acknowledged_on, row.recorded_by_id, row.note = day, by.id, note.strip()
        record(row.order, "order.acknowledge", by=by, note=row.name)


def record_refusal(row: Acknowledgement, *, day: date, note: str, by: User) -> None:
    """Somebody refused to sign the sheet; what the clerk says of it stays beside the name."""
    _answer(row, day, by)
    if not note.strip():
        raise Invalid(_("Напишите, как отказались и кто это подтверждает: акт, свидетели."))
    with transaction():
        hold_order(row.order)
        _require_unanswered(row)
        row.refused_on, row.recorded_by_id, row.note = day, by.id, note.strip()
        record(row.order, "order.refuse", by=by, note=f"{row.name}: {row.note}")


def _answer(row: Acknowledgement, day: date, by: User) -> None:
    require_drafter(row.order, by=by)
    if day > today():
        raise Invalid(_("Этот день ещё не наступил: укажите день не позже сегодняшнего."))


def _require_unanswered(row: Acknowledgement) -> None:
    if row.is_answered:
        raise OutOfTurn(_("В листе уже есть отметка: %(name)s. Второй отметки не нужно.", name=row.name))
