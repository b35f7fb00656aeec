"""Control: proposals to correct and confirm, the board of what is under control, the cascade."""

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from wtforms.fields.choices import SelectChoice

from accounts.models import Role
from accounts.policy import allowed, signed_in
from accounts.queries import subtree
from core.errors import NotFound
from core.filters import dmy, told
from core.words import _, gettext, ngettext
from documents.queries import document_of
from orders.forms import BodiesForm, VersionedForm
from orders.models import Order
from orders.proposals.shapes import CONTROL, ITEM, STATEMENT
from orders.queries.control import Board, board, cascaded, controlled_orders
from orders.queries.orders import order_of
from orders.services.cascade import ANSWERED, gather, pass_down
from orders.services.control import confirm_proposals, correct_proposals, propose
from orders.services.drafting import take_from_archive
from orders.services.rules import DRAFTERS
from orders.views.blueprint import BOTH, back, bp, form_page, me, tab
from roadmap.models import Measure

KINDS = {CONTROL: _("контроль исполнения"), STATEMENT: _("исполняется самим актом")}
FIELDS = ("key", "number", "title", "executors", "due_text")


@bp.route("/orders/<int:order_id>/proposals", methods=BOTH)
@allowed(Role.COORDINATOR)
def proposals(order_id: int) -> Any:
    """What the order assigns: found, corrected, confirmed."""
    found, form = order_of(order_id, seen_by=me()), VersionedForm()
    do = request.form.get("do", "")
    if not form.validate_on_submit() or not do:
        return _page(found, form)
    if do == "find":
        propose(found, by=me())
    else:
        correct_proposals(found, typed_rows(), by=me(), version=form.seen)
    if do != "confirm":
        return redirect(url_for(".proposals", order_id=found.id), 303)
    made = confirm_proposals(found, by=me())
    flash(ngettext("На контроль взят %(num)s пункт.", "На контроль взято пунктов: %(num)s.", len(made)))
    return back(found, "items")


def _page(found: Order, form: VersionedForm) -> Any:
    sheet = found.proposals
    rows = [_shown(row) for row in (sheet.rows if sheet else [])]
    spare = {
        "key": f"new{len(rows)}", "kind": ITEM, "kind_label": "", "number": "", "title": "", "quote": "",
        "executors": [], "due_text": "", "period": "", "doubts": [], "is_taken": True,
    }  # fmt: skip
    form.version.data = sheet.version if sheet else ""
    can = {"write"} if sheet and sheet.confirmed_at is None else set()
    return form_page("orders/proposals.html", form, order=found, sheet=sheet, rows=[*rows, spare], can=can)


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    """A row with words for what it is and for what its period means."""
    return {**row, "kind_label": KINDS.get(row["kind"], ""), "period": _period_words(row["period"])}


def _period_words(period: dict[str, Any] | None) -> str:
    """«01.08.2027 – 10.08.2027 · повторяется · …»: dates as people write them, then the doubts."""
    if period is None:
        return ""
    days = [dmy(date.fromisoformat(period[side])) for side in ("start", "end") if period[side]]
    words = [" – ".join(days) or gettext("без даты"), gettext("повторяется") if period["recurrence"] else ""]
    return " · ".join(word for word in (*words, *map(told, period["doubts"])) if word)


def typed_rows() -> list[dict[str, Any]]:
    """The rows of the form; executors are one a line."""
    columns = {name: request.form.getlist(f"row.{name}") for name in FIELDS}
    taken = set(request.form.getlist("take"))
    rows = [dict(zip(FIELDS, values, strict=True)) for values in zip(*columns.values(), strict=False)]
    return [
        {**row, "executors": row["executors"].splitlines(), "is_taken": row["key"] in taken} for row in rows
    ]


@bp.post("/documents/<int:document_id>/control")
@allowed(*DRAFTERS)
def from_archive(document_id: int) -> Any:
    """Take an archived act up, to be put under control."""
    document = document_of(document_id, seen_by=me())
    made = take_from_archive(document, document.dossier.organisation, by=me())
    return back(made)


@bp.get("/orders/control")
@signed_in
def control() -> Any:
    """The board: every order under control with its open items, the most urgent first."""
    show = request.args.get("show", "")
    found = board(seen_by=me(), show=show)
    return render_template(
        "orders/control.html", board=found, tabs=_tabs(found, show), orders=controlled_orders(found)
    )


def _tabs(found: Board, show: str) -> list[dict[str, Any]]:
    words = {
        "": _("Все открытые"),
        "overdue": _("Просрочено"),
        "soon": _("Срок близко"),
        "submitted": _("На проверке"),
    }
    return [
        tab(
            url_for(".control", show=name or None), text, found.counts[name], is_current=name == show,
            tone="overdue" if name == "overdue" else "",
        )
        for name, text in words.items()
    ]  # fmt: skip


@bp.route("/orders/<int:order_id>/items/<int:item_id>", methods=BOTH)
@signed_in
def cascade(order_id: int, item_id: int) -> Any:
    """An item and its parts: who has answered, who has not; passing it down, gathering the answers."""
    found, form = order_of(order_id, seen_by=me()), BodiesForm()
    item = _item(found, item_id)
    form.organisations.choices = _bodies(found)
    if not form.validate_on_submit():
        return _cascade_page(found, item, form)
    if request.form.get("do") == "gather":
        flash(gettext("Добавлено ответов: %(count)s.", count=gather(item, by=me())))
        return redirect(url_for("roadmap.measure", measure_id=item.id), 303)
    chosen = set(form.organisations.data or [])
    pass_down(item, [body for body in subtree(found.organisation) if body.id in chosen], order=found, by=me())
    return redirect(url_for(".cascade", order_id=found.id, item_id=item.id), 303)


def _bodies(found: Order) -> list[SelectChoice]:
    below = [
        body
        for body in subtree(found.organisation)
        if body.id != found.organisation_id and not body.closed_at
    ]
    return [SelectChoice(body.id, body.label) for body in below]


def _cascade_page(found: Order, item: Measure, form: BodiesForm) -> Any:
    parts = cascaded(item)
    answered = [part for part in parts if part.state in ANSWERED]
    roles = item.roles_of(me())
    can = {"pass_down"} if Role.COORDINATOR in roles else set()
    can |= {"gather"} if Role.EXECUTOR in roles and answered else set()
    context = {"order": found, "item": item, "parts": parts, "answered": answered, "can": can}
    return form_page("orders/cascade.html", form, silent=[p for p in parts if p not in answered], **context)


def _item(found: Order, item_id: int) -> Measure:
    if item := next((measure for measure in found.measures if measure.id == item_id), None):
        return item
    raise NotFound(_("Такого пункта в приказе нет. Обновите страницу приказа."))
