"""Who is told of what: notices, one letter a person a day with deep links, reminders on chosen days."""

from datetime import date, timedelta
from email import message_from_bytes
from email.message import Message
from email.policy import default

import pytest
import time_machine
from sqlalchemy import select

from accounts.services import choose
from accounts.services.people import choose_notifications
from core.audit import SYSTEM
from core.clock import now, today
from core.db import db
from core.outbox import Task
from core.settings import settings
from core.worker import run_due
from roadmap.models import Notice
from roadmap.services.answers import answer_as_co_executor, comment, remind, return_answer
from roadmap.services.imports import confirm_import, correct, start_import
from roadmap.services.measures import clarify_due
from roadmap.services.notices import notice_event, remind_of_due, write_digest
from roadmap.services.plans import PlanFacts
from roadmap.tasks import every_morning, recount, write_letter, write_letters
from tests.roadmap.plan_files import two_sections
from tests.roadmap.scene import NOW, entries, put_into
from workflow.services import perform


def told(person) -> list[str]:
    """What a person was told, oldest first."""
    found = select(Notice.text).where(Notice.user_id == person.id).order_by(Notice.id)
    return list(db.session.scalars(found))


def letters() -> list[Message]:
    """The letters that went out, oldest first."""
    folder = settings().data / "outgoing"
    files = sorted(folder.glob("*.eml")) if folder.exists() else []
    return [message_from_bytes(file.read_bytes(), policy=default) for file in files]


def body(letter: Message) -> str:
    return letter.get_body(("plain",)).get_content()


def test_everybody_hears_of_what_concerns_them_and_nobody_of_the_own_acts(scene):
    measure = scene.submitted()
    comment(measure, "Ждём приказ", by=scene.helper)
    return_answer(measure, note="Нет подписи", by_day=None, by=scene.checker)
    answer_as_co_executor(measure.participations[1], "Зал найден", by=scene.helper)
    remind(measure, by=scene.coordinator, note="до пятницы")

    run_due()

    assert told(scene.executor) == [
        "вам поручили",
        "написали комментарий: Ждём приказ",
        "вернули на доработку: Нет подписи",
        "ответил соисполнитель",
        "координатор напоминает об отчёте до пятницы",
    ]
    assert told(scene.helper) == ["вам поручили"]
    assert told(scene.coordinator) == ["отправили ответ на проверку"]


def test_a_task_that_runs_twice_tells_once(scene):
    measure = scene.submitted()
    return_answer(measure, note="Нет подписи", by_day=None, by=scene.checker)
    run_due()
    put_into(measure, return_by=today())  # the row has gone on since

    notice_event("measure.return", subject_id=measure.id, by_id=scene.checker.id, note="Нет подписи")

    assert told(scene.executor).count("вернули на доработку: Нет подписи") == 1


def test_an_imported_plan_is_one_line_however_many_measures(scene):
    draft = start_import(scene.town, two_sections().upload(), by=scene.coordinator)
    cells = {f"0.{n}.executors": scene.executor.name for n in range(3)}
    correct(draft, cells, dropped=[], by=scene.coordinator)
    confirm_import(draft, PlanFacts("Наставник", 2027, 2027), by=scene.coordinator)

    run_due()

    assert told(scene.executor) == ["вам поручили мероприятия новой дорожной карты: 3"]


def test_one_letter_a_day_carries_everything_with_deep_links(scene):
    first, second = scene.measure(title="Первое"), scene.measure(title="Второе")
    run_due()

    every_morning()
    every_morning()
    run_due()

    mine = [letter for letter in letters() if letter["To"] == scene.executor.email]
    assert len(mine) == 1
    assert f"http://localhost/measures/{first.id}" in body(mine[0])
    assert f"http://localhost/measures/{second.id}" in body(mine[0])
    write_digest(scene.executor.id)
    assert len([letter for letter in letters() if letter["To"] == scene.executor.email]) == 1


def test_nobody_is_written_to_when_there_is_nothing_to_say(scene):
    write_letters("2027-03-10")
    run_due()

    assert letters() == []


@pytest.mark.parametrize(("days", "is_told"), [(7, True), (5, False), (3, True), (0, True)])
def test_executors_are_reminded_before_the_control_date(scene, days, is_told):
    put_into(scene.measure(), control_date=today() + timedelta(days=days))

    remind_of_due()
    remind_of_due()

    assert len(told(scene.executor)) == is_told


def test_a_person_is_reminded_on_the_days_they_chose_only(scene):
    put_into(scene.measure(), control_date=today() + timedelta(days=7))
    choose_notifications(scene.executor, remind_days=[3], digest=True)

    remind_of_due()

    assert told(scene.executor) == []
    assert len(told(scene.helper)) == 1


def test_an_answer_that_was_sent_is_not_reminded_of(scene):
    put_into(scene.submitted(), control_date=today())

    remind_of_due()

    assert told(scene.executor) == []


def test_the_day_after_the_term_the_executor_hears_that_it_has_passed(scene):
    put_into(scene.measure(), control_date=today() - timedelta(days=1))

    remind_of_due()

    assert told(scene.executor) == ["срок прошёл 09.03.2027"]


def test_mondays_bring_the_summary_of_the_week_to_those_who_wish_it(scene):
    monday = date(2027, 3, 15)
    put_into(scene.measure(), control_date=date(2027, 3, 17))
    put_into(scene.measure(), control_date=date(2027, 3, 1))
    scene.submitted()
    with time_machine.travel(NOW + timedelta(days=5)):
        for person in (scene.executor, scene.coordinator, scene.stranger):
            write_letter(person.id, monday.isoformat())
            write_letter(person.id, monday.isoformat())

    assert told(scene.executor) == ["Сводка на неделю: просрочено — 1, срок на этой неделе — 1."]
    assert told(scene.coordinator) == ["Сводка на неделю: ждут вашей проверки — 1."]
    assert told(scene.stranger) == []
    assert len([letter for letter in letters() if letter["To"] == scene.executor.email]) == 1


def test_a_choice_of_the_administrator_recounts_control_dates_through_the_outbox(scene):
    measure = scene.measure(due_text="до 05.12.2027")
    assert measure.control_date == date(2027, 12, 3)

    choose("term_shift", "next", by=SYSTEM)
    run_due()

    db.session.refresh(measure)
    assert measure.control_date == date(2027, 12, 6)
    assert (entries(measure)[-1].action, entries(measure)[-1].actor_name) == ("measure.recalculate", "Веха")


def test_other_choices_recount_nothing(scene):
    measure = scene.measure()
    clarify_due(measure, start=None, end=date(2027, 12, 5), by=scene.coordinator, ground="")
    put_into(measure, control_date=date(2027, 12, 1))

    recount("default_term")

    assert measure.control_date == date(2027, 12, 1)


def test_a_move_publishes_in_the_transaction_that_made_it_true(scene):
    measure = scene.submitted()
    perform(measure, "accept", by=scene.checker)

    task = db.session.scalars(select(Task).where(Task.name == "measure.accept")).one()

    assert task.payload["by_id"] == scene.checker.id
    assert task.run_at <= now()
