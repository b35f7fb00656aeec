"""The synonyms of the house, kept by administrators."""

from typing import Any

from flask import flash, render_template

from accounts.models import Role
from accounts.policy import allowed
from core.web import back_to
from core.words import gettext
from search_index.forms import SynonymForm
from search_index.queries.saved import KNOWN, synonym_lines, synonym_of
from search_index.services.saved import add_synonyms, remove_synonyms
from search_index.views.blueprint import bp, me


@bp.route("/admin/synonyms", methods=["GET", "POST"])
@allowed(Role.ADMINISTRATOR)
def synonyms() -> Any:
    """All lines, and a form for one more."""
    form = SynonymForm()
    if form.validate_on_submit():
        add_synonyms(form.words.data, by=me())
        flash(gettext("Синонимы добавлены: поиск учитывает их сразу."))
        return back_to("search_index.synonyms")
    return render_template("search/synonyms.html", form=form, lines=synonym_lines(), known=KNOWN)


@bp.post("/admin/synonyms/<int:synonym_id>/remove")
@allowed(Role.ADMINISTRATOR)
def synonym_remove(synonym_id: int) -> Any:
    """Take a line away."""
    remove_synonyms(synonym_of(synonym_id), by=me())
    flash(gettext("Строка удалена."))
    return back_to("search_index.synonyms")
