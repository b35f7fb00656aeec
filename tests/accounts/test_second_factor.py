"""The second factor: codes work once, recovery codes too, administrators must have one where it is asked."""

import re
from datetime import timedelta

import pyotp
import pytest
import time_machine
from sqlalchemy import select

from accounts import services
from accounts.models import RecoveryCode, Role
from accounts.queries import person_by_session, recovery_codes_left
from core.audit import SYSTEM, Entry
from core.clock import now
from core.errors import Invalid, TooOften
from tests import factories
from tests.accounts.browser import Browser

PASSWORD = factories.PASSWORD


def code_of(secret: str, *, later: int = 0) -> str:
    return pyotp.TOTP(secret).at(now() + timedelta(seconds=30 * later))


@pytest.fixture
def enrolled(user):
    """The person with a second factor turned on a minute ago, and the recovery codes."""
    with time_machine.travel(now() - timedelta(minutes=2)):
        token = services.start_session(user)
        services.offer_second_factor(token)
        from accounts.queries import sign_in_by_token

        codes = services.confirm_second_factor(token, code_of(sign_in_by_token(token).totp_offer))
    return user, codes


def test_a_person_turns_it_on_and_is_asked_for_a_code_from_then_on(browser, user):
    browser.sign_in("topoleva", PASSWORD)
    browser.post("/profile/second-factor/offer")
    page = browser.get("/profile/second-factor").text
    secret = re.search(r'<b class="tabular">([A-Z2-7 ]+)</b>', page)[1].replace(" ", "")
    assert "<svg" in page and "style=" not in page

    shown = browser.post("/profile/second-factor/confirm", code=code_of(secret))
    assert len(re.findall(r"<b>[a-z2-9]{5}-[a-z2-9]{5}</b>", shown.text)) == 10

    browser.post("/logout")
    half = browser.sign_in("topoleva", PASSWORD, next="/profile/sessions")
    assert half.location == "/login/code?next=/profile/sessions"
    assert browser.get("/profile").location.startswith("/login/code")
    waiting = browser.token
    done = browser.post("/login/code?next=/profile/sessions", code=code_of(secret, later=1))
    assert done.location == "/profile/sessions"
    assert browser.token != waiting and browser.get("/profile").status_code == 200


def test_a_wrong_code_turns_nothing_on(browser, session, user):
    browser.sign_in("topoleva", PASSWORD)
    browser.post("/profile/second-factor/offer")

    answer = browser.post("/profile/second-factor/confirm", code="000000")

    assert answer.status_code == 422 and "Код не подошёл" in answer.text
    session.refresh(user)
    assert user.totp_secret == ""


def test_a_session_that_waits_for_the_code_opens_nothing(browser, enrolled):
    browser.sign_in("topoleva", PASSWORD)

    assert person_by_session(browser.token) is None
    assert browser.get("/profile", headers={"Accept": "application/json"}).status_code == 401
    assert browser.post("/profile/second-factor/off", code="1").status_code == 401


def test_a_code_works_once(session, enrolled):
    user, _codes = enrolled
    code = code_of(user.totp_secret)
    assert services.pass_second_step(services.sign_in("topoleva", PASSWORD), code)

    with pytest.raises(Invalid):
        services.pass_second_step(services.sign_in("topoleva", PASSWORD), code)


def test_the_clock_of_the_phone_may_be_half_a_minute_off_and_no_more(session, enrolled):
    user, _codes = enrolled
    with pytest.raises(Invalid):
        services.pass_second_step(services.sign_in("topoleva", PASSWORD), code_of(user.totp_secret, later=2))

    assert services.pass_second_step(
        services.sign_in("topoleva", PASSWORD), code_of(user.totp_secret, later=1)
    )


def test_a_recovery_code_works_once_in_any_spelling(session, enrolled):
    user, codes = enrolled
    spelt = codes[0].upper().replace("-", " ")
    assert services.pass_second_step(services.sign_in("topoleva", PASSWORD), spelt)
    assert recovery_codes_left(user) == 9

    with pytest.raises(Invalid):
        services.pass_second_step(services.sign_in("topoleva", PASSWORD), codes[0])


def test_recovery_codes_are_kept_as_hashes_only(session, enrolled):
    _user, codes = enrolled
    kept = session.scalars(select(RecoveryCode.code_hash)).all()

    assert len(kept) == 10 and all(len(one) == 64 for one in kept)
    assert not set(kept) & {code.replace("-", "") for code in codes}


def test_guessing_codes_is_slowed_down(session, enrolled):
    waiting = services.sign_in("topoleva", PASSWORD, address="203.0.113.7")
    for _attempt in range(10):
        with pytest.raises(Invalid):
            services.pass_second_step(waiting, "000000")

    with pytest.raises(TooOften):
        services.pass_second_step(waiting, "000000")


def test_turning_it_off_takes_a_code(browser, session, enrolled):
    user, codes = enrolled
    browser.carry(services.start_session(user))

    assert browser.post("/profile/second-factor/off", code="111111").status_code == 422
    assert browser.post("/profile/second-factor/off", code=codes[3]).status_code == 303
    session.refresh(user)
    assert user.totp_secret == "" and recovery_codes_left(user) == 0


def test_new_recovery_codes_replace_the_old_ones(session, enrolled):
    user, codes = enrolled
    fresh = services.renew_recovery_codes(user, code=codes[0])

    assert recovery_codes_left(user) == 10 and not set(fresh) & set(codes)
    with pytest.raises(Invalid):
        services.renew_recovery_codes(user, code=codes[1])


def test_an_administrator_resets_it_and_the_sessions_end(browser, session, administrator, enrolled):
    user, _codes = enrolled
    services.move_organisation(user.organisation, under=administrator.organisation, by=SYSTEM)
    token = services.start_session(user)
    browser.carry(services.start_session(administrator))

    answer = browser.post(f"/admin/people/{user.id}/second-factor", reason="потерян телефон")

    assert answer.status_code == 303
    session.refresh(user)
    assert user.totp_secret == "" and person_by_session(token) is None


def test_the_secret_is_never_in_the_journal(session, enrolled):
    user, codes = enrolled
    told = " ".join(f"{e.changes} {e.note}" for e in session.scalars(select(Entry)))

    assert user.totp_secret not in told and not any(code in told for code in codes)


def test_where_it_is_asked_for_an_administrator_is_led_to_it_first(make_app):
    app = make_app(totp_for_administrators=True)
    with app.app_context():
        administrator = factories.person(Role.ADMINISTRATOR, organisation=factories.region())
        reader = Browser(app.test_client(), factories.person(Role.READER))
        browser = Browser(app.test_client(), administrator)

        assert browser.get("/admin/people").location == "/profile/second-factor"
        assert browser.get("/profile/second-factor").status_code == 200
        assert browser.post("/admin/people/new", login="x").status_code == 403
        assert reader.get("/profile").status_code == 200
        browser.post("/profile/second-factor/offer")
        page = browser.get("/profile/second-factor").text
        secret = re.search(r'<b class="tabular">([A-Z2-7 ]+)</b>', page)[1].replace(" ", "")
        browser.post("/profile/second-factor/confirm", code=code_of(secret))
        assert browser.get("/admin/people").status_code == 200
