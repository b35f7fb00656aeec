"""People and roles: who may do what to whom, and what always remains."""

import threading

import pytest
from sqlalchemy import select

from accounts import services
from accounts.models import Grant, Role, User
from accounts.queries import find_people, people_administered_by, people_of, person_by_login
from accounts.services import Facts
from core.audit import SYSTEM, Entry, history_of
from core.errors import Blocked, Invalid, NotFound, NotYours
from tests import factories
from tests.accounts.browser import Browser


@pytest.fixture
def district(region):
    return factories.municipality(region, "Приозёрный район")


@pytest.fixture
def local(district):
    """Somebody who administers one district."""
    return factories.person(Role.ADMINISTRATOR, organisation=district, login="mestny")


def test_a_login_is_one_persons_in_any_case(session, user):
    with pytest.raises(Invalid, match="занят"):
        services.add_person("TopoLeva", surname="Другая", by=SYSTEM)


@pytest.mark.parametrize("login", ["", "я", "два слова", "a/b", "<b>", "a" * 3 + "\n"])
def test_a_login_has_no_strange_signs(session, login):
    if login == "aaa\n":
        assert services.add_person(login, surname="Кто", by=SYSTEM).login == "aaa"
        return
    with pytest.raises(Invalid):
        services.add_person(login, surname="Кто", by=SYSTEM)


def test_an_administrator_adds_edits_and_gives_a_role_within_the_own_subtree(session, local, district):
    school = services.add_organisation("Школа № 1", level="institution", parent=district, by=local)
    teacher = services.add_person("ivanova", surname="Иванова", organisation=school, by=local)
    services.edit_person(teacher, Facts("Петрова", "Анна"), organisation=district, by=local)
    services.grant(teacher, Role.COORDINATOR, organisation=district, ground="приказ № 1", by=local)

    assert teacher.name == "Петрова А." and teacher.has_role(Role.COORDINATOR)
    told = history_of(teacher)
    assert [e.action for e in told] == ["grant.given", "person.edited", "person.added"]
    assert told[0].ground == "приказ № 1" and told[0].changes["role"] == [None, "coordinator"]
    assert told[1].changes["surname"] == ["Иванова", "Петрова"] and told[1].actor_name == local.name


@pytest.mark.parametrize(
    "act",
    [
        lambda by, o, u: services.add_person("x1", surname="Х", organisation=o, by=by),
        lambda by, o, u: services.add_person("x2", surname="Х", by=by),
        lambda by, o, u: services.edit_person(u, Facts("Х"), organisation=o, by=by),
        lambda by, o, u: services.grant(u, Role.READER, organisation=o, by=by),
        lambda by, o, u: services.revoke(u, Role.EXECUTOR, organisation=o, by=by),
        lambda by, o, u: services.block(u, by=by),
        lambda by, o, u: services.unblock(u, by=by),
        lambda by, o, u: services.invite(u, by=by),
        lambda by, o, u: services.send_reset(u, by=by),
        lambda by, o, u: services.reset_second_factor(u, by=by),
        lambda by, o, u: services.end_sessions_of(u, by=by),
        lambda by, o, u: services.add_organisation("Х", level="institution", parent=o, by=by),
        lambda by, o, u: services.add_organisation("Х", level="region", by=by),
        lambda by, o, u: services.rename_organisation(o, name="Х", short_name="", by=by),
        lambda by, o, u: services.move_organisation(o, under=by.organisation, by=by),
        lambda by, o, u: services.close_organisation(o, by=by),
        lambda by, o, u: services.choose("term_shift", "next", by=by),
        lambda by, o, u: services.retry(1, by=by),
    ],
)
def test_nothing_outside_the_own_subtree(session, region, local, act):
    foreign = factories.municipality(region, "Другой район")
    stranger = factories.person(Role.EXECUTOR, organisation=foreign)
    before = session.scalars(select(Entry.id)).all()

    with pytest.raises(NotYours):
        act(local, foreign, stranger)
    assert session.scalars(select(Entry.id)).all() == before


def test_a_coordinator_administers_nobody(session, district):
    coordinator = factories.coordinator(district)

    with pytest.raises(NotYours):
        services.add_person("x3", surname="Х", organisation=district, by=coordinator)


def test_a_local_administrator_cannot_take_over_somebody_with_a_role_above(session, region, local, district):
    """The account belongs to the district but administers the region: a reset link would be a ladder."""
    strong = factories.person(Role.READER, organisation=district)
    services.grant(strong, Role.ADMINISTRATOR, organisation=region, by=SYSTEM)

    for act in (services.send_reset, services.invite, services.reset_second_factor, services.block):
        with pytest.raises(NotYours):
            act(strong, by=local)
    with pytest.raises(NotYours):
        services.edit_person(strong, Facts("Х", email="evil@example.ru"), organisation=district, by=local)


def test_the_last_administrator_stays(session, administrator, region):
    with pytest.raises(Blocked, match="последний администратор"):
        services.revoke(administrator, Role.ADMINISTRATOR, organisation=region, by=SYSTEM)
    with pytest.raises(Blocked, match="последний администратор"):
        services.block(administrator, by=SYSTEM)

    second = factories.person(Role.ADMINISTRATOR, organisation=region)
    services.revoke(administrator, Role.ADMINISTRATOR, organisation=region, by=SYSTEM)
    with pytest.raises(Blocked):
        services.block(second, by=SYSTEM)


def test_a_blocked_administrator_does_not_count_as_one_who_remains(session, administrator, region):
    second = factories.person(Role.ADMINISTRATOR, organisation=region)
    services.block(second, by=SYSTEM)

    with pytest.raises(Blocked):
        services.revoke(administrator, Role.ADMINISTRATOR, organisation=region, by=SYSTEM)


def test_of_two_administrators_who_leave_at_once_one_stays(app, session, administrator, region):
    second = factories.person(Role.ADMINISTRATOR, organisation=region)
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def leave(number: int) -> None:
        with app.app_context():
            from core.db import db

            user = db.session.get_one(User, number)
            start.wait()
            try:
                services.revoke(user, Role.ADMINISTRATOR, organisation=user.organisation, by=SYSTEM)
                outcomes.append("left")
            except Blocked:
                outcomes.append("stayed")

    threads = [threading.Thread(target=leave, args=(n,)) for n in (administrator.id, second.id)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    session.rollback()
    assert sorted(outcomes) == ["left", "stayed"]
    assert len(session.scalars(select(Grant).where(Grant.role == Role.ADMINISTRATOR)).all()) == 1


def test_nobody_blocks_oneself(session, administrator, region):
    factories.person(Role.ADMINISTRATOR, organisation=region)

    with pytest.raises(Blocked, match="Себя"):
        services.block(administrator, by=administrator)


def test_a_role_given_twice_is_held_once(session, user):
    first = services.grant(user, Role.READER, organisation=user.organisation, by=SYSTEM)
    again = services.grant(user, Role.READER, organisation=user.organisation, by=SYSTEM)

    assert first is again
    with pytest.raises(Invalid, match="уже нет"):
        services.revoke(user, Role.CLERK, organisation=user.organisation, by=SYSTEM)


def test_a_role_taken_away_is_gone_at_once_and_told(session, user):
    services.revoke(user, Role.EXECUTOR, organisation=user.organisation, by=SYSTEM, ground="приказ № 2")

    assert not user.has_role(Role.EXECUTOR)
    last = history_of(user)[0]
    assert (last.action, last.ground, last.changes["role"]) == (
        "grant.taken",
        "приказ № 2",
        ["executor", None],
    )


def test_rights_are_read_at_every_request(app, administrator, district):
    teacher = factories.person(Role.READER, organisation=district)
    browser = Browser(app.test_client(), teacher)
    assert browser.get("/admin/people").status_code == 403

    services.grant(teacher, Role.ADMINISTRATOR, organisation=district, by=administrator)
    browser.carry(services.start_session(teacher))

    assert browser.get("/admin/people").status_code == 200


def test_an_administrator_sees_the_people_of_the_own_subtree_only(session, app, region, local, district):
    foreign = factories.person(Role.READER, organisation=factories.municipality(region))
    browser = Browser(app.test_client(), local)

    assert local in people_administered_by(local) and foreign not in people_administered_by(local)
    assert foreign.login not in browser.get("/admin/people").text
    assert browser.get(f"/admin/people/{foreign.id}").status_code == 404
    assert browser.post(f"/admin/people/{foreign.id}/block", reason="x").status_code == 404
    assert browser.get(f"/admin/organisations/{foreign.organisation_id}").status_code == 404


@pytest.mark.parametrize("text", ["ёжиков", "ЕЖИК", "Игнат ежик", "ezhikov"])
def test_people_are_found_by_any_words_in_any_case_on_both_databases(session, district, text):
    coordinator = factories.coordinator(district)
    wanted = services.add_person(
        "ezhikov", surname="Ёжиков", given_name="Игнат", organisation=district, by=SYSTEM
    )

    assert find_people(text, seen_by=coordinator) == [wanted]


def test_people_of_other_organisations_and_blocked_ones_are_not_found(session, district):
    executor = factories.executor(factories.institution(district))
    stranger = factories.person(Role.READER, organisation=factories.municipality())
    gone = factories.person(Role.READER, organisation=executor.organisation)
    services.block(gone, by=SYSTEM)

    found = find_people("", seen_by=executor, limit=100)
    assert executor in found and stranger not in found and gone not in found
    assert people_of(executor.organisation) == [executor]


def test_signs_that_databases_take_for_wildcards_are_only_signs(session, district):
    coordinator = factories.coordinator(district)

    assert find_people("%", seen_by=coordinator) == [] and find_people("_", seen_by=coordinator) == []


def test_a_person_changes_the_own_contacts_and_nothing_more(app, session, user):
    browser = Browser(app.test_client(), user)
    browser.post("/profile", position="Методист", email="new@example.ru", phone="2-14", surname="Царёва")

    session.refresh(user)
    assert (user.position, user.email, user.phone) == ("Методист", "new@example.ru", "2-14")
    assert user.surname != "Царёва"


def test_notifications_are_chosen(app, session, user):
    browser = Browser(app.test_client(), user)
    browser.post("/profile/notifications", remind_days=["3", "0"])

    session.refresh(user)
    assert (user.remind_days, user.gets_digest) == ("3,0", False)
    assert 'value="7"' in browser.get("/profile/notifications").text


def test_the_pages_of_a_person_do_what_they_say(app, session, administrator, district):
    browser = Browser(app.test_client(), administrator)
    form = {"login": "ivanova", "surname": "Иванова", "organisation": district.id}
    assert browser.post("/admin/people/new", **form).status_code == 200
    teacher = person_by_login("ivanova")
    base = f"/admin/people/{teacher.id}"

    browser.post(base, surname="Петрова", organisation=district.id)
    browser.post(f"{base}/grants", role="clerk", organisation=district.id, ground="приказ")
    session.refresh(teacher)
    assert teacher.surname == "Петрова" and teacher.grants[0].role is Role.CLERK

    assert "Делопроизводитель" in browser.get(f"{base}/grants/{teacher.grants[0].id}/take").text
    browser.post(f"{base}/grants/{teacher.grants[0].id}/take", reason="ушла")
    browser.post(f"{base}/block", reason="уволена")
    session.refresh(teacher)
    assert teacher.grants == [] and teacher.blocked_at
    assert "Заблокирован" in browser.get(base).text
    browser.post(f"{base}/unblock")
    session.refresh(teacher)
    assert teacher.blocked_at is None


def test_a_fault_is_said_in_the_form_and_keeps_what_was_typed(app, administrator, user):
    browser = Browser(app.test_client(), administrator)
    form = {"login": "topoleva", "surname": "Совпадова", "organisation": administrator.organisation_id}

    answer = browser.post("/admin/people/new", **form)

    assert answer.status_code == 422 and "уже занят" in answer.text and "Совпадова" in answer.text


def test_an_unknown_person_is_not_found(app, administrator):
    with pytest.raises(NotFound):
        from accounts.queries import person

        person(999, seen_by=administrator)
