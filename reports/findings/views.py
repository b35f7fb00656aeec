"""A contradiction on its own page, its answer, and checking a version again."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for

from accounts.models import Role, User
from accounts.policy import allowed, signed_in
from core.words import gettext
from reports.findings.forms import AnswerFindingForm
from reports.findings.queries import finding_of
from reports.findings.services import answer_finding, check_again, outcomes_for, shown_each
from reports.models import Finding, Outcome
from reports.queries import report_of, version_of

bp = Blueprint("findings", __name__)


def me() -> User:
    person: User = g.person
    return person


@bp.route("/reports/findings/<int:finding_id>", methods=["GET", "POST"])
@signed_in
def finding(finding_id: int) -> Any:
    """One contradiction: its reason, what was said of it, and the form to answer or dismiss it."""
    found, form = finding_of(finding_id, seen_by=me()), AnswerFindingForm()
    form.offer(outcomes_for(found.measure, me()) or list(Outcome))
    if not form.validate_on_submit():
        return _page(found, form), 422 if form.is_submitted() else 200
    answer_finding(found, outcome=Outcome(form.outcome.data), text=form.text.data or "", by=me())
    flash(gettext("Ответ записан."))
    return redirect(_report_url(found), 303)


def _page(found: Finding, form: AnswerFindingForm) -> str:
    return render_template(
        "reports/finding.html",
        shown=shown_each([found])[0],
        report=found.report_version.report,
        form=form,
        may_answer=bool(outcomes_for(found.measure, me())),
        report_url=_report_url(found),
    )


def _report_url(found: Finding) -> str:
    version = found.report_version
    return url_for("reports.report", report_id=version.report_id, version=version.number)


@bp.post("/reports/<int:report_id>/versions/<int:number>/findings")
@allowed(Role.COORDINATOR, Role.COUNCIL_SECRETARY)
def check(report_id: int, number: int) -> Any:
    """Look for contradictions again, when files have been read since."""
    count = check_again(version_of(report_of(report_id, seen_by=me()), number), by=me())
    flash(gettext("Строки проверены. Противоречий: %(count)s.", count=count))
    return redirect(url_for("reports.report", report_id=report_id, version=number), 303)
