"""Carrying a plan over to the next years: what is not closed and what recurs goes on in a new plan."""

import re
from collections.abc import Collection
from dataclasses import replace

from accounts.models import User
from core.audit import record
from core.db import db, transaction
from core.errors import Invalid
from core.outbox import publish
from core.words import _, gettext
from roadmap.models import Measure, Plan, Section
from roadmap.queries.measures import measures_of
from roadmap.services.due import due_rules
from roadmap.services.executors import Executor, open_to_executors
from roadmap.services.measures import MeasureFacts, place
from roadmap.services.plans import PlanFacts, create_plan, require_coordinator


def is_worth_carrying(measure: Measure) -> bool:
    """Whether a measure goes on by itself: it is not closed, or it recurs every year."""
    return not measure.is_closed or measure.due_recurrence is not None


def next_facts(plan: Plan) -> PlanFacts:
    """What the next plan would be called and when it would run: the same, the years moved on."""
    step = plan.year_to - plan.year_from + 1
    return PlanFacts(
        title=_moved_on(plan.title, step),
        period_text=_moved_on(plan.period_text, step),
        year_from=plan.year_from + step,
        year_to=plan.year_to + step,
        plan_kind=plan.plan_kind,
        is_school_year=plan.is_school_year,
        needs_acceptance=plan.needs_acceptance,
        coordinator_id=plan.coordinator_id,
    )


def _moved_on(text: str, years: int) -> str:
    return re.sub(r"(?<!\d)20\d\d(?!\d)", lambda year: str(int(year[0]) + years), text)


def carry_over(plan: Plan, facts: PlanFacts, *, chosen: Collection[int], by: User) -> Plan:
    """A new plan with the sections and the chosen measures of `plan`, their periods read in its years.

    Texts, numbers and executors stay as printed; states, answers and evidence stay behind, in history.
    """
    require_coordinator(plan, by=by)
    measures = [m for m in measures_of(plan) if m.id in chosen]
    if not measures:
        raise Invalid(_("Отметьте хотя бы одно мероприятие."))
    with transaction():
        made = create_plan(plan.organisation, facts, by=by)
        made.carried_from_id = plan.id
        record(made, "plan.carry_over", by=by, note=plan.full_title, ground=facts.ground)
        copies = _copy(measures, made)
        db.session.flush()  # dossier rights and the journal need the numbers of the rows
        for section in {copy.section_id: copy.section for copy in copies}.values():
            record(section, "section.carry_over", by=by)
        for copy in copies:
            open_to_executors(copy)
            record(copy, "measure.carry_over", by=by, note=plan.full_title, ground=facts.ground)
        publish("plan.import", plan_id=made.id, by_id=by.id)
    return made


def _copy(measures: list[Measure], made: Plan) -> list[Measure]:
    rules = due_rules()
    sections = {old.id: old for old in (measure.section for measure in measures)}
    copied = {number: _section(old, made) for number, old in sections.items()}
    copies: dict[int, Measure] = {}
    with db.session.no_autoflush:
        for position, old in enumerate(measures, 1):
            copy = place(made, copied[old.section_id], facts_of(old), position=position, rules=rules)
            copy.parent = copies.get(old.parent_id or 0)
            if copy.due_end and copy.due_end.year < made.year_from:
                passed = gettext("Срок остался от прошлой карты: он уже прошёл.")
                copy.due_doubts = [*copy.due_doubts, passed]
            copies[old.id] = copy
    return list(copies.values())


def _section(old: Section, made: Plan) -> Section:
    section = Section(plan=made, position=old.position, number=old.number, title=old.title)
    db.session.add(section)
    return section


def facts_of(measure: Measure) -> MeasureFacts:
    """What the plan says of a measure, with its executors and their links."""
    names = ("number", "title", "preparation_period", "condition", "due_text", "form_of_execution", "note")
    facts = MeasureFacts(**{name: getattr(measure, name) for name in names})
    executors = tuple(Executor(p.name, p.organisation_id, p.user_id) for p in measure.participations)
    return replace(facts, executors=executors, source={"carried_from": measure.id})
