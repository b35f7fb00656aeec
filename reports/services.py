"""Making reports: a version from the data of a moment, templates, and sending gaps back."""

import hashlib
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from accounts.models import Organisation, Role, User
from core.audit import record
from core.clock import now
from core.db import transaction
from core.errors import Invalid, NotYours
from core.outbox import publish
from core.words import _
from documents.services import keep_file, local_copy
from reports.assembly import Assembled, assemble, gaps_to_keep
from reports.models import Report, ReportTemplate, ReportVersion
from reports.queries import report_on
from reports.render import DEFAULT_TEMPLATE, render_limited
from reports.template_check import check_limited
from roadmap.models import Measure, Plan
from roadmap.queries.measures import measures_by_ids
from roadmap.services.answers import remind
from workflow.measure import MeasureState
from workflow.services import perform

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def may_make(plan: Plan, person: User) -> bool:
    """Whether `person` coordinates the plan or keeps the council's papers."""
    return bool(plan.roles_of(person) & {Role.COORDINATOR, Role.COUNCIL_SECRETARY})


def require_maker(plan: Plan, by: User) -> None:
    """Refuse whoever may not make reports on the plan."""
    if not may_make(plan, by):
        raise NotYours(_("Отчёт собирает координатор или секретарь Совета."))


def begin_report(plan: Plan, *, title: str, period: str, by: User) -> Report:
    """The report on `plan` for `period`; the one already begun when there is one."""
    require_maker(plan, by)
    if found := report_on(plan, period):
        return found
    with transaction() as session:
        report = Report(plan=plan, title=title, period=period, created_by_id=by.id)
        session.add(report)
        session.flush()  # the journal names the report by its number
        record(report, "report.begin", by=by)
    return report


def make_version(
    report: Report, *, as_of: datetime, by: User, note: str = "", template: ReportTemplate | None = None
) -> ReportVersion:
    """Assemble, render and keep one version. Nothing of it is ever changed afterwards."""
    require_maker(report.plan, by)
    made = assemble(report.plan, as_of=as_of, title=report.title, years=report.period)
    if not made.data["sections"]:
        raise Invalid(_("На этот день в дорожной карте нет мероприятий: отчитываться не о чем."))
    with rendered(made, template) as path, path.open("rb") as stream:
        kept = keep_file(stream, name=f"{report.title[:80]}.docx", media_type=DOCX)
    with transaction() as session:
        session.refresh(report, with_for_update={"of": Report})
        version = ReportVersion(
            report=report,
            number=len(report.versions) + 1,
            as_of=as_of,
            note=note.strip(),
            data=made.data,
            data_sha256=digest_of(made.data),
            template_sha256=_template_digest(template),
            template=template,
            file_sha256=kept.blob.sha256,
            file_size=kept.blob.size,
            gaps=gaps_to_keep(made.gaps),
            made_by_id=by.id,
        )
        session.add(version)
        record(report, "report.make", by=by, note=note)
        publish("report.make", report_id=report.id, number=version.number)
    return version


@contextmanager
def rendered(made: Assembled, template: ReportTemplate | None = None) -> Iterator[Path]:
    """The .docx of the assembled data, for as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="vekha-report-") as folder, template_file(template) as source:
        out = Path(folder) / "report.docx"
        render_limited(source, made.data, out)
        yield out


@contextmanager
def template_file(template: ReportTemplate | None) -> Iterator[Path]:
    """The template as a file: the uploaded one, or the default."""
    if template is None:
        yield DEFAULT_TEMPLATE
    else:
        with local_copy(template.sha256, suffix=".docx") as path:
            yield path


def _template_digest(template: ReportTemplate | None) -> str:
    return template.sha256 if template else hashlib.sha256(DEFAULT_TEMPLATE.read_bytes()).hexdigest()


def digest_of(data: dict[str, Any]) -> str:
    """SHA-256 of the data in canonical JSON."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def add_template(organisation: Organisation, path: Path, *, name: str, by: User) -> ReportTemplate:
    """Keep an uploaded template, once the check finds nothing in it; Invalid names tags and places."""
    if Role.COORDINATOR not in by.roles_over(organisation.path):
        raise NotYours(_("Шаблоны отчётов загружает координатор организации."))
    if problems := check_limited(path):
        raise Invalid("\n".join(str(problem.sentence) for problem in problems))
    with path.open("rb") as stream:
        kept = keep_file(stream, name=name, media_type=DOCX)
    with transaction() as session:
        template = ReportTemplate(
            organisation=organisation, name=kept.name, sha256=kept.blob.sha256, added_by=by
        )
        session.add(template)
        session.flush()  # the journal names the template by its number
        record(template, "report_template.add", by=by)
    return template


def remove_template(template: ReportTemplate, *, by: User) -> None:
    """Offer the template no more; versions made with it keep its bytes."""
    if Role.COORDINATOR not in by.roles_over(template.organisation.path):
        raise NotYours(_("Шаблоны отчётов убирает координатор организации."))
    with transaction():
        template.removed_at = now()
        record(template, "report_template.remove", by=by)


def send_back(plan: Plan, reasons: dict[int, str], *, by: User) -> int:
    """Return the rows with gaps to their executors: answers to rework, others with a reminder; how many.

    `reasons` says for each measure id what is missing.
    """
    require_maker(plan, by)
    measures = [m for m in measures_by_ids(list(reasons)) if m.plan_id == plan.id]
    if not measures:
        raise Invalid(_("Отметьте хотя бы одну строку."))
    with transaction():
        for measure in measures:
            _send_back(measure, reasons[measure.id], by)
    return len(measures)


def _send_back(measure: Measure, note: str, by: User) -> None:
    if measure.state is MeasureState.SUBMITTED:
        perform(measure, "return", by=by, note=note)
    elif measure.state is MeasureState.EXECUTED:
        perform(measure, "resume", by=by, note=note)
    else:
        remind(measure, by=by, note=note)
