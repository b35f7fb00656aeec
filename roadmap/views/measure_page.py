"""What the pages of one measure show: the path, the history, files, answers, and who may do what."""

from typing import Any

from flask import url_for

from accounts.models import Role, User
from core.audit import Entry, history_of
from core.filters import dmy
from core.words import _, gettext
from documents.queries import evidence_of, history_of_dossier
from documents.views.shown import file_rows
from roadmap.models import Claim, Measure
from roadmap.models.measure import OPEN_TO_FILES
from roadmap.queries.work import (
    answers_to,
    comments_on,
    draft_of,
    extensions_of,
    occurrences_of,
)
from workflow.measure import LABELS, MEASURE, OPEN, MeasureState
from workflow.services import offers

S = MeasureState
ROAD = (S.PLANNED, S.IN_PROGRESS, S.SUBMITTED, S.EXECUTED)
#: Moves that the answer form makes itself.
BY_FORM = {"submit", "complete"}
TOLD = {
    "measure.add": (_("Включили в дорожную карту"), "planned"),
    "measure.import": (_("Включили в дорожную карту из файла"), "planned"),
    "measure.edit": (_("Изменили мероприятие"), "edit"),
    "measure.clarify_due": (_("Уточнили срок"), "moved"),
    "measure.move": (_("Переставили в дорожной карте"), "moved"),
    "measure.withdraw": (_("Исключили из дорожной карты"), "cancelled"),
    "measure.report": (_("Записали отчёт"), "in_progress"),
    "measure.co_answer": (_("Ответил соисполнитель"), "people"),
    "measure.consolidate": (_("Свели ответы соисполнителей"), "people"),
    "measure.comment": (_("Написали комментарий"), "comment"),
    "measure.occurrence": (_("Отчитались за период"), "in_progress"),
    "measure.ask_extension": (_("Попросили продлить срок"), "moved"),
    "measure.extend": (_("Продлили срок"), "moved"),
    "measure.refuse_extension": (_("Отказали в продлении срока"), "moved"),
    "measure.remind": (_("Напомнили"), "clock"),
    "measure.recalculate": (_("Пересчитали контрольный срок"), "moved"),
    "document.attach": (_("Приложили документ"), "clip"),
    "document.remove": (_("Убрали документ"), "clip"),
    "document.supersede": (_("Приложили новую версию документа"), "clip"),
    "document.edit": (_("Исправили реквизиты документа"), "clip"),
}
FIELDS = {
    "title": _("мероприятие"), "number": _("номер"), "condition": _("ожидаемый результат"),
    "due_text": _("срок"), "due_end": _("последний день"), "control_date": _("контрольный срок"),
    "form_of_execution": _("форма исполнения"), "report_text": _("текст отчёта"),
    "actual_date": _("день исполнения"), "deviation_reason": _("причина отклонения"),
    "evidence_exception": _("почему нет подтверждения"), "preparation_period": _("подготовка"),
    "state": _("состояние"), "name": _("исполнитель"),
}  # fmt: skip


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
        return dmy(measure.actual_date) if place == "now" else gettext("после проверки") if measure.needs_acceptance else ""
    return ""


def events_of(measure: Measure, *, limit: int = 500) -> list[dict[str, Any]]:
    """The history of the measure and its documents, newest first."""
    entries = [e for e in history_of(measure, limit=limit) if not e.part or e.action == "measure.edit"]
    entries += [e for e in history_of_dossier(measure.dossier) if not e.part]
    return [event(entry) for entry in sorted(entries, key=lambda e: -e.id)]


def event(entry: Entry) -> dict[str, Any]:
    """One entry of the journal as the timeline tells it."""
    what, code = _told(entry)
    return {
        "code": code,
        "what": what,
        "who": entry.actor_name,
        "at": entry.at,
        "quote": entry.note or entry.ground,
        "details": _details(entry) if entry.action in ("measure.edit", "measure.clarify_due", "measure.extend") else [],
    }


def _told(entry: Entry) -> tuple[Any, str]:
    if entry.action in TOLD:
        return TOLD[entry.action]
    name = entry.action.partition(".")[2]
    if name in MEASURE.moves:
        move = MEASURE.moves[name]
        return move.told, move.dest.value
    return entry.action, "planned"


def _details(entry: Entry) -> list[tuple[Any, str, str]]:
    return [
        (FIELDS[name], _shown(before), _shown(after))
        for name, (before, after) in entry.changes.items()
        if name in FIELDS
    ]


def _shown(value: Any) -> str:
    return "" if value is None else str(value)


def files_of(measure: Measure, person: User) -> list[Any]:
    """The evidence as the page lists it."""
    return file_rows(evidence_of(measure.dossier, seen_by=person), seen_by=person)


def checklist_of(measure: Measure) -> list[dict[str, Any]]:
    """The evidence contract: what the form of execution asks for, and whether it is attached."""
    missing = set(measure.missing_evidence)
    return [
        {"text": need.text, "is_met": need not in missing, "meta": _count(need.count)}
        for need in measure.required_evidence
    ]


def _count(count: int) -> str:
    return gettext("не меньше %(count)s", count=count) if count > 1 else ""


def remark_of(measure: Measure) -> dict[str, Any] | None:
    """The last remark of whoever returned the answer, while it is returned."""
    if measure.state is not S.RETURNED:
        return None
    for entry in history_of(measure):
        if entry.action == "measure.return":
            return {"text": entry.note, "by": entry.actor_name, "at": entry.at}
    return None


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


def shared_context(measure: Measure, person: User) -> dict[str, Any]:
    """What the page of a measure and the page of its check both show."""
    return {
        "measure": measure,
        "steps": steps_of(measure),
        "files": files_of(measure, person),
        "requirements": checklist_of(measure),
        "extension": pending_extension(measure),
        "events": events_of(measure)[:12],
    }


def measure_context(measure: Measure, person: User, forms: dict[str, Any]) -> dict[str, Any]:
    """Everything the page of a measure shows to this person."""
    history = events_of(measure)
    draft = draft_of(measure, person=person)
    return shared_context(measure, person) | {
        "saved_at": draft.saved_at if draft else None,
        "offers": [o for o in offers(measure, by=person) if o.move.name not in BY_FORM],
        "remark": remark_of(measure),
        "answers": answers_of(measure, person),
        "comments": [{"text": c.text, "author": c.author.short_name, "at": c.at} for c in comments_on(measure)],
        "history_url": url_for("roadmap.measure_history", measure_id=measure.id) if len(history) > 12 else "",
        "history_count": len(history),
        "occurrences": occurrences_of(measure),
        "reports": [],
        "can": what_can(measure, person),
        **forms,
    }


def checks_of(measure: Measure) -> list[dict[str, Any]]:
    """What the program compared for the coordinator."""
    due = dmy(measure.control_date)
    done = dmy(measure.actual_date)
    in_time = gettext("Исполнено в срок: %(done)s, срок %(due)s", done=done, due=due)
    late = gettext("Исполнено позже срока: %(done)s, срок %(due)s", done=done, due=due)
    checks = [{"text": late if measure.is_late else in_time, "is_met": not measure.is_late, "meta": ""}]
    if measure.claim is not Claim.EXECUTED:
        checks.append({"text": gettext("Исполнитель сообщает, что результат не достигнут"), "is_met": False, "meta": ""})
    has_text = bool(measure.report_text.strip())
    text = gettext("Текст отчёта есть") if has_text else gettext("Текста отчёта нет")
    return [*checks, {"text": text, "is_met": has_text, "meta": ""}]
