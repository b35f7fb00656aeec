"""Invitations and resets: links that work once, letters that carry them, secrets that are kept nowhere."""

import json
import re
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select, text

from accounts import services
from accounts.models import Letter, Pass, Role
from accounts.queries import person_by_session
from core.audit import SYSTEM
from core.clock import now
from core.db import db
from core.errors import Invalid, NotFound
from core.outbox import Task
from core.worker import run_due
from tests import factories

PASSWORD = factories.PASSWORD
NEW = "туман над тихой водой"


def letters_in(app) -> list:
    folder = Path(app.config["SETTINGS"].data) / "outgoing"
    return [message_from_bytes(f.read_bytes(), policy=policy.default) for f in sorted(folder.glob("*.eml"))]


def link_in(letter) -> str:
    return re.search(r"http://localhost(/\S+)", letter.get_body(("plain",)).get_content())[1]


def test_an_invited_person_sets_the_first_password_and_signs_in(app, browser, session):
    guest = factories.person(Role.EXECUTOR, login="novichok")
    services.invite(guest, by=SYSTEM)
    run_due()
    (letter,) = letters_in(app)
    path = link_in(letter)

    assert letter["To"] == guest.email and letter["Message-ID"] and letter["Date"]
    assert "novichok" in browser.get(path).text
    assert browser.post(path, password=NEW, again=NEW).location == "/login"
    assert browser.sign_in("novichok", NEW).status_code == 303


def test_a_link_works_once_and_opening_it_uses_nothing_up(app, browser, session):
    guest = factories.person(Role.EXECUTOR)
    services.invite(guest, by=SYSTEM)
    run_due()
    path = link_in(letters_in(app)[0])
    for _scanner in range(3):
        assert browser.get(path).status_code == 200
    browser.post(path, password=NEW, again=NEW)

    assert browser.get(path).status_code == 404
    assert (
        browser.post(path, password="другой пароль совсем", again="другой пароль совсем").status_code == 404
    )


@pytest.mark.parametrize("purpose, lasts", [("invitation", timedelta(days=7)), ("reset", timedelta(hours=2))])
def test_a_link_stops_working_in_time(session, user, purpose, lasts):
    make = services.invite if purpose == "invitation" else services.send_reset
    secret = services.secret_of(make(user, by=SYSTEM))

    with time_machine.travel(now() + lasts - timedelta(minutes=1)):
        assert services.opened_pass(secret, purpose=purpose)
    with time_machine.travel(now() + lasts + timedelta(minutes=1)), pytest.raises(NotFound):
        services.opened_pass(secret, purpose=purpose)


def test_a_link_is_good_for_its_own_purpose_only(session, user):
    secret = services.secret_of(services.send_reset(user, by=SYSTEM))

    with pytest.raises(NotFound):
        services.use_pass(secret, NEW, purpose="invitation")


def test_a_newer_link_ends_the_older_one(session, user):
    older = services.secret_of(services.send_reset(user, by=SYSTEM))
    newer = services.secret_of(services.send_reset(user, by=SYSTEM))

    with pytest.raises(NotFound):
        services.opened_pass(older, purpose="reset")
    assert services.opened_pass(newer, purpose="reset")


def test_a_link_of_a_blocked_person_is_dead(session, user):
    secret = services.secret_of(services.send_reset(user, by=SYSTEM))
    services.block(user, by=SYSTEM)

    with pytest.raises(NotFound):
        services.opened_pass(secret, purpose="reset")


def test_setting_a_password_by_link_ends_every_session(session, user):
    token = services.start_session(user)
    secret = services.secret_of(services.send_reset(user, by=SYSTEM))

    services.use_pass(secret, NEW, purpose="reset")

    assert person_by_session(token) is None
    assert services.sign_in("topoleva", NEW)


def test_the_secret_is_in_no_row_of_the_database(app, session, user):
    secret = services.secret_of(services.send_reset(user, by=SYSTEM))
    run_due()

    everything = [
        str(row)
        for table in db.metadata.sorted_tables
        for row in session.execute(text(f'SELECT * FROM "{table.name}"'))
    ]
    assert everything and not any(secret in row for row in everything)
    assert secret in letters_in(app)[0].get_body(("plain",)).get_content()


def test_another_key_derives_another_secret(app, session, user):
    link = services.send_reset(user, by=SYSTEM)
    secret = services.secret_of(link)

    app.config["SECRET_KEY"] = "another secret of 32 characters or more"

    assert services.secret_of(link) != secret


@pytest.mark.parametrize("login", ["topoleva", "nobody"])
def test_asking_for_a_reset_answers_the_same_to_everybody(app, browser, session, user, login):
    answer = browser.post("/login/forgotten", login=login)
    tasks = list(session.scalars(select(Task).where(Task.name == "password.forgotten")))
    run_due()

    assert answer.status_code == 200 and "Если такой логин есть" in answer.text
    assert login not in answer.text
    assert [task.payload for task in tasks] == [{"login": login}]
    assert len(letters_in(app)) == (1 if login == "topoleva" else 0)


def test_asking_again_at_once_sends_no_second_letter(app, browser, user):
    for _attempt in range(3):
        browser.post("/login/forgotten", login="topoleva")
    run_due()

    assert len(letters_in(app)) == 1


def test_asking_too_often_has_to_wait(browser, user):
    answers = [browser.post("/login/forgotten", login=f"guess{n}").status_code for n in range(11)]

    assert answers == [200] * 10 + [429]


def test_a_letter_is_sent_once_even_when_its_task_runs_again(app, session, user):
    services.send_reset(user, by=SYSTEM)
    run_due()
    (letter,) = session.scalars(select(Letter))
    from accounts.tasks import send_letter

    send_letter(letter.id)

    session.refresh(letter)
    assert letter.sent_at and len(letters_in(app)) == 1


def test_tasks_carry_the_number_of_a_letter_and_nothing_else(session, user):
    services.send_reset(user, by=SYSTEM)

    task = session.scalars(select(Task).where(Task.name == "letter.written")).one()
    assert json.dumps(task.payload) == json.dumps({"letter_id": session.scalars(select(Letter.id)).one()})


def test_without_mail_the_administrator_sees_the_link_this_once(browser, administrator):
    browser.carry(services.start_session(administrator))
    form = {
        "login": "novichok",
        "surname": "Ясенева",
        "email": "",
        "organisation": administrator.organisation_id,
    }

    page = browser.post("/admin/people/new", **form).text

    path = re.search(r'value="http://localhost(/invitation/[\w-]+)"', page)[1]
    browser.post("/logout")
    assert browser.post(path, password=NEW, again=NEW).status_code == 303
    assert browser.sign_in("novichok", NEW).status_code == 303


def test_with_mail_the_administrator_sees_no_link(app, browser, administrator, monkeypatch):
    monkeypatch.setattr("accounts.views.people.is_mail_on", lambda: True)
    browser.carry(services.start_session(administrator))

    page = browser.post(f"/admin/people/{administrator.id}/reset").text

    assert administrator.email in page and "/reset/" not in page.replace(f"/{administrator.id}/reset", "")


def test_an_address_in_a_letter_comes_from_the_settings_and_not_from_a_request(app, client, session, user):
    services.send_reset(user, by=SYSTEM)
    with app.test_request_context("/", headers={"Host": "evil.example"}):
        run_due()

    assert "evil" not in letters_in(app)[0].as_string()


def test_letters_in_the_folder_are_for_the_owner_only(app, session, user):
    services.send_reset(user, by=SYSTEM)
    run_due()

    folder = Path(app.config["SETTINGS"].data) / "outgoing"
    assert folder.stat().st_mode & 0o077 == 0
    assert all(file.stat().st_mode & 0o077 == 0 for file in folder.iterdir())


@pytest.mark.parametrize(
    "password, why",
    [
        ("короткий", "короче 12"),
        ("ПарольПароль", "подбирают"),
        ("Password1234", "подбирают"),
        ("1234567890123", "подбирают"),
        ("abcdefghijklm", "подбирают"),
        ("aaaaaaaabbbb", "подбирают"),
        ("я topoleva из школы", "ваш логин"),
        ("я" * 201, "длиннее 200"),
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused(session, user, password, why):
    secret = services.secret_of(services.send_reset(user, by=SYSTEM))

    with pytest.raises(Invalid, match=why):
        services.use_pass(secret, password, purpose="reset")
    assert session.scalars(select(Pass)).one().used_at is None


def test_two_different_passwords_are_a_slip_of_the_hand(browser, user):
    path = f"/reset/{services.secret_of(services.send_reset(user, by=SYSTEM))}"

    answer = browser.post(path, password=NEW, again=NEW + "й")

    assert answer.status_code == 422 and "Пароли не совпали" in answer.text
