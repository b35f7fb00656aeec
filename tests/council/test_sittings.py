"""A sitting goes through its lifecycle exactly as the table says, and leaves signed minutes."""

from collections import Counter
from datetime import date, timedelta

import pytest

from accounts.models import Role
from core.audit import history_of
from core.clock import now
from core.db import db
from core.errors import Blocked, Invalid, NotYours, OutOfTurn, Stale
from core.outbox import Task
from council.models import Choice, Presence, Seat, SittingForm
from council.queries.sittings import sitting_of, sittings
from council.services.agenda import ItemFacts, add_item, drop_item, order_items, place_item
from council.services.attendance import check_in, mark_attendance
from council.services.councils import CouncilFacts, MemberFacts, edit_council, end_term, name_member
from council.services.deciding import decide_item, withdraw_item
from council.services.minutes import keep_scan, link_measures, print_minutes, sign_minutes
from council.services.sittings import (
    SittingFacts,
    cancel_sitting,
    close_sitting,
    edit_sitting,
    open_sitting,
    plan_sitting,
    resume_sitting,
    send_agenda,
)
from council.services.voting import open_voting
from orders.models import NumberState
from orders.services.control import confirm_proposals
from reports.models import Mark
from reports.services import printing
from tests import factories, uploads
from tests.council import scene as scenes
from workflow.order import OrderState
from workflow.report import ReportState
from workflow.services import why_not
from workflow.sitting import SITTING, SittingState

S = SittingState


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_a_sitting_moves_only_by_its_secretary_and_only_as_the_table_says(scene, role):
    person = factories.person(role, organisation=scene.town)
    sitting = scene.planned()

    for state in S:
        sitting.state = state
        for move in SITTING.moves.values():
            refusal = why_not(sitting, move, by=person)
            if state not in move.sources:
                assert isinstance(refusal, OutOfTurn)
            elif role not in move.by:
                assert isinstance(refusal, NotYours)
            else:
                assert refusal is None or isinstance(refusal, Blocked)
    sitting.state = S.PLANNED


def test_every_guard_is_a_property_of_the_sitting(scene):
    sitting = scene.planned()

    for move in SITTING.moves.values():
        for guard in move.guards:
            assert getattr(sitting, guard.name) in (True, False)


def test_every_state_can_be_reached_and_left_or_is_final():
    reached = {move.dest for move in SITTING.moves.values()} | {S.PLANNED}

    assert reached == set(S)
    assert SITTING.final_states == {S.MINUTES_SIGNED, S.CANCELLED}


def test_a_sitting_goes_from_its_plan_to_signed_minutes(scene):
    sitting = scene.signed()

    assert sitting.state is S.MINUTES_SIGNED
    assert (sitting.number, sitting.document.number, sitting.document.date) == ("1", "1", scenes.DAY)
    assert sitting.registration.state is NumberState.TAKEN
    assert (sitting.order.number, sitting.order.state) == ("1", OrderState.REGISTERED)
    actions = [entry.action for entry in reversed(history_of(sitting))]
    assert actions[0] == "sitting.plan"
    told = Counter(actions)
    moves = ("sitting.send_agenda", "sitting.open", "sitting.number", "sitting.sign", "sitting.register")
    assert {told[each] for each in moves} == {1} and told["sitting.decide"] >= 1


def test_without_an_agenda_nobody_is_invited(scene):
    sitting = plan_sitting(scene.council, SittingFacts(scenes.DAY), by=scene.secretary)

    with pytest.raises(Blocked, match="Добавьте в повестку"):
        send_agenda(sitting, by=scene.secretary)


def test_a_sitting_opens_with_its_quorum_and_not_before_its_day(scene):
    sitting = scene.planned()
    send_agenda(sitting, by=scene.secretary)
    four = {seat.id: Presence.PRESENT for seat in sitting.voters[:4]}
    mark_attendance(sitting, four, by=scene.secretary)

    with pytest.raises(Blocked, match="Нет кворума"):
        open_sitting(sitting, by=scene.secretary)
    check_in(sitting, Presence.REMOTE, by=scene.members[-1])
    open_sitting(sitting, by=scene.secretary)

    later = scene.planned(date=scenes.DAY + timedelta(days=1))
    send_agenda(later, by=scene.secretary)
    with pytest.raises(Blocked, match="ещё не наступил"):
        open_sitting(later, by=scene.secretary)


def test_an_invited_person_makes_no_quorum(scene):
    guest = MemberFacts("Озеров О. О.", seat=Seat.INVITED, since=date(2026, 1, 1))
    seat = name_member(scene.council, guest, by=scene.secretary)
    sitting = scene.planned()
    send_agenda(sitting, by=scene.secretary)
    marks = {s.id: Presence.PRESENT for s in [*sitting.voters[:4], seat]}
    mark_attendance(sitting, marks, by=scene.secretary)

    assert not seat.has_vote
    assert not sitting.has_quorum


def test_who_left_the_council_is_not_counted_any_more(scene):
    sitting = scene.planned()
    assert len(sitting.voters) == 9

    end_term(scene.council.memberships[-2], last_day=scenes.DAY - timedelta(days=1), by=scene.secretary)

    assert len(scene.seen(sitting).voters) == 8


def test_numbers_of_minutes_run_and_a_sitting_that_was_not_held_gives_its_number_up(scene):
    first, second = scene.opened(), scene.opened()

    cancel_sitting(second, reason="Отключили свет", by=scene.secretary)

    assert (first.number, second.number) == ("1", "2")
    assert second.registration.state is NumberState.VOID
    assert "Отключили свет" in second.registration.reason


def test_a_sitting_with_a_decision_is_not_called_off(scene):
    sitting = scene.decided()

    with pytest.raises(Blocked, match="уже есть решения"):
        cancel_sitting(sitting, reason="Передумали", by=scene.secretary)


def test_a_sitting_closes_when_every_item_is_decided_or_withdrawn(scene):
    sitting = scene.opened(scene.planned("О школах", "О дорогах"))
    item = scene.voted(_voting(scene, sitting), [Choice.FOR] * 9)
    decide_item(item, by=scene.chair)

    with pytest.raises(Blocked, match="Не по всем вопросам"):
        close_sitting(sitting, by=scene.secretary)
    withdraw_item(scene.seen(sitting).items[1], reason="Нет докладчика", by=scene.secretary)
    close_sitting(sitting, by=scene.secretary)

    assert sitting.state is S.CLOSED


def _voting(scene, sitting):
    open_voting(sitting.items[0], by=scene.secretary)
    return scene.seen(sitting).items[0]


def test_who_went_back_to_the_sitting_draws_the_minutes_up_anew(scene):
    sitting = scene.closed()
    resume_sitting(sitting, reason="Не записали выступление", by=scene.secretary)
    sitting = scene.seen(sitting)
    sitting.items[0].spoke  # noqa: B018
    close_sitting(sitting, by=scene.secretary)

    assert print_minutes(scene.seen(sitting), by=scene.secretary) is False

    resume_sitting(sitting, reason="Забыли гостя", by=scene.secretary)
    absent = sitting.voters[0].id
    mark_attendance(sitting, {absent: Presence.ABSENT}, by=scene.secretary)
    close_sitting(sitting, by=scene.secretary)
    with pytest.raises(Blocked, match="составьте его заново"):
        sign_minutes(scene.seen(sitting), by=scene.secretary)
    assert print_minutes(scene.seen(sitting), by=scene.secretary) is True
    assert [v.number for v in scene.seen(sitting).document.versions] == [1, 2]


def test_an_adopted_report_is_stamped_and_tied_to_its_minutes(scene):
    sitting = scene.signed(scene.with_report())
    version = sitting.items[0].report_version

    assert (version.state, version.mark) == (ReportState.CONSIDERED, Mark.CONSIDERED)
    assert (version.protocol_number, version.protocol_date) == ("1", scenes.DAY)
    assert version.protocol_id == sitting.document_id
    decision = version.manifest["decision"]
    assert decision["protocol_sha256"] == sitting.document.latest.sha256
    assert decision["approval"] == {
        "mark": "Рассмотрен на Совете руководителей", "document": "Протокол от 27.01.2027 №1",
    }  # fmt: skip


def test_the_report_is_stamped_before_anybody_waits_for_the_decision(scene, monkeypatch):
    item = scene.voted(scene.voting(scene.with_report()), [Choice.FOR] * 9)
    real, rendered = printing.render_limited, []

    def watched(*given):
        rendered.append(db.session().info.get("open", False))
        real(*given)

    monkeypatch.setattr(printing, "render_limited", watched)
    decide_item(item, by=scene.chair)

    assert rendered == [False]
    assert item.report_version.is_decided


def test_a_report_on_the_agenda_is_taken_up(scene):
    version = scene.reports.version()
    from reports.services import move_version

    move_version(version, "submit", by=scene.coordinator)
    sitting = scene.planned()
    add_item(sitting, ItemFacts("Об отчёте", report_version=version), by=scene.secretary)

    assert version.state is ReportState.UNDER_REVIEW
    with pytest.raises(Invalid, match="уже в повестке"):
        add_item(scene.seen(sitting), ItemFacts("Ещё раз", report_version=version), by=scene.secretary)


def test_a_draft_of_a_report_is_nothing_for_the_council(scene):
    with pytest.raises(Invalid, match="не отправляли"):
        scene.with_report(scene.reports.version())


def test_decisions_become_measures_by_the_way_of_every_act(scene):
    sitting = scene.signed()
    assert [row["number"] for row in sitting.order.proposals.rows] == ["1.2"]

    made = confirm_proposals(sitting.order, by=scene.coordinator)
    tied = link_measures(scene.seen(sitting), by=scene.secretary)

    assert (len(made), tied) == (1, 1)
    measure = scene.seen(sitting).items[0].decisions[1].measure
    assert (measure.title, measure.due_end) == ("Провести сверку показателей", date(2027, 3, 1))
    assert sitting.items[0].decisions[0].measure is None


def test_the_worker_ties_measures_when_minutes_go_under_control(scene):
    from council.tasks import tie_decisions

    sitting = scene.signed()
    confirm_proposals(sitting.order, by=scene.coordinator)
    tasks = factories.db.session.query(Task).filter_by(name="order.take_under_control").all()

    assert any("tie_decisions" in task.handler for task in tasks)
    tie_decisions(sitting.order_id)
    tie_decisions(sitting.order_id)
    assert scene.seen(sitting).items[0].decisions[1].measure_id


def test_the_signed_scan_lies_beside_the_minutes(scene):
    sitting = scene.signed()

    scan = keep_scan(sitting, uploads.upload(uploads.pdf_bytes(), "Скан.pdf"), by=scene.secretary)

    assert scene.seen(sitting).scan_id == scan.id
    assert (scan.number, scan.date) == ("1", scenes.DAY)


def test_minutes_are_signed_before_their_scan_is_kept(scene):
    with pytest.raises(OutOfTurn, match="Сначала отметьте подписание"):
        keep_scan(scene.closed(), uploads.upload(uploads.pdf_bytes(), "Скан.pdf"), by=scene.secretary)


def test_signed_minutes_are_not_made_again(scene):
    with pytest.raises(OutOfTurn):
        print_minutes(scene.signed(), by=scene.secretary)


def test_items_are_put_in_order_and_numbered_anew(scene):
    sitting = scene.planned("А", "Б", "В")

    place_item(sitting.items[2], position=1, by=scene.secretary)
    assert [item.title for item in scene.seen(sitting).items] == ["В", "А", "Б"]
    drop_item(scene.seen(sitting).items[0], by=scene.secretary)
    gone = next(e for e in history_of(sitting) if e.action == "sitting.drop_item" and "title" in e.changes)
    assert gone.changes["title"] == ["В", None]
    assert [(i.position, i.title) for i in scene.seen(sitting).items] == [(1, "А"), (2, "Б")]
    with pytest.raises(Invalid, match="Повестка изменилась"):
        order_items(sitting, [sitting.items[0].id], by=scene.secretary)


def test_two_who_change_a_sitting_see_each_other(scene):
    sitting = scene.planned()
    seen = sitting.version
    add_item(sitting, ItemFacts("Ещё вопрос"), by=scene.secretary)

    with pytest.raises(Stale):
        edit_sitting(sitting, SittingFacts(scenes.DAY), by=scene.secretary, version=seen)


def test_by_correspondence_there_is_no_sitting_without_a_deadline(scene):
    with pytest.raises(Invalid, match="до какого дня и часа"):
        scene.planned(form=SittingForm.CORRESPONDENCE)

    sitting = scene.planned(form=SittingForm.CORRESPONDENCE, deadline=now() + timedelta(days=1))
    assert scene.opened(sitting).is_open


def test_nobody_but_a_secretary_of_the_organisation_keeps_the_council(scene):
    for person in (scene.stranger, scene.chair, scene.coordinator):
        with pytest.raises(NotYours):
            plan_sitting(scene.council, SittingFacts(scenes.DAY), by=person)
        with pytest.raises(NotYours):
            edit_council(scene.council, CouncilFacts("Мой", name_prepositional="Моём"), by=person)


def test_one_person_sits_once_and_there_is_one_chair(scene):
    again = MemberFacts(user=scene.members[0], since=scenes.DAY)
    with pytest.raises(Invalid, match="уже входит"):
        name_member(scene.council, again, by=scene.secretary)
    with pytest.raises(Invalid, match="председатель уже есть"):
        chair = MemberFacts("Озеров О. О.", seat=Seat.CHAIR, since=scenes.DAY)
        name_member(scene.council, chair, by=scene.secretary)


def test_members_of_a_council_see_its_sittings_and_strangers_do_not(scene):
    from core.errors import NotFound

    sitting = scene.planned()
    member_from_elsewhere = factories.person(Role.COUNCIL_MEMBER)
    with pytest.raises(NotFound):
        sitting_of(sitting.id, seen_by=member_from_elsewhere)

    name_member(scene.council, MemberFacts(user=member_from_elsewhere, since=scenes.DAY), by=scene.secretary)

    assert sitting_of(sitting.id, seen_by=member_from_elsewhere) is sitting
    from council.queries.sittings import SittingFilter

    assert sittings(SittingFilter(), seen_by=scene.stranger) == []
