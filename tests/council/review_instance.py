"""A report before a council for the instance that the walks go through (tests/site.py)."""

from typing import Any

from accounts.models import User
from core.clock import now
from council.models import Seat
from council.services.review import look_at
from council.services.review_remarks import RemarkFacts, make_remark
from reports.services import begin_report, make_version, move_version
from roadmap.models import Plan
from tests.council.review_scene import found_council, join, plan_sitting, put_on_agenda


def reviewed(plan: Plan, row: int, *, coordinator: User, member: User, secretary: User) -> dict[str, Any]:
    """A version under review with a mark and a remark of the member on the row of the measure `row`."""
    report = begin_report(plan, title="Отчёт за 2025 год", period="2025 год", by=coordinator)
    version = make_version(report, as_of=now(), by=coordinator)
    council = found_council(plan.organisation)
    join(council, member)
    join(council, secretary, Seat.SECRETARY, has_vote=False)
    put_on_agenda(plan_sitting(council), version)
    move_version(version, "submit", by=coordinator)
    move_version(version, "take_up", by=secretary)
    look_at(version, [row], by=member)
    remark = make_remark(version, row, RemarkFacts("58 или 63 человека?", needs_answer=True), by=member)
    return {"reviewed_id": report.id, "remark_id": remark.id}
