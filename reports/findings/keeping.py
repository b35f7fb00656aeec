"""Finding contradictions and keeping them with the version: what making a version needs of this part."""

from collections.abc import Sequence
from datetime import datetime

from accounts.models import User
from core.db import db
from reports.contradictions import Contradiction, contradictions
from reports.findings.gathering import facts_on
from reports.models import Finding, ReportVersion
from roadmap.models import Plan


def contradictions_on(plan: Plan, *, as_of: datetime, by: User) -> list[Contradiction]:
    """What contradicts itself in the plan's rows as of a moment. Acts are looked up with the eyes of `by`."""
    return contradictions(*facts_on(plan, as_of=as_of, seen_by=by))


def keep_findings(version: ReportVersion, found: Sequence[Contradiction]) -> None:
    """Keep what was found in a version, in the open transaction that made it."""
    unique = {each.fingerprint: each for each in found}
    for position, each in enumerate(unique.values()):
        db.session.add(
            Finding(
                report_version=version,
                position=position,
                finding_kind=each.kind,
                measure_id=each.measure_id,
                number=each.number,
                title=each.title,
                words=dict(each.words),
                fingerprint=each.fingerprint,
            )  # fmt: skip
        )
