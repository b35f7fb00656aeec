"""An act changed or ended by another one."""

from typing import Any

from flask import flash
from wtforms.fields.choices import SelectChoice

from accounts.policy import allowed
from core.errors import NotFound
from core.words import _, gettext
from orders.forms import ChangeForm
from orders.models import Order
from orders.queries.orders import order_of, same_acts
from orders.services.change import Fate, amend_order, repeal_order
from orders.services.rules import DRAFTERS
from orders.views.blueprint import BOTH, back, bp, form_page, me


@bp.route("/orders/<int:order_id>/change", methods=BOTH)
@allowed(*DRAFTERS)
def change(order_id: int) -> Any:
    """Note that another act of the same kind changes or ends this one."""
    found = order_of(order_id, seen_by=me())
    acts, form = same_acts(found, seen_by=me()), ChangeForm()
    form.act.choices = [SelectChoice(act.id, f"{act.caption} {act.title}"[:160]) for act in acts]
    if not form.validate_on_submit():
        form.version.data = form.version.data or found.version
        return form_page("orders/change.html", form, order=found, acts=acts)
    act = next((act for act in acts if act.id == form.act.data), None)
    if act is None:
        raise NotFound(_("Такого акта нет или он вам не виден. Выберите акт из списка."))
    _change(found, order_of(act.id, seen_by=me()), form)
    return back(found)


def _change(found: Order, act: Order, form: ChangeForm) -> None:
    if form.do.data == "amend":
        amend_order(found, act, what=form.what.data or "", by=me())
        flash(gettext("Изменение записано."))
        return
    fate = Fate(form.fate.data) if form.fate.data in set(Fate) else None
    repeal_order(found, act, fate=fate, by=me(), version=form.seen)
    flash(gettext("Акт признан утратившим силу."))
