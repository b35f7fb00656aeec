"""The acknowledgement sheet: who is to read an order, who has, and the sheet to print."""

from typing import Any

from flask import flash, redirect, request, url_for

from accounts.policy import allowed, signed_in
from core.clock import today
from core.errors import NotFound
from core.words import _, gettext
from orders.forms import ReaderForm, ReadersForm
from orders.models import Acknowledgement, Order
from orders.queries.orders import candidates_for, order_of
from orders.services.acknowledgement import acknowledge, name_readers, record_acknowledgement, record_refusal
from orders.services.rules import DRAFTERS
from orders.views.agreement import people_choices
from orders.views.blueprint import BOTH, back, bp, form_page, me


@bp.route("/orders/<int:order_id>/sheet", methods=BOTH)
@signed_in
def sheet(order_id: int) -> Any:
    """The sheet; clerks name people on it."""
    found, form = order_of(order_id, seen_by=me()), ReadersForm()
    form.people.choices = people_choices(found)
    if not form.validate_on_submit():
        listed = {row.user_id for row in found.acknowledgements}
        form.people.choices = [choice for choice in form.people.choices if choice.value not in listed]
        can = {"name"} if DRAFTERS & found.roles_of(me()) else set()
        return form_page("orders/sheet.html", form, order=found, can=can)
    chosen = set(form.people.data or [])
    people = [person for person in candidates_for(found.organisation) if person.id in chosen]
    added = name_readers(found, people, others=(form.others.data or "").splitlines(), by=me())
    flash(gettext("Добавлено в лист: %(count)s.", count=added))
    return redirect(url_for(".sheet", order_id=found.id), 303)


@bp.post("/orders/<int:order_id>/acknowledge")
@signed_in
def acknowledged(order_id: int) -> Any:
    """«Ознакомлен»"""
    found = order_of(order_id, seen_by=me())
    acknowledge(found, by=me())
    flash(gettext("Записано: вы ознакомлены."))
    return back(found)


@bp.route("/orders/<int:order_id>/sheet/<int:row_id>", methods=BOTH)
@allowed(*DRAFTERS)
def sheet_row(order_id: int, row_id: int) -> Any:
    """Put down what stands on the paper sheet: a signature with its day, or a refusal."""
    found, form = order_of(order_id, seen_by=me()), ReaderForm()
    row = _row(found, row_id)
    if not form.is_submitted():
        form.day.data = today()
    if not form.validate_on_submit():
        return form_page("orders/sheet_row.html", form, order=found, row=row)
    _record(row, form.day.data, form.note.data or "")
    return redirect(url_for(".sheet", order_id=found.id), 303)


def _record(row: Acknowledgement, day: Any, note: str) -> None:
    if request.form.get("do") == "refuse":
        record_refusal(row, day=day, note=note, by=me())
    else:
        record_acknowledgement(row, day=day, note=note, by=me())


def _row(order: Order, row_id: int) -> Acknowledgement:
    if found := next((row for row in order.acknowledgements if row.id == row_id), None):
        return found
    raise NotFound(_("Такой строки в листе нет. Обновите лист ознакомления."))
