"""Registers: the list, one register by year, keeping numbers for later."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from wtforms.fields.choices import SelectChoice

from accounts.models import Role
from accounts.policy import allowed, signed_in
from core.clock import today
from core.words import _, gettext, ngettext
from documents.kinds import DocumentKind
from orders.forms import ReasonForm, RegisterForm, ReserveForm
from orders.models import NumberState, Register, Registration
from orders.queries import registers as queries
from orders.services import registers as services
from orders.services.numbering import give_up_number, reserve_numbers, restore_number
from orders.views.blueprint import BOTH, bp, form_page, me, tab


@bp.get("/registers")
@signed_in
def registers() -> Any:
    """The registers of one's organisations."""
    rows = [(register, queries.years_of(register)) for register in queries.registers(seen_by=me())]
    can = {"add"} if me().has_role(Role.CLERK) else set()
    return render_template("orders/registers.html", rows=rows, can=can)


@bp.route("/registers/new", methods=BOTH)
@allowed(Role.CLERK)
def register_new() -> Any:
    """A new register."""
    form, bodies = RegisterForm(), queries.clerked_organisations(me())
    form.organisation.choices = [SelectChoice(body.id, body.label) for body in bodies]
    if not form.is_submitted():
        form.template.data = "{n}"
    if not form.validate_on_submit():
        return form_page("orders/register_edit.html", form, register=None)
    body = next(body for body in bodies if body.id == form.organisation.data)
    kind = DocumentKind(form.document_kind.data)
    made = services.open_register(
        body, form.facts(), document_kind=kind, index=form.index.data or "", by=me()
    )
    return redirect(url_for(".register", register_id=made.id), 303)


@bp.get("/registers/<int:register_id>")
@signed_in
def register(register_id: int) -> Any:
    """One register, a year at a time."""
    found = queries.register_of(register_id, seen_by=me())
    return register_page(found, ReserveForm(formdata=None))


def register_page(found: Register, form: ReserveForm) -> Any:
    """The page of a register; it comes back with the form when something is missing in it."""
    years = queries.years_of(found) or [today().year]
    year = request.args.get("year", years[0], type=int)
    page = max(request.args.get("page", 1, type=int), 1)
    rows = queries.numbers_in(found, year, limit=101, offset=(page - 1) * 100)
    acts = queries.orders_by_id([row.order_id for row in rows if row.order_id])
    context = {
        "register": found,
        "year": year,
        "tabs": [tab(_url(found, each), str(each), None, is_current=each == year) for each in years],
        "rows": [_row(row, acts.get(row.order_id or 0)) for row in rows[:100]],
        "newer_url": _url(found, year, page - 1) if page > 1 else None,
        "older_url": _url(found, year, page + 1) if len(rows) > 100 else None,
        "can": {"keep"} if Role.CLERK in me().roles_over(found.organisation.path) else set(),
    }
    return form_page("orders/register.html", form, **context)


def _url(found: Register, year: int, page: int = 1) -> str:
    return url_for(".register", register_id=found.id, year=year, page=page if page > 1 else None)


def _row(row: Registration, act: Any) -> dict[str, Any]:
    return {
        "number": row,
        "act": act,
        "do": {NumberState.RESERVED: "give_up", NumberState.VOID: "restore"}.get(row.state, ""),
    }


@bp.route("/registers/<int:register_id>/edit", methods=BOTH)
@allowed(Role.CLERK)
def register_edit(register_id: int) -> Any:
    """Call a register otherwise or number otherwise from now on."""
    found = queries.register_of(register_id, seen_by=me())
    form = RegisterForm(obj=found)
    del form.organisation, form.document_kind, form.index
    if not form.validate_on_submit():
        return form_page("orders/register_edit.html", form, register=found)
    services.edit_register(found, form.facts(), by=me(), version=form.seen)
    return redirect(url_for(".register", register_id=found.id), 303)


@bp.post("/registers/<int:register_id>/close")
@allowed(Role.CLERK)
def register_close(register_id: int) -> Any:
    """Close a register, or open a closed one again."""
    found = queries.register_of(register_id, seen_by=me())
    if found.closed_at is None:
        services.close_register(found, by=me())
    else:
        services.reopen_register(found, by=me())
    return redirect(url_for(".register", register_id=found.id), 303)


@bp.post("/registers/<int:register_id>/reserve")
@allowed(Role.CLERK)
def reserve(register_id: int) -> Any:
    """Keep numbers for later."""
    found, form = queries.register_of(register_id, seen_by=me()), ReserveForm()
    if not form.validate_on_submit():
        return register_page(found, form)
    kept = reserve_numbers(found, count=form.count.data or 1, reason=form.reason.data or "", by=me())
    said = ngettext(
        "Оставлен номер %(first)s.", "Оставлены номера с %(first)s.", len(kept), first=kept[0].number
    )
    flash(said)
    return redirect(url_for(".register", register_id=found.id), 303)


@bp.route("/registrations/<int:registration_id>", methods=BOTH)
@allowed(Role.CLERK)
def registration(registration_id: int) -> Any:
    """Give a kept number up, or keep one again that was given up; always with a reason."""
    found, form = queries.registration_of(registration_id, seen_by=me()), ReasonForm()
    if not form.validate_on_submit():
        return form_page("orders/registration.html", form, number=found, title=_title(found))
    act = restore_number if found.state is NumberState.VOID else give_up_number
    act(found, reason=form.reason.data or "", by=me())
    flash(gettext("Записано в журнал."))
    return redirect(url_for(".register", register_id=found.register_id, year=found.year), 303)


def _title(found: Registration) -> Any:
    if found.state is NumberState.VOID:
        return _("Вернуть номер %(number)s в резерв?", number=found.number)
    return _("Отказаться от номера %(number)s?", number=found.number)
