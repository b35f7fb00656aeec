"""The journal as the pages of this room tell it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from core.audit import Entry, history_of
from core.filters import dmy
from core.words import _
from documents.queries import history_of_dossier
from roadmap.models import Measure
from roadmap.queries.history import QUIET, acts
from workflow.measure import MEASURE, MeasureState

#: What was done → the fields to spell out, each with its word.
Details = Mapping[str, Mapping[str, Any]]

TOLD = {
    "measure.add": (_("Включили в дорожную карту"), "planned"),
    "measure.import": (_("Включили в дорожную карту из файла"), "planned"),
    "measure.carry_over": (_("Перенесли из прошлой дорожной карты"), "planned"),
    "measure.edit": (_("Изменили мероприятие"), "edit"),
    "measure.link_executors": (_("Связали исполнителей с людьми и организациями"), "people"),
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
    "measure.explain": (_("Объяснили противоречие в отчёте"), "comment"),
    "measure.dismiss": (_("Сняли противоречие в отчёте"), "comment"),
    "measure.recalculate": (_("Пересчитали контрольный срок"), "moved"),
    "document.attach": (_("Приложили документ"), "clip"),
    "document.remove": (_("Убрали документ"), "clip"),
    "document.supersede": (_("Приложили новую версию документа"), "clip"),
    "document.edit": (_("Исправили реквизиты документа"), "clip"),
}
PRINTED = {
    "title": _("мероприятие"), "number": _("номер"), "condition": _("ожидаемый результат"),
    "due_text": _("срок"),
    "due_end": _("последний день"), "control_date": _("контрольный срок"), "note": _("примечание"),
    "form_of_execution": _("форма исполнения"), "preparation_period": _("подготовка"),
    "name": _("исполнитель"),
}  # fmt: skip
DATES = {
    "due_end": _("последний день"), "control_date": _("контрольный срок"),
    "actual_date": _("когда исполнено"), "date": _("дата документа"),
    "evidence_date": _("подтверждает на день"),
}  # fmt: skip
REPORTED = {
    "claim": _("что с мероприятием"), "status_text": _("статус в отчёте"), "report_text": _("отчёт"),
    "actual_date": _("когда исполнено"), "deviation_reason": _("причина отклонения"),
    "evidence_exception": _("почему нет подтверждения"),
}  # fmt: skip
REQUISITES = {
    "title": _("название"), "number": _("номер"), "date": _("дата документа"),
    "evidence_date": _("подтверждает на день"),
}  # fmt: skip
#: Which changed fields a timeline spells out, by what was done.
DETAILS = {
    "measure.edit": PRINTED,
    "measure.clarify_due": DATES,
    "measure.extend": DATES,
    "measure.recalculate": DATES,
    "measure.report": {"evidence_exception": _("почему нет подтверждения")},
}
#: The page of the whole history leaves nothing out.
EVERY_DETAIL = DETAILS | {
    "measure.report": REPORTED, "measure.consolidate": REPORTED, "document.edit": REQUISITES,
}  # fmt: skip


def events_of(measure: Measure, details: Details = DETAILS) -> list[dict[str, Any]]:
    """The history of the measure and its documents, newest first, with the changed fields of `details`."""
    entries = [entry for entry in history_of(measure) if entry.action not in QUIET]
    return [event(act, details) for act in acts([*entries, *history_of_dossier(measure.dossier)])]


def event(act: list[Entry], details: Details = DETAILS) -> dict[str, Any]:
    """One act of the journal as the timeline tells it."""
    main = act[0]
    what, code = _told(main)
    return {
        "code": code,
        "what": what,
        "who": main.actor_name,
        "at": main.at,
        "quote": main.note or main.ground or _words(main),
        "details": [line for entry in act for line in _details(entry, details)],
    }


def _told(entry: Entry) -> tuple[Any, str]:
    if entry.action in TOLD:
        return TOLD[entry.action]
    move = MEASURE.moves[entry.action.partition(".")[2]]
    return move.told, move.dest.value


def _words(entry: Entry) -> str:
    """What was said with a comment, an answer, a turn; the title of a document."""
    name = "title" if entry.subject_kind == "document" else "text"
    return str(entry.changes.get(name, ["", ""])[1] or "")


def _details(entry: Entry, details: Details) -> list[tuple[Any, str, str]]:
    names = details.get(entry.action, {})
    return [
        (names[n], _shown(n, old), _shown(n, new)) for n, (old, new) in entry.changes.items() if n in names
    ]


def _shown(name: str, value: Any) -> str:
    if value and name in DATES:
        return dmy(date.fromisoformat(value))
    if value and name == "claim":
        return str(MEASURE.labels[MeasureState(value)])
    return "" if value is None else str(value)
