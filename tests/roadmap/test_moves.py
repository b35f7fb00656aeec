"""The lifecycle of a measure, driven from its table: who may move it from where, and what that leaves."""

from itertools import product
from unittest.mock import Mock

import pytest
from sqlalchemy import func, select, update

from accounts.models import Role
from core.audit import Entry
from core.db import db, transaction
from core.errors import Blocked, NotFound, NotYours, OutOfTurn, Refusal, Stale
from core.outbox import Task
from roadmap.models import Claim, Measure, Plan
from roadmap.services.answers import Report, report, return_answer, submit
from roadmap.services.bulk import accept_each
from roadmap.services.plans import archive_plan
from tests import factories
from tests.roadmap.scene import DONE, TODAY, actions, entries, put_into, role_holder, tasks
from workflow.measure import MEASURE, MeasureState
from workflow.services import offers, perform, why_not

S = MeasureState
READY = {
    "report_text": "Проведено", "claim": Claim.EXECUTED, "actual_date": TODAY, "deviation_reason": "Болезнь",
    "evidence_exception": "Архив сгорел", "control_date": TODAY, "withdrawn_at": None,
}  # fmt: skip


def is_allowed(state: MeasureState, name: str, role: Role, *, needs_acceptance: bool) -> bool:
    """What the table says, read by hand: a coordinator also acts on behalf of the executor."""
    move = MEASURE.moves[name]
    roles = {role, Role.EXECUTOR} if role is Role.COORDINATOR else {role}
    is_on = needs_acceptance if move.only_if else not needs_acceptance if move.unless else True
    return state in move.sources and is_on and bool(move.by & roles)


def accepting(plan: Plan, needs_acceptance: bool) -> None:
    with transaction() as session:
        session.execute(update(Plan).where(Plan.id == plan.id).values(needs_acceptance=needs_acceptance))
    db.session.refresh(plan)


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_a_measure_moves_exactly_as_its_table_says(scene, role):
    measure = scene.measure()
    by = role_holder(role, scene, measure)
    for needs_acceptance in (True, False):
        accepting(scene.plan, needs_acceptance)
        for state in S:
            put_into(measure, state=state, submitted_by_id=scene.helper.id, **READY)
            asked = {name: why_not(measure, move, by=by) is None for name, move in MEASURE.moves.items()}

            assert asked == {n: is_allowed(state, n, role, needs_acceptance=needs_acceptance) for n in asked}


@pytest.mark.parametrize("role", [Role.EXECUTOR, Role.COORDINATOR, Role.READER], ids=lambda role: role.value)
def test_what_the_table_allows_is_made_and_what_it_does_not_is_refused(scene, role):
    measure = scene.measure()
    by = role_holder(role, scene, measure)
    for state, name in product((S.PLANNED, S.IN_PROGRESS, S.SUBMITTED, S.EXECUTED), MEASURE.moves):
        put_into(measure, state=state, submitted_by_id=scene.helper.id, **READY)
        wanted = is_allowed(state, name, role, needs_acceptance=True)

        try:
            perform(measure, name, by=by, note="Причина", ground="приказ № 1")
        except Refusal:
            assert not wanted, f"{role} may not {name} from {state}"
        else:
            assert wanted, f"{role} may {name} from {state}"
            assert measure.state is MEASURE.moves[name].dest


def test_every_guard_is_a_property_of_the_measure():
    for move in MEASURE.moves.values():
        names = [guard.name for guard in move.guards] + [n for n in (move.only_if, move.unless) if n]

        assert [n for n in names if not isinstance(getattr(Measure, n), property)] == []


def test_every_state_can_be_reached_and_left_or_is_final():
    reached, fresh = {S.PLANNED}, True
    while fresh:
        fresh = {m.dest for m in MEASURE.moves.values() if reached & set(m.sources)} - reached
        reached |= fresh

    assert reached == set(S)
    assert MEASURE.final_states == {S.EXECUTED, S.PARTIALLY_EXECUTED, S.NOT_EXECUTED, S.CANCELLED}


@pytest.mark.parametrize(
    ("lacking", "guard"),
    [
        ({"claim": None}, "has_claim"),
        ({"report_text": " "}, "has_report_text"),
        ({"actual_date": None}, "has_actual_date"),
        ({"deviation_reason": "", "control_date": TODAY.replace(day=1)}, "has_deviation_reason"),
        ({"evidence_exception": ""}, "has_required_evidence"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_answer_that_lacks_something_is_not_sent_and_says_what(scene, lacking, guard):
    measure = scene.measure()
    put_into(measure, state=S.IN_PROGRESS, **(READY | lacking))
    sentence = next(g.otherwise for g in MEASURE.moves["submit"].guards if g.name == guard)

    with pytest.raises(Blocked) as refused:
        perform(measure, "submit", by=scene.executor)

    assert str(refused.value) == str(sentence)
    offered = {o.move.name: o.refusal for o in offers(measure, by=scene.executor)}
    assert str(offered["submit"]) == str(sentence)


def test_nobody_closes_a_measure_before_its_time_is_over(scene):
    measure = scene.measure()
    put_into(measure, state=S.IN_PROGRESS, **(READY | {"control_date": TODAY.replace(month=4)}))

    for name in ("close_partially", "close_not_executed"):
        assert "Срок ещё не вышел" in str(why_not(measure, MEASURE.move(name), by=scene.coordinator))


def test_an_executor_never_accepts_the_own_report(scene):
    measure = scene.submitted()

    with pytest.raises(NotYours):
        perform(measure, "accept", by=scene.executor)

    assert measure.state is S.SUBMITTED


def test_a_coordinator_never_accepts_what_they_submitted_on_behalf(scene):
    measure = scene.proved()
    submit(measure, DONE, by=scene.coordinator)

    with pytest.raises(Blocked, match="Свой ответ не принимают"):
        perform(measure, "accept", by=scene.coordinator)
    outcomes = accept_each([measure], by=scene.coordinator)
    assert isinstance(outcomes[0][1], Blocked)

    perform(measure, "accept", by=scene.checker)
    assert measure.state is S.EXECUTED


def test_somebody_with_both_roles_does_not_accept_the_own_answer_either(scene):
    both = factories.person(Role.EXECUTOR, Role.COORDINATOR, organisation=scene.town)
    measure = scene.measure(executors=[both])
    report(measure, DONE, by=both)
    factories.document(measure.dossier, by=both)
    submit(measure, DONE, by=both)

    with pytest.raises(Blocked, match="Свой ответ"):
        perform(measure, "accept", by=both)


def test_an_answer_that_denies_execution_is_not_accepted_as_executed(scene):
    measure = scene.measure()
    said = Report("Не успели", Claim.NOT_EXECUTED, deviation_reason="Нет денег")
    submit(measure, said, by=scene.executor)

    with pytest.raises(Blocked, match="не исполнено"):
        perform(measure, "accept", by=scene.checker)


def test_somebody_of_another_district_is_refused(scene):
    with pytest.raises(NotYours):
        perform(scene.measure(), "cancel", by=scene.stranger, ground="приказ № 1")


def test_a_move_that_needs_a_reason_or_a_ground_is_silent_without_it(scene):
    measure = scene.submitted()

    for name in ("return", "cancel"):
        with pytest.raises(Blocked, match="Напишите причину|Назовите документ"):
            perform(measure, name, by=scene.checker, note=" ", ground=" ")


def test_there_is_no_move_that_the_table_does_not_know(scene):
    with pytest.raises(NotFound):
        perform(scene.measure(), "explode", by=scene.coordinator)


def test_a_refused_move_leaves_no_trace(scene):
    measure = scene.measure()
    before = db.session.scalar(select(func.count(Entry.id))), db.session.scalar(select(func.count(Task.id)))

    with pytest.raises(OutOfTurn):
        perform(measure, "accept", by=scene.checker)
    with pytest.raises(Blocked):
        submit(measure, Report("Готово", Claim.EXECUTED, TODAY), by=scene.executor)

    after = db.session.scalar(select(func.count(Entry.id))), db.session.scalar(select(func.count(Task.id)))
    assert after == before
    assert (measure.state, measure.report_text) == (S.PLANNED, "")


def test_state_entry_and_task_stand_or_fall_together(scene, monkeypatch):
    measure = scene.submitted()
    told = actions(measure)
    monkeypatch.setattr("workflow.services.publish", Mock(side_effect=OSError("the disk is full")))

    with pytest.raises(OSError, match="full"):
        perform(measure, "accept", by=scene.checker)

    db.session.expire_all()
    assert measure.state is S.SUBMITTED
    assert actions(measure) == told
    assert tasks("measure.accept") == []


def test_a_return_says_who_why_until_when_and_tells_the_executor(scene):
    measure = scene.submitted()

    return_answer(measure, note="Нет подписи", by_day=TODAY.replace(day=20), by=scene.checker)

    entry = entries(measure)[-1]
    assert (entry.action, entry.actor_id, entry.note) == ("measure.return", scene.checker.id, "Нет подписи")
    assert entry.changes["state"] == ["submitted", "returned"]
    assert entry.changes["return_by"] == [None, "2027-03-20"]
    assert tasks("measure.return")[0]["subject_id"] == measure.id


def test_a_move_seen_in_an_earlier_version_is_stale(scene):
    measure = scene.submitted()
    seen = measure.version
    perform(measure, "recall", by=scene.executor)

    with pytest.raises(Stale):
        perform(measure, "recall", by=scene.executor, version=seen)


def test_files_are_closed_from_the_answer_on_and_open_again_after_a_return(scene):
    measure = scene.submitted()
    assert measure.dossier.is_locked

    return_answer(measure, note="Нет подписи", by_day=None, by=scene.checker)
    assert not measure.dossier.is_locked


def test_a_plan_without_acceptance_has_the_quick_path_only(scene):
    accepting(scene.plan, False)
    measure = scene.proved()

    submit(measure, DONE, by=scene.executor)

    assert measure.state is S.EXECUTED
    assert actions(measure)[-1] == "measure.complete"
    assert "submit" not in {o.move.name for o in offers(measure, by=scene.executor)}


def test_resuming_takes_a_reason_and_opens_the_measure_again(scene):
    measure = scene.submitted()
    perform(measure, "accept", by=scene.checker)

    perform(measure, "resume", by=scene.checker, note="Акт оказался недействительным")

    assert measure.state is S.IN_PROGRESS
    assert not measure.dossier.is_locked


def test_nothing_moves_in_an_archived_plan_or_after_withdrawal(scene):
    measure = scene.submitted()
    archive_plan(scene.plan, by=scene.coordinator, reason="Год закончился")

    with pytest.raises(NotYours):
        perform(measure, "accept", by=scene.checker)
    assert offers(measure, by=scene.checker) == []
