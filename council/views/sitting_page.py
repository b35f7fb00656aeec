"""What the pages of one sitting show."""

from typing import Any

from flask import url_for

from accounts.models import Role
from core.audit import Entry, history_of
from core.filters import dmy
from core.words import _, gettext
from council.forms.sittings import BallotsForm, VoteForm
from council.models import AgendaItem, Choice, Presence, Sitting
from council.models.voting import CHOICE_LABELS
from council.queries.review_access import reviewed_reports
from council.rules import BASE_LABELS, SHARE_LABELS, rules_from
from council.services.deciding import count_of, why_not_deciding
from council.services.rules import is_secretary, voting_seat
from council.views.blueprint import me
from workflow.services import offers
from workflow.sitting import BEFORE_OPENING, SITTING, SittingState

S = SittingState
#: How states look: shapes and colours of the states of measures, which people know.
LOOKS = {
    S.PLANNED: "planned", S.AGENDA_SENT: "submitted", S.OPEN: "in_progress", S.CLOSED: "submitted",
    S.MINUTES_SIGNED: "executed", S.CANCELLED: "cancelled",
}  # fmt: skip
ROAD = (S.PLANNED, S.AGENDA_SENT, S.OPEN, S.CLOSED, S.MINUTES_SIGNED)
#: Short words for three buttons beside one another.
HERE = {Presence.PRESENT: _("здесь"), Presence.REMOTE: _("видеосвязь"), Presence.ABSENT: _("нет")}
WHY = {
    "casting_vote": _("при равенстве решил голос председательствующего"),
    "tie": _("голоса разделились поровну"),
    "no_quorum": _("кворума нет"),
    "no_majority": _("голосов не хватило"),
    "majority": "",
}
TOLD = {
    "sitting.plan": (_("Назначили заседание"), "planned"), "sitting.edit": (_("Изменили"), "edit"),
    "sitting.add_item": (_("Внесли вопрос"), "edit"), "sitting.drop_item": (_("Убрали вопрос"), "edit"),
    "sitting.add_material": (_("Приложили материал"), "clip"),
    "sitting.number": (_("Оставили номер для протокола"), "edit"),
    "sitting.register": (_("Зарегистрировали протокол"), "executed"),
    "sitting.open_voting": (_("Начали голосование"), "people"),
    "sitting.decide": (_("Записали решение"), "people"),
    "sitting.withdraw_item": (_("Сняли вопрос"), "edit"),
    "sitting.print": (_("Составили протокол"), "clip"), "sitting.scan": (_("Приложили скан"), "clip"),
    "sitting.assign": (_("Взяли решения на контроль"), "people"),
    "sitting.dissent": (_("Приложили особое мнение"), "comment"),
}  # fmt: skip
#: Moves that stand on the page of the sitting; signing has a form of its own.
SHOWN = ("send_agenda", "open", "close", "resume", "cancel")


def look(sitting: Sitting) -> dict[str, Any]:
    """The state as a shape and a word."""
    return {"code": LOOKS[sitting.state], "text": sitting.state_label}


def sitting_context(
    sitting: Sitting, typed: VoteForm | None = None, typed_on: AgendaItem | None = None
) -> dict[str, Any]:
    """Everything the page needs; `typed` comes back with what was typed on one item."""
    seat = voting_seat(sitting, me())
    mark = next((row for row in sitting.attendance if seat and row.membership_id == seat.id), None)
    return {
        "sitting": sitting,
        "state": look(sitting),
        "steps": steps_of(sitting),
        "items": [_item(item, typed if item is typed_on else None) for item in sitting.items],
        "reviews": reviews_of(sitting),
        "typed": typed,
        "quorum": quorum_of(sitting),
        "seat": seat,
        "mark": mark,
        "may_check_in": seat is not None and mark is None and _is_taken(sitting),
        "moves": _moves(sitting),
        "move_url": lambda name: url_for(".move", sitting_id=sitting.id, name=name),
        "sign_refusal": _signing(sitting),
        "letters": letters_of(sitting),
        "unwritten": unwritten_of(sitting),
        "first_move": "open" if sitting.state is S.AGENDA_SENT else "send_agenda",
        "events": [event for entry in history_of(sitting, limit=200) if (event := told(entry))],
        "can": can_of(sitting),
        "is_late": is_late(sitting),
    }


def reviews_of(sitting: Sitting) -> dict[int, str]:
    """Where the reports of the agenda are read row by row, by item, for who may read them so."""
    versions = [(item.id, item.report_version) for item in sitting.items if item.report_version]
    ids = {version.report_id for _number, version in versions}
    opened = reviewed_reports(ids, seen_by=me()) if ids else set()
    return {
        number: url_for("council.review", report_id=version.report_id, number=version.number)
        for number, version in versions
        if version.report_id in opened
    }


def _is_taken(sitting: Sitting) -> bool:
    return sitting.state in (S.AGENDA_SENT, S.OPEN) and sitting.has_come and not sitting.is_by_correspondence


def _moves(sitting: Sitting) -> list[Any]:
    return [offer for offer in offers(sitting, by=me()) if offer.move.name in SHOWN]


def _signing(sitting: Sitting) -> Any:
    found = [offer for offer in offers(sitting, by=me()) if offer.move.name == "sign"]
    return found[0].refusal if found else None


def can_of(sitting: Sitting) -> set[str]:
    """What the person may do on the page."""
    can = set()
    if is_secretary(sitting, me()):
        can |= {"keep"}
        can |= {"agenda"} if sitting.state in (*BEFORE_OPENING, S.OPEN) else set()
        can |= {"edit"} if sitting.state in BEFORE_OPENING else set()
        can |= {"run"} if sitting.state in (S.AGENDA_SENT, S.OPEN) else set()
        can |= {"print", "sign"} if sitting.state is S.CLOSED else set()
        can |= {"scan"} if sitting.state is S.MINUTES_SIGNED and sitting.scan_id is None else set()
    if sitting.order and Role.COORDINATOR in me().roles_over(sitting.council.organisation.path):
        can.add("control")
    return can


def steps_of(sitting: Sitting) -> list[dict[str, Any]]:
    """The road of a sitting with the place where it stands."""
    road = ROAD if sitting.state is not S.CANCELLED else (S.PLANNED, S.CANCELLED)
    at = road.index(sitting.state)
    notes = {S.PLANNED: dmy(sitting.date), S.MINUTES_SIGNED: sitting.number and f"№ {sitting.number}"}
    return [
        {
            "code": LOOKS[state],
            "word": SITTING.labels[state],
            "note": notes.get(state, ""),
            "place": "past" if place < at else "now" if place == at else "next",
        }
        for place, state in enumerate(road)
    ]


def quorum_of(sitting: Sitting) -> dict[str, Any]:
    """How many are here, how many are needed, in words."""
    here, whole = len(sitting.voters_present), len(sitting.voters)
    least = sitting.rule_set.quorum.least(whole)
    if sitting.is_by_correspondence:
        text = gettext("Голосуют заочно: %(whole)s, для кворума нужно %(least)s", whole=whole, least=least)
        return {"text": text, "is_met": True}
    if sitting.state in BEFORE_OPENING and not here:
        return {
            "text": gettext("Для кворума нужно %(least)s из %(whole)s", least=least, whole=whole),
            "is_met": True,
        }
    words = gettext("кворум есть") if sitting.has_quorum else gettext("кворума нет")
    text = gettext(
        "Присутствуют %(here)s из %(whole)s, нужно %(least)s: %(words)s",
        here=here, whole=whole, least=least, words=words,
    )  # fmt: skip
    return {"text": text, "is_met": sitting.has_quorum}


def is_late(sitting: Sitting) -> bool:
    """The agenda went out, or would go out, later than the rules ask."""
    if sitting.agenda_sent_at is None:
        return False
    return (sitting.date - sitting.agenda_sent_at.date()).days < sitting.rule_set.notice_days


def votes_line(item: AgendaItem) -> Any:
    """How many have voted; how, only when it is over."""
    if item.result is not None:
        return gettext(
            "За %(for)s, против %(against)s, воздержались %(abstained)s",
            **{"for": item.result["in_favour"], "against": item.result["against"]},
            abstained=item.result["abstained"],
        )
    if item.voting_opened_at is None:
        return ""
    cast, whole = count_of(item).cast, len(item.sitting.voters_present)
    return gettext("Проголосовали %(cast)s из %(whole)s", cast=cast, whole=whole)


def silent_of(item: AgendaItem) -> int:
    """How many of those present have not voted yet."""
    if item.sitting.is_by_correspondence or not item.is_voting:
        return 0
    return len(item.sitting.voters_present) - count_of(item).cast


def result_of(item: AgendaItem) -> dict[str, Any] | None:
    """The stored result in words, by the rules it was counted by."""
    if item.result is None:
        return None
    rules = rules_from(item.result["rules"])
    needed = gettext(
        "нужно %(needed)s: %(share)s %(base)s (%(whole)s)", needed=item.result["needed"],
        share=SHARE_LABELS[rules.majority], base=BASE_LABELS[rules.base], whole=item.result["base"],
    )  # fmt: skip
    return {"needed": needed, "why": WHY[item.result["why"]], "not_voted": item.result["not_voted"]}


def _item(item: AgendaItem, typed: VoteForm | None) -> dict[str, Any]:
    seat = voting_seat(item.sitting, me())
    vote = item.vote_of(seat.id) if seat else None
    may_vote = item.is_voting and seat is not None and not (item.is_secret and vote)
    presiding = item.sitting.presiding
    is_presiding = presiding is not None and presiding.user_id == me().id
    return {
        "row": item,
        "vote": vote,
        "form": (typed or _vote_form(item, vote)) if may_vote else None,
        "votes": votes_line(item),
        "result": result_of(item),
        "named": [] if item.is_secret or item.result is None else item.votes,
        "may_decide": is_presiding and item.is_voting,
        "silent": silent_of(item),
        "may_dissent": vote is not None and item.sitting.state in (S.OPEN, S.CLOSED),
    }


def _vote_form(item: AgendaItem, vote: Any) -> VoteForm:
    known = {"choice": vote.choice.value, "remark": vote.remark} if vote and vote.choice else {}
    return VoteForm(formdata=None, prefix=f"v{item.id}", data=known)


def live_context(sitting: Sitting) -> dict[str, Any]:
    """What the secretary's page needs while the sitting goes on."""
    marks = {row.membership_id: row for row in sitting.attendance}
    return {
        "sitting": sitting,
        "state": look(sitting),
        "quorum": quorum_of(sitting),
        "people": [_seat(seat, marks.get(seat.id)) for seat in sitting.members],
        "presences": [(presence.value, HERE[presence]) for presence in Presence],
        "is_marked_here": sitting.state in (S.AGENDA_SENT, S.OPEN),
        "choices": [(choice.value, CHOICE_LABELS[choice]) for choice in Choice],
        "items": [_live(item) for item in sitting.items],
        "reviews": reviews_of(sitting),
        "moves": [offer for offer in _moves(sitting) if offer.move.name in ("open", "close")],
        "move_url": lambda name: url_for(".move", sitting_id=sitting.id, name=name),
        "ballots": BallotsForm(formdata=None),
    }


def _seat(seat: Any, mark: Any) -> dict[str, Any]:
    said = mark.presence.value if mark else ""
    words = mark.presence_label if mark else _("не отмечен")
    return {"row": seat, "presence": said, "words": words, "reason": mark.reason if mark else ""}


def _live(item: AgendaItem) -> dict[str, Any]:
    return {
        "row": item,
        "votes": votes_line(item),
        "result": result_of(item),
        "seats": [_said(seat, item.vote_of(seat.id)) for seat in item.sitting.voters_present],
        "silent": silent_of(item),
        "why_not": why_not_deciding(item, me()),
    }


def _said(seat: Any, vote: Any) -> dict[str, Any]:
    choice = vote.choice.value if vote and vote.choice else ""
    return {"row": seat, "choice": choice, "remark": vote.remark if vote else ""}


def letters_of(sitting: Sitting) -> list[dict[str, Any]]:
    """To whom the agenda went in the latest round."""
    rows = [row for row in sitting.invitations if row.round == sitting.invitation_round]
    return [{"name": row.membership.name, "sent_at": row.sent_at} for row in rows if row.template == "agenda"]


def unwritten_of(sitting: Sitting) -> str:
    """Members to whom no letter went, for want of an address: they get the agenda on paper."""
    told = {row.membership_id for row in sitting.invitations if row.round == sitting.invitation_round}
    return ", ".join(seat.name for seat in sitting.members if seat.id not in told)


def told(entry: Entry) -> dict[str, Any] | None:
    """One line of the history; small steps are left out."""
    name = entry.action.partition(".")[2]
    if name in SITTING.moves:
        what, code = SITTING.moves[name].told, LOOKS[SittingState(SITTING.moves[name].dest)]
    elif entry.action in TOLD:
        what, code = TOLD[entry.action]
    else:
        return None
    if entry.part:
        return None
    return {
        "code": code, "what": what, "who": entry.actor_name, "at": entry.at, "quote": entry.note,
        "details": [],
    }  # fmt: skip
