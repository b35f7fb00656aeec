"""Templates of orders: what they may name, uploading one, putting one away."""

from typing import Any

from flask import flash, redirect, render_template, send_file, url_for
from wtforms.fields.choices import SelectChoice

from accounts.models import Role
from accounts.policy import allowed
from core.errors import NotFound
from core.words import _, gettext
from documents.forms.templates import TemplateForm
from documents.views.templates import saved_upload, tags_of
from orders.fields import CONTRACT
from orders.models import OrderTemplate
from orders.paper import TEMPLATE
from orders.queries.registers import clerked_organisations
from orders.queries.templates import own_templates
from orders.services.templates import add_template, remove_template
from orders.views.blueprint import BOTH, bp, me


@bp.route("/orders/templates", methods=BOTH)
@allowed(Role.CLERK)
def templates() -> Any:
    """Templates of one's organisations, what they may name, and uploading one."""
    bodies, form = clerked_organisations(me()), TemplateForm()
    form.organisation.choices = [SelectChoice(body.id, body.label) for body in bodies]
    if not form.validate_on_submit():
        rows = [(each, _removal(each)) for each in own_templates(*bodies)]
        context = {"form": form, "templates": rows, **tags_of(CONTRACT)}
        return render_template("orders/templates.html", **context), 422 if form.is_submitted() else 200
    chosen = next(body for body in bodies if body.id == form.organisation.data)
    with saved_upload(form.file.data) as path:
        add_template(chosen, path, name=form.file.data.filename, by=me())
    flash(gettext("Бланк проверен и сохранён."))
    return redirect(url_for(".templates"), 303)


def _removal(template: OrderTemplate) -> str:
    return url_for(".template_remove", order_template_id=template.id)


@bp.get("/orders/templates/usual.docx")
@allowed(Role.CLERK)
def usual_template() -> Any:
    """The usual template, to begin one's own from."""
    name = gettext("Обычный бланк приказа")
    return send_file(TEMPLATE, as_attachment=True, download_name=f"{name}.docx")


@bp.post("/orders/templates/<int:order_template_id>/remove")
@allowed(Role.CLERK)
def template_remove(order_template_id: int) -> Any:
    """Offer a template no more."""
    known = {each.id: each for each in own_templates(*clerked_organisations(me()))}
    if order_template_id not in known:
        raise NotFound(_("Такого шаблона нет."))
    remove_template(known[order_template_id], by=me())
    return redirect(url_for(".templates"), 303)
