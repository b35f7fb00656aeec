"""The end of an item: votes counted by the rules, the result kept with them, the report stamped."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from core.audit import record
from core.clock import now
from core.db import transaction
from core.errors import Blocked, NotYours, OutOfTurn
from core.words import _
from council.counting import Count, outcome_of, result_of, tally_of
from council.models import AgendaItem, Decision, Outcome, Sitting
from council.services.rules import hold_item, is_secretary, require_open, require_secretary
from council.services.voting import require_ripe
from reports.models import Mark
from reports.services import Decided, Stamp, decide_version, stamp_of


@dataclass(frozen=True)
class DecisionFacts:
    """One point of what was decided: what, who answers (one a line), until when; all as printed."""

    text: str
    responsible: str = ""
    due_text: str = ""


def note_item(
    item: AgendaItem,
    *,
    heard: str,
    spoke: str,
    decisions: Sequence[DecisionFacts],
    by: User,
    version: int | None = None,
) -> None:
    """What was heard, who spoke, what is decided: written while the sitting goes on."""
    require_secretary(item.sitting, by=by)
    with transaction() as session:
        hold_item(item, version=version)
        require_open(item.sitting)
        item.heard, item.spoke = heard.strip(), spoke.strip()
        for gone in item.decisions:
            session.delete(gone)
        session.flush()  # the journal tells of them while they still know their item
        session.expire(item, ["decisions"])
        item.decisions.extend(_points(decisions))
        session.flush()  # the journal names the parts by their numbers
        record(item.sitting, "sitting.note", by=by, note=item.title)


def _points(decisions: Sequence[DecisionFacts]) -> list[Decision]:
    said = [each for each in decisions if each.text.strip()]
    return [
        Decision(position=position, **{name: text.strip() for name, text in vars(each).items()})
        for position, each in enumerate(said, 1)
    ]


def why_not_deciding(item: AgendaItem, person: User) -> object:
    """Why `person` may not end this item; empty when they may. A report is the presiding person's matter."""
    sitting = item.sitting
    presiding = sitting.presiding
    if presiding is not None and presiding.user_id == person.id:
        return ""
    if not is_secretary(sitting, person):
        return _("Решение записывает председательствующий или секретарь.")
    if item.is_report and presiding is not None and presiding.user_id is not None:
        return _("Решение по отчёту объявляет председательствующий: %(name)s.", name=presiding.name)
    return ""


def decide_item(item: AgendaItem, *, by: User, version: int | None = None) -> Outcome:
    """End the vote on an item when everybody present has voted. An adopted report is marked, stamped and
    frozen in the same transaction.

    Whoever comes second is told that it has been decided (409).
    """
    _require_may_decide(item, by)
    _require_heard(item)  # asked again under the lock; here the refusal keeps no vote waiting
    stamp = _stamp_ahead(item)
    with transaction():
        hold_item(item, version=version)
        _require_may_decide(item, by)
        _require_heard(item)
        return _decide(item, by, stamp)


def decide_without_silent(item: AgendaItem, *, by: User, version: int | None = None) -> Outcome:
    """End the vote though somebody present has not voted; the result says how many."""
    _require_may_decide(item, by)
    stamp = _stamp_ahead(item)
    with transaction():
        hold_item(item, version=version)
        _require_may_decide(item, by)
        return _decide(item, by, stamp)


def _require_may_decide(item: AgendaItem, by: User) -> None:
    if why := why_not_deciding(item, by):
        raise NotYours(why)
    require_open(item.sitting)
    _require_countable(item)


def _require_heard(item: AgendaItem) -> None:
    """Blocked while votes are still on their way: nobody's is cut off by accident."""
    if missing := _silent(item):
        raise Blocked(
            _(
                "Ещё не проголосовали: %(count)s. Дождитесь их голосов или подведите итог без них.",
                count=missing,
            )
        )


def _silent(item: AgendaItem) -> int:
    """How many of those present have not voted; by correspondence whoever votes is present."""
    sitting = item.sitting
    return 0 if sitting.is_by_correspondence else len(sitting.voters_present) - count_of(item).cast


def _stamp_ahead(item: AgendaItem) -> Stamp | None:
    """The report with the decision that is about to be taken, made while nobody waits for a lock. None where
    there is none to make."""
    outcome, _why = outcome_of(count_of(item), item.sitting.rule_set)
    if item.report_version is None or outcome is not Outcome.ADOPTED:
        return None
    return stamp_of(item.report_version, _decided(item.sitting))


def _decided(sitting: Sitting) -> Decided:
    return Decided(
        Mark(sitting.rule_set.mark.value), sitting.council.name_prepositional, sitting.number, sitting.date
    )


def _decide(item: AgendaItem, by: User, stamp: Stamp | None) -> Outcome:
    count, rules = count_of(item), item.sitting.rule_set
    item.result = result_of(count, rules)
    outcome, _why = outcome_of(count, rules)
    item.outcome, item.decided_at, item.decided_by_id = outcome, now(), by.id
    record(item.sitting, "sitting.decide", by=by, note=item.title)
    if item.report_version is not None and outcome is Outcome.ADOPTED:
        sitting = item.sitting
        decide_version(item.report_version, _decided(sitting), by=by, stamp=stamp, ground=sitting.caption)
    return outcome


def _require_countable(item: AgendaItem) -> None:
    if item.is_decided:
        raise OutOfTurn(_("По вопросу уже есть решение: «%(outcome)s».", outcome=item.outcome_label))
    if item.voting_opened_at is None:
        raise Blocked(_("Сначала начните голосование по этому вопросу."))
    require_ripe(item)
    sitting = item.sitting
    if not sitting.has_quorum:
        raise Blocked(_("Кворума больше нет: отметьте явку или перенесите вопрос."))
    is_running = sitting.is_by_correspondence and sitting.deadline and now() <= sitting.deadline
    if is_running and len(item.votes) < len(sitting.voters):
        raise Blocked(_("Голоса ещё принимают, и проголосовали не все: подождите до конца срока."))


def count_of(item: AgendaItem) -> Count:
    """The votes on the item as they stand, with who could have voted."""
    sitting = item.sitting
    here = {seat.id for seat in sitting.voters_present}
    valid = [vote for vote in item.votes if vote.membership_id in here]
    tally = tally_of(vote.choice for vote in valid if vote.choice)
    if item.is_secret:
        tally = tally | item.tally
    took_part = sum(tally.values()) if sitting.is_by_correspondence else len(here)
    presiding = next((vote.choice for vote in valid if vote.membership_id == sitting.presiding_id), None)
    return Count(tally, len(sitting.voters), took_part, None if item.is_secret else presiding)


def withdraw_item(item: AgendaItem, *, reason: str, by: User) -> None:
    """Take an item off the agenda during the sitting; the minutes say so, with the reason."""
    require_secretary(item.sitting, by=by)
    if not reason.strip():
        raise Blocked(_("Напишите, почему вопрос сняли: это войдёт в протокол."))
    with transaction():
        hold_item(item)
        require_open(item.sitting)
        if item.is_decided:
            raise OutOfTurn(_("По вопросу уже есть решение: «%(outcome)s».", outcome=item.outcome_label))
        item.outcome, item.decided_at, item.decided_by_id = Outcome.WITHDRAWN, now(), by.id
        item.spoke = "\n".join(part for part in (item.spoke, reason.strip()) if part)
        record(item.sitting, "sitting.withdraw_item", by=by, note=reason.strip())
