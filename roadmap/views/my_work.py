"""What awaits a person: own measures along the road, and the queues of coordinators."""

from datetime import date, timedelta
from typing import Any

from flask import Response, render_template, request, url_for

from accounts.models import Role
from accounts.policy import signed_in
from core.audit import Entry
from core.clock import today
from core.drawing import weeks
from core.words import _, plural
from roadmap.models import Measure
from roadmap.queries.awaiting import has_ever_had_work, my_measures
from roadmap.queries.history import recent_entries, remarks_on
from roadmap.queries.measures import file_counts
from roadmap.queries.work import answered_by
from roadmap.services.due import due_rules
from roadmap.views.blueprint import address, bp, me, tab
from roadmap.views.history import event
from roadmap.views.measure_page import shown_remark
from roadmap.views.queues import queues_of
from roadmap.views.timetable import as_calendar
from workflow.measure import MeasureState

S = MeasureState
SHOWN = ("overdue", "returned", "submitted")


@bp.get("/")
@signed_in
def my_work() -> Any:
    """The road: what is behind the line of today is overdue or returned, below it is what lies ahead."""
    mine, show, queues = my_measures(me()), request.args.get("show", ""), queues_of(me())
    return render_template(
        "roadmap/my_work.html",
        summary=_summary(mine),
        waiting=_waiting(mine) + sum(len(queue["links"]) for queue in queues),
        tabs=_tabs(mine, show) if mine else [],
        groups=_groups([m for m in mine if _is_shown(m, show)]),
        queues=queues,
        month=_month(mine),
        **_aside(mine),
    )


def _aside(mine: list[Measure]) -> dict[str, Any]:
    """What stands beside the road."""
    return {
        "events": [event([entry]) for entry in recent_entries(mine, limit=8)],
        "next_due": min((m.control_date for m in mine if m.control_date), default=None),
        "has_ever": bool(mine) or has_ever_had_work(me()),
        "calendar_url": url_for(".due_calendar") if mine else "",
    }


def _waiting(mine: list[Measure]) -> int:
    return sum(m.is_overdue or m.state is S.RETURNED for m in mine)


def _is_shown(measure: Measure, show: str) -> bool:
    if show == "overdue":
        return measure.is_overdue
    return measure.state == show if show in SHOWN else True


def _tabs(mine: list[Measure], show: str) -> list[dict[str, Any]]:
    words = {
        "": _("Все в работе"),
        "overdue": _("Просрочено"),
        "returned": _("На доработке"),
        "submitted": _("На проверке"),
    }
    return [
        tab(
            address("my_work", show=name), text,
            sum(_is_shown(m, name) for m in mine), is_current=name == show,
            tone="overdue" if name == "overdue" else "",
        )
        for name, text in words.items()
    ]  # fmt: skip


def _groups(mine: list[Measure]) -> list[dict[str, Any]]:
    """The road's stretches in order; empty ones are left out."""
    end_of_month = (today().replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    files, remarks, answered = file_counts(mine), remarks_on(mine), answered_by(me(), mine)
    stretches: dict[str, list[Measure]] = {name: [] for name in STRETCHES}
    for measure in mine:
        stretches[_stretch(measure, end_of_month)].append(measure)
    return [
        {
            "title": STRETCHES[name],
            "items": [_item(m, files.get(m.id, 0), remarks.get(m.id), m.id in answered) for m in measures],
            "is_past": name in ("overdue", "returned"),
            "is_overdue": name == "overdue",
            "is_calm": name == "submitted",
        }
        for name, measures in stretches.items()
        if measures
    ]


STRETCHES = {
    "overdue": _("Просрочено"),
    "returned": _("Вернули на доработку"),
    "soon": _("До конца месяца"),
    "later": _("Позже"),
    "submitted": _("Ждут проверки — от вас ничего не требуется"),
}


def _stretch(measure: Measure, end_of_month: date) -> str:
    if measure.state in (S.SUBMITTED, S.RETURNED):
        return str(measure.state.value)
    if measure.is_overdue:
        return "overdue"
    is_soon = measure.control_date and measure.control_date <= end_of_month
    return "soon" if is_soon else "later"


def _item(measure: Measure, files: int, remark: Entry | None, is_answered: bool) -> dict[str, Any]:
    url = url_for(".measure", measure_id=measure.id)
    action, anchor = _action(measure, is_answered)
    return {
        "measure": measure,
        "url": url,
        "action": action,
        "action_url": url + anchor,
        "files": files,
        "remark": shown_remark(remark) if remark else None,
    }


def _action(measure: Measure, is_answered: bool) -> tuple[Any, str]:
    """What the button of a measure says and to which part of its page it leads."""
    if measure.state is S.SUBMITTED or is_answered:
        return _("Открыть"), ""
    if Role.EXECUTOR not in measure.roles_of(me()):
        return _("Ответить"), "#co"
    return (_("Исправить") if measure.state is S.RETURNED else _("Отчитаться")), "#report"


def _summary(mine: list[Measure]) -> str:
    overdue = sum(m.is_overdue and m.state is not S.RETURNED for m in mine)
    returned = sum(m.state is S.RETURNED for m in mine)
    words = []
    if overdue:
        noun = plural(overdue, "мероприятие просрочено", "мероприятия просрочены", "мероприятий просрочено")
        words.append(f"{overdue} {noun}")
    if returned:
        noun = plural(returned, "вернули на доработку", "вернули на доработку", "вернули на доработку")
        words.append(f"{returned} {noun}")
    return f"{', '.join(words)}." if words else ""


def _month(mine: list[Measure]) -> dict[str, Any] | None:
    """The month with the person's due dates flagged."""
    if not mine:
        return None
    shown = _chosen_month()
    days = [day for week in weeks(shown.year, shown.month) for day in week if day]
    calendar = due_rules().calendar
    flags = {
        m.control_date: (url_for(".measure", measure_id=m.id), f"{m.number} {m.title}"[:80])
        for m in mine
        if m.control_date in days
    }
    before, after = shown - timedelta(days=1), days[-1] + timedelta(days=1)
    return {
        "title_day": shown,
        "weeks": weeks(shown.year, shown.month),
        "today": today(),
        "off": {day for day in days if not calendar.is_working(day)},
        "flags": flags,
        "previous_url": url_for(".my_work", month=f"{before:%Y-%m}"),
        "next_url": url_for(".my_work", month=f"{after:%Y-%m}"),
    }


def _chosen_month() -> date:
    year, _dash, month = request.args.get("month", "").partition("-")
    if year.isdigit() and month.isdigit() and 2000 <= int(year) <= 2100 and 1 <= int(month) <= 12:
        return date(int(year), int(month), 1)
    return today().replace(day=1)


@bp.get("/due.ics")
@signed_in
def due_calendar() -> Response:
    """One's due dates for the calendar of a phone or a mail program."""
    text = as_calendar(my_measures(me()), lambda m: url_for(".measure", measure_id=m.id, _external=True))
    headers = {"Content-Disposition": "attachment; filename=vekha.ics"}
    return Response(text, mimetype="text/calendar", headers=headers)
