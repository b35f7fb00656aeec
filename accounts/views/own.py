"""One's own account: contacts, notifications, password, sessions."""

from typing import Any

from flask import Response, flash, g, render_template, session

from accounts.access import give_cookie, session_token
from accounts.forms.own import ChangePasswordForm, ContactsForm, NotificationsForm
from accounts.labels import ROLE_NAMES
from accounts.policy import signed_in
from accounts.queries import sign_ins_of
from accounts.services import (
    change_password,
    choose_notifications,
    edit_own_contacts,
    end_other_sessions,
    end_session,
)
from accounts.views.blueprint import bp
from accounts.views.door import origin
from core.settings import settings
from core.web import back_to
from core.words import gettext


@bp.route("/profile", methods=["GET", "POST"])
@signed_in
def profile() -> Any:
    form = ContactsForm(obj=g.person)
    if form.validate_on_submit() and form.carry_out(lambda: edit_own_contacts(g.person, **_contacts(form))):
        flash(gettext("Сохранено."))
        return back_to("accounts.profile")
    return render_template("accounts/profile.html", form=form, role_names=ROLE_NAMES), form.status


def _contacts(form: ContactsForm) -> dict[str, str]:
    return {name: form[name].data or "" for name in ("position", "email", "phone")}


@bp.route("/profile/notifications", methods=["GET", "POST"])
@signed_in
def notifications() -> Any:
    days = [int(day) for day in g.person.remind_days.split(",") if day]
    form = NotificationsForm(remind_days=days, digest=g.person.gets_digest)
    if form.validate_on_submit():
        choose_notifications(g.person, remind_days=form.remind_days.data, digest=form.digest.data)
        flash(gettext("Сохранено."))
        return back_to("accounts.notifications")
    return render_template("accounts/notifications.html", form=form), form.status


@bp.route("/profile/password", methods=["GET", "POST"])
@signed_in
def password() -> Any:
    form = ChangePasswordForm()
    if form.validate_on_submit() and form.carry_out(
        lambda: change_password(g.person, old=form.old.data, new=form.password.data, **origin())
    ):
        session.clear()
        flash(gettext("Пароль изменён. На других устройствах вход завершён."))
        return give_cookie(back_to("accounts.profile"), form.outcome)
    return render_template("accounts/password.html", form=form), form.status


@bp.get("/profile/sessions")
@signed_in
def sessions() -> Any:
    rows = sign_ins_of(g.person)
    idle = settings().session_idle_minutes
    return render_template("accounts/sessions.html", rows=rows, present=g.sign_in.id, idle=idle)


@bp.post("/profile/sessions/<int:sign_in_id>/end")
@signed_in
def end(sign_in_id: int) -> Response:
    end_session(sign_in_id, by=g.person)
    flash(gettext("Сеанс завершён."))
    return back_to("accounts.sessions")


@bp.post("/profile/sessions/end-others")
@signed_in
def end_others() -> Response:
    end_other_sessions(g.person, than=session_token())
    flash(gettext("Остальные сеансы завершены."))
    return back_to("accounts.sessions")
