"""The rules a council decides by. They are settings; each sitting keeps the ones it was held under.

What a council calls its rules stands in its own statute, so the words of the norm are kept beside them.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any

from core.words import _


class Share(StrEnum):
    """How much of a whole is enough: at least a half, more than a half, at least two thirds, all of it."""

    HALF = "half"
    MORE_THAN_HALF = "more_than_half"
    TWO_THIRDS = "two_thirds"
    ALL = "all"

    def is_reached(self, part: int, whole: int) -> bool:
        """Whether `part` of `whole` is enough; of nothing, nothing is enough."""
        if whole <= 0:
            return False
        return {
            Share.HALF: 2 * part >= whole,
            Share.MORE_THAN_HALF: 2 * part > whole,
            Share.TWO_THIRDS: 3 * part >= 2 * whole,
            Share.ALL: part >= whole,
        }[self]

    def least(self, whole: int) -> int:
        """The smallest number of `whole` that is enough."""
        return next((part for part in range(whole + 1) if self.is_reached(part, whole)), whole)


class Base(StrEnum):
    """Of whom a majority is counted: of those present, or of all members with a vote."""

    PRESENT = "present"
    ESTABLISHED = "established"


class Tie(StrEnum):
    """What an equal number of votes means: what the presiding person voted for, or no decision."""

    CHAIR = "chair"
    REJECTED = "rejected"


class Mark(StrEnum):
    """What the council's decision makes of a report; three different things (glossary §E)."""

    CONSIDERED = "considered"
    ACCEPTED = "accepted"
    APPROVED = "approved"


SHARE_LABELS: dict[Share, Any] = {
    Share.HALF: _("не меньше половины"),
    Share.MORE_THAN_HALF: _("больше половины"),
    Share.TWO_THIRDS: _("не меньше двух третей"),
    Share.ALL: _("все"),
}
BASE_LABELS: dict[Base, Any] = {
    Base.PRESENT: _("от присутствующих"),
    Base.ESTABLISHED: _("от установленного числа"),
}
TIE_LABELS: dict[Tie, Any] = {
    Tie.CHAIR: _("решает голос председательствующего"),
    Tie.REJECTED: _("решение не принято"),
}
MARK_LABELS: dict[Mark, Any] = {
    Mark.CONSIDERED: _("рассмотрен"),
    Mark.ACCEPTED: _("принят"),
    Mark.APPROVED: _("утверждён"),
}


@dataclass(frozen=True)
class Rules:
    """How a council sits and decides."""

    quorum: Share = Share.HALF
    majority: Share = Share.MORE_THAN_HALF
    base: Base = Base.PRESENT
    tie: Tie = Tie.CHAIR
    mark: Mark = Mark.CONSIDERED
    is_secret: bool = False
    notice_days: int = 3
    norm: str = ""

    def as_plain(self) -> dict[str, Any]:
        """As it is stored."""
        return {name: getattr(value, "value", value) for name, value in asdict(self).items()}


_KINDS: dict[str, Any] = {"quorum": Share, "majority": Share, "base": Base, "tie": Tie, "mark": Mark}


def rules_from(stored: Mapping[str, Any]) -> Rules:
    """The rules as stored; what is absent has its default."""
    known = {field.name for field in fields(Rules)} & stored.keys()
    values: dict[str, Any] = {name: stored[name] for name in known}
    return Rules(**values | {name: kind(values[name]) for name, kind in _KINDS.items() if name in values})
