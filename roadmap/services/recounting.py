"""Reading due periods and counting control dates anew when what they follow from has changed."""

from collections.abc import Iterable
from datetime import date

from core.audit import SYSTEM, Actor, record
from core.db import transaction
from roadmap.models import Measure, Plan
from roadmap.queries.measures import measures_of
from roadmap.queries.plans import running_plans
from roadmap.services.due import DueRules, due_rules, last_day, renew_occurrences, set_due
from workflow.measure import OPEN


def read_by_rule(plan: Plan) -> list[Measure]:
    """Open measures whose dates are just what their printed text says: nobody extended or settled them."""
    rules = due_rules()
    return [m for m in measures_of(plan) if m.state in OPEN and _is_as_read(m, rules)]


def _is_as_read(measure: Measure, rules: DueRules) -> bool:
    period = rules.read(measure.plan, measure.due_text)
    dates = (period.start, period.end, list(period.doubts))
    return not measure.is_extended and dates == (measure.due_start, measure.due_end, measure.due_doubts)


def read_anew(measures: Iterable[Measure], *, by: Actor) -> None:
    """Read the printed periods by the years that their plans have now. Called in an open transaction."""
    rules = due_rules()
    for measure in measures:
        period = set_due(measure, measure.plan, measure.due_text, rules=rules)
        renew_occurrences(measure, measure.plan, period)
        record(measure, "measure.recalculate", by=by)


def recount_control_dates(*, by: Actor = SYSTEM) -> int:
    """Count the control dates of all open measures by the rules in force; how many moved."""
    rules, moved = due_rules(), 0
    for plan in running_plans():
        with transaction():
            for measure in measures_of(plan):
                day = rules.control_day(_printed_end(measure, rules))
                if measure.state in OPEN and measure.control_date != day:
                    measure.control_date = day
                    record(measure, "measure.recalculate", by=by)
                    moved += 1
    return moved


def _printed_end(measure: Measure, rules: DueRules) -> date | None:
    """The day that is shifted off days off: the end, or the last turn of what recurs as printed."""
    if measure.due_recurrence and not measure.is_extended:
        period = rules.read(measure.plan, measure.due_text)
        if period.end == measure.due_end:
            return last_day(measure.plan, period)
    return measure.due_end
