"""The blueprint of the room, and what its views share."""

from typing import Any

from flask import Blueprint, g, url_for

from accounts.models import Role, User
from core.errors import NotFound
from core.words import _
from reports.models import Report, ReportVersion
from reports.queries import report_of, version_of

bp = Blueprint("reports", __name__)
MAKERS = (Role.COORDINATOR, Role.COUNCIL_SECRETARY)


def me() -> User:
    """The signed-in person."""
    person: User = g.person
    return person


def asked(report_id: int, number: int | None) -> tuple[Report, ReportVersion]:
    """A report that one may see and a version of it: the one asked for, else the newest."""
    found = report_of(report_id, seen_by=me())
    version = version_of(found, number) if number else found.latest
    if version is None:
        raise NotFound(_("У этого отчёта ещё нет версий."))
    return found, version


def nav_items() -> list[tuple[str, Any, str, int]]:
    """What of this room stands in the main navigation."""
    return [(url_for("reports.reports"), _("Отчёты"), "reports", 0)]
