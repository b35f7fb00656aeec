"""Sending rows with gaps back to those who can fill them."""

from accounts.models import User
from core.db import transaction
from core.errors import Invalid
from core.words import _
from reports.services.rules import require_maker
from roadmap.models import Measure, Plan
from roadmap.queries.measures import measures_by_ids
from roadmap.services.answers import remind
from workflow.measure import MeasureState
from workflow.services import perform


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
