"""A version beside another one or the present: as a table, and as a Word file with the changes marked."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from core.clock import now
from core.errors import Blocked
from core.words import _
from reports.comparison import RowChange, differences
from reports.marking import mark_limited, marked_data
from reports.models import Report, ReportVersion
from reports.services.printing import printed_from, template_by_hash
from reports.services.versions import assemble_report


@dataclass(frozen=True)
class Comparison:
    """Two states of a report. `until` is None for the present."""

    since: ReportVersion
    until: ReportVersion | None
    data: dict[str, Any]
    at: datetime

    @property
    def changes(self) -> list[RowChange]:
        return differences(self.since.data, self.data)


def base_of(report: Report) -> ReportVersion | None:
    """What one asks about first: the last version decided on, or the one before the newest."""
    decided = [version for version in report.versions if version.is_decided]
    return decided[-1] if decided else next(iter(report.versions[-2:]), None)


def compare(since: ReportVersion, until: ReportVersion | None) -> Comparison:
    """What changed since a version, up to a later one or, without any, up to this moment."""
    if until is not None:
        if until.number <= since.number:
            raise Blocked(_("Сравнивают с более поздней версией."))
        return Comparison(since, until, until.data, until.made_at)
    moment = now()
    return Comparison(since, None, assemble_report(since.report, as_of=moment).data, moment)


@contextmanager
def marked(compared: Comparison) -> Iterator[Path]:
    """The report with insertions and deletions visible in Word, in the template of the earlier version."""
    data = marked_data(compared.since.data, compared.data)
    with (
        template_by_hash(compared.since.template_sha256) as source,
        printed_from(source, data) as path,
        tempfile.TemporaryDirectory(prefix="vekha-marked-") as folder,
    ):
        out = Path(folder) / "changes.docx"
        mark_limited(path, out, at=compared.at)
        yield out
