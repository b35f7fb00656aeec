"""Coming in and leaving: sign-in, the second step, forgotten passwords, invitations, how the page looks."""

from typing import Any

from flask import Response, flash, g, redirect, render_template, request, session, url_for

from accounts.access import give_cookie, onward, session_token, take_cookie
from accounts.forms.own import CodeForm, ForgottenForm, NewPasswordForm, SignInForm
from accounts.policy import public
from accounts.queries import person_by_session
from accounts.services import (
    ask_reset,
    keep_signed_in,
    opened_pass,
    pass_second_step,
    sign_out,
    use_pass,
)
from accounts.services import (
    sign_in as let_in,
)
from accounts.views.blueprint import bp
from core.settings import settings
from core.web import DISPLAY, LANGUAGES, back_to
from core.words import gettext


def origin() -> dict[str, str]:
    """Where the request comes from, as sessions remember it."""
    return {"address": request.remote_addr or "", "device": request.user_agent.string[:200]}


@bp.route("/login", methods=["GET", "POST"])
@public
def sign_in() -> Any:
    if g.person is not None:
        return redirect(onward(request.args.get("next")))
    form = SignInForm(next=request.args.get("next", ""))
    if form.validate_on_submit() and form.carry_out(
        lambda: let_in(form.login.data, form.password.data, **origin())
    ):
        return _admitted(form)
    reset_url = url_for("accounts.forgotten")
    return render_template("accounts/sign_in.html", form=form, reset_url=reset_url), form.status


def _admitted(form: SignInForm) -> Response:
    """The browser gets its session; whatever an earlier one was is over, and so are its form tokens."""
    if old := session_token():
        sign_out(old)
    session.clear()
    if form.remember.data:
        keep_signed_in(form.outcome)
    waits = person_by_session(form.outcome) is None
    onto = url_for("accounts.second_step", next=form.next.data or None) if waits else onward(form.next.data)
    answer = redirect(onto, 303)
    return give_cookie(answer, form.outcome, days=settings().session_days if form.remember.data else None)  # type: ignore[arg-type]


@bp.route("/login/code", methods=["GET", "POST"])
@public
def second_step() -> Any:
    """The page of the code; who needs none goes straight on."""
    wanted = request.values.get("next")
    if g.person is not None or g.sign_in is None:
        return redirect(onward(wanted) if g.person else url_for("accounts.sign_in", next=wanted or None))
    form = CodeForm(next=wanted or "")
    if form.validate_on_submit() and form.carry_out(
        lambda: pass_second_step(session_token(), form.code.data)
    ):
        session.clear()
        days = settings().session_days if g.sign_in.is_kept else None
        return give_cookie(redirect(onward(wanted), 303), form.outcome, days=days)  # type: ignore[arg-type]
    return render_template("accounts/second_step.html", form=form), form.status


@bp.post("/logout")
@public
def leave() -> Response:
    if token := session_token():
        sign_out(token)
    session.clear()
    return take_cookie(back_to("accounts.sign_in"))


@bp.route("/login/forgotten", methods=["GET", "POST"])
@public
def forgotten() -> Any:
    form = ForgottenForm()
    if form.validate_on_submit():
        ask_reset(form.login.data, address=request.remote_addr or "")
        return render_template("accounts/forgotten_sent.html")
    return render_template("accounts/forgotten.html", form=form), form.status


@bp.route("/reset/<token>", methods=["GET", "POST"])
@public
def set_new_password(token: str) -> Any:
    return _password_by_link(token, "reset")


@bp.route("/invitation/<token>", methods=["GET", "POST"])
@public
def accept_invitation(token: str) -> Any:
    return _password_by_link(token, "invitation")


def _password_by_link(token: str, purpose: str) -> Any:
    """Opening the link changes nothing: mail scanners open links too."""
    link = opened_pass(token, purpose=purpose)
    form = NewPasswordForm()
    if form.validate_on_submit() and form.carry_out(
        lambda: use_pass(token, form.password.data, purpose=purpose)
    ):
        flash(gettext("Пароль сохранён. Теперь войдите с ним."))
        return take_cookie(back_to("accounts.sign_in"))
    page = render_template("accounts/new_password.html", form=form, invited=link.user, purpose=purpose)
    return page, form.status


@bp.post("/display")
@public
def display() -> Response:
    """Remember in a cookie how the page should look."""
    chosen = [request.form.get(name, known[0]) for name, known in DISPLAY.items()]
    fits = all(value in known for value, known in zip(chosen, DISPLAY.values(), strict=True))
    return _with_choice("display", ".".join(chosen) if fits else "")


@bp.post("/language")
@public
def language() -> Response:
    """Remember in a cookie which language the page speaks."""
    wanted = request.form.get("language", "")
    return _with_choice("language", wanted if wanted in LANGUAGES else "")


def _with_choice(name: str, value: str) -> Response:
    answer = redirect(onward(request.form.get("next")), 303)
    if value:
        secure = settings().base_url.startswith("https://")
        answer.set_cookie(name, value, max_age=366 * 86400, secure=secure, samesite="Lax", path="/")
    return answer  # type: ignore[return-value]
