"""What stands beside a row of a report: its earlier self, last year's, the measure as it is now, evidence."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import defer, joinedload, selectinload

from accounts.models import User
from core.db import db
from documents.models import Document, Dossier
from documents.queries import is_readable_by
from reports.models import Report, ReportVersion
from roadmap.models import Measure
from roadmap.queries.plans import is_visible_to
from workflow.measure import MeasureState
from workflow.report import DECIDED

#: Data that far apart belong to reports of two years.
YEAR_APART = timedelta(days=180)


def earlier_version(version: ReportVersion, number: int | None = None) -> ReportVersion | None:
    """The version before this one, or the one of that number."""
    found = select(ReportVersion).where(ReportVersion.report_id == version.report_id)
    found = found.where(ReportVersion.number < version.number)
    if number is not None:
        found = found.where(ReportVersion.number == number)
    return db.session.scalar(found.order_by(ReportVersion.number.desc()).limit(1))


def newest_version(version: ReportVersion) -> ReportVersion | None:
    """The newest version of the report, when it is not this one."""
    found = select(ReportVersion).where(ReportVersion.report_id == version.report_id)
    found = found.where(ReportVersion.number > version.number)
    return db.session.scalar(found.order_by(ReportVersion.number.desc()).limit(1))


def last_year_of(version: ReportVersion, *, seen_by: User) -> ReportVersion | None:
    """Last year's report on the same plan, or on the one that it carries on: the version the council decided
    on if there is one, else the newest. Its rows are read only when they are asked for."""
    plan = version.report.plan
    plans = [number for number in (plan.id, plan.carried_from_id) if number]
    found = select(ReportVersion).join(ReportVersion.report).join(Report.plan)
    found = found.where(Report.plan_id.in_(plans), Report.id != version.report_id, is_visible_to(seen_by))
    found = found.where(ReportVersion.as_of <= version.as_of - YEAR_APART)
    order = (ReportVersion.state.in_(DECIDED).desc(), ReportVersion.as_of.desc(), ReportVersion.id.desc())
    light = (joinedload(ReportVersion.report), defer(ReportVersion.data), defer(ReportVersion.gaps))
    return db.session.scalar(found.options(*light).order_by(*order).limit(1))


def carried_from(measure_ids: Iterable[int]) -> dict[int, int]:
    """Measures that were carried over from the plan before: measure id → id there."""
    found = select(Measure.id, Measure.source).where(Measure.id.in_(list(measure_ids))).order_by(Measure.id)
    rows = db.session.execute(found)
    return {number: source["carried_from"] for number, source in rows if (source or {}).get("carried_from")}


def states_now(measure_ids: Iterable[int]) -> dict[int, MeasureState]:
    """Where the measures stand at this moment."""
    found = select(Measure.id, Measure.state).where(Measure.id.in_(list(measure_ids))).order_by(Measure.id)
    return dict(db.session.execute(found).all())


def evidence_beside(measure_ids: Iterable[int], *, seen_by: User) -> dict[int, list[Document]]:
    """The documents that prove each of the measures, as far as `seen_by` may read them."""
    found = (
        select(Measure.id, Document)
        .join(Dossier, Dossier.id == Measure.dossier_id)
        .join(Document, Document.dossier_id == Dossier.id)
        .where(Measure.id.in_(list(measure_ids)), Document.removed_at.is_(None), is_readable_by(seen_by))
        .options(selectinload(Document.versions))
        .order_by(Measure.id, Document.id)
    )
    beside: dict[int, list[Document]] = {}
    for number, document in db.session.execute(found):
        beside.setdefault(number, []).append(document)
    return beside
