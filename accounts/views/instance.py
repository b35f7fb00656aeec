"""Administration of the instance: choices, tasks that were given up, letters, the journal."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flask import Response, flash, g, render_template, request

from accounts.choices import CHOICES
from accounts.forms.administration import ChoicesForm
from accounts.journal_words import ACTION_NAMES, KIND_NAMES
from accounts.labels import LETTER_NAMES
from accounts.models import Role
from accounts.policy import allowed
from accounts.queries import Sought, entries, instance_choices, is_reaching_all, subject_names
from accounts.queries import letters as letters_of
from accounts.services import choose_all, require_reach_of_all
from accounts.services import retry as retry_task
from accounts.telling import changes_told
from accounts.views.blueprint import bp
from accounts.views.people import PAGE, neighbours
from core.clock import ZONE
from core.forms import read_day
from core.mail import is_mail_on
from core.outbox import dead_tasks
from core.web import back_to
from core.words import gettext

administrators = allowed(Role.ADMINISTRATOR)
overseers = allowed(Role.ADMINISTRATOR, Role.AUDITOR)


@bp.get("/admin")
@overseers
def administration() -> Any:
    is_administrator = g.person.has_role(Role.ADMINISTRATOR)
    sees_all = is_reaching_all(g.person, Role.ADMINISTRATOR)
    reads_journal = is_reaching_all(g.person, Role.ADMINISTRATOR, Role.AUDITOR)
    return render_template(
        "accounts/administration.html",
        is_administrator=is_administrator,
        sees_all=sees_all,
        reads_journal=reads_journal,
    )


@bp.route("/admin/settings", methods=["GET", "POST"])
@administrators
def choices() -> Any:
    require_reach_of_all(g.person, Role.ADMINISTRATOR)
    made = instance_choices()
    form = ChoicesForm(data={c.name: c.show(made.get(c.name, c.fallback)) for c in CHOICES})
    if form.validate_on_submit() and form.carry_out(lambda: choose_all(_answers(form), by=g.person)):
        flash(gettext("Сохранено."))
        return back_to("accounts.choices")
    return render_template("accounts/choices.html", form=form, names=[c.name for c in CHOICES]), form.status


def _answers(form: ChoicesForm) -> dict[str, str]:
    return {choice.name: form[choice.name].data or "" for choice in CHOICES}


@bp.get("/admin/tasks")
@administrators
def tasks() -> Any:
    require_reach_of_all(g.person, Role.ADMINISTRATOR)
    return render_template("accounts/tasks.html", rows=dead_tasks())


@bp.post("/admin/tasks/<int:task_id>/retry")
@administrators
def retry(task_id: int) -> Response:
    retry_task(task_id, by=g.person)
    flash(gettext("Задание отправлено на повтор."))
    return back_to("accounts.tasks")


@bp.get("/admin/letters")
@administrators
def letters() -> Any:
    require_reach_of_all(g.person, Role.ADMINISTRATOR)
    page = max(request.args.get("page", 1, type=int), 1)
    rows = letters_of(limit=PAGE + 1, offset=PAGE * (page - 1))
    pages = neighbours("accounts.letters", rows, page)
    return render_template(
        "accounts/letters.html",
        rows=rows[:PAGE],
        pages=pages,
        template_names=LETTER_NAMES,
        is_mail_on=is_mail_on(),
    )


@bp.get("/admin/journal")
@overseers
def journal() -> Any:
    require_reach_of_all(g.person, Role.ADMINISTRATOR, Role.AUDITOR)
    asked = {n: request.args.get(n, "").strip()[:100] for n in ("kind", "number", "actor", "since", "until")}
    page = max(request.args.get("page", 1, type=int), 1)
    rows = entries(_sought(asked), limit=PAGE + 1, offset=PAGE * (page - 1))
    pages = neighbours("accounts.journal", rows, page, **asked)
    subjects = subject_names(rows)
    names = {"subjects": subjects, "kinds": KIND_NAMES, "actions": ACTION_NAMES, "changes": changes_told}
    return render_template("accounts/journal.html", rows=rows[:PAGE], asked=asked, pages=pages, **names)


def _sought(asked: dict[str, str]) -> Sought:
    """What is not a number or a day is not looked for."""
    number, since, until = asked["number"], read_day(asked["since"]), read_day(asked["until"])
    return Sought(
        subject_kind=asked["kind"],
        subject_id=int(number) if number.isdecimal() and len(number) < 10 else None,
        actor=asked["actor"],
        since=_midnight(since) if since else None,
        until=_midnight(until + timedelta(days=1)) if until else None,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZONE).astimezone(UTC)
