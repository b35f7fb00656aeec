"""For those who publish: a preview with what will be hidden, publishing, taking back."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for

from accounts.models import Role, User
from accounts.policy import allowed
from core.clock import today
from core.words import gettext
from reports.models import Publication, ReportVersion
from reports.publication.contents import headings, plan_data, removals
from reports.publication.forms import PublicationForm, WithdrawForm
from reports.publication.queries import publication_to_manage, publications_of, publishable_papers
from reports.publication.services import (
    plan_for_public,
    publish_plan,
    publish_report,
    report_for_public,
    withdraw,
)
from reports.queries import report_of, version_of
from reports.services.rules import require_maker
from roadmap.models import Plan
from roadmap.queries.measures import measures_of
from roadmap.queries.plans import plan_of

bp = Blueprint("publication", __name__)
MAKERS = (Role.COORDINATOR, Role.COUNCIL_SECRETARY)


def me() -> User:
    person: User = g.person
    return person


@bp.route("/reports/<int:report_id>/versions/<int:number>/publication", methods=["GET", "POST"])
@allowed(*MAKERS)
def report(report_id: int, number: int) -> Any:
    """What the public would read of a version; posting shows it anew or publishes."""
    version = version_of(report_of(report_id, seen_by=me()), number)
    form = _form(version.report.plan)
    if not _publishes(form):
        data = report_for_public(version, form.by_hand)
        return _preview(version.report.plan, form, data=data, raw=version.data, version=version)
    made = publish_report(version, form.by_hand, by=me())
    return _published(made)


@bp.route("/roadmaps/<int:plan_id>/publication", methods=["GET", "POST"])
@allowed(*MAKERS)
def plan(plan_id: int) -> Any:
    """What the public would read of a plan; posting shows it anew or publishes."""
    found = plan_of(plan_id, seen_by=me())
    form = _form(found)
    if not _publishes(form):
        raw = plan_data(found, measures_of(found), day=today())
        return _preview(found, form, data=plan_for_public(found, form.by_hand), raw=raw, version=None)
    return _published(publish_plan(found, form.by_hand, by=me()))


def _form(found: Plan) -> PublicationForm:
    require_maker(found, me())
    form = PublicationForm()
    form.documents.choices = [(paper.id, paper.caption) for paper in publishable_papers(found)]
    return form


def _publishes(form: PublicationForm) -> bool:
    return bool(form.validate_on_submit()) and request.form.get("do") != "preview"


def _preview(
    found: Plan,
    form: PublicationForm,
    *,
    data: dict[str, Any],
    raw: dict[str, Any],
    version: ReportVersion | None,
) -> Any:
    back = url_for("roadmap.plan", plan_id=found.id)
    if version:
        back = url_for("reports.report", report_id=version.report_id, version=version.number)
    return render_template(
        "reports/publication.html",
        plan=found,
        version=version,
        form=form,
        data=data,
        headings=headings(data),
        removals=removals(raw, rules=form.by_hand.rules(found)),
        publications=publications_of(found, version),
        withdraw_form=WithdrawForm(formdata=None),
        back_url=back,
    )


def _published(made: Publication) -> Any:
    flash(gettext("Опубликовано: страницу видят все, без входа."))
    return redirect(_manage_url(made), 303)


def _manage_url(made: Publication) -> str:
    if made.report_version:
        version = made.report_version
        return url_for(".report", report_id=version.report_id, number=version.number)
    return url_for(".plan", plan_id=made.plan_id)


@bp.post("/publications/<int:publication_id>/withdraw")
@allowed(*MAKERS)
def take_back(publication_id: int) -> Any:
    """Take a publication back, with a reason."""
    found, form = publication_to_manage(publication_id), WithdrawForm()
    plan_of(found.plan_id, seen_by=me())
    withdraw(found, reason=form.reason.data or "", by=me())
    flash(gettext("Публикация снята."))
    return redirect(_manage_url(found), 303)
