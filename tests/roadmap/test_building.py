"""Building by hand: plans, sections, measures; every change stands in the journal field by field."""

from datetime import date

import pytest

from accounts.models import Setting
from core.audit import SYSTEM, record
from core.clock import now
from core.db import transaction
from core.errors import Blocked, Invalid, NotYours, OutOfTurn, Stale
from core.past import rows_as_of
from roadmap.queries.measures import measures_of
from roadmap.queries.plans import plans, sections_of
from roadmap.queries.work import occurrences_of
from roadmap.services.answers import answer_as_co_executor
from roadmap.services.carrying import carry_over, facts_of, next_facts
from roadmap.services.executors import Link, link_executors
from roadmap.services.measures import (
    Executor,
    MeasureFacts,
    Place,
    add_measure,
    clarify_due,
    edit_measure,
    move_measure,
    withdraw_measure,
)
from roadmap.services.plans import (
    PlanFacts,
    add_section,
    archive_plan,
    edit_plan,
    edit_section,
    move_section,
    restore_plan,
)
from roadmap.services.recounting import recount_control_dates
from tests import factories
from tests.roadmap.scene import actions, entries, tasks
from workflow.services import offers, perform

ACT = "приказ от 01.03.2027 № 5"


def facts_like(measure, **changes):
    values = vars(facts_of(measure)) | {"source": {}} | changes
    return MeasureFacts(**values)


def test_an_edit_needs_the_act_that_changes_the_plan(scene):
    measure = scene.measure()

    with pytest.raises(Blocked, match="Назовите документ"):
        edit_measure(measure, facts_like(measure, title="Иначе"), by=scene.coordinator, ground=" ")


def test_an_edit_tells_the_journal_every_field_before_and_after(scene):
    measure = scene.measure(title="Провести семинар", due_text="до 30.06.2027")

    facts = facts_like(measure, title="Провести форум", due_text="до 30.09.2027")
    edit_measure(measure, facts, by=scene.coordinator, ground=ACT)

    entry = next(e for e in entries(measure) if e.action == "measure.edit")
    assert entry.ground == ACT
    assert entry.changes == {
        "title": ["Провести семинар", "Провести форум"],
        "due_text": ["до 30.06.2027", "до 30.09.2027"],
        "due_end": ["2027-06-30", "2027-09-30"],
        "control_date": ["2027-06-30", "2027-09-30"],
    }


def test_executors_that_change_are_told_one_by_one_and_lose_or_gain_the_dossier(scene):
    measure = scene.measure()
    answer_as_co_executor(measure.participations[1], "Зал найден", by=scene.helper)
    newcomer = factories.executor(scene.town)

    executors = (Executor(scene.executor.name), Executor(newcomer.name, user_id=newcomer.id))
    edit_measure(measure, facts_like(measure, executors=executors), by=scene.coordinator, ground=ACT)

    changed = [e for e in entries(measure) if e.action == "measure.edit" and e.part]
    assert {e.part.split(":")[0] for e in changed} == {"participation", "answer"}
    gone = next(e for e in changed if e.part.startswith("answer"))
    assert gone.changes["text"] == ["Зал найден", None]
    assert {r.user_id for r in measure.dossier.readers} == {scene.executor.id, newcomer.id}
    assert [p.user_id for p in measure.participations] == [scene.executor.id, newcomer.id]


def test_a_measure_may_lose_all_its_executors(scene):
    measure = scene.measure()

    edit_measure(measure, facts_like(measure, executors=()), by=scene.coordinator, ground=ACT)

    assert measure.participations == []


def test_the_same_name_twice_is_one_executor(scene):
    measure = scene.measure(executors=())
    twice = (Executor("Школа № 1"), Executor("Школа № 1"))

    edit_measure(measure, facts_like(measure, executors=twice), by=scene.coordinator, ground=ACT)

    assert [p.name for p in measure.participations] == ["Школа № 1"]


def test_a_printed_name_is_linked_in_the_whole_plan_at_once_and_back(scene):
    measures = [scene.measure(executors=()) for _ in range(2)]
    for measure in measures:
        facts = facts_like(measure, executors=(Executor("Методическая служба"),))
        edit_measure(measure, facts, by=scene.coordinator, ground=ACT)

    links = {"Методическая служба": Link(organisation_id=scene.school.id)}
    count = link_executors(scene.plan, links, by=scene.coordinator)

    assert count == 2
    assert all(m.participations[0].organisation_id == scene.school.id for m in measures)
    entry = [e for e in entries(measures[0]) if e.action == "measure.link_executors"][0]
    assert entry.changes == {"organisation_id": [None, scene.school.id]}
    assert [r.organisation_id for r in measures[0].dossier.readers] == [scene.school.id]
    assert any(o.move.name == "start" for o in offers(measures[0], by=scene.executor))

    link_executors(scene.plan, {"Методическая служба": Link()}, by=scene.coordinator)
    assert measures[0].participations[0].organisation_id is None
    assert measures[0].dossier.readers == []


def test_an_executor_is_not_linked_to_somebody_of_another_district(scene):
    scene.measure()

    with pytest.raises(Invalid, match="своего района"):
        link_executors(scene.plan, {scene.helper.name: Link(user_id=scene.stranger.id)}, by=scene.coordinator)


def test_an_outside_executor_by_consent_needs_no_account(scene):
    measure = scene.measure(executors=())
    facts = facts_like(measure, executors=(Executor("Университет (по согласованию)"),))

    edit_measure(measure, facts, by=scene.coordinator, ground=ACT)

    assert measure.participations[0].by_consent
    assert not measure.participations[0].is_waiting_for_link


def test_a_sub_measure_stands_under_its_parent_and_never_under_itself(scene):
    parent = scene.measure(number="1.1")
    child = add_measure(scene.section, MeasureFacts("1.1.1", "Часть"), parent=parent, by=scene.coordinator)
    assert child.parent is parent

    with pytest.raises(Invalid, match="Подпункт"):
        edit_measure(
            parent, facts_like(parent), at=Place(scene.section, child), by=scene.coordinator, ground=ACT
        )


def test_a_sub_measure_of_another_plan_is_refused(scene):
    other = factories.measure(factories.section(factories.plan(by=scene.coordinator)))

    with pytest.raises(Invalid, match="этой же дорожной карты"):
        add_measure(scene.section, MeasureFacts("1", "Часть"), parent=other, by=scene.coordinator)


def test_printed_numbers_stay_when_a_measure_moves(scene):
    first, second, third = (scene.measure(number=number) for number in ("1.1", "1.2", "1.9"))

    move_measure(third, section=scene.section, before=first, by=scene.coordinator, ground="")

    assert [m.number for m in measures_of(scene.plan)] == ["1.9", "1.1", "1.2"]
    assert actions(third)[-1] == "measure.move"
    assert actions(second)[-1] == "measure.shift"


def test_an_edit_may_put_a_measure_into_another_section(scene):
    measure, other = scene.measure(), factories.section(scene.plan, title="Кадры")

    edit_measure(measure, facts_like(measure), at=Place(other), by=scene.coordinator, ground=ACT)

    assert measure.section is other


def test_a_withdrawn_measure_is_out_of_the_plan_and_closed_to_changes(scene):
    measure = scene.measure()
    withdraw_measure(measure, by=scene.coordinator, ground=ACT)

    assert measures_of(scene.plan) == []
    assert offers(measure, by=scene.coordinator) == []
    with pytest.raises(OutOfTurn):
        edit_measure(measure, facts_like(measure), by=scene.coordinator, ground=ACT)


def test_only_the_coordinator_of_the_plan_builds(scene):
    for by in (scene.executor, scene.stranger):
        with pytest.raises(NotYours):
            add_measure(scene.section, MeasureFacts("1", "Новое"), by=by)
        with pytest.raises(NotYours):
            archive_plan(scene.plan, by=by, reason="Хочу")


def test_a_field_changed_by_hand_no_longer_claims_its_cell(scene):
    cells = {"title": [0, 1, 1], "due_period": [0, 1, 2]}
    measure = scene.measure(source={"file": "План.docx", "cells": cells})

    edit_measure(measure, facts_like(measure, title="Иначе"), by=scene.coordinator, ground=ACT)

    assert measure.source == {"file": "План.docx", "cells": {"due_period": [0, 1, 2]}}


def test_a_doubtful_period_is_settled_by_hand_and_stays_as_printed(scene):
    measure = scene.measure(due_text="до 31.06.2027")
    assert measure.due_doubts

    clarify_due(measure, start=None, end=date(2027, 12, 5), by=scene.coordinator, ground="звонок")

    assert (measure.due_text, measure.due_end) == ("до 31.06.2027", date(2027, 12, 5))
    assert measure.control_date == date(2027, 12, 3)  # the fifth is a Sunday
    assert measure.due_doubts == []


def test_a_stale_settling_is_refused(scene):
    measure = scene.measure()

    with pytest.raises(Stale):
        clarify_due(measure, start=None, end=date(2027, 9, 1), by=scene.coordinator, ground="", version=99)


def test_sections_are_added_reworded_and_moved(scene):
    second = add_section(scene.plan, number="II", title="Кадры", by=scene.coordinator)
    third = add_section(scene.plan, number="III", title="Итоги", by=scene.coordinator)
    with pytest.raises(Blocked):
        edit_section(second, number="II", title="Люди", ground="", by=scene.coordinator)

    edit_section(second, number="II", title="Люди", ground=ACT, by=scene.coordinator)
    move_section(third, before=scene.section, by=scene.coordinator)

    assert [s.title for s in sections_of(scene.plan)] == ["Итоги", "Наставничество", "Люди"]
    assert (actions(third)[-1], actions(second)[-1]) == ("section.move", "section.shift")


def test_an_archived_plan_is_read_and_not_changed_until_restored(scene):
    measure = scene.measure()
    archive_plan(scene.plan, by=scene.coordinator, reason="Год закончился")

    assert [line.plan.id for line in plans(seen_by=scene.coordinator, show="past")] == [scene.plan.id]
    with pytest.raises(OutOfTurn, match="в архиве"):
        add_section(scene.plan, number="2", title="Новый", by=scene.coordinator)
    with pytest.raises(NotYours):
        perform(measure, "start", by=scene.executor)

    restore_plan(scene.plan, by=scene.coordinator)
    perform(measure, "start", by=scene.executor)
    assert actions(scene.plan)[-2:] == ["plan.archive", "plan.restore"]


def test_other_years_of_the_plan_reread_the_periods_that_nobody_settled(scene):
    read = scene.measure(due_text="сентябрь")
    settled = scene.measure(due_text="октябрь")
    clarify_due(settled, start=None, end=date(2026, 10, 15), by=scene.coordinator, ground="")
    assert read.due_end == date(2026, 9, 30)

    facts = PlanFacts(scene.plan.title, 2027, 2027, coordinator_id=scene.coordinator.id)
    edit_plan(scene.plan, facts, by=scene.coordinator)

    assert (read.due_end, settled.due_end) == (date(2027, 9, 30), date(2026, 10, 15))
    assert actions(read)[-1] == "measure.recalculate"


def test_the_plan_of_the_next_years_takes_what_is_chosen_with_numbers_and_executors(scene):
    parent = scene.measure(number="1.1", due_text="ежеквартально")
    child = add_measure(
        scene.section,
        MeasureFacts("1.1.1", "Часть", due_text="сентябрь"),
        parent=parent,
        by=scene.coordinator,
    )
    old = scene.measure(number="1.9", due_text="до 30.06.2027")
    left = scene.measure(number="2.1")
    chosen = {parent.id, child.id, old.id}

    facts = next_facts(scene.plan)
    made = carry_over(scene.plan, facts, chosen=chosen, by=scene.coordinator)

    copies = {m.number: m for m in measures_of(made)}
    assert (made.carried_from_id, made.years, left.number in copies) == (scene.plan.id, "2028–2029", False)
    assert copies["1.1.1"].parent is copies["1.1"]
    assert copies["1.1.1"].due_end == date(2028, 9, 30)
    assert [p.user_id for p in copies["1.1"].participations] == [scene.executor.id, scene.helper.id]
    assert len(occurrences_of(copies["1.1"])) == 8
    assert any("прошл" in doubt for doubt in copies["1.9"].due_doubts)
    assert copies["1.9"].source == {"carried_from": old.id}
    assert [s.title for s in sections_of(made)] == [scene.section.title]
    assert entries(copies["1.9"])[0].changes["title"] == [None, old.title]


def test_a_recount_moves_only_open_measures_and_says_so(scene):
    measure = scene.measure(due_text="до 05.12.2027")
    closed = scene.submitted(due_text="до 05.12.2027")
    perform(closed, "accept", by=scene.checker)
    assert measure.control_date == date(2027, 12, 3)

    with transaction() as session:
        row = Setting(name="term_shift", value="next")
        session.add(row)
        record(row, "setting.chosen", by=SYSTEM)
    moved = recount_control_dates()

    assert moved == 1
    assert (measure.control_date, closed.control_date) == (date(2027, 12, 6), date(2027, 12, 3))
    assert entries(measure)[-1].changes == {"control_date": ["2027-12-03", "2027-12-06"]}
    assert recount_control_dates() == 0


def test_the_plan_can_be_read_as_it_stood_before(scene):
    measure = scene.measure(title="Провести семинар")
    before = now()

    edit_measure(measure, facts_like(measure, title="Провести форум"), by=scene.coordinator, ground=ACT)

    then = rows_as_of(scene.plan.journal_scope, before)["measure"][measure.id]
    present = rows_as_of(scene.plan.journal_scope, now())["measure"][measure.id]
    assert (then["title"], present["title"]) == ("Провести семинар", "Провести форум")


def test_adding_and_linking_tell_those_who_are_given_work(scene):
    measure = scene.measure()

    assert [t["subject_id"] for t in tasks("measure.add")] == [measure.id]
    link_executors(scene.plan, {scene.helper.name: Link(user_id=scene.executor.id)}, by=scene.coordinator)
    assert [t["plan_id"] for t in tasks("plan.import")] == [scene.plan.id]
