"""Votes: opened on an item, cast by members or put down by the secretary, each counted once."""

from collections.abc import Mapping

from accounts.models import User
from core.audit import record
from core.clock import now
from core.db import transaction
from core.errors import Blocked, Invalid, NotYours, OutOfTurn
from core.words import _
from council.models import AgendaItem, Choice, Council, Membership, Vote
from council.queries.review import unpassed_rows
from council.review_rows import names_of
from council.services.rules import hold_item, require_open, require_secretary, voting_seat
from documents.kinds import DocumentKind
from documents.services import Upload, attach, open_dossier_to
from reports.models import ReportVersion
from workflow.report import ReportState

LONGEST_REMARK = 4000


def open_voting(item: AgendaItem, *, by: User) -> None:
    """Let the members vote on the item. On a report they vote when no remark waits for its answer."""
    require_secretary(item.sitting, by=by)
    with transaction():
        hold_item(item)
        require_open(item.sitting)
        _require_undecided(item)
        if item.voting_opened_at is not None:
            raise OutOfTurn(_("По этому вопросу уже голосуют."))
        require_ripe(item)
        item.voting_opened_at, item.is_secret = now(), item.sitting.rule_set.is_secret
        record(item.sitting, "sitting.open_voting", by=by, note=item.title)


def require_ripe(item: AgendaItem) -> None:
    """Blocked while the report of the item cannot be decided on."""
    version = item.report_version
    if version is None:
        return
    if version.state is not ReportState.UNDER_REVIEW:
        raise Blocked(_("Отчёт не на рассмотрении Совета: сейчас «%(state)s».", state=version.state_label))
    if not version.has_no_open_blockers:
        raise Blocked(
            _("Есть замечания, на которые ещё не ответили (%(count)s): без ответа решение не принимают.",
              count=version.open_blockers)
        )  # fmt: skip
    _require_passed(version, item.sitting.council)


def _require_passed(version: ReportVersion, council: Council) -> None:
    """Blocked while nobody but their executor has passed some of the rows."""
    if rows := unpassed_rows(version, council):
        raise Blocked(
            _("Эти строки отчёта исполнял член Совета, а другие члены с правом голоса их не просмотрели: "
              "%(names)s. Попросите одного из них открыть рассмотрение отчёта и отметить строки.",
              names=names_of(rows))
        )  # fmt: skip


def cast_vote(item: AgendaItem, choice: Choice, *, remark: str = "", by: User) -> None:
    """One's own vote. An open vote may be changed until the item is decided; a secret one may not."""
    with transaction():
        hold_item(item)
        seat = voting_seat(item.sitting, by)
        if seat is None:
            raise NotYours(_("По этому вопросу голосуют члены совета с правом голоса."))
        _require_taken(item, seat)
        _cast(item, seat, choice, remark, None)
        record(item.sitting, "sitting.vote", by=by, note=item.title)


def enter_vote(item: AgendaItem, seat: Membership, choice: Choice, *, remark: str = "", by: User) -> None:
    """The secretary puts down a vote given by hand or on paper."""
    enter_votes(item, {seat.id: choice}, remarks={seat.id: remark}, by=by)


def enter_votes(
    item: AgendaItem,
    choices: Mapping[int, Choice],
    *,
    remarks: Mapping[int, str] | None = None,
    by: User,
) -> None:
    """Several votes given by hand or on paper, by the numbers of memberships."""
    require_secretary(item.sitting, by=by)
    with transaction():
        hold_item(item)
        if item.is_secret:
            raise OutOfTurn(_("Голосование тайное: впишите итог по бюллетеням, а не голоса поимённо."))
        seats = {seat.id: seat for seat in item.sitting.voters}
        if not set(choices) <= set(seats):
            raise Invalid(_("Голос записывают только члену совета с правом голоса."))
        for number, choice in choices.items():
            _require_taken(item, seats[number])
            _cast(item, seats[number], choice, (remarks or {}).get(number, ""), by.id)
        record(item.sitting, "sitting.vote", by=by, note=item.title)


def enter_unanimous(item: AgendaItem, *, by: User) -> None:
    """«Единогласно»: everybody present who has not voted is for."""
    silent = [seat.id for seat in item.sitting.voters_present if item.vote_of(seat.id) is None]
    enter_votes(item, dict.fromkeys(silent, Choice.FOR), by=by)


def enter_ballots(item: AgendaItem, counts: Mapping[Choice, int], *, by: User) -> None:
    """The paper ballots of a secret vote, counted; together with those cast here never more than voters."""
    require_secretary(item.sitting, by=by)
    with transaction():
        hold_item(item)
        if not item.is_voting or not item.is_secret:
            raise OutOfTurn(_("Бюллетени считают, пока идёт тайное голосование."))
        total = {choice.value: item.tally.get(choice.value, 0) + counts.get(choice, 0) for choice in Choice}
        if min(counts.values(), default=0) < 0 or sum(total.values()) > len(item.sitting.voters_present):
            raise Invalid(_("Бюллетеней больше, чем голосующих: пересчитайте их."))
        item.tally = total
        record(item.sitting, "sitting.vote", by=by, note=item.title)


def _cast(item: AgendaItem, seat: Membership, choice: Choice, remark: str, entered_by: int | None) -> None:
    remark = remark.strip()
    if choice is Choice.FOR_WITH_REMARKS and not remark:
        raise Invalid(_("Напишите замечание: голос «за с замечаниями» без него не отличить от «за»."))
    if len(remark) > LONGEST_REMARK:
        raise Invalid(_("Замечание слишком длинное: можно до %(most)s знаков.", most=LONGEST_REMARK))
    vote = item.vote_of(seat.id)
    if item.is_secret:
        _cast_secretly(item, seat, choice, vote)
        return
    if vote is None:
        vote = Vote(membership_id=seat.id)
        item.votes.append(vote)
    vote.choice, vote.remark, vote.entered_by_id, vote.cast_at = choice, remark, entered_by, now()


def _cast_secretly(item: AgendaItem, seat: Membership, choice: Choice, vote: Vote | None) -> None:
    """The sum grows by one and the member has voted: nothing says which of the sum is theirs."""
    if vote is not None:
        raise OutOfTurn(_("Вы уже проголосовали. Тайный голос изменить нельзя: никто не знает, какой он."))
    if sum(item.tally.values()) >= len(item.sitting.voters_present):
        raise OutOfTurn(_("Все голоса уже сосчитаны по бюллетеням."))
    item.tally = {**item.tally, choice.value: item.tally.get(choice.value, 0) + 1}
    item.votes.append(Vote(membership_id=seat.id))


def _require_taken(item: AgendaItem, seat: Membership) -> None:
    require_open(item.sitting)
    _require_undecided(item)
    if item.voting_opened_at is None:
        raise OutOfTurn(_("Голосование по этому вопросу ещё не начато."))
    sitting = item.sitting
    if sitting.is_by_correspondence and sitting.deadline and now() > sitting.deadline:
        raise OutOfTurn(_("Срок подачи голосов прошёл."))
    if seat not in sitting.voters_present:
        raise Blocked(_("%(name)s не отмечен среди присутствующих: сначала отметьте явку.", name=seat.name))


def _require_undecided(item: AgendaItem) -> None:
    if item.is_decided:
        raise OutOfTurn(_("По вопросу уже есть решение: «%(outcome)s».", outcome=item.outcome_label))


def attach_dissent(item: AgendaItem, upload: Upload, *, by: User, seat: Membership | None = None) -> Vote:
    """A dissenting opinion beside one's vote, or beside that of `seat`, put down by the secretary. It goes
    with the minutes. Not inside a transaction."""
    vote = _dissenting(item, by, seat)
    open_dossier_to(item.sitting.dossier, user_id=by.id)
    document = attach(
        item.sitting.dossier, upload, by=by, kind=DocumentKind.OTHER,
        title=str(_("Особое мнение: %(name)s", name=vote.membership.name)),
    )  # fmt: skip
    with transaction():
        hold_item(item)
        vote.dissent = document
        record(item.sitting, "sitting.dissent", by=by, note=vote.membership.name)
    return vote


def _dissenting(item: AgendaItem, by: User, seat: Membership | None) -> Vote:
    if seat is not None:
        require_secretary(item.sitting, by=by)
    own = seat or voting_seat(item.sitting, by)
    vote = item.vote_of(own.id) if own else None
    if vote is None:
        raise OutOfTurn(_("Особое мнение прилагают к своему голосу: сначала проголосуйте."))
    if item.sitting.state not in ("open", "closed"):
        raise OutOfTurn(_("Протокол подписан: особое мнение к нему не приложить."))
    return vote
