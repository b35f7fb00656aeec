"""G13: every answer carries the headers that protect its reader, errors included.

The answers of all routes to everybody are looked at where they are asked for, in test_matrix.py.
"""

import pytest

import reports.views.report_page
from accounts.policy import public
from tests.rel.headers import faults_of
from tests.site import COORDINATOR, Site


@pytest.fixture
def whole_site(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    site.app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr(reports.views.report_page, "to_pdf", lambda _path, out: out.write_bytes(b"%PDF-1.4"))
    return site


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/nowhere", 404),
        ("PUT", "/roadmaps", 405),
        ("POST", "/roadmaps/new", 400),
        ("GET", "/admin", 403),
    ],
)
def test_refusals_are_protected_too(whole_site, method, address, status):
    answer = whole_site.client(COORDINATOR).open(address, method=method)

    assert (answer.status_code, faults_of(answer)) == (status, [])


def test_faults_of_ours_are_protected_too_and_tell_nothing(whole_site, monkeypatch):
    def broken(**_more):
        raise RuntimeError("the secret of the house")

    monkeypatch.setitem(whole_site.app.view_functions, "roadmap.plans", public(broken))
    answer = whole_site.client(COORDINATOR).get("/roadmaps")

    assert (answer.status_code, faults_of(answer)) == (500, [])
    assert "secret" not in answer.text and "Traceback" not in answer.text


def test_over_https_browsers_are_told_to_stay_there_and_cookies_too(make_app):
    app = make_app(base_url="https://vekha.example.ru")
    answer = app.test_client().get("/login", base_url="https://vekha.example.ru")

    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    cookies = answer.headers.getlist("Set-Cookie")
    assert cookies and all("Secure" in cookie for cookie in cookies)


def test_a_foreign_host_is_refused(make_app):
    app = make_app(trusted_hosts="vekha.example.ru", base_url="https://vekha.example.ru")

    assert app.test_client().get("/login", base_url="https://evil.example").status_code == 400


AWAY = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example",
    "http:evil.example",
    "https:///evil.example",
    "/%2fevil.example",
    "/%5cevil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    " //evil.example",
    "\t//evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "//evil.example/%2f..",
    "//evil%E3%80%82example",
    "/login/../..//evil.example",
    "@evil.example",
    "https://localhost@evil.example",
    "http://localhost.evil.example",
    "//localhost:80@evil.example",
    "/@evil.example",
    "/;@evil.example",
    "////evil.example",
    "/.evil.example",
    "///\\evil.example",
    "https:evil.example",
    "//evil.example:80/",
    "\u2028//evil.example",
]


@pytest.mark.parametrize("wanted", AWAY, ids=repr)
def test_nobody_is_sent_off_the_site_after_signing_in(site, wanted):
    with site.app.test_request_context("/", base_url="http://localhost"):
        from accounts.access import onward

        address = onward(wanted)

    assert address.startswith("/") and not address.startswith(("//", "/\\")) and "evil" not in address


NAMES = [
    "Отчёт\r\nSet-Cookie: a=b.docx",
    'кавычки "и" точка;с запятой.docx',
    "\u202efdp.docx",
    "я" * 127 + ".docx",
    "../../etc/passwd.docx",
    "пробел в имени.docx",
    "'апостроф'.docx",
    "%0d%0aX: 1.docx",
]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_files_of_any_name_download_as_files_and_nothing_else(site, name):
    from core.db import db
    from documents.models import Dossier
    from documents.services import attach
    from tests.site import users
    from tests.uploads import docx_bytes, upload

    with site.app.app_context():
        by = users(site)[COORDINATOR]
        made = attach(
            db.session.get_one(Dossier, site.ids["dossier_id"]), upload(docx_bytes(), name), by=by
        ).id
    answer = site.client(COORDINATOR).get(f"/documents/{made}/files/1")

    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment") and faults_of(answer) == []
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert not set(disposition) & set("\r\n\u202e") and "X" not in answer.headers and len(answer.data) > 1000
