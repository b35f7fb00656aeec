"""Drafts: a new order from the template or a file, and changing it."""

from typing import Any

from flask import flash, redirect, request, url_for
from wtforms.fields.choices import SelectChoice

from accounts.policy import allowed
from core.words import gettext
from documents.services import Upload
from orders.forms import OrderForm
from orders.models import Order, OrderOrigin
from orders.queries.orders import order_of
from orders.queries.registers import clerked_organisations
from orders.queries.templates import own_templates
from orders.services.drafting import ItemFacts, draft_from_file, draft_order, edit_order, replace_file
from orders.services.papers import print_order
from orders.services.rules import DRAFTERS
from orders.views.blueprint import BOTH, back, bp, form_page, me

FIELDS = ("number", "text", "executor", "due_text")
SPARE_ROWS = 3
#: What a draft says of control unless something else is typed. Papers are Russian in any language.
CONTROL_ITEM = "Контроль за исполнением приказа оставляю за собой."


@bp.route("/orders/new", methods=BOTH)
@allowed(*DRAFTERS)
def order_new() -> Any:
    """A new draft: typed into the template, or a file that is there."""
    form, bodies = OrderForm(), clerked_organisations(me(), *DRAFTERS)
    form.organisation.choices = [SelectChoice(body.id, body.label) for body in bodies]
    form.offer(own_templates(*bodies))
    if not form.is_submitted():
        form.control_text.data = CONTROL_ITEM
    if not form.validate_on_submit() or request.form.get("do") == "rows":
        return _page(form, None)
    body = next(body for body in bodies if body.id == form.organisation.data)
    made = _made(body, form)
    flash(gettext("Проект создан."))
    return back(made)


def _made(body: Any, form: OrderForm) -> Order:
    facts = form.facts(typed_items())
    if form.file.data:
        upload = Upload(form.file.data.filename or "", form.file.data.stream)
        return draft_from_file(body, facts, upload, by=me())
    made = draft_order(body, facts, by=me())
    print_order(made, by=me())
    return made


@bp.route("/orders/<int:order_id>/edit", methods=BOTH)
@allowed(*DRAFTERS)
def order_edit(order_id: int) -> Any:
    """Change a draft; one that is being agreed goes back and is agreed again."""
    found = order_of(order_id, seen_by=me())
    form = OrderForm(obj=found)
    del form.organisation
    form.offer(own_templates(found.organisation, kept=found.template))
    if not form.validate_on_submit() or request.form.get("do") == "rows":
        return _page(form, found)
    _keep(found, form)
    flash(gettext("Сохранено."))
    return redirect(url_for(".order", order_id=found.id), 303)


def _keep(found: Order, form: OrderForm) -> None:
    edit_order(found, form.facts(typed_items()), by=me(), version=form.seen)
    if found.origin is OrderOrigin.FILE and form.file.data:
        upload = Upload(form.file.data.filename or "", form.file.data.stream)
        replace_file(found, upload, reason=gettext("Новый текст проекта"), by=me())
    print_order(found, by=me())


def typed_items() -> tuple[ItemFacts, ...]:
    """The items as they stand in the form, in their order; rows without a text are none."""
    columns = [request.form.getlist(f"item.{name}") for name in FIELDS]
    rows = [dict(zip(FIELDS, row, strict=True)) for row in zip(*columns, strict=False)]
    return tuple(
        ItemFacts(**{n: t.replace("\r\n", "\n") for n, t in row.items()})
        for row in rows
        if row["text"].strip()
    )


def _page(form: OrderForm, found: Order | None) -> Any:
    is_typed = form.is_submitted()
    rows = list(typed_items()) if is_typed else [_stored(item) for item in (found.items if found else [])]
    spare = [ItemFacts("")] * (SPARE_ROWS if request.form.get("do") == "rows" or not rows else 1)
    back_url = url_for(".order", order_id=found.id) if found else url_for(".orders")
    return form_page("orders/order_edit.html", form, order=found, items=[*rows, *spare], back_url=back_url)


def _stored(item: Any) -> ItemFacts:
    return ItemFacts(**{name: getattr(item, name) for name in FIELDS})
