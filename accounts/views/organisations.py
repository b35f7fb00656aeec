"""Administration of the tree of organisations."""

from typing import Any

from flask import Response, flash, g, render_template, request

from accounts.forms.administration import MoveForm, NewOrganisationForm, OrganisationForm, ReasonForm
from accounts.labels import LEVEL_NAMES
from accounts.models import Role
from accounts.policy import allowed
from accounts.queries import branches, people_of
from accounts.queries import organisation as organisation_of
from accounts.services import (
    add_organisation,
    close_organisation,
    move_organisation,
    rename_organisation,
    reopen_organisation,
)
from accounts.views.blueprint import bp
from core.web import back_to
from core.words import gettext

administrators = allowed(Role.ADMINISTRATOR)


@bp.get("/admin/organisations")
@administrators
def organisations() -> Any:
    rows = branches(seen_by=g.person)
    return render_template("accounts/organisations.html", rows=rows, level_names=LEVEL_NAMES)


@bp.route("/admin/organisations/new", methods=["GET", "POST"])
@administrators
def new_organisation() -> Any:
    form = NewOrganisationForm(by=g.person, organisation=request.args.get("under", type=int))
    if form.validate_on_submit() and form.carry_out(lambda: _add(form)):
        flash(gettext("Организация добавлена."))
        return back_to("accounts.organisations")
    return render_template("accounts/organisation_new.html", form=form), form.status


def _add(form: NewOrganisationForm) -> Any:
    short = form.short_name.data or ""
    return add_organisation(
        form.name.data, level=form.chosen_level, parent=form.chosen, short_name=short, by=g.person
    )


@bp.route("/admin/organisations/<int:organisation_id>", methods=["GET", "POST"])
@administrators
def organisation(organisation_id: int) -> Any:
    row = organisation_of(organisation_id, seen_by=g.person)
    form = OrganisationForm(obj=row)
    if form.validate_on_submit() and form.carry_out(
        lambda: rename_organisation(row, name=form.name.data, short_name=form.short_name.data, by=g.person)
    ):
        flash(gettext("Сохранено."))
        return back_to("accounts.organisation", organisation_id=row.id)
    return _page(row, form)


def _page(row: Any, form: OrganisationForm) -> Any:
    page = render_template(
        "accounts/organisation.html",
        row=row,
        form=form,
        move=MoveForm(by=g.person, formdata=None, organisation=row.parent_id),
        people=people_of(row),
        level_name=LEVEL_NAMES[row.level],
    )
    return page, form.status


@bp.post("/admin/organisations/<int:organisation_id>/move")
@administrators
def move(organisation_id: int) -> Any:
    row = organisation_of(organisation_id, seen_by=g.person)
    form = MoveForm(by=g.person)
    if form.validate_on_submit() and form.carry_out(
        lambda: move_organisation(row, under=form.chosen, ground=form.ground.data or "", by=g.person)
    ):
        flash(gettext("Организация переподчинена."))
        return back_to("accounts.organisation", organisation_id=row.id)
    return render_template("accounts/organisation_move.html", row=row, form=form), form.status


@bp.route("/admin/organisations/<int:organisation_id>/close", methods=["GET", "POST"])
@administrators
def close(organisation_id: int) -> Any:
    row = organisation_of(organisation_id, seen_by=g.person)
    form = ReasonForm()
    if form.validate_on_submit():
        close_organisation(row, ground=form.reason.data or "", by=g.person)
        flash(gettext("Организация закрыта."))
        return back_to("accounts.organisation", organisation_id=row.id)
    return render_template("accounts/organisation_close.html", row=row, form=form), form.status


@bp.post("/admin/organisations/<int:organisation_id>/reopen")
@administrators
def reopen(organisation_id: int) -> Response:
    row = organisation_of(organisation_id, seen_by=g.person)
    reopen_organisation(row, by=g.person)
    flash(gettext("Организация снова открыта."))
    return back_to("accounts.organisation", organisation_id=row.id)
