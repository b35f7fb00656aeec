"""Templates of reports: what they may name, uploading one, putting one away."""

import tempfile
from pathlib import Path
from typing import Any

from flask import flash, redirect, render_template, url_for
from wtforms.fields.choices import SelectChoice

from accounts.models import Role
from accounts.policy import allowed
from core.errors import NotFound
from core.words import _, gettext
from reports.fields import FILTERS, REPORT, described
from reports.forms import TemplateForm
from reports.queries import templates_for
from reports.services import add_template, remove_template
from reports.views.blueprint import bp, me
from roadmap.queries.plans import coordinated_organisations


def _tags() -> dict[str, Any]:
    """What a template may name, with words for the reader."""
    fields = [(tag, _meaning(words)) for tag, words in described(REPORT)]
    return {"fields": fields, "filters": {name: _meaning(words) for name, words in FILTERS.items()}}


def _meaning(words: str) -> str:
    """The words about a tag, translated half by half: «название столбца: статус исполнения»."""
    return ": ".join(gettext(half) for half in words.split(": "))


@bp.route("/reports/templates", methods=["GET", "POST"])
@allowed(Role.COORDINATOR)
def templates() -> Any:
    """Templates of one's organisations, what they may name, and uploading one."""
    bodies = coordinated_organisations(me())
    form = TemplateForm()
    form.organisation.choices = [SelectChoice(body.id, body.label) for body in bodies]
    if not form.validate_on_submit():
        known = list({t.id: t for body in bodies for t in templates_for(body)}.values())
        context = {"form": form, "templates": known, **_tags()}
        return render_template("reports/templates.html", **context), 422 if form.is_submitted() else 200
    chosen = next(body for body in bodies if body.id == form.organisation.data)
    with tempfile.NamedTemporaryFile(prefix="vekha-", suffix=".docx") as file:
        form.file.data.save(file)
        file.flush()
        add_template(chosen, Path(file.name), name=form.file.data.filename, by=me())
    flash(gettext("Шаблон проверен и сохранён."))
    return redirect(url_for(".templates"), 303)


@bp.post("/reports/templates/<int:template_id>/remove")
@allowed(Role.COORDINATOR)
def template_remove(template_id: int) -> Any:
    """Offer a template no more."""
    bodies = coordinated_organisations(me())
    known = {t.id: t for body in bodies for t in templates_for(body)}
    if template_id not in known:
        raise NotFound(_("Такого шаблона нет."))
    remove_template(known[template_id], by=me())
    return redirect(url_for(".templates"), 303)
