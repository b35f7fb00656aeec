"""Work on a measure: answers, drafts, co-executors, extensions, turns, comments, many at once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from core.db import db
from core.errors import Blocked, Invalid, NotYours, OutOfTurn, Stale
from roadmap.models import AnswerDraft, Claim, Occurrence
from roadmap.queries.awaiting import my_measures
from roadmap.queries.work import answers_to, draft_of, extensions_of, occurrences_of, unanswered_turns
from roadmap.services.answers import (
    Report,
    answer_as_co_executor,
    comment,
    consolidate,
    remind,
    report,
    report_occurrence,
    save_draft,
    submit,
)
from roadmap.services.bulk import accept_each, remind_each
from roadmap.services.extensions import grant_extension, refuse_extension, request_extension
from tests import factories
from tests.roadmap.scene import DONE, TODAY, actions, entries, tasks
from workflow.measure import MeasureState
from workflow.services import perform


def test_reporting_takes_a_planned_measure_up_and_forgets_the_draft(scene):
    measure = scene.measure()
    save_draft(measure, {"text": "Наброс"}, by=scene.executor)

    report(measure, Report("Готовим"), by=scene.executor)

    assert measure.state is MeasureState.IN_PROGRESS
    assert draft_of(measure, person=scene.executor) is None
    assert actions(measure)[-2:] == ["measure.start", "measure.report"]


def test_a_draft_is_kept_once_per_person_and_seen_by_nobody_else(scene):
    measure = scene.measure()

    save_draft(measure, {"text": "Раз"}, by=scene.executor)
    save_draft(measure, {"text": "Два"}, by=scene.executor)
    save_draft(measure, {"text": "За него"}, by=scene.coordinator)

    assert draft_of(measure, person=scene.executor).fields == {"text": "Два"}
    assert draft_of(measure, person=scene.coordinator).fields == {"text": "За него"}
    assert draft_of(measure, person=scene.checker) is None
    assert db.session.scalar(select(func.count(AnswerDraft.id))) == 2


def test_a_co_executor_keeps_no_draft_of_the_whole_answer(scene):
    with pytest.raises(NotYours):
        save_draft(scene.measure(), {"text": "Чужое"}, by=scene.helper)


def test_a_day_that_has_not_come_is_no_day_of_execution(scene):
    with pytest.raises(Invalid, match="ещё не наступил"):
        report(scene.measure(), Report("Да", Claim.EXECUTED, TODAY + timedelta(days=1)), by=scene.executor)


def test_an_answer_is_not_changed_while_it_is_checked(scene):
    measure = scene.submitted()

    with pytest.raises(OutOfTurn, match="отзовите"):
        report(measure, DONE, by=scene.executor)

    perform(measure, "recall", by=scene.executor)
    report(measure, DONE, by=scene.executor)


def test_two_people_at_once_the_later_form_is_stale_and_changes_nothing(scene):
    measure = scene.measure()
    seen = measure.version
    report(measure, Report("Первый"), by=scene.executor, version=seen)

    with pytest.raises(Stale):
        report(measure, Report("Второй"), by=scene.coordinator, version=seen)

    assert measure.report_text == "Первый"


def test_an_exception_from_the_evidence_is_sent_and_stands_in_the_journal(scene):
    measure = scene.measure()
    said = Report("Проведено", Claim.EXECUTED, TODAY, evidence_exception="Протокол утрачен")

    submit(measure, said, by=scene.executor)

    told = [e for e in entries(measure) if e.action == "measure.report"][-1]
    assert told.changes["evidence_exception"] == ["", "Протокол утрачен"]


def test_the_contract_wants_as_many_documents_as_the_form_names(scene):
    measure = scene.measure(form_of_execution="приказы – 2")
    report(measure, DONE, by=scene.executor)
    factories.document(measure.dossier, by=scene.executor)
    with pytest.raises(Blocked, match="Приложите подтверждение"):
        submit(measure, DONE, by=scene.executor)

    factories.document(measure.dossier, by=scene.executor)
    db.session.refresh(measure)
    submit(measure, DONE, by=scene.executor)

    assert measure.state is MeasureState.SUBMITTED


def test_co_executors_answer_and_the_responsible_takes_it_into_the_text(scene):
    measure = scene.measure()
    report(measure, Report("Семинар проведён."), by=scene.executor)
    answer_as_co_executor(measure.participations[1], "Зал найден", by=scene.helper)
    answer_as_co_executor(measure.participations[1], "Зал найден и оплачен", by=scene.helper)

    count = consolidate(measure, by=scene.executor)

    assert count == 1
    assert measure.report_text == "Семинар проведён.\nЗал найден и оплачен"
    assert [a.is_consolidated for a in answers_to(measure)] == [True]
    with pytest.raises(Blocked, match="Новых ответов"):
        consolidate(measure, by=scene.executor)


def test_only_the_co_executor_or_the_coordinator_gives_that_answer(scene):
    participation = scene.measure().participations[1]

    with pytest.raises(NotYours):
        answer_as_co_executor(participation, "Это я", by=scene.executor)
    answer_as_co_executor(participation, "По телефону", by=scene.coordinator)


def test_a_closed_measure_takes_no_more_answers(scene):
    measure = scene.submitted()
    perform(measure, "accept", by=scene.checker)

    with pytest.raises(OutOfTurn):
        answer_as_co_executor(measure.participations[1], "Поздно", by=scene.helper)


def test_a_due_date_moves_only_by_a_decision_and_the_old_one_stays(scene):
    measure = scene.measure(due_text="до 30.06.2027")
    asked = request_extension(measure, wanted_end=date(2027, 8, 1), reason="Болезнь", by=scene.executor)
    assert measure.due_end == date(2027, 6, 30)

    grant_extension(asked, new_end=date(2027, 7, 30), ground="служебная записка", by=scene.coordinator)

    assert (measure.due_end, measure.original_due_end) == (date(2027, 7, 30), date(2027, 6, 30))
    assert (asked.old_end, asked.new_end, asked.is_granted) == (date(2027, 6, 30), date(2027, 7, 30), True)
    entry = next(e for e in entries(measure) if e.action == "measure.extend" and not e.part)
    assert entry.changes["due_end"] == ["2027-06-30", "2027-07-30"]
    assert entry.ground == "служебная записка"


def test_a_second_extension_keeps_the_very_first_date(scene):
    measure = scene.measure(due_text="до 30.06.2027")
    for month in (7, 8):
        asked = request_extension(measure, wanted_end=date(2027, month, 20), reason="Ещё", by=scene.executor)
        grant_extension(asked, new_end=date(2027, month, 20), ground="записка", by=scene.coordinator)

    assert measure.original_due_end == date(2027, 6, 30)
    assert len(extensions_of(measure)) == 2


def test_a_new_date_that_is_not_later_is_refused(scene):
    with pytest.raises(Invalid, match="позже 30.06.2027"):
        request_extension(
            scene.measure(due_text="до 30.06.2027"),
            wanted_end=date(2027, 6, 30),
            reason="Так",
            by=scene.executor,
        )


def test_one_request_at_a_time_and_one_decision(scene):
    measure = scene.measure()
    asked = request_extension(measure, wanted_end=date(2027, 8, 1), reason="Болезнь", by=scene.executor)
    with pytest.raises(Blocked, match="уже отправлена"):
        request_extension(measure, wanted_end=date(2027, 9, 1), reason="Ещё", by=scene.executor)

    refuse_extension(asked, reason="Успеете", by=scene.coordinator)

    assert measure.due_end == date(2027, 6, 30)
    with pytest.raises(Stale, match="уже принято"):
        grant_extension(asked, new_end=date(2027, 8, 1), ground="записка", by=scene.coordinator)


def test_nobody_decides_the_own_request_and_executors_decide_none(scene):
    asked = request_extension(
        scene.measure(), wanted_end=date(2027, 8, 1), reason="Так", by=scene.coordinator
    )

    with pytest.raises(Blocked, match="Свою просьбу"):
        grant_extension(asked, new_end=date(2027, 8, 1), ground="записка", by=scene.coordinator)
    with pytest.raises(NotYours):
        refuse_extension(asked, reason="Нет", by=scene.executor)


def test_a_recurring_measure_has_turns_and_knows_which_are_unanswered(scene):
    measure = scene.measure(due_text="ежеквартально")
    turns = occurrences_of(measure)
    passed = [turn for turn in turns if turn.due <= TODAY]
    assert (len(turns), len(passed)) == (8, 4)

    report_occurrence(passed[0], done_on=passed[0].due, text="Проведено", by=scene.executor)

    assert unanswered_turns(measure) == 3
    entry = entries(measure)[-1]
    assert entry.action == "measure.occurrence"
    assert entry.changes["text"] == ["", "Проведено"]
    assert db.session.scalar(select(func.count(Occurrence.id))) == 8


def test_a_turn_is_told_by_the_executor_with_a_day_that_has_come(scene):
    turn = occurrences_of(scene.measure(due_text="ежеквартально"))[0]

    with pytest.raises(NotYours):
        report_occurrence(turn, done_on=TODAY, text="Я", by=scene.helper)
    with pytest.raises(Invalid):
        report_occurrence(turn, done_on=TODAY + timedelta(days=1), text="Завтра", by=scene.executor)


def test_comments_and_reminders_are_told_to_the_others(scene):
    measure = scene.measure()

    comment(measure, "Ждём приказ", by=scene.executor)
    remind(measure, by=scene.coordinator, note="до пятницы")

    assert tasks("measure.comment")[0]["note"] == "Ждём приказ"
    assert tasks("measure.remind")[0]["note"] == "до пятницы"
    with pytest.raises(NotYours):
        remind(measure, by=scene.executor)


def test_one_decision_on_many_goes_by_the_rules_of_each(scene):
    good, own, open_one = scene.submitted(), scene.proved(), scene.measure()
    submit(own, DONE, by=scene.checker)

    outcomes = accept_each([good, own, open_one], by=scene.checker)

    assert [type(refusal).__name__ for _m, refusal in outcomes] == ["NoneType", "Blocked", "OutOfTurn"]
    assert good.state is MeasureState.EXECUTED
    assert own.state is MeasureState.SUBMITTED


def test_reminding_many_skips_what_is_closed(scene):
    closed, open_one = scene.submitted(), scene.measure()
    perform(closed, "accept", by=scene.checker)

    outcomes = remind_each([closed, open_one], by=scene.checker)

    assert [refusal is None for _m, refusal in outcomes] == [False, True]


def test_my_measures_are_those_i_answer_for_or_help_with(scene):
    mine = scene.measure()
    factories.measure(scene.section, by=scene.coordinator, executors=[scene.checker])

    assert my_measures(scene.executor) == [mine]
    assert my_measures(scene.helper) == [mine]
    assert my_measures(scene.stranger) == []


def test_what_nobody_is_linked_to_awaits_every_executor_of_the_plans_own_organisation(scene):
    clerk = factories.executor(scene.town)
    loose = scene.measure(executors=())

    assert my_measures(clerk) == [loose]
    assert my_measures(scene.executor) == []
    perform(loose, "start", by=clerk)
