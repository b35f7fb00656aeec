"""Applying a newer edition of a plan: the chosen differences, on the ground of the amending act."""

from dataclasses import replace

from accounts.models import User
from core.audit import record
from core.clock import now
from core.db import db, transaction
from core.errors import Blocked, Invalid
from core.words import _
from roadmap.editions import Difference, Line, differences, plain
from roadmap.imported import Row, rows
from roadmap.models import ImportDraft, Measure, Plan, Section
from roadmap.queries.measures import measures_of
from roadmap.queries.plans import sections_of
from roadmap.services.carrying import facts_of as facts_of_measure
from roadmap.services.due import due_rules
from roadmap.services.imports import check_version, facts_of, require_open, reviewed
from roadmap.services.measures import (
    MeasureFacts,
    Place,
    edit_measure,
    place,
    tell_added,
    withdraw_measure,
)

COMPARED = (
    "number",
    "title",
    "preparation_period",
    "condition",
    "due_period",
    "executors",
    "form_of_execution",
)


def compared(draft: ImportDraft, plan: Plan) -> list[Difference]:
    """The draft against the plan, row by row. Keys: measure ids on the old side, row keys on the new."""
    old = [Line(m.id, m.section.title, printed(m)) for m in measures_of(plan)]
    new = [
        Line(row.key, heading.title, {name: row.values[name] for name in COMPARED})
        for heading in reviewed(draft)
        for row in heading.rows
    ]
    return differences(old, new)


def printed(measure: Measure) -> dict[str, str]:
    """The printed texts of a measure under the names a recognised row has."""
    return {
        "number": measure.number,
        "title": measure.title,
        "preparation_period": measure.preparation_period,
        "condition": measure.condition,
        "due_period": measure.due_text,
        "executors": "\n".join(p.name for p in measure.participations),
        "form_of_execution": measure.form_of_execution,
    }


def name_of(difference: Difference) -> str:
    """How a form names a difference: by its new row, or by the old one when there is no new."""
    return f"{'new' if difference.new else 'old'}:{difference.line.key}"


def apply_edition(
    draft: ImportDraft, chosen: set[str], *, ground: str, by: User, version: int | None = None
) -> int:
    """Apply the chosen differences, all or none; how many. The act that amends is the ground."""
    plan = draft.plan
    if plan is None:
        raise Invalid(_("Выберите дорожную карту, которую меняет этот файл."))
    if not ground.strip():
        raise Blocked(_("Назовите документ, которым изменена дорожная карта: вид, номер и дату."))
    with transaction() as session:
        session.refresh(draft)
        require_open(draft, by)
        check_version(draft, version)
        todo = [d for d in compared(draft, plan) if not d.is_same and name_of(d) in chosen]
        if not todo:
            raise Invalid(_("Отметьте хотя бы одно изменение."))
        by_key = {row.key: row for row in rows(reviewed(draft))}
        for difference in todo:
            _apply(difference, plan, draft, by_key, ground, by)
        draft.confirmed_at = now()
        _follow_order(plan, draft, ground, by)
    return len(todo)


def _apply(
    difference: Difference, plan: Plan, draft: ImportDraft, by_key: dict[str, Row], ground: str, by: User
) -> None:
    if difference.new is None:
        withdraw_measure(db.session.get_one(Measure, difference.old.key), by=by, ground=ground)  # type: ignore[union-attr]
        return
    facts = facts_of(plan, by_key[difference.new.key], draft)
    section = _section(plan, difference.new, draft, by)
    if difference.old is None:
        tell_added(place(plan, section, facts, position=10**6, rules=due_rules()), by=by, ground=ground)
    else:
        _change(db.session.get_one(Measure, difference.old.key), facts, section, ground, by)


def _change(measure: Measure, facts: MeasureFacts, section: Section, ground: str, by: User) -> None:
    """A column that the new edition lacks altogether says nothing of executors: they stay."""
    if not facts.executors:
        facts = replace(facts, executors=facts_of_measure(measure).executors)
    edit_measure(measure, facts, by=by, ground=ground, at=Place(section, measure.parent))


def _section(plan: Plan, line: Line, draft: ImportDraft, by: User) -> Section:
    """The section of the plan with the same title; a new one when the edition brought it."""
    found = sections_of(plan)
    for section in found:
        if plain(section.title) == plain(line.section):
            return section
    heading = next(h for h in reviewed(draft) if h.title == line.section)
    position = max((s.position for s in found), default=0) + 1
    section = Section(
        plan=plan, number=heading.number.strip(), title=heading.title.strip(), position=position
    )
    db.session.add(section)
    db.session.flush()  # the journal names the section by its number
    record(section, "section.import", by=by)
    return section


def _follow_order(plan: Plan, draft: ImportDraft, ground: str, by: User) -> None:
    """Put measures in the order of the new edition; rows it does not name keep their place at the end."""
    db.session.flush()  # new rows take part in the comparison
    order = [d.old.key for d in compared(draft, plan) if d.old and d.new]
    place_of = {key: position for position, key in enumerate(order, 1)}
    for measure in measures_of(plan):
        position = place_of.get(measure.id, len(order) + measure.position)
        if measure.position != position:
            measure.position = position
            record(measure, "measure.shift", by=by, ground=ground)
