"""Execution reports of plans."""

from collections.abc import Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from accounts.models import User
from core.clock import local
from core.db import db
from core.words import gettext
from reports.models import Report
from roadmap.models import Plan
from roadmap.queries.plans import is_visible_to
from search_index.protocol import Paper
from search_index.scopes import plan_scope
from search_index.things import Requisites, Shown, in_lots, joined

SORT, KIND = "report", "execution_report"


def ids() -> list[int]:
    """Every report."""
    return list(db.session.scalars(select(Report.id).order_by(Report.id)))


def papers(numbers: Iterable[int]) -> Iterator[Paper]:
    """Reports as the index takes them."""
    for lot in in_lots(numbers):
        yield from (_paper(report) for report in _reports(lot))


def _reports(lot: list[int]) -> list[Report]:
    wanted = select(Report).where(Report.id.in_(lot)).order_by(Report.id)
    plan = joinedload(Report.plan).joinedload(Plan.organisation)
    return list(db.session.scalars(wanted.options(selectinload(Report.versions), plan)))


def _paper(report: Report) -> Paper:
    plan, day = report.plan, local(report.created_at).date()
    requisites = Requisites().day(day).labels(gettext("Отчёт"))
    requisites.said([plan.organisation.name, plan.organisation.short_name], [])
    notes = [version.note for version in report.versions]
    return Paper(
        key=f"{SORT}:{report.id}",
        kind=KIND,
        organisation=plan.organisation_id,
        scope=plan_scope(plan.id),
        title=report.title,
        text=joined([report.title, report.period, plan.full_title, plan.organisation.name, *notes]),
        day=day,
        author=report.created_by_id,
        marks=tuple(requisites.marks),
    )


def shown(numbers: Iterable[int], *, seen_by: User) -> dict[int, Shown]:
    """The reports that `seen_by` may see, as results show them."""
    wanted = select(Report.id).join(Report.plan).where(Report.id.in_(list(numbers)), is_visible_to(seen_by))
    allowed = list(db.session.scalars(wanted.order_by(Report.id)))
    return {report.id: _shown(report) for report in _reports(allowed)}


def _shown(report: Report) -> Shown:
    notes = [(gettext("версия %(n)s", n=version.number), version.note) for version in report.versions]
    return Shown(
        key=f"{SORT}:{report.id}",
        kind=KIND,
        caption=gettext("Отчёт об исполнении, %(period)s", period=report.period)
        if report.period
        else gettext("Отчёт"),
        title=report.title,
        endpoint="reports.report",
        values={"report_id": report.id},
        parts=tuple((place, text) for place, text in notes if text),
        notes=(report.plan.full_title,),
        day=local(report.created_at).date(),
    )
