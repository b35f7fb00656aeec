"""The door: policies, redirects, hosts, cookies, forms without a token, pages that must not write."""

import hashlib

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from accounts import services
from accounts.access import onward
from accounts.models import Role
from accounts.policy import policy_of
from core.audit import SYSTEM
from core.db import db
from tests import factories
from tests.accounts.browser import Browser

PASSWORD = factories.PASSWORD

#: What does not depend on the database is tried on one of them.
ON_ONE = pytest.mark.parametrize("app", ["sqlite"], indirect=True)
OFF_SITE = [
    "https://evil.example/", "http://evil.example", "HTTPS://EVIL.EXAMPLE", "//evil.example",
    "///evil.example", "////evil.example", "/\\evil.example", "\\\\evil.example", "\\/evil.example",
    "/\\/evil.example", "/%09/evil.example", "/\t/evil.example", "\t//evil.example", " //evil.example",
    "/ /evil.example", "javascript:alert(1)", "data:text/html,x", "vbscript:x", "evil.example", "./evil",
    "../evil", "https:evil.example", "https:/evil.example", "http:///evil.example", "@evil.example",
    "/@evil.example", "/.evil.example", "//evil.example@localhost", "http://localhost@evil.example",
    "/\n/evil.example", "/\r\nLocation:https://evil.example", "/\u2028/evil.example", "//%65vil.example",
    "/profile\\@evil.example", "https://localhost.evil.example/profile", "/%2f%2fevil.example",
    "/%5cevil.example", "?next=//evil.example",
]  # fmt: skip


@ON_ONE
@pytest.mark.parametrize("wanted", OFF_SITE)
def test_nothing_from_outside_is_followed_after_signing_in(browser, user, wanted):
    answer = browser.sign_in("topoleva", PASSWORD, next=wanted)

    assert (answer.status_code, answer.location) == (303, "/")


@ON_ONE
@pytest.mark.parametrize("wanted", OFF_SITE)
def test_nor_when_somebody_is_signed_in_already(app, wanted):
    with app.test_request_context("/login"):
        assert onward(wanted) == "/"


@pytest.mark.parametrize("wanted", ["/profile", "/profile/sessions?from=letter", "/admin/people?text=Топ"])
def test_a_page_of_ours_is_gone_on_to(app, wanted):
    with app.test_request_context("/login"):
        assert onward(wanted) == wanted


@pytest.mark.parametrize("path", ["/display", "/language"])
def test_choosing_how_the_page_looks_leads_nowhere_else_either(browser, session, path):
    answer = browser.post(path, next="//evil.example", language="en", size="l")

    assert (answer.status_code, answer.location) == (303, "/")


def test_choices_of_display_and_language_are_kept_in_cookies_of_known_values(browser, session):
    browser.post("/display", size="xl", scheme="bw", space="w", theme="dark", next="/login")
    browser.post("/language", language="en", next="/login")
    assert browser.client.get_cookie("display").value == "xl.bw.w.dark"
    assert browser.client.get_cookie("language").value == "en"

    browser.post("/display", size="<script>", next="/login")
    browser.post("/language", language="../../etc", next="/login")
    assert browser.client.get_cookie("display").value == "xl.bw.w.dark"
    assert browser.client.get_cookie("language").value == "en"


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "evil.example:80", "localhost@evil"]
)
def test_another_host_is_refused(make_app, host):
    app = make_app(trusted_hosts="vekha.example.ru")

    answer = app.test_client().get("/login", headers={"Host": host})

    assert answer.status_code == 400
    assert "evil" not in answer.text


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(browser, user):
    answer = browser.sign_in("topoleva", PASSWORD)

    (cookie,) = [c for c in answer.headers.getlist("Set-Cookie") if c.startswith("vekha_session=")]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie
    assert "Domain" not in cookie and "Max-Age" not in cookie


def test_a_kept_session_lasts_fourteen_days_in_the_browser_too(browser, user):
    answer = browser.sign_in("topoleva", PASSWORD, remember="y")

    assert any("Max-Age=1209600" in c for c in answer.headers.getlist("Set-Cookie"))


def test_over_https_every_cookie_is_secure_and_bound_to_the_host(make_app):
    app = make_app(base_url="https://localhost")
    with app.app_context():
        services.set_password(factories.person(Role.READER, login="reader"), PASSWORD, by=SYSTEM)
    client = app.test_client()
    page = client.get("/login", base_url="https://localhost")
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    form = {"csrf_token": token, "login": "reader", "password": PASSWORD}
    answer = client.post(
        "/login", base_url="https://localhost", data=form, headers={"Referer": "https://localhost/login"}
    )

    cookies = page.headers.getlist("Set-Cookie") + answer.headers.getlist("Set-Cookie")
    assert answer.status_code == 303 and any(c.startswith("__Host-vekha_session=") for c in cookies)
    assert all("Secure" in c and "HttpOnly" in c and "SameSite=Lax" in c for c in cookies)


def test_signing_in_changes_the_token_of_forms(browser, user):
    before = browser.get("/login").text.split('csrf_token" value="')[1].split('"')[0]
    browser.sign_in("topoleva", PASSWORD)

    assert browser.client.post("/logout", data={"csrf_token": before}).status_code == 400


def test_a_route_that_does_not_say_who_may_ask_is_never_served(make_app):
    app = make_app()
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.add_url_rule("/undeclared", view_func=lambda: "served")

    answer = app.test_client().get("/undeclared")

    assert answer.status_code == 500 and "served" not in answer.text


def own_rules(app: Flask):
    return [r for r in app.url_map.iter_rules() if r.endpoint.startswith("accounts.")]


def test_every_route_of_the_room_has_a_policy(app):
    assert [r.rule for r in own_rules(app) if policy_of(app.view_functions[r.endpoint]) is None] == []


def path_of(rule) -> str:
    return rule.rule.replace("<int:", "<").translate(str.maketrans("<>", "{}")).format(
        organisation_id=999, user_id=999, grant_id=999, sign_in_id=999, task_id=999, token="abc"
    )  # fmt: skip


EXPECTED_PUBLIC = {
    "accounts.sign_in", "accounts.second_step", "accounts.leave", "accounts.forgotten",
    "accounts.set_new_password", "accounts.accept_invitation", "accounts.display", "accounts.language",
    "accounts.help_page", "accounts.accessibility",
}  # fmt: skip
FOR_OVERSEERS = {"accounts.administration", "accounts.journal"}


@ON_ONE
@pytest.mark.parametrize("role", [None, *Role])
def test_who_is_let_through_which_door(app, session, role):
    """Every route of the room × every role × GET and POST: what nobody declared is refused."""
    client = Browser(app.test_client(), factories.person(role) if role else None)
    app.config["WTF_CSRF_ENABLED"] = False
    wrong = []
    for rule in own_rules(app):
        for method in rule.methods & {"GET", "POST"}:
            if rule.endpoint == "accounts.leave":
                continue
            status = client.client.open(path_of(rule), method=method).status_code
            if (status in _refusals(rule.endpoint)) != (not _may(role, rule)):
                wrong.append((method, rule.rule, status))
    assert wrong == []


def _refusals(endpoint: str) -> tuple[int, ...]:
    if endpoint in ("accounts.sign_in", "accounts.second_step"):
        return ()
    return (401, 302) if endpoint in EXPECTED_PUBLIC else (401, 302, 403)


def _may(role: Role | None, rule) -> bool:
    if rule.endpoint in EXPECTED_PUBLIC:
        return True
    if not rule.rule.startswith("/admin"):
        return role is not None
    return role is Role.ADMINISTRATOR or (role is Role.AUDITOR and rule.endpoint in FOR_OVERSEERS)


@pytest.mark.parametrize("path", ["/admin/settings", "/admin/tasks", "/admin/letters", "/admin/journal"])
def test_pages_of_the_whole_instance_are_for_who_reaches_all_of_it(app, administrator, path):
    local = factories.person(
        Role.ADMINISTRATOR, organisation=factories.municipality(administrator.organisation)
    )

    assert Browser(app.test_client(), administrator).get(path).status_code == 200
    assert Browser(app.test_client(), local).get(path).status_code == 403


def test_an_auditor_of_everything_reads_the_journal_and_nothing_else(app, region):
    browser = Browser(app.test_client(), factories.person(Role.AUDITOR, organisation=region))

    assert browser.get("/admin/journal").status_code == 200
    assert browser.get("/admin/people").status_code == 403
    assert browser.post("/admin/journal").status_code == 405


def test_every_form_without_its_token_is_refused(app, administrator):
    client = Browser(app.test_client(), administrator).client
    served = {
        rule.rule: client.post(path_of(rule)).status_code for rule in own_rules(app) if "POST" in rule.methods
    }

    assert len(served) > 25 and set(served.values()) == {400}


def digest() -> str:
    """All rows but those of the sessions' log."""
    rows = [
        f"{table.name}{tuple(row)}"
        for table in db.metadata.sorted_tables
        if table.name != "sign_in"
        for row in db.session.execute(text(f'SELECT * FROM "{table.name}" ORDER BY 1'))
    ]
    db.session.rollback()
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


@pytest.mark.parametrize("role", [None, Role.EXECUTOR, Role.ADMINISTRATOR, Role.AUDITOR])
def test_no_page_writes_when_it_is_only_looked_at(app, client: FlaskClient, region, role):
    browser = Browser(client, factories.person(role, organisation=region) if role else None)
    before = digest()
    for rule in own_rules(app):
        if "GET" in rule.methods:
            browser.get(path_of(rule))

    assert digest() == before


def test_a_stale_form_says_so_and_does_not_lead_away(browser, session):
    answer = browser.post("/profile", position="Директор")

    assert answer.status_code == 401 and "Вход закончился" in answer.text


def test_programs_get_a_problem_and_not_a_page(browser, session):
    answer = browser.get("/profile", headers={"Accept": "application/json"})

    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json" and "Войдите" in answer.json["title"]


def test_static_files_ask_nobody_who_they_are(client, session):
    answer = client.get("/static/vekha.css", headers={"Cookie": "vekha_session=whatever"})

    assert answer.status_code == 200
    answer.close()
