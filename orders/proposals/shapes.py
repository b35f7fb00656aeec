"""What is proposed, as plain data."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from core.errors import sentence
from roadmap.periods import parse_period

#: Assignments of an order, decisions of minutes and rows of a schedule become measures.
ITEM, DECISION, SCHEDULE = "item", "decision", "schedule"
#: The item on control says who controls; a statement («Утвердить …») is done by the act itself.
CONTROL, STATEMENT = "control", "statement"
ASSIGNED = (ITEM, DECISION, SCHEDULE)


@dataclass
class Proposal:
    """One item as read: `title` is what is to be done, `due_text` the period as printed, `quote` the
    whole item verbatim. `doubts` are Russian sentences on what a person has to check."""

    kind: str
    number: str
    title: str
    quote: str
    executors: list[str] = field(default_factory=list)
    due_text: str = ""
    doubts: list[str] = field(default_factory=list)

    @property
    def is_assigned(self) -> bool:
        return self.kind in ASSIGNED


def as_plain(proposal: Proposal, *, year: int | None) -> dict[str, Any]:
    """The proposal with its period read in the year of the act: plain JSON."""
    doubts = list(proposal.doubts)
    if proposal.is_assigned:
        doubts += [] if proposal.executors else [sentence("Исполнитель не назван: впишите его")]
        doubts += [] if proposal.due_text else [sentence("Срок не назван: впишите его")]
    return asdict(proposal) | {
        "doubts": doubts,
        "period": period_as_plain(proposal.due_text, year=year),
        "is_taken": proposal.is_assigned,
    }


def period_as_plain(text: str, *, year: int | None) -> dict[str, Any] | None:
    """What the period parser makes of a printed period; None when nothing is printed."""
    if not text:
        return None
    period = parse_period(text, context_year=year)
    return {
        "start": _iso(period.start),
        "end": _iso(period.end),
        "recurrence": period.recurrence,
        "kind": period.kind,
        "doubts": list(period.doubts),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
