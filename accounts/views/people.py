"""Administration of people: the list, adding, editing, inviting."""

from typing import Any

from flask import flash, g, render_template, request, url_for

from accounts.forms.administration import GrantForm, NewPersonForm, PersonForm
from accounts.labels import ROLE_NAMES
from accounts.models import Pass, Role
from accounts.policy import allowed
from accounts.queries import people_administered_by, sign_ins_of
from accounts.queries import person as person_of
from accounts.services import Facts, add_person, edit_person, invite, secret_of, send_reset
from accounts.tasks import PAGES
from accounts.views.blueprint import bp
from core.mail import is_mail_on, link_to
from core.web import back_to
from core.words import gettext

PAGE = 50
administrators = allowed(Role.ADMINISTRATOR)


@bp.get("/admin/people")
@administrators
def people() -> Any:
    text, page = request.args.get("text", "").strip()[:100], max(request.args.get("page", 1, type=int), 1)
    rows = people_administered_by(g.person, text=text, limit=PAGE + 1, offset=PAGE * (page - 1))
    pages = neighbours("accounts.people", rows, page, text=text)
    return render_template(
        "accounts/people.html", rows=rows[:PAGE], text=text, pages=pages, role_names=ROLE_NAMES
    )


def neighbours(endpoint: str, rows: list[Any], page: int, **values: Any) -> dict[str, str]:
    """The addresses of the pages before and after, empty where there is none; `rows` has one row too many
    when there are more."""
    kept = {name: value for name, value in values.items() if value}
    before = url_for(endpoint, page=page - 1, **kept) if page > 1 else ""
    after = url_for(endpoint, page=page + 1, **kept) if len(rows) > PAGE else ""
    return {"before": before, "after": after}


@bp.route("/admin/people/new", methods=["GET", "POST"])
@administrators
def new_person() -> Any:
    form = NewPersonForm(by=g.person, organisation=request.args.get("organisation", type=int))
    if form.validate_on_submit() and form.carry_out(
        lambda: add_person(form.login.data, organisation=form.chosen, by=g.person, **form.facts)
    ):
        return show_link(invite(form.outcome, by=g.person))
    return render_template("accounts/person_new.html", form=form), form.status


@bp.route("/admin/people/<int:user_id>", methods=["GET", "POST"])
@administrators
def person(user_id: int) -> Any:
    user = person_of(user_id, seen_by=g.person)
    form = PersonForm(by=g.person, obj=None if request.method == "POST" else _as_form(user))
    if form.validate_on_submit() and form.carry_out(
        lambda: edit_person(user, Facts(**form.facts), organisation=form.chosen, by=g.person)
    ):
        flash(gettext("Сохранено."))
        return back_to("accounts.person", user_id=user.id)
    return _page(user, form)


class _as_form:
    """A person as the form sees one: the organisation by its number."""

    def __init__(self, user: Any) -> None:
        self.__dict__.update({n: getattr(user, n) for n in Facts.__dataclass_fields__})
        self.organisation = user.organisation_id


def _page(user: Any, form: PersonForm) -> Any:
    page = render_template(
        "accounts/person.html",
        user=user,
        form=form,
        grant=GrantForm(by=g.person, formdata=None, organisation=user.organisation_id),
        sessions=sign_ins_of(user),
        role_names=ROLE_NAMES,
    )
    return page, form.status


@bp.post("/admin/people/<int:user_id>/invite")
@administrators
def invite_again(user_id: int) -> Any:
    return show_link(invite(person_of(user_id, seen_by=g.person), by=g.person))


@bp.post("/admin/people/<int:user_id>/reset")
@administrators
def send_new_password(user_id: int) -> Any:
    return show_link(send_reset(person_of(user_id, seen_by=g.person), by=g.person))


def show_link(link: Pass) -> Any:
    """Where the link went; the link itself, this once, when no letter can carry it."""
    went = bool(link.user.email) and is_mail_on()
    address = "" if went else link_to(PAGES[link.purpose], token=secret_of(link))
    return render_template("accounts/link.html", link=link, address=address)
