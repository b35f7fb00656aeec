"""Building measures by hand: add, edit with ground, move, withdraw, settle a doubtful period."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accounts.models import User
from core.audit import record
from core.clock import now
from core.db import db, transaction
from core.errors import Blocked, Invalid, OutOfTurn, Stale
from core.outbox import publish
from core.words import _
from documents.services import new_dossier
from roadmap.models import Measure, Plan, Section
from roadmap.queries.measures import last_position, measures_of
from roadmap.services.due import DueRules, add_occurrences, due_rules, renew_occurrences, set_due
from roadmap.services.executors import Executor, open_to_executors, set_executors
from roadmap.services.plans import require_coordinator, require_running

__all__ = [
    "Executor",
    "MeasureFacts",
    "Place",
    "add_measure",
    "check_seen",
    "clarify_due",
    "edit_measure",
    "move_measure",
    "place",
    "require_editor",
    "rewrite",
    "tell_added",
    "withdraw_measure",
]


@dataclass(frozen=True)
class MeasureFacts:
    """What the plan says of one measure; every text as printed."""

    number: str = ""
    title: str = ""
    preparation_period: str = ""
    condition: str = ""
    due_text: str = ""
    form_of_execution: str = ""
    note: str = ""
    executors: tuple[Executor, ...] = ()
    source: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """Where a measure stands: its section, and the measure of which it is a part, if of any."""

    section: Section
    parent: Measure | None = None


PRINTED = ("number", "title", "preparation_period", "condition", "form_of_execution", "note")


def require_editor(measure: Measure, *, by: User) -> None:
    """Refuse whoever does not coordinate the plan, and changes of what is out of it."""
    require_coordinator(measure.plan, by=by)
    if measure.is_put_away:
        raise OutOfTurn(_("Мероприятие исключено из карты или карта в архиве: его больше не меняют."))


def add_measure(
    section: Section, facts: MeasureFacts, *, by: User, parent: Measure | None = None, ground: str = ""
) -> Measure:
    """A new measure at the end of the plan (under `parent`, which makes it a sub-measure)."""
    plan = section.plan
    require_running(plan, by=by)
    _require_title(facts)
    with transaction():
        measure = place(plan, section, facts, position=last_position(plan) + 1, rules=due_rules())
        _put_under(measure, parent)
        tell_added(measure, by=by, ground=ground)
    return measure


def _require_title(facts: MeasureFacts) -> None:
    if not facts.title.strip():
        raise Invalid(_("Напишите, что нужно сделать: название мероприятия."))


def _put_under(measure: Measure, parent: Measure | None) -> None:
    """Make it a part of `parent`, which must be another live measure of the plan and no part of this one."""
    above = parent
    while above is not None:
        if above is measure or above.plan_id != measure.plan.id or above.withdrawn_at is not None:
            raise Invalid(_("Подпункт ставят под другое мероприятие этой же дорожной карты."))
        above = above.parent
    measure.parent = parent


def tell_added(measure: Measure, *, by: User, ground: str) -> None:
    """Open the dossier of a placed measure and tell the journal and the executors."""
    db.session.flush()  # dossier rights and the journal need the measure's number
    open_to_executors(measure)
    record(measure, "measure.add", by=by, ground=ground)
    publish("measure.add", event="measure.add", subject_id=measure.id, by_id=by.id)


def place(plan: Plan, section: Section, facts: MeasureFacts, *, position: int, rules: DueRules) -> Measure:
    """A measure row with its dossier, executors and occurrences, not yet told to the journal."""
    hangs = f"{facts.number} {facts.title}".strip()
    dossier = new_dossier(plan.organisation, title=hangs, scope=plan.journal_scope)
    measure = Measure(
        plan=plan, section=section, position=position, dossier=dossier, source=facts.source,
        **{name: getattr(facts, name).strip() for name in PRINTED},
    )  # fmt: skip
    db.session.add(measure)
    add_occurrences(measure, plan, set_due(measure, plan, facts.due_text.strip(), rules=rules))
    set_executors(measure, facts.executors)
    return measure


def edit_measure(
    measure: Measure,
    facts: MeasureFacts,
    *,
    by: User,
    ground: str,
    at: Place | None = None,
    version: int | None = None,
) -> None:
    """Change what the plan says of a measure, and its place. Only an act changes an act: `ground` (R6)."""
    require_editor(measure, by=by)
    _require_title(facts)
    if not ground.strip():
        raise Blocked(
            _("Назовите документ, которым изменено мероприятие: приказ или протокол, номер и дату.")
        )
    with transaction() as session:
        session.refresh(measure, with_for_update={"of": Measure})
        check_seen(measure, version)
        rewrite(measure, facts)
        if at is not None:
            _put_at(measure, at)
        open_to_executors(measure)
        record(measure, "measure.edit", by=by, ground=ground)
        publish("measure.edit", event="measure.edit", subject_id=measure.id, by_id=by.id)


def _put_at(measure: Measure, at: Place) -> None:
    if at.section.plan_id != measure.plan_id:
        raise Invalid(_("Мероприятие переносят только внутри своей дорожной карты."))
    if at.section is not measure.section:
        measure.section, measure.position = at.section, last_position(measure.plan) + 1
    _put_under(measure, at.parent)


def rewrite(measure: Measure, facts: MeasureFacts) -> None:
    """Put new printed facts on a measure; dates move only when the printed period did."""
    measure.source = facts.source or _still_sourced(measure, facts)
    for name in PRINTED:
        setattr(measure, name, getattr(facts, name).strip())
    if facts.due_text.strip() != measure.due_text:
        period = set_due(measure, measure.plan, facts.due_text.strip(), rules=due_rules())
        measure.original_due_end = None
        renew_occurrences(measure, measure.plan, period)
    set_executors(measure, facts.executors)
    db.session.flush()  # new executors get their numbers before the dossier is opened to them


def _still_sourced(measure: Measure, facts: MeasureFacts) -> dict[str, Any]:
    """The source of the row without the cells of fields that are now written by hand."""
    cells: dict[str, Any] = measure.source.get("cells") or {}
    names = {"due_text": "due_period"} | {name: name for name in PRINTED}
    changed = {cell for name, cell in names.items() if getattr(facts, name).strip() != getattr(measure, name)}
    kept = {name: place for name, place in cells.items() if name not in changed}
    return {**measure.source, "cells": kept} if kept != cells else measure.source


def check_seen(measure: Measure, version: int | None) -> None:
    """Refuse a form that was opened before somebody else changed the measure."""
    if version is not None and measure.version != version:
        raise Stale(_("Пока вы писали, мероприятие изменил кто-то другой. Откройте его заново."))


def clarify_due(
    measure: Measure,
    *,
    start: date | None,
    end: date | None,
    by: User,
    ground: str,
    version: int | None = None,
) -> None:
    """Settle by hand what a doubtful printed period means; the printed text stays as it is."""
    require_editor(measure, by=by)
    if end is None or (start and start > end):
        raise Invalid(_("Введите последний день срока, например 30.06.2027; начало — не позже него."))
    with transaction() as session:
        session.refresh(measure, with_for_update={"of": Measure})
        check_seen(measure, version)
        measure.due_start, measure.due_end, measure.due_doubts = start, end, []
        measure.control_date = due_rules().control_day(end)
        record(measure, "measure.clarify_due", by=by, ground=ground)


def move_measure(
    measure: Measure, *, section: Section, before: Measure | None, by: User, ground: str
) -> None:
    """Put a measure elsewhere in the plan. Its printed number stays."""
    plan = measure.plan
    require_editor(measure, by=by)
    if section.plan_id != plan.id or (before and before.plan_id != plan.id):
        raise Invalid(_("Мероприятие переносят только внутри своей дорожной карты."))
    with transaction() as session:
        session.refresh(measure, with_for_update={"of": Measure})
        order = [m for m in measures_of(plan) if m is not measure]
        order.insert(order.index(before) if before in order else len(order), measure)
        measure.section = section
        for position, moved in enumerate(order, 1):
            if moved.position != position:
                moved.position = position
                record(moved, "measure.move" if moved is measure else "measure.shift", by=by, ground=ground)
        record(measure, "measure.move", by=by, ground=ground)


def withdraw_measure(measure: Measure, *, by: User, ground: str) -> None:
    """Take a measure out of the plan on the ground of an act; it stays in history and past reports."""
    require_editor(measure, by=by)
    if not ground.strip():
        raise Blocked(_("Назовите документ, которым мероприятие исключено из дорожной карты."))
    with transaction() as session:
        session.refresh(measure, with_for_update={"of": Measure})
        measure.withdrawn_at = now()
        record(measure, "measure.withdraw", by=by, ground=ground)
        publish("measure.withdraw", event="measure.withdraw", subject_id=measure.id, by_id=by.id)
