"""The list of orders and one order."""

from typing import Any

from flask import flash, render_template, request, url_for

from accounts.policy import signed_in
from core.errors import Invalid, NotFound
from core.words import _, gettext
from orders.forms import NoteForm
from orders.models import Order
from orders.queries.orders import PAGE, SHOWN, OrderFilter, order_count, order_counts, order_of
from orders.queries.orders import orders as orders_seen
from orders.services.agreement import send_for_agreement
from orders.services.drafting import withdraw_order
from orders.services.rules import DRAFTERS, require_drafter
from orders.views.blueprint import back, bp, me, tab
from orders.views.order_page import order_context
from workflow.services import perform

TABS = {
    "": _("Все"),
    "mine": _("Ждут меня"),
    "drafts": _("Проекты"),
    "agreement": _("На согласовании"),
    "to_sign": _("На подписи"),
    "to_register": _("На регистрации"),
    "registered": _("Зарегистрированы"),
    "control": _("На контроле"),
    "closed": _("Завершены"),
}
#: Moves that are made from the page itself; the others have pages of their own.
PLAIN = ("send", "return", "withdraw", "remove_from_control", "resume")


@bp.get("/orders")
@signed_in
def orders() -> Any:
    """Orders a person may see, by tab."""
    chosen, page = _chosen(), max(request.args.get("page", 1, type=int), 1)
    rows = orders_seen(chosen, seen_by=me(), offset=(page - 1) * PAGE)
    context = {
        "tabs": _tabs(chosen),
        "rows": rows,
        "chosen": chosen,
        "pages": _pages(chosen, page),
        "can": {"add"} if me().has_role(*DRAFTERS) else set(),
    }
    return render_template("orders/orders.html", **context)


def _chosen() -> OrderFilter:
    show = request.args.get("show", "")
    return OrderFilter(show if show in (*SHOWN, "mine") else "", request.args.get("text", "").strip()[:200])


def _tabs(chosen: OrderFilter) -> list[dict[str, Any]]:
    counts = order_counts(seen_by=me())
    return [
        tab(url_for(".orders", show=name or None), words, counts[name], is_current=chosen.show == name)
        for name, words in TABS.items()
        if counts[name] or name in ("", "mine", chosen.show)
    ]


def _pages(chosen: OrderFilter, page: int) -> dict[str, Any]:
    total = order_count(chosen, seen_by=me())

    def link(number: int) -> str:
        return url_for(".orders", show=chosen.show or None, text=chosen.text or None, page=number)

    return {
        "first": min((page - 1) * PAGE + 1, total),
        "last": min(page * PAGE, total),
        "total": total,
        "previous_url": link(page - 1) if page > 1 else None,
        "next_url": link(page + 1) if page * PAGE < total else None,
    }


@bp.get("/orders/<int:order_id>")
@signed_in
def order(order_id: int) -> Any:
    """One order: where it stands, what it says, what may be done."""
    return render_template("orders/order.html", **order_context(order_of(order_id, seen_by=me())))


@bp.post("/orders/<int:order_id>/moves/<name>")
@signed_in
def move(order_id: int, name: str) -> Any:
    """Make one move of the lifecycle that needs no page of its own."""
    found, form = order_of(order_id, seen_by=me()), NoteForm()
    if name not in PLAIN:
        raise NotFound(
            _("Такого действия нет: «%(name)s». Обновите страницу и выберите действие на ней.", name=name)
        )
    if not form.validate():
        raise Invalid(next(iter(form.errors.values()))[0])
    _make(found, name, form)
    flash(gettext("Готово: %(state)s.", state=found.lifecycle.labels[found.state]))
    return back(found)


def _make(found: Order, name: str, form: NoteForm) -> None:
    note = form.note.data or ""
    if name == "return":
        require_drafter(found, by=me())  # whoever is asked for a visa refuses by it
    if name == "send":
        send_for_agreement(found, by=me(), version=form.seen)
    elif name == "withdraw":
        withdraw_order(found, reason=note, by=me(), version=form.seen)
    else:
        perform(found, name, by=me(), note=note, version=form.seen)
