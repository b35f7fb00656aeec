"""Templates of reports: whoever coordinates uploads them and puts them away."""

from pathlib import Path

from accounts.models import Organisation, Role, User
from core.errors import NotYours
from core.words import _
from documents.services.templates import keep_template, put_away_template
from reports.models import ReportTemplate
from reports.template_check import check_limited


def add_template(organisation: Organisation, path: Path, *, name: str, by: User) -> ReportTemplate:
    """Keep an uploaded template, once the check finds nothing in it; Invalid names tags and places."""
    if Role.COORDINATOR not in by.roles_over(organisation.path):
        raise NotYours(_("Шаблоны отчётов загружает координатор организации."))
    return keep_template(ReportTemplate, organisation, path, name=name, check=check_limited, by=by)


def remove_template(template: ReportTemplate, *, by: User) -> None:
    """Offer the template no more; versions made with it keep its bytes."""
    if Role.COORDINATOR not in by.roles_over(template.organisation.path):
        raise NotYours(_("Шаблоны отчётов убирает координатор организации."))
    put_away_template(template, by=by)
