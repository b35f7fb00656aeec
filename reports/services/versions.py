"""Making reports: a version from the data of a moment."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from accounts.models import User
from core.audit import record
from core.db import transaction
from core.errors import Blocked, Invalid
from core.outbox import publish
from core.words import _
from documents.services.intake import Received
from reports.assembly import ANNUAL, Assembled, Shape, assemble, gaps_to_keep, shape_of
from reports.contradictions import Contradiction
from reports.findings.keeping import contradictions_on, keep_findings
from reports.models import Report, ReportSource, ReportTemplate, ReportVersion
from reports.queries import report_on
from reports.services.printing import digest_of, engine, keep_printed, keep_template, rendered
from reports.services.rules import require_maker
from roadmap.models import Plan


def begin_report(
    plan: Plan, *, title: str, period: str, by: User, shape: Shape = ANNUAL, others: Sequence[Plan] = ()
) -> Report:
    """The report on `plan` for `period`; the one already begun when there is one.

    `others` are put together with the plan; who makes the report has to answer for each of them.
    """
    for one in (plan, *others):
        require_maker(one, by)
    if found := report_on(plan, period, shape=shape.code, others=others):
        return found
    with transaction() as session:
        report = Report(plan=plan, title=title, period=period, shape=shape.code, created_by_id=by.id)
        session.add(report)
        session.flush()  # the journal names the report by its number
        for position, other in enumerate(others, 1):
            session.add(ReportSource(report=report, plan=other, position=position))
        session.flush()  # the sources are told with the report
        record(report, "report.begin", by=by)
    return report


def assemble_report(report: Report, *, as_of: datetime) -> Assembled:
    """The data of the report as everything stood at the moment `as_of`."""
    return assemble(
        report.plan,
        as_of=as_of,
        title=report.title,
        years=report.period,
        shape=shape_of(report.shape),
        others=report.others,
    )


def make_version(
    report: Report, *, as_of: datetime, by: User, note: str = "", template: ReportTemplate | None = None
) -> ReportVersion:
    """Assemble, render and keep one version. Nothing of it is ever changed afterwards.

    After a decision it is a new edition, with a decision of its own; the note then says what it corrects.
    """
    for plan in (report.plan, *report.others):
        require_maker(plan, by)
    made = assemble_report(report, as_of=as_of)
    if not made.data["sections"]:
        raise Invalid(_("На этот день таких мероприятий нет: отчитываться не о чем."))
    _require_reason(report, note)
    found = _contradictions(report, made, by)
    template_sha256 = keep_template(template)
    with rendered(made, template) as path:
        kept = keep_printed(path, report.title)
    with transaction() as session:
        session.refresh(report, with_for_update={"of": Report})
        _require_reason(report, note)
        version = ReportVersion(
            report=report, as_of=as_of, note=note.strip(), template=template, made_by_id=by.id,
            **_next(report), **_facts(made, kept, template_sha256=template_sha256),
        )  # fmt: skip
        session.add(version)
        session.flush()  # the journal names the version by its number
        keep_findings(version, found)
        record(version, "report_version.make", by=by, note=note)
        publish("report.make", report_id=report.id, number=version.number)
    return version


def _contradictions(report: Report, made: Assembled, by: User) -> list[Contradiction]:
    """What contradicts itself in the rows that the report speaks of, in each of its plans."""
    rows = [row for section in made.data["sections"] for row in section["measures"]]
    spoken = {number for row in rows for number in row.get("ids", [row["id"]])}
    plans = (report.plan, *report.others)
    found = [one for plan in plans for one in contradictions_on(plan, as_of=made.as_of, by=by)]
    return [one for one in found if one.measure_id in spoken]


def _require_reason(report: Report, note: str) -> None:
    if any(version.is_decided for version in report.versions) and not note.strip():
        raise Blocked(_("По отчёту уже есть решение. Напишите в пометке, что исправляет новая редакция."))


def _next(report: Report) -> dict[str, int]:
    """Versions are numbered on; whatever is made after a decision belongs to the next edition. What keeps the
    council from deciding on the report keeps it from deciding on the new version too."""
    decided = sum(version.is_decided for version in report.versions)
    blockers = report.latest.open_blockers if report.latest else 0
    return {"number": len(report.versions) + 1, "edition": 1 + decided, "open_blockers": blockers}


def _facts(made: Assembled, kept: Received, *, template_sha256: str) -> dict[str, Any]:
    """What was made, with the sums by which it can be made again."""
    sums = {
        "data_sha256": digest_of(made.data),
        "template_sha256": template_sha256,
        "file_sha256": kept.blob.sha256,
    }
    return sums | {
        "data": made.data,
        "file_size": kept.blob.size,
        "gaps": gaps_to_keep(made.gaps),
        "manifest": {"engine": engine()} | sums,
    }
