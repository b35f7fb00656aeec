"""What the pages of one measure show: the path, the history, files, answers, and who may do what."""

from typing import Any

from flask import url_for

from accounts.models import Role, User
from core.audit import Entry
from core.filters import counted, dmy
from core.words import _, gettext
from documents.models import Document
from documents.queries import Caution, cautions_over, evidence_of
from documents.views.shown import file_rows
from roadmap.models import Claim, Measure
from roadmap.models.measure import OPEN_TO_FILES
from roadmap.queries.history import earlier_self, remarks_on
from roadmap.queries.measures import parts_of
from roadmap.queries.work import (
    answers_to,
    comments_on,
    draft_of,
    extensions_of,
    occurrences_of,
    unanswered_turns,
)
from roadmap.views.history import events_of
from workflow.measure import LABELS, OPEN, MeasureState
from workflow.services import offers

S = MeasureState
ROAD = (S.PLANNED, S.IN_PROGRESS, S.SUBMITTED, S.EXECUTED)
#: How many events of the history stand on the page of the measure.
SHORT = 12
#: Moves that the answer form makes itself.
BY_FORM = {"submit", "complete"}


def step(code: str, word: Any, note: Any, place: str) -> dict[str, Any]:
    return {"code": code, "word": word, "note": note, "place": place}


def steps_of(measure: Measure) -> list[dict[str, Any]]:
    """The path from planned to the end, with the present state marked."""
    now = measure.state
    if measure.is_closed and now is not S.EXECUTED:
        passed = [step(s.value, LABELS[s], "", "past") for s in (S.PLANNED, S.IN_PROGRESS)]
        return [*passed, step(now.value, LABELS[now], dmy(measure.actual_date), "now")]
    road = [S.RETURNED if s is S.SUBMITTED and now is S.RETURNED else s for s in ROAD]
    road = [s for s in road if s is not S.SUBMITTED or measure.needs_acceptance]
    here = road.index(now)
    places = ["past" if n < here else "now" if n == here else "next" for n in range(len(road))]
    return [step(s.value, LABELS[s], _note(measure, s, p), p) for s, p in zip(road, places, strict=True)]


def _note(measure: Measure, state: MeasureState, place: str) -> Any:
    if state is S.SUBMITTED and measure.submitted_at and place != "next":
        return dmy(measure.submitted_at)
    if state is S.RETURNED and measure.return_by:
        return gettext("исправить до %(day)s", day=dmy(measure.return_by))
    if state is S.EXECUTED:
        return (
            dmy(measure.actual_date)
            if place == "now"
            else gettext("после проверки")
            if measure.needs_acceptance
            else ""
        )
    return ""


def checklist_of(measure: Measure) -> list[dict[str, Any]]:
    """The evidence contract: what the form of execution asks for, and whether it is attached."""
    missing = set(measure.missing_evidence)
    return [
        {"text": need.text, "is_met": need not in missing, "meta": _count(need.count)}
        for need in measure.required_evidence
    ]


def _count(count: int) -> str:
    return gettext("не меньше %(count)s", count=count) if count > 1 else ""


def cautions_of(measure: Measure, proofs: list[Document], person: User) -> list[Caution]:
    """Why not to rely on what the measure rests on; that an act is not in the archive is told to those who
    can put it there."""
    found = cautions_over(measure.plan.ground, proofs, seen_by=person)
    may_add = measure.roles_of(person) & {Role.COORDINATOR, Role.CLERK}
    return [caution for caution in found if may_add or caution.code != "missing"]


def remark_of(measure: Measure) -> dict[str, Any] | None:
    """The last remark of whoever returned the answer, while it is returned."""
    entry = remarks_on([measure]).get(measure.id)
    return shown_remark(entry) if entry else None


def shown_remark(entry: Entry) -> dict[str, Any]:
    """A remark as the pages quote it."""
    return {"text": entry.note, "by": entry.actor_name, "at": entry.at}


def answers_of(measure: Measure, person: User) -> list[dict[str, Any]]:
    """Every co-executor with the answer given, or without one yet."""
    given = {answer.participation_id: answer for answer in answers_to(measure)}
    return [
        {
            "name": who.name,
            "text": given[who.id].text if who.id in given else "",
            "at": given[who.id].answered_at if who.id in given else None,
            "is_mine": who.is_for(person),
        }
        for who in measure.participations
        if who.part == "co_executor"
    ]


def what_can(measure: Measure, person: User) -> set[str]:
    """What beyond the moves of the lifecycle the person may do here."""
    roles = measure.roles_of(person)
    can: set[str] = set()
    if Role.COORDINATOR in roles:
        can |= {"edit", "check", "decide"}
    if Role.EXECUTOR in roles and measure.state in OPEN:
        can |= {"extend"}
        fresh = any(not answer.is_consolidated for answer in answers_to(measure))
        can |= {"consolidate"} if fresh and measure.state in OPEN_TO_FILES else set()
    return can


def may_answer(measure: Measure, person: User) -> bool:
    """Whether the page offers the answer form."""
    return Role.EXECUTOR in measure.roles_of(person) and measure.state in OPEN_TO_FILES


def pending_extension(measure: Measure) -> Any:
    """The request that awaits its decision, or None."""
    return next((e for e in extensions_of(measure) if e.decided_at is None), None)


def shared_context(measure: Measure, person: User, events: list[dict[str, Any]]) -> dict[str, Any]:
    """What the page of a measure and the page of its check both show."""
    proofs = evidence_of(measure.dossier, seen_by=person)
    return {
        "measure": measure,
        "steps": steps_of(measure),
        "files": file_rows(proofs, seen_by=person),
        "cautions": cautions_of(measure, proofs, person),
        "requirements": checklist_of(measure),
        "extension": pending_extension(measure),
        "unanswered": unanswered_turns(measure),
        "events": events[:SHORT],
    }


def measure_context(measure: Measure, person: User, forms: dict[str, Any]) -> dict[str, Any]:
    """Everything the page of a measure shows to this person."""
    history = events_of(measure)
    draft = draft_of(measure, person=person)
    return shared_context(measure, person, history) | {
        "saved_at": draft.saved_at if draft else None,
        "offers": [o for o in offers(measure, by=person) if o.move.name not in BY_FORM],
        "remark": remark_of(measure),
        "answers": answers_of(measure, person),
        "comments": [
            {"text": c.text, "author": c.author.short_name, "at": c.at} for c in comments_on(measure)
        ],
        "history_url": url_for("roadmap.measure_history", measure_id=measure.id)
        if len(history) > SHORT
        else "",
        "history_count": len(history),
        "occurrences": occurrences_of(measure),
        "family": family_of(measure, person),
        "reports": [],
        "can": what_can(measure, person),
        **forms,
    }


def family_of(measure: Measure, person: User) -> list[tuple[Any, list[tuple[str, str]]]]:
    """Links to the measure this one is a part of, to its parts, and to the one it was carried over from."""
    above = [measure.parent] if measure.parent else []
    before = earlier_self(measure, seen_by=person)
    kin = ((_("Входит в"), above), (_("Подпункты"), parts_of(measure)), (_("В прошлой карте"), before))
    return [(word, [_link(other) for other in others]) for word, others in kin if others]


def _link(measure: Measure) -> tuple[str, str]:
    return url_for("roadmap.measure", measure_id=measure.id), f"{measure.number} {measure.title}".strip()


def checks_of(measure: Measure) -> list[dict[str, Any]]:
    """What the program compared for the coordinator."""
    due = dmy(measure.control_date)
    done = dmy(measure.actual_date)
    in_time = gettext("Исполнено в срок: %(done)s, срок %(due)s", done=done, due=due)
    late = gettext("Исполнено позже срока: %(done)s, срок %(due)s", done=done, due=due)
    checks = [{"text": late if measure.is_late else in_time, "is_met": not measure.is_late, "meta": ""}]
    if measure.claim is not Claim.EXECUTED:
        checks.append(
            {"text": gettext("Исполнитель сообщает, что результат не достигнут"), "is_met": False, "meta": ""}
        )
    if turns := unanswered_turns(measure):
        checks.append({"text": turns_missing(turns), "is_met": False, "meta": ""})
    has_text = bool(measure.report_text.strip())
    text = gettext("Текст отчёта есть") if has_text else gettext("Текста отчёта нет")
    return [*checks, {"text": text, "is_met": has_text, "meta": ""}]


def turns_missing(count: int) -> str:
    """«Нет отчёта за 2 периода»: for a recurring measure whose turns have come unanswered."""
    return str(gettext("Нет отчёта за %(turns)s", turns=counted(count, "период", "периода", "периодов")))
