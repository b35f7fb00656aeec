"""Choices of the instance, the lists an administrator works through, the journal page."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from accounts import services
from accounts.models import Role, Setting
from accounts.queries import setting, workday_overrides
from core import outbox, worker
from core.audit import SYSTEM, Entry
from core.clock import now
from core.errors import Invalid, NotFound
from core.outbox import Task, publish
from core.worker import run_due
from tests import factories
from tests.accounts.browser import Browser

ALL = {
    "term_shift": "next", "term_days": "working", "default_term": "10", "school_year_end": "31.07",
    "workday_overrides": "2.11.2026  Выходной\n31.10.2026 рабочий\n",
}  # fmt: skip


def test_nothing_chosen_means_the_default(session):
    assert setting("term_shift", "preceding") == "preceding"
    assert workday_overrides() == {}


def test_an_administrator_of_everything_chooses_and_the_journal_tells(app, session, administrator):
    browser = Browser(app.test_client(), administrator)
    assert "п. 5.3.2" in browser.get("/admin/settings").text

    assert browser.post("/admin/settings", **ALL).status_code == 303

    assert setting("term_shift", "") == "next" and setting("school_year_end", "") == "07-31"
    assert workday_overrides() == {date(2026, 10, 31): True, date(2026, 11, 2): False}
    told = session.scalars(select(Entry).where(Entry.subject_kind == "setting")).all()
    assert {e.action for e in told} == {"setting.chosen"} and {e.actor_id for e in told} == {administrator.id}
    assert 'value="31.07"' in browser.get("/admin/settings").text


def test_choosing_the_same_again_writes_nothing(session):
    services.choose("term_shift", "next", by=SYSTEM)
    before = session.scalars(select(Entry.id)).all()

    services.choose("term_shift", "next", by=SYSTEM)

    assert session.scalars(select(Entry.id)).all() == before


@pytest.mark.parametrize(
    "name, value",
    [
        ("term_shift", "sideways"),
        ("term_days", ""),
        ("default_term", "-1"),
        ("default_term", "много"),
        ("school_year_end", "31.02"),
        ("school_year_end", "осень"),
        ("workday_overrides", "31.02.2026 выходной"),
        ("workday_overrides", "2026-11-02 выходной"),
    ],
)
def test_what_is_no_answer_is_refused_and_nothing_changes(session, name, value):
    with pytest.raises(Invalid):
        services.choose(name, value, by=SYSTEM)
    assert session.scalars(select(Setting)).all() == []


def test_of_several_choices_all_hold_or_none(app, session, administrator):
    browser = Browser(app.test_client(), administrator)

    answer = browser.post("/admin/settings", **(ALL | {"workday_overrides": "когда-нибудь"}))

    assert answer.status_code == 422 and "когда-нибудь" in answer.text
    assert session.scalars(select(Setting)).all() == []


def test_an_unknown_choice_is_not_kept(session):
    with pytest.raises(NotFound):
        services.choose("whatever", "1", by=SYSTEM)


@pytest.fixture
def fragile(monkeypatch):
    """A handler that fails until it is mended; the number of times it ran well."""
    state = {"broken": True, "ran": 0}

    def handle() -> None:
        if state["broken"]:
            raise RuntimeError("the disk is full")
        state["ran"] += 1

    monkeypatch.setitem(outbox.SUBSCRIPTIONS, "test.fragile", [handle])
    return state


def test_a_task_that_was_given_up_is_seen_and_sent_round_again(app, session, administrator, fragile):
    from core.db import transaction

    browser = Browser(app.test_client(), administrator)
    with transaction():
        (task,) = publish("test.fragile")
    with time_machine.travel(now(), tick=False) as clock:
        for _attempt in range(outbox.ATTEMPTS):
            run_due()
            clock.shift(timedelta(hours=2))
        browser.carry(services.start_session(administrator))
        page = browser.get("/admin/tasks").text
        assert "the disk is full" in page and "test.fragile" in page

        fragile["broken"] = False
        assert browser.post(f"/admin/tasks/{task.id}/retry").status_code == 303
        run_due()

    session.rollback()
    assert fragile["ran"] == 1 and session.get_one(Task, task.id).done_at
    assert worker.lease() is None
    assert browser.post(f"/admin/tasks/{task.id}/retry").status_code == 404


def test_letters_are_listed_without_their_links(app, administrator):
    link = services.send_reset(administrator, by=SYSTEM)
    browser = Browser(app.test_client(), administrator)

    page = browser.get("/admin/letters").text

    assert administrator.email in page and "ждёт отправки" in page
    assert services.secret_of(link) not in page


def test_the_journal_is_searched_by_subject_actor_and_day(app, session, administrator, region):
    teacher = factories.person(Role.READER, organisation=region)
    services.block(teacher, by=administrator, reason="уволен по собственному желанию")
    browser = Browser(app.test_client(), administrator)

    def entries(**asked: object) -> int:
        return browser.get("/admin/journal", query_string=asked).text.count('<td role="cell" class="n">')

    blocked = browser.get("/admin/journal", query_string={"actor": administrator.surname}).text
    assert "уволен по" in blocked and "заблокирована" in blocked
    assert entries(kind="user", number=teacher.id) == 3  # added, given a role, blocked
    assert entries(actor="Веха") > 0 and entries(actor="никто") == 0
    today = f"{now():%d.%m.%Y}"
    assert entries(since=today) > 0 and entries(since="01.01.2090") == 0
    assert entries(until="01.01.2020") == 0 and entries(number="не число", since="вчера") > 0


def test_the_journal_shows_no_secrets(app, session, administrator):
    services.set_password(administrator, "совсем другая тропа", by=SYSTEM)
    browser = Browser(app.test_client(), administrator)

    page = browser.get("/admin/journal").text

    assert "argon2" not in page and "тропа" not in page and administrator.password_hash not in page


def test_long_lists_have_pages(app, session, administrator, region):
    for number in range(55):
        services.add_person(f"n{number:02}", surname=f"Фамилия{number:02}", organisation=region, by=SYSTEM)
    browser = Browser(app.test_client(), administrator)

    first, second = browser.get("/admin/people").text, browser.get("/admin/people?page=2").text

    assert "Следующие" in first and "Предыдущие" in second and "Следующие" not in second
    assert "Фамилия00" in first and "Фамилия54" in second
    assert "Фамилия54" in browser.get("/admin/people?text=фамилия54").text
