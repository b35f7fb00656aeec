"""Votes count once, results follow the rules of the council and are kept with them."""

from datetime import timedelta

import pytest
import time_machine

from core.audit import history_of
from core.clock import now
from core.errors import Blocked, Invalid, NotYours, OutOfTurn
from council.counting import Count, outcome_of, result_of, tally_of
from council.models import Choice, Outcome, Presence, SittingForm
from council.rules import Base, Mark, Rules, Share, Tie, rules_from
from council.services.attendance import mark_attendance
from council.services.deciding import decide_item, decide_without_silent, note_item, withdraw_item
from council.services.voting import (
    attach_dissent,
    cast_vote,
    enter_ballots,
    enter_unanimous,
    enter_vote,
    open_voting,
)
from reports.models import Mark as ReportMark
from reports.services import Decided, decide_version
from tests import uploads
from tests.council import scene as scenes
from workflow.report import ReportState

F, R, A, X = Choice.FOR, Choice.FOR_WITH_REMARKS, Choice.AGAINST, Choice.ABSTAINED


@pytest.mark.parametrize(
    ("share", "part", "whole", "enough"),
    [
        (Share.HALF, 4, 9, False), (Share.HALF, 5, 9, True), (Share.HALF, 5, 10, True),
        (Share.MORE_THAN_HALF, 5, 10, False), (Share.MORE_THAN_HALF, 6, 10, True),
        (Share.TWO_THIRDS, 5, 9, False), (Share.TWO_THIRDS, 6, 9, True), (Share.TWO_THIRDS, 7, 10, True),
        (Share.ALL, 8, 9, False), (Share.ALL, 9, 9, True), (Share.HALF, 0, 0, False),
    ],
)  # fmt: skip
def test_a_share_is_reached_from_its_smallest_number_on(share, part, whole, enough):
    assert share.is_reached(part, whole) is enough
    if whole:
        assert (share.least(whole) <= part) is enough


@pytest.mark.parametrize(
    ("choices", "established", "present", "rules", "outcome", "why"),
    [
        ([F] * 5, 9, 9, Rules(), Outcome.ADOPTED, "majority"),
        ([F] * 4 + [R], 9, 9, Rules(), Outcome.ADOPTED, "majority"),
        ([F] * 4 + [X], 9, 9, Rules(), Outcome.REJECTED, "no_majority"),
        ([F] * 3, 9, 5, Rules(base=Base.ESTABLISHED), Outcome.REJECTED, "no_majority"),
        ([F] * 3, 9, 5, Rules(), Outcome.ADOPTED, "majority"),
        ([F] * 4 + [A] * 4, 9, 8, Rules(), Outcome.ADOPTED, "casting_vote"),
        ([A] * 4 + [F] * 4, 9, 8, Rules(), Outcome.REJECTED, "tie"),
        ([F] * 4 + [A] * 4, 9, 8, Rules(tie=Tie.REJECTED), Outcome.REJECTED, "tie"),
        ([F] * 3 + [A] * 3, 10, 6, Rules(base=Base.ESTABLISHED), Outcome.REJECTED, "no_majority"),
        ([F] * 5 + [A] * 5, 10, 10, Rules(base=Base.ESTABLISHED), Outcome.ADOPTED, "casting_vote"),
        ([F] * 5, 9, 8, Rules(majority=Share.TWO_THIRDS), Outcome.REJECTED, "no_majority"),
        ([F] * 6, 9, 9, Rules(majority=Share.TWO_THIRDS), Outcome.ADOPTED, "majority"),
        ([F] * 4, 9, 4, Rules(), Outcome.REJECTED, "no_quorum"),
        ([X] * 9, 9, 9, Rules(), Outcome.REJECTED, "no_majority"),
    ],
)  # fmt: skip
def test_the_outcome_follows_the_rules(choices, established, present, rules, outcome, why):
    count = Count(tally_of(choices), established, present, choices[0])

    assert outcome_of(count, rules) == (outcome, why)


def test_a_tie_in_secret_decides_nothing():
    assert outcome_of(Count(tally_of([F, A]), 2, 2, None), Rules()) == (Outcome.REJECTED, "tie")


def test_rules_come_back_as_they_were_stored():
    rules = Rules(Share.TWO_THIRDS, Share.ALL, Base.ESTABLISHED, Tie.REJECTED, Mark.APPROVED, True, 7, "п. 3")

    assert rules_from(rules.as_plain()) == rules
    assert rules_from({}) == Rules()


def test_a_result_keeps_the_rules_it_was_counted_by(scene):
    item = scene.voted(scene.voting(), [F, F, F, F, R, A, A, X])
    with pytest.raises(Blocked, match="Ещё не проголосовали: 1"):
        decide_item(item, by=scene.chair)
    decide_without_silent(item, by=scene.chair)

    item = scene.seen(item.sitting).items[0]
    assert item.outcome is Outcome.ADOPTED
    result = item.result
    assert (result["in_favour"], result["against"], result["abstained"], result["not_voted"]) == (5, 2, 1, 1)
    assert (result["established"], result["present"], result["needed"], result["quorum"]) == (9, 9, 5, 5)
    assert rules_from(result["rules"]) == scene.council.rule_set
    assert result == result_of(Count(result["tally"], 9, 9, F), rules_from(result["rules"]))


def test_a_member_votes_once_and_may_think_again_until_the_decision(scene):
    item = scene.voting()
    cast_vote(item, A, by=scene.members[0])
    cast_vote(item, F, by=scene.members[0])

    assert [vote.choice for vote in scene.seen(item.sitting).items[0].votes] == [F]
    decide_without_silent(item, by=scene.chair)
    with pytest.raises(OutOfTurn, match="уже есть решение"):
        cast_vote(item, A, by=scene.members[0])


def test_nobody_votes_without_a_seat_or_a_grant_or_being_present(scene):
    item = scene.voting(present=8)

    for person in (scene.stranger, scene.secretary, scene.coordinator):
        with pytest.raises(NotYours):
            cast_vote(item, F, by=person)
    with pytest.raises(Blocked, match="отметьте явку"):
        cast_vote(item, F, by=scene.members[-1])


def test_votes_are_taken_only_while_they_are_asked_for(scene):
    sitting = scene.opened()

    with pytest.raises(OutOfTurn, match="ещё не начато"):
        cast_vote(sitting.items[0], F, by=scene.chair)
    with pytest.raises(Blocked, match="Сначала начните голосование"):
        decide_item(sitting.items[0], by=scene.chair)
    open_voting(sitting.items[0], by=scene.secretary)
    with pytest.raises(OutOfTurn, match="уже голосуют"):
        open_voting(sitting.items[0], by=scene.secretary)


def test_a_vote_with_remarks_has_them(scene):
    item = scene.voting()

    with pytest.raises(Invalid, match="Напишите замечание"):
        cast_vote(item, R, by=scene.chair)
    cast_vote(item, R, remark="Уточнить п. 2", by=scene.chair)

    assert scene.seen(item.sitting).items[0].votes[0].remark == "Уточнить п. 2"


def test_the_secretary_puts_down_raised_hands(scene):
    item = scene.voting()
    enter_vote(item, item.sitting.voters[1], A, by=scene.secretary)
    enter_unanimous(scene.seen(item.sitting).items[0], by=scene.secretary)

    votes = scene.seen(item.sitting).items[0].votes
    assert sorted(vote.choice for vote in votes) == sorted([A, *[F] * 8])
    assert {vote.entered_by_id for vote in votes} == {scene.secretary.id}
    with pytest.raises(NotYours):
        enter_unanimous(item, by=scene.chair)


def test_a_secret_vote_is_counted_and_nobody_knows_whose_it_is(scene):
    scene = _with(scene, is_secret=True)
    item = scene.voting()
    cast_vote(item, F, by=scene.members[0])
    cast_vote(item, A, by=scene.members[1])
    with pytest.raises(OutOfTurn, match="уже проголосовали"):
        cast_vote(item, F, by=scene.members[0])
    enter_ballots(item, {F: 6}, by=scene.secretary)
    with pytest.raises(Invalid, match="больше, чем голосующих"):
        enter_ballots(item, {F: 2}, by=scene.secretary)
    decide_without_silent(item, by=scene.chair)

    item = scene.seen(item.sitting).items[0]
    assert {vote.choice for vote in item.votes} == {None}
    assert (item.result["in_favour"], item.result["against"], item.result["not_voted"]) == (7, 1, 1)
    told = [(entry.action, name) for entry in history_of(item.sitting) for name in entry.changes]
    assert ("sitting.vote", "tally") not in told
    assert ("sitting.vote", "choice") not in told


def _with(scene, **rules):
    return scenes.build(Rules(**rules))


def test_the_secretary_does_not_put_down_secret_votes_by_name(scene):
    scene = _with(scene, is_secret=True)
    item = scene.voting()

    with pytest.raises(OutOfTurn, match="тайное"):
        enter_unanimous(item, by=scene.secretary)


def test_by_correspondence_votes_are_taken_until_the_deadline(scene):
    sitting = scene.planned(form=SittingForm.CORRESPONDENCE, deadline=now() + timedelta(hours=3))
    item = scene.voting(sitting)
    for person in scene.voters[:5]:
        cast_vote(item, F, by=person)

    with pytest.raises(Blocked, match="подождите до конца срока"):
        decide_item(scene.seen(sitting).items[0], by=scene.chair)
    with time_machine.travel(scenes.NOW + timedelta(hours=4)):
        with pytest.raises(OutOfTurn, match="Срок подачи голосов прошёл"):
            cast_vote(item, F, by=scene.members[-1])
        assert decide_item(item, by=scene.chair) is Outcome.ADOPTED
    assert item.result["present"] == 5


def test_by_correspondence_too_few_votes_decide_nothing(scene):
    sitting = scene.planned(form=SittingForm.CORRESPONDENCE, deadline=now() + timedelta(hours=3))
    item = scene.voting(sitting)
    cast_vote(item, F, by=scene.chair)

    with time_machine.travel(scenes.NOW + timedelta(hours=4)):
        assert decide_item(item, by=scene.chair) is Outcome.REJECTED
    assert item.result["why"] == "no_quorum"


def test_who_went_away_does_not_count_and_without_a_quorum_nothing_is_decided(scene):
    item = scene.voted(scene.voting(), [F] * 9)
    seats = item.sitting.voters
    mark_attendance(item.sitting, {s.id: Presence.ABSENT for s in seats[4:]}, by=scene.secretary)

    with pytest.raises(Blocked, match="Кворума больше нет"):
        decide_item(scene.seen(item.sitting).items[0], by=scene.chair)


def test_the_decision_on_a_report_is_the_presiding_persons(scene):
    item = scene.voted(scene.voting(scene.with_report()), [F] * 9)

    for person in (scene.secretary, scene.members[0]):
        with pytest.raises(NotYours):
            decide_item(item, by=person)
    decide_item(item, by=scene.chair)
    with pytest.raises(OutOfTurn):
        decide_item(item, by=scene.chair)


def test_a_question_is_decided_by_the_presiding_person_or_the_secretary(scene):
    item = scene.voted(scene.voting(), [F] * 9)

    with pytest.raises(NotYours):
        decide_item(item, by=scene.members[0])
    assert decide_item(item, by=scene.secretary) is Outcome.ADOPTED


def test_a_rejected_report_is_not_stamped(scene):
    item = scene.voted(scene.voting(scene.with_report()), [A] * 9)

    assert decide_item(item, by=scene.chair) is Outcome.REJECTED
    assert item.report_version.state is ReportState.UNDER_REVIEW
    assert item.report_version.stamped_sha256 is None


def test_while_a_remark_waits_nobody_votes_and_nothing_is_approved(scene):
    item = scene.voted(scene.voting(scene.with_report()), [F] * 9)
    _block(item.report_version)

    with pytest.raises(Blocked, match="не ответили"):
        decide_item(item, by=scene.chair)
    other = scene.opened(scene.with_report(scene.reports.under_review(scene.reports.report("2025 год"))))
    _block(other.items[0].report_version)
    with pytest.raises(Blocked, match="не ответили"):
        open_voting(other.items[0], by=scene.secretary)


def _block(version):
    from core.audit import SYSTEM, record
    from core.db import transaction

    with transaction():
        version.open_blockers = 1
        record(version, "report_version.test", by=SYSTEM)


def test_a_decision_that_fails_leaves_no_outcome(scene, monkeypatch):
    item = scene.voted(scene.voting(scene.with_report()), [F] * 9)
    version = item.report_version
    decide_version(version, Decided(ReportMark.APPROVED, "Коллегии", "9", scenes.DAY), by=scene.secretary)

    with pytest.raises(Blocked, match="не на рассмотрении"):
        decide_item(item, by=scene.chair)
    assert scene.seen(item.sitting).items[0].outcome is None


def test_a_dissenting_opinion_lies_beside_the_vote(scene):
    item = scene.voting()
    with pytest.raises(OutOfTurn, match="сначала проголосуйте"):
        attach_dissent(item, uploads.upload(uploads.pdf_bytes(), "Мнение.pdf"), by=scene.members[0])
    cast_vote(item, A, by=scene.members[0])

    attach_dissent(item, uploads.upload(uploads.pdf_bytes(), "Мнение.pdf"), by=scene.members[0])

    vote = scene.seen(item.sitting).items[0].votes[0]
    assert vote.dissent.title.startswith("Особое мнение")


def test_what_was_said_is_noted_while_the_sitting_goes_on(scene):
    sitting = scene.closed()

    with pytest.raises(OutOfTurn):
        note_item(sitting.items[0], heard="", spoke="", decisions=(), by=scene.secretary)
    with pytest.raises(OutOfTurn):
        withdraw_item(sitting.items[0], reason="Поздно", by=scene.secretary)


def test_what_was_noted_may_be_put_otherwise(scene):
    item = scene.opened().items[0]
    for points in (scenes.DECISIONS, scenes.DECISIONS[1:], ()):
        note_item(item, heard="Тополеву С. М.", spoke="", decisions=points, by=scene.secretary)

        assert [d.text for d in scene.seen(item.sitting).items[0].decisions] == [p.text for p in points]
