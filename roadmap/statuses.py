"""Status phrases of old reports, read into states: «исполнено», «в реализации», «не в полном объёме»."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from roadmap import status_words as words
from roadmap.period_text import fold

STATES = (
    "planned", "in_progress", "executed", "executed_late", "partially_executed", "not_executed",
    "postponed", "cancelled",
)  # fmt: skip


@dataclass(frozen=True)
class StatusReading:
    """state: one of STATES; None for an empty cell (a gap) and for a phrase that names no state.

    doubtful: a person has to confirm. late: the phrase says that the term was broken."""

    state: str | None
    doubtful: bool = False
    late: bool = False


Rule = tuple[str, bool, Callable[[str], object]]


def state_of(phrase: str) -> StatusReading:
    """The state that a printed status names; never raises.

    An empty cell is a gap (None), not «не исполнено»; a phrase without a state is None and doubtful."""
    if any(sign in phrase for sign in words.TICKS) and not re.search(r"\w", phrase):
        return StatusReading("executed")
    text = _plain(phrase)
    if words.EMPTY.fullmatch(text):
        return StatusReading(None)
    late = bool(words.LATE.search(text)) and not words.NOT_LATE.search(text)
    for state, doubtful, applies in RULES:
        if applies(text):
            return _with_lateness(state, doubtful, late)
    return StatusReading(None, doubtful=True, late=late)


def _plain(phrase: str) -> str:
    text = re.sub(r"[\"«»“”().,;:!?\[\]]+", " ", fold(phrase[:4000])).replace(" - ", " ")
    return re.sub(r"\s+", " ", text).strip()


def _with_lateness(state: str, doubtful: bool, late: bool) -> StatusReading:
    if late and state == "executed":
        return StatusReading("executed_late", doubtful, late=True)
    return StatusReading(state, doubtful or (late and state == "not_executed"), late)


def _is_negated(text: str) -> bool:
    # «Не в срок» denies the term and not the deed.
    plain = words.NOT_LATE.sub(" ", words.IN_TIME_DENIED.sub(" ", text))
    plain = words.KEPT.sub(" ", plain)
    return any(pattern.search(plain) for pattern in (words.NEGATED, words.INVERTED, words.FAILED))


def _has_share(text: str) -> bool:
    percent, share = words.PERCENT.search(text), words.SHARE.search(text)
    if share:
        return 0 < int(share[1]) < int(share[2])
    return percent is not None and 0 < int(percent[1]) < 100


def _has_no_share(text: str) -> bool:
    percent = words.PERCENT.search(text)
    return percent is not None and int(percent[1]) == 0


def _has_whole_share(text: str) -> bool:
    share = words.SHARE.search(text)
    return share is not None and share[1] == share[2] != "0"


def _is_planned(text: str) -> bool:
    """Whether the future decides: «будет исполнено», but not «исполнено, будет продолжено»."""
    future, already, will = (pattern.search(text) for pattern in (words.FUTURE, words.ALREADY, words.WILL_BE))
    if will and already:
        return will.start() < already.start()
    return bool(future) and not already


def _is_done(text: str) -> bool:
    return bool(words.DONE.search(text)) and not _is_negated(text)


def _is_running(text: str) -> bool:
    present = words.PRESENT.search(text) and not words.JUDGES.search(text)
    return bool(words.RUNNING.search(text) or present)


def _is_cancelled(text: str) -> bool:
    return bool(words.CANCELLED.search(text)) and not words.NOT_CANCELLED.search(text)


def _is_done_then_moved(text: str) -> bool:
    said = words.ALREADY.match(text) and words.POSTPONED.search(text)
    return bool(said) and not _is_negated(text)


def _is_partly_running(text: str) -> bool:
    return bool(words.PARTLY.search(text)) and _is_running(text) and not words.DONE.search(text)


def _is_missed(text: str) -> bool:
    return _is_negated(text) and bool(words.MISSED_IN_TIME.search(text))


def _is_done_late(text: str) -> bool:
    return bool(words.LATE.search(text)) and _is_done(re.sub("просроч|наруш", " ", text))


# (state, doubtful, applies): the first that applies decides, so what overrides stands above.
RULES: tuple[Rule, ...] = (
    ("planned", False, words.TERM_AHEAD.search),
    ("executed", True, _is_done_then_moved),
    ("postponed", True, lambda text: words.POSTPONED.search(text) and words.CANCELLED.search(text)),
    ("postponed", False, words.POSTPONED.search),
    ("cancelled", False, _is_cancelled),
    ("planned", True, words.NOT_STARTED.search),
    ("in_progress", True, _is_partly_running),
    ("partially_executed", False, words.PARTLY.search),
    ("not_executed", True, _is_missed),
    ("in_progress", True, words.UNFINISHED.search),
    ("not_executed", False, lambda text: _is_negated(text) and not words.FUTURE.search(text)),
    ("cancelled", True, words.NOT_PLANNED.search),
    ("planned", False, _is_planned),
    ("executed", True, lambda text: words.ALREADY.search(text) and words.FUTURE.search(text)),
    ("in_progress", True, lambda text: words.PREPARATION.search(text) and _is_done(text)),
    ("in_progress", False, lambda text: _has_share(text) and _is_running(text)),
    ("partially_executed", False, _has_share),
    ("executed", False, _has_whole_share),
    ("not_executed", True, _has_no_share),
    ("in_progress", False, lambda text: words.ON_CONTROL.search(text) and not words.ALREADY.search(text)),
    ("executed", False, lambda text: words.OFF_CONTROL.search(text) and words.POSITIVE.search(text)),
    ("executed", True, words.OFF_CONTROL.search),
    ("executed", True, lambda text: words.ALREADY.match(text) and _is_running(text)),
    ("in_progress", False, _is_running),
    ("executed", False, _is_done_late),
    ("not_executed", True, words.TERM_OVER.search),
    ("executed", False, _is_done),
    ("executed", True, words.LATIN_TICK.fullmatch),
)
