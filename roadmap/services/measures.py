"""Building measures by hand: add, edit with ground, move, withdraw; naming the executors."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accounts.models import User
from core.audit import record
from core.clock import now
from core.db import db, transaction
from core.errors import Blocked, Invalid, Stale
from core.outbox import publish
from core.words import _
from documents.services import new_dossier, open_dossier_to
from roadmap.models import Measure, Part, Participation, Plan, Section
from roadmap.queries.executors import KnownExecutors, is_by_consent, known_executors
from roadmap.queries.measures import last_position, measures_of
from roadmap.services.due import DueRules, add_occurrences, due_rules, renew_occurrences, set_due
from roadmap.services.plans import require_coordinator


@dataclass(frozen=True)
class Executor:
    """An executor as printed, and whom it is, if known. The first of a list is the responsible one."""

    name: str
    organisation_id: int | None = None
    user_id: int | None = None


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


PRINTED = ("number", "title", "preparation_period", "condition", "form_of_execution", "note")


def named(plan: Plan, names: list[str], known: KnownExecutors | None = None) -> tuple[Executor, ...]:
    """Executors for printed names, linked where it is certain whom a name means."""
    known = known or known_executors(plan.organisation)
    return tuple(Executor(name, *known.link(name)) for name in names if name.strip())


def add_measure(
    section: Section, facts: MeasureFacts, *, by: User, parent: Measure | None = None, ground: str = ""
) -> Measure:
    """A new measure at the end of the plan (under `parent`, which makes it a sub-measure)."""
    plan = section.plan
    require_coordinator(plan, by=by)
    if not facts.title.strip():
        raise Invalid(_("Напишите, что нужно сделать: название мероприятия."))
    with transaction():
        measure = place(plan, section, facts, position=last_position(plan) + 1, rules=due_rules())
        measure.parent = parent
        tell_added(measure, by=by, ground=ground)
    return measure


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


def set_executors(measure: Measure, executors: tuple[Executor, ...]) -> None:
    """The executors in the order named; those already there keep their rows and answers."""
    present = {p.name: p for p in measure.participations}
    measure.participations = [
        _participation(present.get(executor.name), executor, position)
        for position, executor in enumerate(executors, 1)
    ]


def _participation(row: Participation | None, executor: Executor, position: int) -> Participation:
    row = row or Participation(name=executor.name, by_consent=is_by_consent(executor.name))
    row.position = position
    row.part = Part.RESPONSIBLE if position == 1 else Part.CO_EXECUTOR
    row.organisation_id = executor.organisation_id or row.organisation_id
    row.user_id = executor.user_id or row.user_id
    return row


def open_to_executors(measure: Measure) -> None:
    """Let everybody who takes part read and fill the measure's dossier."""
    for participation in measure.participations:
        if participation.organisation_id:
            open_dossier_to(measure.dossier, organisation_id=participation.organisation_id)
        if participation.user_id:
            open_dossier_to(measure.dossier, user_id=participation.user_id)


def edit_measure(
    measure: Measure, facts: MeasureFacts, *, by: User, ground: str, version: int | None = None
) -> None:
    """Change what the plan says of a measure. Only an act changes an act: `ground` names it (R6)."""
    require_coordinator(measure.plan, by=by)
    if not ground.strip():
        raise Blocked(_("Назовите документ, которым изменено мероприятие: приказ или протокол, номер и дату."))
    with transaction() as session:
        session.refresh(measure, with_for_update={"of": Measure})
        check_seen(measure, version)
        rewrite(measure, facts)
        open_to_executors(measure)
        record(measure, "measure.edit", by=by, ground=ground)
        publish("measure.edit", event="measure.edit", subject_id=measure.id, by_id=by.id)


def rewrite(measure: Measure, facts: MeasureFacts) -> None:
    """Put new printed facts on a measure; dates move only when the printed period did."""
    for name in PRINTED:
        setattr(measure, name, getattr(facts, name).strip())
    if facts.due_text.strip() != measure.due_text:
        period = set_due(measure, measure.plan, facts.due_text.strip(), rules=due_rules())
        measure.original_due_end = None
        renew_occurrences(measure, measure.plan, period)
    if facts.executors:
        set_executors(measure, facts.executors)
        db.session.flush()  # new executors get their numbers before the dossier is opened to them


def check_seen(measure: Measure, version: int | None) -> None:
    """Refuse a form that was opened before somebody else changed the measure."""
    if version is not None and measure.version != version:
        raise Stale(_("Пока вы писали, мероприятие изменил кто-то другой. Ваш текст сохранён."))


def clarify_due(measure: Measure, *, start: date | None, end: date | None, by: User, ground: str) -> None:
    """Settle by hand what a doubtful printed period means; the printed text stays as it is."""
    require_coordinator(measure.plan, by=by)
    if end is None or (start and start > end):
        raise Invalid(_("Введите последний день срока, например 30.06.2027; начало — не позже него."))
    with transaction() as session:
        session.refresh(measure, with_for_update={"of": Measure})
        measure.due_start, measure.due_end, measure.due_doubts = start, end, []
        measure.control_date = due_rules().control_day(end)
        record(measure, "measure.clarify_due", by=by, ground=ground)


def move_measure(measure: Measure, *, section: Section, before: Measure | None, by: User, ground: str) -> None:
    """Put a measure elsewhere in the plan. Its printed number stays."""
    plan = measure.plan
    require_coordinator(plan, by=by)
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
                record(moved, "measure.move", by=by, ground=ground)
        record(measure, "measure.move", by=by, ground=ground)


def withdraw_measure(measure: Measure, *, by: User, ground: str) -> None:
    """Take a measure out of the plan on the ground of an act; it stays in history and past reports."""
    require_coordinator(measure.plan, by=by)
    if not ground.strip():
        raise Blocked(_("Назовите документ, которым мероприятие исключено из дорожной карты."))
    with transaction() as session:
        session.refresh(measure, with_for_update={"of": Measure})
        measure.withdrawn_at = now()
        record(measure, "measure.withdraw", by=by, ground=ground)
        publish("measure.withdraw", event="measure.withdraw", subject_id=measure.id, by_id=by.id)
