"""One decision on many measures, each by the same rules as alone; one refusal does not stop the rest."""

from collections.abc import Callable

from accounts.models import User
from core.errors import Refusal
from roadmap.models import Measure
from roadmap.services.answers import remind
from workflow.services import perform

Outcome = tuple[Measure, Refusal | None]


def accept_each(measures: list[Measure], *, by: User) -> list[Outcome]:
    """Accept every answer that may be accepted; with each the refusal or None."""
    return _each(measures, lambda measure: perform(measure, "accept", by=by))


def remind_each(measures: list[Measure], *, by: User) -> list[Outcome]:
    """Remind the executors of every open measure; with each the refusal or None."""
    return _each(measures, lambda measure: remind(measure, by=by))


def _each(measures: list[Measure], do: Callable[[Measure], None]) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for measure in measures:
        try:
            do(measure)
        except Refusal as refusal:
            outcomes.append((measure, refusal))
        else:
            outcomes.append((measure, None))
    return outcomes
