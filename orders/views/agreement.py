"""Visas and signing."""

from typing import Any

from flask import flash, render_template
from wtforms.fields.choices import SelectChoice

from accounts.policy import allowed, signed_in
from core.words import gettext
from documents.services import Upload
from orders.forms import SignatureFileForm, SignForm, VisaForm, VisasForm
from orders.models import AgreementMode, Decision, Order
from orders.queries.orders import candidates_for, order_of
from orders.services.agreement import Asked, give_visa, name_visas
from orders.services.rules import DRAFTERS
from orders.services.signing import keep_signature, sign_order
from orders.views.blueprint import BOTH, back, bp, form_page, me
from orders.views.order_page import order_context


@bp.route("/orders/<int:order_id>/visas", methods=BOTH)
@allowed(*DRAFTERS)
def visas(order_id: int) -> Any:
    """Who agrees the draft, in what order, until when."""
    found = order_of(order_id, seen_by=me())
    form = VisasForm(obj=found)
    form.people.choices = people_choices(found)
    if not form.is_submitted():
        _fill(form, found)
    if not form.validate_on_submit():
        return form_page("orders/visas.html", form, order=found)
    asked = [Asked(user_id, form.due.data) for user_id in form.people.data or []]
    name_visas(found, asked, mode=AgreementMode(form.mode.data), by=me(), version=form.seen)
    return back(found)


def people_choices(order: Order) -> list[SelectChoice]:
    """Everybody who may be named, with their posts."""
    people = candidates_for(order.organisation)
    return [
        SelectChoice(p.id, ", ".join(part for part in (p.full_name, p.position_line) if part)) for p in people
    ]


def _fill(form: VisasForm, order: Order) -> None:
    form.mode.data = order.agreement_mode.value
    form.people.data = [visa.user_id for visa in order.current_visas]
    form.due.data = next((visa.due for visa in order.current_visas if visa.due), None)


@bp.post("/orders/<int:order_id>/visa")
@signed_in
def visa(order_id: int) -> Any:
    """One's own visa."""
    found, form = order_of(order_id, seen_by=me()), VisaForm()
    if not form.validate_on_submit():
        return render_template("orders/order.html", **order_context(found, form)), 422
    give_visa(found, Decision(form.decision.data), remark=form.remark.data or "", by=me())
    flash(gettext("Виза записана."))
    return back(found)


@bp.route("/orders/<int:order_id>/sign", methods=BOTH)
@allowed(*DRAFTERS)
def sign(order_id: int) -> Any:
    """Note who signed and when."""
    found = order_of(order_id, seen_by=me())
    form = SignForm(obj=found)
    if not form.validate_on_submit():
        return form_page("orders/sign.html", form, order=found)
    sign_order(found, form.signature(), by=me(), version=form.seen)
    flash(gettext("Подписание отмечено."))
    return back(found)


@bp.post("/orders/<int:order_id>/signature")
@allowed(*DRAFTERS)
def signature(order_id: int) -> Any:
    """Keep a detached signature file."""
    found, form = order_of(order_id, seen_by=me()), SignatureFileForm()
    if not form.validate_on_submit():
        return render_template("orders/order.html", **(order_context(found) | {"signature_form": form})), 422
    kept = keep_signature(found, Upload(form.file.data.filename or "", form.file.data.stream), by=me())
    flash(gettext("Файл подписи сохранён: %(verdict)s.", verdict=kept.verdict_label))
    return back(found)
