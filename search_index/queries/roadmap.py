"""Measures with all that was written about them, and plans."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from accounts.models import User
from core.db import db
from core.words import gettext
from roadmap.models import Answer, Comment, Extension, Measure, Occurrence, Plan
from roadmap.queries.plans import is_visible_to
from search_index.protocol import Paper
from search_index.scopes import plan_scope
from search_index.states import code_of
from search_index.things import Requisites, Shown, in_lots, joined

MEASURE_SORT, PLAN_SORT = "measure", "plan"
#: Facets of kinds that are not kinds of documents.
MEASURE_KIND, PLAN_KIND = "measure", "roadmap"


def measure_ids() -> list[int]:
    """Every measure that stands in a plan."""
    return list(
        db.session.scalars(select(Measure.id).where(Measure.withdrawn_at.is_(None)).order_by(Measure.id))
    )


def measures(numbers: Iterable[int]) -> Iterator[Paper]:
    """Measures as the index takes them; withdrawn ones are left out."""
    for lot in in_lots(numbers):
        said = _said(lot)
        yield from (_measure(measure, said[measure.id]) for measure in _measures(lot))


def _measures(lot: list[int]) -> list[Measure]:
    wanted = select(Measure).where(Measure.id.in_(lot), Measure.withdrawn_at.is_(None))
    wanted = wanted.options(
        joinedload(Measure.section), joinedload(Measure.plan).joinedload(Plan.coordinator),
        selectinload(Measure.participations),
    )  # fmt: skip
    return list(db.session.scalars(wanted.order_by(Measure.id)))


def _said(lot: list[int]) -> dict[int, list[tuple[str, str]]]:
    """What people wrote about each measure, with the name of its place, in the order of writing."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    wanted = (
        (
            select(Answer.measure_id, Answer.text).order_by(Answer.id),
            Answer.measure_id,
            gettext("соисполнитель"),
        ),
        (
            select(Comment.measure_id, Comment.text).order_by(Comment.id),
            Comment.measure_id,
            gettext("комментарий"),
        ),
        (
            select(Extension.measure_id, Extension.reason).order_by(Extension.id),
            Extension.measure_id,
            gettext("продление"),
        ),
        (
            select(Occurrence.measure_id, Occurrence.text).order_by(Occurrence.id),
            Occurrence.measure_id,
            gettext("ход"),
        ),
    )
    for query, column, place in wanted:
        for number, text in db.session.execute(query.where(column.in_(lot))):
            if text:
                found[number].append((place, text))
    return found


def _parts(measure: Measure, said: list[tuple[str, str]]) -> list[tuple[str, str]]:
    own = [
        (gettext("отчёт"), measure.report_text),
        (gettext("результат"), measure.condition),
        (gettext("форма"), measure.form_of_execution),
        (gettext("причина"), measure.deviation_reason),
        (gettext("примечание"), measure.note),
        (gettext("подготовка"), measure.preparation_period),
    ]
    return [(place, text) for place, text in own if text] + said


def _measure(measure: Measure, said: list[tuple[str, str]]) -> Paper:
    names = [participation.name for participation in measure.participations]
    label = measure.lifecycle.labels[measure.state]
    day = measure.actual_date or measure.control_date or measure.due_end
    requisites = Requisites().number(measure.number).day(day).labels(_measure_word(), label)
    requisites.said([measure.plan.organisation.name, measure.plan.organisation.short_name], names)
    lines = [measure.number, measure.title, measure.due_text, *names, measure.section.title]
    return Paper(
        key=f"{MEASURE_SORT}:{measure.id}",
        kind=MEASURE_KIND,
        organisation=measure.plan.organisation_id,
        scope=plan_scope(measure.plan_id),
        title=measure.title,
        text=joined([*lines, *(text for _place, text in _parts(measure, said))]),
        day=day,
        state=code_of(MEASURE_SORT, measure.state.value),
        author=measure.plan.coordinator_id or 0,
        marks=tuple(requisites.marks),
    )


def _measure_word() -> str:
    return str(gettext("Мероприятие"))


def shown_measures(numbers: Iterable[int], *, seen_by: User) -> dict[int, Shown]:
    """The measures that `seen_by` may see, as results show them."""
    wanted = (
        select(Measure.id).join(Measure.plan).where(Measure.id.in_(list(numbers)), is_visible_to(seen_by))
    )
    allowed = list(db.session.scalars(wanted.order_by(Measure.id)))
    said = _said(allowed)
    return {measure.id: _shown_measure(measure, said[measure.id]) for measure in _measures(allowed)}


def _shown_measure(measure: Measure, said: list[tuple[str, str]]) -> Shown:
    number = gettext("п. %(number)s", number=measure.number) if measure.number else _measure_word()
    notes = [measure.due_text, *(p.name for p in measure.participations[:2])]
    return Shown(
        key=f"{MEASURE_SORT}:{measure.id}",
        kind=MEASURE_KIND,
        caption=f"{number} · {measure.plan.full_title}",
        title=measure.title,
        endpoint="roadmap.measure",
        values={"measure_id": measure.id},
        parts=tuple(_parts(measure, said)),
        notes=tuple(note for note in notes if note),
        state=measure.state.value,
        state_label=measure.lifecycle.labels[measure.state],
        day=measure.control_date,
    )


def plan_ids() -> list[int]:
    """Every plan, archived ones too."""
    return list(db.session.scalars(select(Plan.id).order_by(Plan.id)))


def plans(numbers: Iterable[int]) -> Iterator[Paper]:
    """Plans as the index takes them."""
    for lot in in_lots(numbers):
        yield from (_plan(plan) for plan in _plans(lot))


def _plans(lot: list[int]) -> list[Plan]:
    wanted = select(Plan).where(Plan.id.in_(lot)).order_by(Plan.id)
    return list(db.session.scalars(wanted.options(selectinload(Plan.sections), joinedload(Plan.coordinator))))


def _plan(plan: Plan) -> Paper:
    requisites = Requisites().labels(plan.kind_label)
    requisites.said([plan.organisation.name, plan.organisation.short_name], _coordinator(plan))
    requisites.marks += [f"г:{year}" for year in range(plan.year_from, plan.year_to + 1)]
    sections = [f"{section.number} {section.title}" for section in plan.sections]
    lines = [plan.full_title, str(plan.kind_label), plan.period_text, plan.ground, plan.organisation.name]
    return Paper(
        key=f"{PLAN_SORT}:{plan.id}",
        kind=PLAN_KIND,
        organisation=plan.organisation_id,
        scope=plan_scope(plan.id),
        title=plan.full_title,
        text=joined([*lines, *sections]),
        day=date(plan.year_from, 1, 1),
        author=plan.coordinator_id or 0,
        marks=tuple(requisites.marks),
    )


def _coordinator(plan: Plan) -> list[str]:
    return [plan.coordinator.full_name] if plan.coordinator else []


def shown_plans(numbers: Iterable[int], *, seen_by: User) -> dict[int, Shown]:
    """The plans that `seen_by` may see, as results show them."""
    wanted = select(Plan.id).where(Plan.id.in_(list(numbers)), is_visible_to(seen_by)).order_by(Plan.id)
    return {plan.id: _shown_plan(plan) for plan in _plans(list(db.session.scalars(wanted)))}


def _shown_plan(plan: Plan) -> Shown:
    sections = [(gettext("раздел %(n)s", n=section.number), section.title) for section in plan.sections]
    notes = [
        plan.organisation.label,
        plan.ground,
        *(c for c in [plan.coordinator and plan.coordinator.short_name] if c),
    ]
    return Shown(
        key=f"{PLAN_SORT}:{plan.id}",
        kind=PLAN_KIND,
        caption=f"{plan.kind_label}, {plan.years}",
        title=plan.title,
        endpoint="roadmap.plan",
        values={"plan_id": plan.id},
        parts=tuple(sections),
        notes=tuple(note for note in notes if note),
    )


def measures_in(section_id: int) -> list[str]:
    """The keys of a section's measures, which say its title."""
    wanted = select(Measure.id).where(Measure.section_id == section_id).order_by(Measure.id)
    return [f"{MEASURE_SORT}:{number}" for number in db.session.scalars(wanted)]


def coordinated_by(person_id: int) -> list[str]:
    """The keys of the plans that a person coordinates, which say the person's name."""
    wanted = select(Plan.id).where(Plan.coordinator_id == person_id).order_by(Plan.id)
    return [f"{PLAN_SORT}:{number}" for number in db.session.scalars(wanted)]
