"""Administration of people: roles, blocking, sessions, the second factor."""

from typing import Any

from flask import Response, flash, g, render_template

from accounts.forms.administration import GrantForm, ReasonForm
from accounts.labels import ROLE_NAMES
from accounts.models import Role
from accounts.policy import allowed
from accounts.queries import grant_of
from accounts.queries import person as person_of
from accounts.services import (
    block,
    end_sessions_of,
    grant,
    reset_second_factor,
    revoke,
    unblock,
)
from accounts.views.blueprint import bp
from core.web import back_to
from core.words import gettext

administrators = allowed(Role.ADMINISTRATOR)


def _back(user_id: int, said: str) -> Response:
    flash(said)
    return back_to("accounts.person", user_id=user_id)


@bp.post("/admin/people/<int:user_id>/grants")
@administrators
def give_role(user_id: int) -> Any:
    user = person_of(user_id, seen_by=g.person)
    form = GrantForm(by=g.person)
    if form.validate_on_submit() and form.chosen is not None:
        ground = form.ground.data or ""
        grant(user, form.chosen_role, organisation=form.chosen, ground=ground, by=g.person)
        return _back(user.id, gettext("Роль дана. Человеку нужно войти заново."))
    return render_template("accounts/grant.html", user=user, form=form), form.status


@bp.route("/admin/people/<int:user_id>/grants/<int:grant_id>/take", methods=["GET", "POST"])
@administrators
def take_role(user_id: int, grant_id: int) -> Any:
    held = grant_of(grant_id, user=person_of(user_id, seen_by=g.person))
    form = ReasonForm()
    if form.validate_on_submit():
        ground = form.reason.data or ""
        revoke(held.user, held.role, organisation=held.organisation, ground=ground, by=g.person)
        return _back(user_id, gettext("Роль снята."))
    name = ROLE_NAMES[held.role]
    return render_template("accounts/grant_take.html", held=held, role_name=name, form=form), form.status


@bp.route("/admin/people/<int:user_id>/block", methods=["GET", "POST"])
@administrators
def block_person(user_id: int) -> Any:
    user = person_of(user_id, seen_by=g.person)
    form = ReasonForm()
    if form.validate_on_submit():
        block(user, reason=form.reason.data or "", by=g.person)
        return _back(user.id, gettext("Учётная запись заблокирована."))
    return render_template("accounts/person_block.html", user=user, form=form), form.status


@bp.post("/admin/people/<int:user_id>/unblock")
@administrators
def unblock_person(user_id: int) -> Response:
    unblock(person_of(user_id, seen_by=g.person), by=g.person)
    return _back(user_id, gettext("Учётная запись разблокирована."))


@bp.route("/admin/people/<int:user_id>/second-factor", methods=["GET", "POST"])
@administrators
def reset_factor(user_id: int) -> Any:
    user = person_of(user_id, seen_by=g.person)
    form = ReasonForm()
    if form.validate_on_submit():
        reset_second_factor(user, reason=form.reason.data or "", by=g.person)
        return _back(user.id, gettext("Второй шаг входа сброшен."))
    return render_template("accounts/person_reset_factor.html", user=user, form=form), form.status


@bp.post("/admin/people/<int:user_id>/sessions/end")
@administrators
def end_sessions(user_id: int) -> Response:
    end_sessions_of(person_of(user_id, seen_by=g.person), by=g.person)
    return _back(user_id, gettext("Все сеансы человека завершены."))
