"""Giving numbers, keeping one for a draft, filing."""

from typing import Any

from flask import flash
from wtforms.fields.choices import SelectChoice

from accounts.models import Role
from accounts.policy import allowed
from core.errors import Invalid
from core.words import _, gettext
from orders.forms import CaseForm, NumberForm, ReasonForm
from orders.models import Order, Register
from orders.queries.orders import order_of
from orders.queries.registers import open_registers, registration_of, reserved_in
from orders.services.numbering import reserve_for
from orders.services.signing import file_order, register_back_dated, register_order
from orders.views.blueprint import BOTH, back, bp, form_page, me


@bp.route("/orders/<int:order_id>/number", methods=BOTH)
@allowed(Role.CLERK)
def number(order_id: int) -> Any:
    """Register a signed order."""
    found = order_of(order_id, seen_by=me())
    form, journals = NumberForm(obj=None), open_registers(found.organisation, found.document_kind)
    _offer(form, found, journals)
    if not form.validate_on_submit():
        form.version.data = form.version.data or found.version
        return form_page("orders/number.html", form, order=found, registers=journals)
    given = _registered(found, next(j for j in journals if j.id == form.register.data), form)
    flash(gettext("Присвоен номер %(number)s.", number=given.number))
    return back(found)


def _offer(form: NumberForm, order: Order, journals: list[Register]) -> None:
    form.register.choices = [SelectChoice(j.id, j.title) for j in journals]
    kept = [row for journal in journals for row in reserved_in(journal) if row.order_id in (None, order.id)]
    form.reserved.choices = [SelectChoice(0, gettext("не выбран"))]
    form.reserved.choices += [
        SelectChoice(row.id, f"{row.number} · {row.year} · {row.reason}") for row in kept
    ]
    if not form.is_submitted() and order.registration:
        form.way.data, form.reserved.data = "reserved", order.registration.id


def _registered(order: Order, journal: Register, form: NumberForm) -> Any:
    if form.way.data == "put_in":
        return register_back_dated(
            order,
            journal,
            reason=form.reason.data or "",
            suffix=form.suffix.data or "",
            by=me(),
            version=form.seen,
        )
    kept = None
    if form.way.data == "reserved":
        if not form.reserved.data:
            raise Invalid(_("Выберите зарезервированный номер."))
        kept = registration_of(form.reserved.data, seen_by=me())
    return register_order(order, journal, reserved=kept, by=me(), version=form.seen)


@bp.route("/orders/<int:order_id>/reserve", methods=BOTH)
@allowed(Role.CLERK)
def order_reserve(order_id: int) -> Any:
    """Keep the next number for a draft."""
    found, form = order_of(order_id, seen_by=me()), ReasonForm()
    journals = open_registers(found.organisation, found.document_kind)
    if not form.validate_on_submit():
        return form_page("orders/reserve.html", form, order=found, registers=journals)
    if not journals:
        raise Invalid(_("Для таких документов ещё нет журнала: создайте его в разделе «Журналы»."))
    kept = reserve_for(found, journals[0], reason=form.reason.data or "", by=me())
    flash(gettext("Оставлен номер %(number)s.", number=kept.number))
    return back(found)


@bp.route("/orders/<int:order_id>/file", methods=BOTH)
@allowed(Role.CLERK)
def file_away(order_id: int) -> Any:
    """«В дело № …»"""
    found = order_of(order_id, seen_by=me())
    form = CaseForm(obj=found)
    if not form.validate_on_submit():
        return form_page("orders/file.html", form, order=found)
    file_order(found, case_index=form.case_index.data or "", by=me(), version=form.seen)
    flash(gettext("Направлено в дело."))
    return back(found)
