"""Execution reports of plans."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from accounts.models import User
from core.clock import local
from core.db import db
from core.words import gettext
from reports.models import Report, ReportVersion
from reports.queries import is_shown_to
from roadmap.models import Plan
from search_index.protocol import Paper
from search_index.queries.council import review_places
from search_index.queries.rights import is_report_found_by
from search_index.scopes import report_scope
from search_index.states import code_of
from search_index.things import Requisites, Shown, in_lots, joined
from workflow.report import ReportState

SORT, KIND = "report", "execution_report"
#: What is found of a row of a report, in the order of the printed columns.
ROW = ("title", "condition", "due_period", "form_of_execution", "status", "report", "note")


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


def _parts(report: Report) -> list[tuple[str, str]]:
    """The texts of a report with the names of their places: its newest version row by row, and the notes."""
    notes = [(gettext("версия %(n)s", n=version.number), version.note) for version in report.versions]
    data = report.latest.data if report.latest else {}
    rows = [row for section in data.get("sections", ()) for row in section["measures"]]
    titles = [(section["number"], section["title"]) for section in data.get("sections", ())]
    parts = [(gettext("раздел %(n)s", n=number), title) for number, title in titles]
    parts += [(gettext("п. %(number)s", number=row["number"]), _said(row)) for row in rows]
    return [(place, text) for place, text in (*parts, *notes) if text]


def _said(row: dict[str, Any]) -> str:
    told = [str(row.get(name) or "") for name in ROW]
    return joined([*told, ", ".join(row.get("executors") or ())])


def _paper(report: Report) -> Paper:
    plan, day = report.plan, local(report.created_at).date()
    latest = report.latest
    requisites = Requisites().day(day).labels(gettext("Отчёт"), latest.state_label if latest else "")
    requisites.said([plan.organisation.name, plan.organisation.short_name], [])
    lines = [text for _place, text in _parts(report)]
    return Paper(
        key=f"{SORT}:{report.id}",
        kind=KIND,
        organisation=plan.organisation_id,
        scope=report_scope(report.id),
        title=report.title,
        text=joined([report.title, report.period, plan.full_title, plan.organisation.name, *lines]),
        day=day,
        state=_state(latest) if latest else "",
        author=report.created_by_id,
        marks=tuple(requisites.marks),
    )


def _state(version: ReportVersion) -> str:
    is_marked = version.state is ReportState.APPROVED and version.mark
    return code_of(SORT, version.mark.value if is_marked and version.mark else version.state.value)


def shown(numbers: Iterable[int], *, seen_by: User) -> dict[int, Shown]:
    """The reports that `seen_by` may see, as results show them: on their own page, or in the review for
    whoever reads them only as a member of a council."""
    wanted = select(Report.id).join(Report.plan).where(Report.id.in_(list(numbers)))
    allowed = list(db.session.scalars(wanted.where(is_report_found_by(seen_by)).order_by(Report.id)))
    own = set(db.session.scalars(wanted.where(is_shown_to(seen_by)).order_by(Report.id)))
    places = review_places(set(allowed) - own, seen_by=seen_by)
    return {report.id: _shown(report, places.get(report.id)) for report in _reports(allowed)}


def _shown(report: Report, place: tuple[str, dict[str, Any]] | None) -> Shown:
    endpoint, values = place or ("reports.report", {"report_id": report.id})
    latest = report.latest
    return Shown(
        key=f"{SORT}:{report.id}",
        kind=KIND,
        caption=gettext("Отчёт об исполнении, %(period)s", period=report.period)
        if report.period
        else gettext("Отчёт"),
        title=report.title,
        endpoint=endpoint,
        values=values,
        parts=tuple(_parts(report)),
        notes=(report.plan.full_title,),
        state=latest.state.value if latest else "",
        state_label=latest.state_label if latest else "",
        day=local(report.created_at).date(),
    )


def reports_on(plan_id: int) -> list[str]:
    """The keys of a plan's reports, which say its title."""
    wanted = select(Report.id).where(Report.plan_id == plan_id).order_by(Report.id)
    return [f"{SORT}:{number}" for number in db.session.scalars(wanted)]
