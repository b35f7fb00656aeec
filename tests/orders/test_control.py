"""Control: proposals become measures; an order leaves it when every item is final and proved."""

from datetime import date

import pytest

from core.db import db
from core.errors import Blocked, Invalid, NotYours, OutOfTurn, Stale
from documents.services import remove, unlock_dossier
from orders.queries.control import board
from orders.services.cascade import gather, pass_down
from orders.services.change import Fate, amend_order, repeal_order
from orders.services.control import confirm_proposals, correct_proposals, propose
from orders.services.drafting import ItemFacts
from roadmap.models import Claim, PlanKind
from roadmap.queries.awaiting import my_measures
from roadmap.queries.work import occurrences_of
from roadmap.services.answers import Report, report, submit
from tests import factories
from tests.orders.scene import TODAY
from workflow.measure import MeasureState
from workflow.order import OrderState
from workflow.services import perform

DONE = Report("Смотр проведён", Claim.EXECUTED, TODAY)


def rows_of(order, **changes):
    """The rows of the sheet as the form sends them; `changes` go to the first."""
    names = ("key", "number", "title", "executors", "due_text", "is_taken")
    rows = [{name: row[name] for name in names} for row in order.proposals.rows]
    rows[0] |= changes
    return rows


def finish(scene, measure):
    """The item answered, proved and accepted."""
    by = scene.executor if measure.responsible and measure.responsible.organisation_id else scene.clerk
    if not measure.roles_of(by) & {"executor"}:
        by = scene.head
    report(measure, DONE, by=by)
    factories.document(measure.dossier, by=by)
    db.session.expire_all()
    submit(measure, DONE, by=by)
    perform(measure, "accept", by=factories.coordinator(scene.town))


def test_confirmed_items_become_measures_of_a_plan_of_assignments(scene):
    order = scene.controlled()

    first, second = order.measures
    assert (order.state, order.plan.plan_kind) == (OrderState.IN_PROGRESS, PlanKind.ASSIGNMENTS)
    assert order.plan.ground == "Приказ от 10.03.2027 № 1"
    assert (first.due_text, first.due_end, first.state) == (
        "до 01.08.2027",
        date(2027, 8, 1),
        MeasureState.PLANNED,
    )
    assert second.responsible.organisation_id == scene.school.id
    assert [measure.number for measure in order.measures] == ["1", "2"]


def test_an_item_stands_in_the_work_of_its_executor(scene):
    order = scene.controlled()

    assert [measure.id for measure in my_measures(scene.executor)] == [order.measures[1].id]
    assert [item.measure.id for item in board(seen_by=scene.head).items] == [m.id for m in order.measures]


def test_the_item_on_control_is_shown_and_not_taken(scene):
    order = scene.registered()

    sheet = propose(order, by=scene.head)

    assert [(row["kind"], row["is_taken"]) for row in sheet.rows] == [
        ("item", True),
        ("item", True),
        ("control", False),
    ]


def test_a_person_corrects_before_anything_is_written(scene):
    order = scene.registered()
    propose(order, by=scene.head)

    rows = rows_of(order, title="Провести осмотр", due_text="ежеквартально", executors=["Школа № 1"])
    rows.append(
        {"key": "new", "number": "9", "title": "Доложить", "executors": [], "due_text": "", "is_taken": True}
    )
    correct_proposals(order, rows, by=scene.head)
    made = confirm_proposals(order, by=scene.head)

    assert [measure.title for measure in made] == [
        "Провести осмотр",
        "Представить акты готовности.",
        "Доложить",
    ]
    assert made[0].due_recurrence == "quarterly"
    assert len(occurrences_of(made[0])) >= 3


def test_nothing_taken_and_nothing_said_are_refused(scene):
    order = scene.registered()
    with pytest.raises(OutOfTurn):
        confirm_proposals(order, by=scene.head)
    propose(order, by=scene.head)
    correct_proposals(order, [row | {"is_taken": False} for row in rows_of(order)], by=scene.head)
    with pytest.raises(Blocked):
        confirm_proposals(order, by=scene.head)
    with pytest.raises(Stale):
        correct_proposals(order, rows_of(order), by=scene.head, version=1)
    correct_proposals(order, rows_of(order, title=" ", is_taken=True), by=scene.head)
    with pytest.raises(Invalid):
        confirm_proposals(order, by=scene.head)


def test_items_are_confirmed_once_and_by_the_coordinator(scene):
    order = scene.registered()
    with pytest.raises(NotYours):
        propose(order, by=scene.clerk)
    propose(order, by=scene.head)
    confirm_proposals(order, by=scene.head)
    with pytest.raises(OutOfTurn):
        confirm_proposals(order, by=scene.head)
    with pytest.raises(OutOfTurn):
        propose(order, by=scene.head)


def test_an_order_leaves_control_when_every_item_is_final_and_proved(scene):
    order = scene.controlled()
    finish(scene, order.measures[1])
    with pytest.raises(Blocked, match="когда закрыты все пункты"):
        perform(scene.seen(order), "remove_from_control", by=scene.head)

    finish(scene, scene.seen(order).measures[0])
    perform(scene.seen(order), "remove_from_control", by=scene.head)

    assert order.state is OrderState.EXECUTED


def test_interim_information_closes_nothing(scene):
    order = scene.controlled()
    report(order.measures[1], Report("Готовимся"), by=scene.executor)

    with pytest.raises(Blocked):
        perform(scene.seen(order), "remove_from_control", by=scene.head)


def test_proof_that_was_taken_away_keeps_the_order_under_control(scene):
    order = scene.controlled(
        items=(ItemFacts("Провести смотр.", executor="Школа № 1", due_text="до 01.08.2027"),)
    )
    finish(scene, order.measures[0])
    order = scene.seen(order)
    papers = order.measures[0].dossier
    unlock_dossier(papers)
    remove(papers.documents[0], by=scene.head, reason="Не тот файл")

    with pytest.raises(Blocked, match="подтверждений"):
        perform(scene.seen(order), "remove_from_control", by=scene.head)


def test_a_turn_nobody_told_of_keeps_the_order_under_control(scene):
    order = scene.controlled(items=(ItemFacts("Отчитываться.", executor="Школа № 1", due_text="ежемесячно"),))
    finish(scene, order.measures[0])

    with pytest.raises(Blocked, match="подтверждений"):
        perform(scene.seen(order), "remove_from_control", by=scene.head)


def test_an_item_goes_down_and_its_answers_come_up(scene):
    order = scene.controlled()
    other = factories.institution(scene.town, name="Школа № 2")
    item = order.measures[0]

    parts = pass_down(item, [scene.school, other], order=order, by=scene.head)
    again = pass_down(item, [scene.school], order=order, by=scene.head)

    assert [part.number for part in parts] == ["1.1", "1.2"] and again == []
    assert parts[0].due_end == item.due_end
    assert parts[0].id in [m.id for m in my_measures(scene.executor)]
    with pytest.raises(Blocked):
        gather(item, by=scene.head)
    finish(scene, parts[0])
    assert gather(item, by=scene.head) == 1
    assert item.report_text == "Школа № 1: Смотр проведён"
    assert gather(item, by=scene.head) == 0


def test_an_item_goes_down_to_subordinates_only(scene):
    order = scene.controlled()
    for bodies in ([], [scene.town], [factories.institution()]):
        with pytest.raises(Invalid):
            pass_down(order.measures[0], bodies, order=order, by=scene.head)
    with pytest.raises(NotYours):
        pass_down(order.measures[0], [scene.school], order=order, by=scene.executor)


def test_repeal_asks_what_happens_to_open_items(scene):
    order, act = scene.controlled(), scene.registered()
    with pytest.raises(Blocked):
        repeal_order(order, act, fate=None, by=scene.head)

    repeal_order(order, act, fate=Fate.CANCEL, by=scene.head)

    assert order.state is OrderState.REPEALED
    assert {measure.state for measure in scene.seen(order).measures} == {MeasureState.CANCELLED}


def test_open_items_may_go_on_under_the_new_act(scene):
    order, act = scene.controlled(), scene.registered()

    repeal_order(order, act, fate=Fate.MOVE, by=scene.head)

    act = scene.seen(act)
    assert act.state is OrderState.IN_PROGRESS
    assert [m.title for m in act.measures] == [m.title for m in scene.seen(order).measures]
    assert act.measures[1].responsible.organisation_id == scene.school.id


def test_an_act_is_changed_by_an_act_of_the_same_kind_in_force(scene):
    order = scene.registered()
    with pytest.raises(OutOfTurn):
        amend_order(order, scene.signed(), what="Пункт 1", by=scene.clerk)
    with pytest.raises(Invalid):
        amend_order(order, order, what="Пункт 1", by=scene.clerk)
    act = scene.registered()
    with pytest.raises(Invalid):
        amend_order(order, act, what=" ", by=scene.clerk)

    amend_order(order, act, what="Пункт 1 изложен иначе", by=scene.clerk)

    assert order.title == "О подготовке школ к новому учебному году"
