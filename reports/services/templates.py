"""Templates that organisations upload: checked, kept, put away."""

from pathlib import Path

from accounts.models import Organisation, Role, User
from core.audit import record
from core.clock import now
from core.db import transaction
from core.errors import Invalid, NotYours
from core.words import _
from documents.services import keep_file
from reports.models import ReportTemplate
from reports.services.printing import DOCX
from reports.template_check import check_limited


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
