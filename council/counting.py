"""How votes become a result. Pure: figures and rules in, a result out, kept with the rules it was counted by.

A tie is settled by the presiding person only where votes for and against are equal and, when the majority is
counted of the established number, half of that number has voted for: a casting vote adds to a majority, it
does not replace one. In a secret ballot nobody knows the presiding person's vote, so a tie decides nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from council.models import Choice, Outcome
from council.rules import Base, Rules, Tie

IN_FAVOUR = (Choice.FOR, Choice.FOR_WITH_REMARKS)


@dataclass(frozen=True)
class Count:
    """The votes on one item, who could have voted, and how the presiding person did."""

    tally: Mapping[str, int]
    established: int
    present: int
    presiding: Choice | None = None

    @property
    def in_favour(self) -> int:
        return sum(self.tally.get(choice.value, 0) for choice in IN_FAVOUR)

    @property
    def against(self) -> int:
        return self.tally.get(Choice.AGAINST.value, 0)

    @property
    def abstained(self) -> int:
        return self.tally.get(Choice.ABSTAINED.value, 0)

    @property
    def cast(self) -> int:
        return self.in_favour + self.against + self.abstained


def tally_of(choices: Iterable[Choice]) -> dict[str, int]:
    """How often each choice was made."""
    tally = {choice.value: 0 for choice in Choice}
    for choice in choices:
        tally[choice.value] += 1
    return tally


def outcome_of(count: Count, rules: Rules) -> tuple[Outcome, str]:
    """The outcome and why: "majority", "casting_vote", "tie", "no_majority" or "no_quorum"."""
    if not rules.quorum.is_reached(count.present, count.established):
        return Outcome.REJECTED, "no_quorum"
    if rules.majority.is_reached(count.in_favour, base_of(count, rules)):
        return Outcome.ADOPTED, "majority"
    if not _is_tie(count, rules):
        return Outcome.REJECTED, "no_majority"
    if rules.tie is Tie.CHAIR and count.presiding in IN_FAVOUR:
        return Outcome.ADOPTED, "casting_vote"
    return Outcome.REJECTED, "tie"


def base_of(count: Count, rules: Rules) -> int:
    """Of how many the majority is counted."""
    return count.established if rules.base is Base.ESTABLISHED else count.present


def _is_tie(count: Count, rules: Rules) -> bool:
    equal = count.in_favour == count.against > 0
    return equal and (rules.base is Base.PRESENT or 2 * count.in_favour >= count.established)


def result_of(count: Count, rules: Rules) -> dict[str, Any]:
    """The result as it is stored: every figure, what was needed, why it came out so, and the rules."""
    _outcome, why = outcome_of(count, rules)
    base = base_of(count, rules)
    return {
        "tally": dict(count.tally),
        "in_favour": count.in_favour,
        "against": count.against,
        "abstained": count.abstained,
        "not_voted": max(count.present - count.cast, 0),
        "established": count.established,
        "present": count.present,
        "quorum": rules.quorum.least(count.established),
        "base": base,
        "needed": rules.majority.least(base),
        "presiding": count.presiding.value if count.presiding else None,
        "why": why,
        "rules": rules.as_plain(),
    }
