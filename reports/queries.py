"""Reading reports, versions and templates."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from accounts.models import Organisation, User
from core.db import db
from core.errors import NotFound
from core.words import _
from reports.models import Report, ReportTemplate, ReportVersion
from roadmap.models import Plan
from roadmap.queries.plans import is_visible_to


def report_of(report_id: int, *, seen_by: User) -> Report:
    """The report with its versions, or NotFound when its plan is not for the eyes of `seen_by`."""
    found = select(Report).join(Report.plan).where(Report.id == report_id, is_visible_to(seen_by))
    report = db.session.scalar(found.options(selectinload(Report.versions).joinedload(ReportVersion.made_by)))
    if report is None:
        raise NotFound(_("Такого отчёта нет или он вам не виден."))
    return report


def version_of(report: Report, number: int) -> ReportVersion:
    """One version of the report, or NotFound."""
    for version in report.versions:
        if version.number == number:
            return version
    raise NotFound(_("Такой версии отчёта нет."))


def reports(*, seen_by: User, plan: Plan | None = None, limit: int = 200) -> list[Report]:
    """Reports a person may see, newest first; of one plan when named."""
    found = select(Report).join(Report.plan).where(is_visible_to(seen_by))
    if plan is not None:
        found = found.where(Report.plan_id == plan.id)
    found = found.options(selectinload(Report.versions)).order_by(Report.id.desc()).limit(limit)
    return list(db.session.scalars(found))


def report_on(plan: Plan, period: str) -> Report | None:
    """The report already begun for the plan and period."""
    found = select(Report).where(Report.plan_id == plan.id, Report.period == period)
    return db.session.scalar(found.order_by(Report.id).limit(1))


def templates_for(organisation: Organisation) -> list[ReportTemplate]:
    """Templates of the organisation and of those above it, by name."""
    above = [int(part) for part in organisation.path.strip("/").split("/") if part]
    found = select(ReportTemplate).where(
        ReportTemplate.organisation_id.in_(above), ReportTemplate.removed_at.is_(None)
    )
    found = found.options(joinedload(ReportTemplate.added_by))
    return list(db.session.scalars(found.order_by(ReportTemplate.name, ReportTemplate.id)))


def template_of(template_id: int, organisation: Organisation) -> ReportTemplate:
    """A template that the organisation may use, or NotFound."""
    for template in templates_for(organisation):
        if template.id == template_id:
            return template
    raise NotFound(_("Такого шаблона нет."))
