"""What coordinators decide: the queues that stand on the page of their work."""

from typing import Any

from flask import url_for

from accounts.models import User
from core.filters import dmy
from core.words import _, gettext
from roadmap.models import Extension, Plan
from roadmap.queries.awaiting import (
    Awaiting,
    awaiting_check,
    plans_with_doubtful_dues,
    plans_without_executors,
)
from roadmap.queries.work import awaiting_extension
from roadmap.views.blueprint import address

#: How many answers of the queue are listed; the rest open one after another.
LISTED = 30
Link = tuple[str, Any, Any]


def queues_of(person: User) -> list[dict[str, Any]]:
    """Answers to check, requests for time, plans without executors or with periods not understood."""
    answers = awaiting_check(person)
    nameless = [_plan(found, "executors") for found in plans_without_executors(person)]
    doubtful = [_plan(found, "plan", show="doubtful") for found in plans_with_doubtful_dues(person)]
    return [
        {"title": _("Ответы на проверке"), "links": [_answer(m) for m in answers[:LISTED]] + _rest(answers)},
        {"title": _("Просьбы продлить срок"), "links": [_request(e) for e in awaiting_extension(person)]},
        {"title": _("Исполнители не связаны с людьми"), "links": nameless},
        {"title": _("Сроки не поняты до конца"), "links": doubtful},
    ]


def _answer(measure: Awaiting) -> Link:
    url = url_for(".measure_check", measure_id=measure.id)
    return url, f"{measure.number} {measure.title}", f"{measure.plan_title}, {dmy(measure.submitted_at)}"


def _rest(answers: list[Awaiting]) -> list[Link]:
    """A line that says how many more there are, and leads to the first of them."""
    if len(answers) <= LISTED:
        return []
    url = url_for(".measure_check", measure_id=answers[LISTED].id)
    return [(url, gettext("и ещё %(count)s", count=len(answers) - LISTED), "")]


def _request(asked: Extension) -> Link:
    who = gettext("%(who)s просит до %(day)s", who=asked.requested_by.short_name, day=dmy(asked.wanted_end))
    return (
        url_for(".decide_extension", extension_id=asked.id),
        f"{asked.measure.number} {asked.measure.title}",
        who,
    )


def _plan(found: tuple[Plan, int], endpoint: str, **values: Any) -> Link:
    plan, count = found
    return address(endpoint, plan_id=plan.id, **values), plan.title, gettext("строк: %(count)s", count=count)
