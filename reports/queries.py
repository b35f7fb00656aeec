"""Reading reports, versions and templates."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import selectinload

from accounts.models import User
from core.db import db
from core.errors import NotFound
from core.words import _
from reports.models import Report, ReportSource, ReportVersion
from roadmap.models import Plan
from roadmap.queries.plans import is_visible_to
from workflow.report import DECIDED


def is_shown_to(person: User) -> ColumnElement[bool]:
    """Reports on plans that `person` may see, every one of them; to a query joined with Report.plan."""
    seen = select(Plan.id).where(is_visible_to(person)).correlate(None)
    hidden = select(ReportSource.report_id).where(ReportSource.plan_id.not_in(seen))
    return and_(is_visible_to(person), Report.id.not_in(hidden))


def report_of(report_id: int, *, seen_by: User) -> Report:
    """The report with its versions, or NotFound when its plan is not for the eyes of `seen_by`."""
    found = select(Report).join(Report.plan).where(Report.id == report_id, is_shown_to(seen_by))
    report = db.session.scalar(
        found.options(
            selectinload(Report.versions).joinedload(ReportVersion.made_by), selectinload(Report.sources)
        )
    )
    if report is None:
        raise NotFound(_("Такого отчёта нет или он вам не виден."))
    return report


def version_of(report: Report, number: int) -> ReportVersion:
    """One version of the report, or NotFound."""
    for version in report.versions:
        if version.number == number:
            return version
    raise NotFound(_("Такой версии отчёта нет."))


def version_by_id(version_id: int) -> ReportVersion:
    """Any version by its own number, for the command line; or NotFound."""
    version = db.session.get(ReportVersion, version_id)
    if version is None:
        raise NotFound(_("Такой версии отчёта нет."))
    return version


def decided_versions() -> list[ReportVersion]:
    """Every version that a council decided on, in the order in which they were made."""
    found = select(ReportVersion).where(ReportVersion.state.in_(DECIDED))
    return list(db.session.scalars(found.order_by(ReportVersion.id)))


def reports(*, seen_by: User, plan: Plan | None = None, limit: int = 200) -> list[Report]:
    """Reports a person may see, newest first; of one plan when named."""
    found = select(Report).join(Report.plan).where(is_shown_to(seen_by))
    if plan is not None:
        found = found.where(Report.plan_id == plan.id)
    found = found.options(selectinload(Report.versions)).order_by(Report.id.desc()).limit(limit)
    return list(db.session.scalars(found))


def report_on(
    plan: Plan, period: str, *, shape: str = "annual", others: Sequence[Plan] = ()
) -> Report | None:
    """The report already begun for the plan and period, of the same shape and the same further plans."""
    found = select(Report).where(Report.plan_id == plan.id, Report.period == period, Report.shape == shape)
    wanted = {other.id for other in others}
    known = db.session.scalars(found.options(selectinload(Report.sources)).order_by(Report.id))
    return next((r for r in known if {source.plan_id for source in r.sources} == wanted), None)
