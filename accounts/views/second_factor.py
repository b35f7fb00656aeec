"""Setting up the second factor: an application on the phone, recovery codes on paper."""

from typing import Any

from flask import Response, flash, g, render_template
from markupsafe import Markup

from accounts.access import must_enrol, session_token
from accounts.forms.own import CodeForm
from accounts.policy import signed_in
from accounts.queries import recovery_codes_left
from accounts.services import (
    confirm_second_factor,
    offer_second_factor,
    picture_of,
    renew_recovery_codes,
    turn_off_second_factor,
)
from accounts.views.blueprint import bp
from core.web import back_to
from core.words import gettext


@bp.get("/profile/second-factor")
@signed_in
def second_factor() -> Any:
    return _page(CodeForm())


def _page(form: CodeForm) -> Any:
    offer = "" if g.person.totp_secret else g.sign_in.totp_offer
    picture = Markup(picture_of(offer, login=g.person.login, issuer=gettext("Веха"))) if offer else ""
    page = render_template(
        "accounts/second_factor.html",
        form=form,
        offer=" ".join(offer[at : at + 4] for at in range(0, len(offer), 4)),
        picture=picture,
        is_asked=must_enrol(g.person),
        codes_left=recovery_codes_left(g.person),
    )
    return page, form.status


@bp.post("/profile/second-factor/offer")
@signed_in
def second_factor_offer() -> Response:
    offer_second_factor(session_token())
    return back_to("accounts.second_factor")


@bp.post("/profile/second-factor/confirm")
@signed_in
def second_factor_confirm() -> Any:
    form = CodeForm()
    if form.validate_on_submit() and form.carry_out(
        lambda: confirm_second_factor(session_token(), form.code.data)
    ):
        return render_template("accounts/recovery_codes.html", codes=form.outcome)
    return _page(form)


@bp.post("/profile/second-factor/codes")
@signed_in
def second_factor_codes() -> Any:
    form = CodeForm()
    if form.validate_on_submit() and form.carry_out(
        lambda: renew_recovery_codes(g.person, code=form.code.data)
    ):
        return render_template("accounts/recovery_codes.html", codes=form.outcome)
    return _page(form)


@bp.post("/profile/second-factor/off")
@signed_in
def second_factor_off() -> Any:
    form = CodeForm()
    if form.validate_on_submit() and form.carry_out(
        lambda: turn_off_second_factor(g.person, code=form.code.data)
    ):
        flash(gettext("Второй шаг входа выключен."))
        return back_to("accounts.second_factor")
    return _page(form)
