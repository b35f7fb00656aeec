"""Remarks: to whom they go, what they hold up, how they are answered and closed."""

import re

import pytest

from core.audit import history_of, record
from core.db import db, transaction
from core.errors import Blocked, Invalid, NotFound, NotYours, OutOfTurn, Stale
from core.outbox import SUBSCRIPTIONS
from core.worker import run_due
from council.models import Addressee, Seat
from council.queries.review_access import remark_of, remarks_to_answer
from council.services.review_remarks import (
    answer_remark,
    object_to_answer,
    resolve_remark,
    withdraw_remark,
)
from reports.models import ReportVersion
from roadmap.models import Measure, Notice
from roadmap.services.plans import archive_plan
from tests import factories
from tests.council.review_scene import build, join
from workflow.measure import MeasureState
from workflow.remark import RemarkState
from workflow.services import perform

EXECUTOR = Addressee.EXECUTOR


def blockers(version) -> int:
    db.session.expire_all()
    return db.session.get_one(ReportVersion, version.id).open_blockers


def state(measure) -> MeasureState:
    db.session.expire_all()
    return db.session.get_one(Measure, measure.id).state


def notices(person) -> list[str]:
    run_due()
    db.session.expire_all()
    return [n.text for n in db.session.query(Notice).filter_by(user_id=person.id).order_by(Notice.id)]


def test_a_remark_that_needs_an_answer_holds_the_decision_up_until_it_is_answered(session):
    scene = build()
    version = scene.version()
    remark = scene.remark(version, needs_answer=True)
    scene.remark(version, 1)
    assert blockers(version) == 1
    with pytest.raises(Blocked):
        scene.decide(version)

    answer_remark(remark, "58 человек", by=scene.coordinator)

    assert blockers(version) == 0
    scene.decide(version)
    assert version.is_decided


def test_a_withdrawn_remark_holds_nothing_up(session):
    scene = build()
    version = scene.version()
    remark = scene.remark(version, needs_answer=True)

    withdraw_remark(remark, by=scene.member)

    assert (remark.state, blockers(version)) == (RemarkState.WITHDRAWN, 0)


def test_an_answer_that_is_not_accepted_holds_the_decision_up_again(session):
    scene = build()
    version = scene.version()
    remark = scene.remark(version, needs_answer=True)
    answer_remark(remark, "Много", by=scene.coordinator)

    with pytest.raises(Blocked):
        object_to_answer(remark, " ", by=scene.member)
    object_to_answer(remark, "Назовите число", by=scene.member)

    assert (remark.state, remark.objection, blockers(version)) == (RemarkState.OPEN, "Назовите число", 1)
    answer_remark(remark, "58", by=scene.coordinator)
    resolve_remark(remark, by=scene.member)
    assert (remark.state, blockers(version)) == (RemarkState.RESOLVED, 0)


def test_what_was_not_answered_holds_the_next_version_up_too(session):
    scene = build()
    first = scene.version()
    remark = scene.remark(first, needs_answer=True)
    second = scene.next_version(first)
    assert blockers(second) == 1
    with pytest.raises(Blocked):
        scene.decide(second)

    answer_remark(remark, "Учтено в версии 2", by=scene.coordinator)

    assert blockers(second) == 0


def test_a_decided_version_is_never_touched_again(session):
    scene = build()
    version = scene.version()
    remark = scene.remark(version)
    answer_remark(remark, "58", by=scene.coordinator)
    scene.decide(version)
    before = version.version

    with pytest.raises(OutOfTurn):
        scene.remark(version, 1, needs_answer=True)
    with pytest.raises(Blocked):
        object_to_answer(remark, "Назовите число", by=scene.member)
    resolve_remark(remark, by=scene.member)

    assert db.session.get_one(ReportVersion, version.id).version == before


@pytest.mark.parametrize(("is_accepted", "back"), [(False, "returned"), (True, "in_progress")])
def test_a_remark_to_the_executor_returns_the_measure_to_work(session, is_accepted, back):
    scene = build()
    measure = scene.finish(0) if is_accepted else scene.answer(0)
    version = scene.version()

    scene.remark(version, 0, "58 или 63 человека?", addressee=EXECUTOR)

    assert state(measure) == back
    entry = history_of(measure)[0]
    assert (entry.note, entry.actor_id) == ("58 или 63 человека?", scene.member.id)
    assert any("58 или 63 человека?" in text for text in notices(scene.executor))
    assert len([text for text in notices(scene.executor) if "58 или 63" in text]) == 1


def test_the_say_of_the_council_ends_with_the_remark(session):
    """A member returns a measure by a remark on its row, and in no other way."""
    scene = build()
    measure = scene.answer(0)

    with pytest.raises(NotYours):
        perform(measure, "return", by=scene.member, note="Сколько было людей?")


def test_a_measure_that_is_being_worked_on_stays_there_and_its_executor_is_told(session):
    scene = build()
    scene.write(0, "Готовится")
    version = scene.version()

    scene.remark(version, 0, "Когда будет готово?", addressee=EXECUTOR)

    assert state(scene.measures[0]) is MeasureState.IN_PROGRESS
    assert notices(scene.executor)[-1].startswith("замечание Совета: Когда будет готово? Ответить: http")


def test_what_is_off_control_cannot_be_returned_to_work(session):
    scene = build()
    perform(scene.measures[0], "cancel", by=scene.coordinator, ground="приказ от 01.02.2026 № 5")
    version = scene.version()
    with pytest.raises(Blocked):
        scene.remark(version, 0, addressee=EXECUTOR)
    archive_plan(scene.plan, by=scene.coordinator, reason="год закончился")
    with pytest.raises(Blocked):
        scene.remark(version, 1, addressee=EXECUTOR)

    scene.remark(version, 0)

    assert len(remarks_to_answer(scene.coordinator)) == 1


def test_those_who_are_asked_hear_of_a_remark_and_its_author_of_the_answer(session):
    scene = build()
    version = scene.version()
    remark = scene.remark(version, 0, "Сколько было людей?")
    told = notices(scene.coordinator)
    assert len(told) == 1 and told[0].startswith("замечание Совета: Сколько было людей? Ответить: http")
    assert not any("Сколько" in text for text in notices(scene.executor))

    answer_remark(remark, "58", by=scene.coordinator)

    assert notices(scene.member) == ["ответили на ваше замечание: 58"]
    assert SUBSCRIPTIONS["remark.make"]


def test_a_remark_is_answered_by_those_who_are_asked_and_closed_by_its_author(session):
    scene = build()
    version = scene.version()
    remark = scene.remark(version)
    for person in (scene.member, scene.chair, scene.secretary):
        with pytest.raises(NotYours):
            answer_remark(remark, "58", by=person)
    for person in (scene.chair, scene.coordinator, scene.secretary):
        with pytest.raises(NotYours):
            withdraw_remark(remark, by=person)

    answer_remark(remark, "58", by=scene.executor)

    with pytest.raises(NotYours):
        object_to_answer(remark, "Нет", by=scene.chair)
    resolve_remark(remark, by=scene.secretary)
    assert (remark.closed_by_id, remark.answered_by_id) == (scene.secretary.id, scene.executor.id)


def test_a_remark_needs_words_and_so_does_its_answer(session):
    scene = build()
    version = scene.version()
    with pytest.raises(Invalid):
        scene.remark(version, text="  ")
    remark = scene.remark(version)

    with pytest.raises(Blocked):
        answer_remark(remark, " ", by=scene.coordinator)


def test_a_stale_form_is_refused(session):
    scene = build()
    remark = scene.remark(scene.version())
    seen = remark.version
    answer_remark(remark, "58", by=scene.coordinator, version=seen)

    with pytest.raises(Stale):
        withdraw_remark(remark, by=scene.member, version=seen)


def test_a_remark_is_seen_by_its_council_and_by_those_who_answer(session):
    scene, other = build(), build()
    remark = scene.remark(scene.version())
    other.version()
    for person in (scene.member, scene.chair, scene.secretary, scene.coordinator, scene.executor):
        assert remark_of(remark.id, seen_by=person).id == remark.id

    for person in (other.member, other.coordinator, other.executor, factories.coordinator()):
        with pytest.raises(NotFound):
            remark_of(remark.id, seen_by=person)


def test_remarks_that_hold_a_decision_up_come_first(session):
    scene = build()
    join(scene.council, scene.coordinator, Seat.MEMBER)
    version = scene.version()
    plain, urgent = scene.remark(version, 0), scene.remark(version, 1, needs_answer=True)
    answer_remark(scene.remark(version, 2), "58", by=scene.coordinator)

    assert [r.id for r in remarks_to_answer(scene.coordinator)] == [urgent.id, plain.id]
    assert [r.id for r in remarks_to_answer(scene.executor)] == [urgent.id, plain.id]
    assert remarks_to_answer(scene.member) == []


def test_where_no_account_executes_a_row_the_executors_of_the_organisation_are_asked(session):
    scene = build()
    version = scene.version()
    remark = scene.remark(version, needs_answer=True, addressee=EXECUTOR)
    with transaction():
        for participation in scene.measures[0].participations:
            participation.user_id, participation.organisation_id = None, None
        record(scene.measures[0], "measure.edit", by=scene.coordinator)

    assert [r.id for r in remarks_to_answer(scene.executor)] == [remark.id]
    assert remark_of(remark.id, seen_by=scene.executor) is remark
    assert remarks_to_answer(factories.executor()) == []


def test_the_navigation_counts_the_remarks_to_answer(session, signed_in):
    scene = build()
    remark = scene.remark(scene.version(), needs_answer=True)
    link = r'href="/remarks"[^>]*>Замечания<span class="n">1<'

    for person in (scene.coordinator, scene.executor):
        assert re.search(link, signed_in(person).get("/roadmaps").text)
    assert 'href="/remarks"' not in signed_in(scene.member).get("/council").text
    answer_remark(remark, "58", by=scene.coordinator)
    assert 'href="/remarks"' not in signed_in(scene.executor).get("/roadmaps").text
