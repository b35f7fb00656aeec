"""`flask accounts …`: the way in when nobody can sign in."""

import pytest

from accounts import services
from accounts.models import Role
from accounts.queries import organisation_named, person_by_login, person_by_session
from core.audit import SYSTEM
from tests import factories

PASSWORD = factories.PASSWORD


@pytest.fixture
def run(app, session):
    def run(*words: str, typed: str = ""):
        return app.test_cli_runner().invoke(args=["accounts", *words], input=typed)

    return run


def test_the_first_administrator_is_made_with_the_top_organisation(run, session):
    answer = run(
        "create-administrator", "Admin", "--organisation", "Озёрная область", "--password", "-",
        typed=PASSWORD + "\n",
    )  # fmt: skip

    assert answer.exit_code == 0, answer.output
    assert services.sign_in("admin", PASSWORD)
    assert person_by_login("admin").grants[0].organisation.name == "Озёрная область"
    assert PASSWORD not in answer.output


def test_a_weak_password_makes_nothing_at_all(run, session):
    answer = run("create-administrator", "admin", "--organisation", "Область", "--password", "слабый")

    assert answer.exit_code == 1 and "короче 12" in answer.output
    assert person_by_login("admin") is None and organisation_named("Область") is None


def test_the_password_is_asked_for_twice_when_it_is_not_given(run, session):
    answer = run(
        "create-administrator", "admin", "--organisation", "Область", typed=f"{PASSWORD}\n{PASSWORD}\n"
    )

    assert answer.exit_code == 0 and services.sign_in("admin", PASSWORD)


def test_organisations_people_and_roles_are_made_and_taken(run, session):
    run("add-organisation", "Область", "--level", "region")
    run("add-organisation", "Приозёрный район", "--level", "municipality", "--under", "Область")
    invited = run("invite", "petrova", "--surname", "Петрова", "--organisation", "Приозёрный район")
    assert "http://localhost/invitation/" in invited.output

    assert run("grant", "petrova", "coordinator", "Приозёрный район").exit_code == 0
    assert "coordinator@Приозёрный район" in run("list").output and "invited" in run("list").output
    assert run("revoke", "petrova", "coordinator", "Приозёрный район").exit_code == 0
    session.rollback()
    assert person_by_login("petrova").grants == []


def test_a_password_is_reset_by_link_or_set(run, session, user):
    token = services.start_session(user)
    shown = run("reset-password", "topoleva").output
    assert f"a letter to {user.email}" in shown and "/reset/" in shown

    assert run("reset-password", "TOPOLEVA", "--password", "-", typed="совсем другая тропа\n").exit_code == 0
    assert services.sign_in("topoleva", "совсем другая тропа")
    assert person_by_session(token) is None


def test_an_account_is_blocked(run, session, user):
    token = services.start_session(user)

    assert run("block", "topoleva", "--reason", "уволена").exit_code == 0
    assert person_by_session(token) is None


def test_the_second_factor_of_a_lost_phone_is_reset(run, session, user):
    assert run("reset-second-factor", "topoleva").exit_code == 0


@pytest.mark.parametrize(
    "words, why",
    [
        (("grant", "nobody", "reader", "Область"), "no person"),
        (("grant", "topoleva", "reader", "Нет такой"), "no organisation"),
        (("revoke", "topoleva", "clerk", "Район"), "уже нет"),
        (("invite", "topoleva", "--surname", "Х"), "занят"),
        (("add-organisation", "Х", "--under", "999"), "no organisation"),
    ],
)
def test_what_cannot_be_done_says_why_and_fails(run, session, user, words, why):
    services.rename_organisation(user.organisation, name="Район", short_name="", by=SYSTEM)

    answer = run(*words)

    assert answer.exit_code != 0 and why in answer.output


def test_the_last_administrator_stays_here_too(run, session, region):
    factories.person(Role.ADMINISTRATOR, organisation=region, login="glavny")

    assert run("block", "glavny").exit_code == 1
    assert run("revoke", "glavny", "administrator", str(region.id)).exit_code == 1
