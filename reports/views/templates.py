"""Templates of reports: what they may name, uploading one, putting one away."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from wtforms.fields.choices import SelectChoice

from accounts.models import Role
from accounts.policy import allowed
from core.errors import NotFound
from core.words import _, gettext
from documents.forms.templates import TemplateForm
from documents.queries.templates import templates_of
from documents.views.templates import saved_upload, tags_of
from reports.fields import CONTRACT
from reports.models import ReportTemplate
from reports.services import add_template, remove_template
from reports.views.blueprint import bp, me
from roadmap.queries.plans import coordinated_organisations


@bp.route("/reports/templates", methods=["GET", "POST"])
@allowed(Role.COORDINATOR)
def templates() -> Any:
    """Templates of one's organisations, what they may name, and uploading one."""
    bodies = coordinated_organisations(me())
    form = TemplateForm()
    form.organisation.choices = [SelectChoice(body.id, body.label) for body in bodies]
    if not form.validate_on_submit():
        rows = [(each, url_for(".template_remove", template_id=each.id)) for each in _known().values()]
        context = {"form": form, "templates": rows, **tags_of(CONTRACT)}
        return render_template("reports/templates.html", **context), 422 if form.is_submitted() else 200
    chosen = next(body for body in bodies if body.id == form.organisation.data)
    with saved_upload(form.file.data) as path:
        add_template(chosen, path, name=form.file.data.filename, by=me())
    flash(gettext("Шаблон проверен и сохранён."))
    return redirect(url_for(".templates"), 303)


@bp.post("/reports/templates/<int:template_id>/remove")
@allowed(Role.COORDINATOR)
def template_remove(template_id: int) -> Any:
    """Offer a template no more."""
    if (template := _known().get(template_id)) is None:
        raise NotFound(_("Такого шаблона нет."))
    remove_template(template, by=me())
    return redirect(url_for(".templates"), 303)


def _known() -> dict[int, ReportTemplate]:
    return templates_of(coordinated_organisations(me()), ReportTemplate)
