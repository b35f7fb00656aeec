"""The tables of the room: reports with their versions and templates, what was found in them and answered."""

from reports.models.finding import OUTCOMES, Finding, FindingAnswer, Outcome
from reports.models.report import (
    DECIDED_ONCE,
    MADE,
    MARK_LABELS,
    Mark,
    Report,
    ReportTemplate,
    ReportVersion,
)

__all__ = [
    "DECIDED_ONCE",
    "MADE",
    "MARK_LABELS",
    "OUTCOMES",
    "Finding",
    "FindingAnswer",
    "Mark",
    "Outcome",
    "Report",
    "ReportTemplate",
    "ReportVersion",
]
