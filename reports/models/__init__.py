"""The tables of the room: reports with their versions, what was found in them, publications, bundles."""

from reports.models.bundle import Bundle
from reports.models.finding import OUTCOMES, Finding, FindingAnswer, Outcome
from reports.models.publication import Publication
from reports.models.report import (
    DECIDED_ONCE,
    MADE,
    MARK_LABELS,
    Mark,
    Report,
    ReportSource,
    ReportTemplate,
    ReportVersion,
)

__all__ = [
    "DECIDED_ONCE",
    "MADE",
    "MARK_LABELS",
    "OUTCOMES",
    "Bundle",
    "Finding",
    "FindingAnswer",
    "Mark",
    "Outcome",
    "Publication",
    "Report",
    "ReportSource",
    "ReportTemplate",
    "ReportVersion",
]
