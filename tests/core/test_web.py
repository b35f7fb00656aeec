"""What every page shares: refusals, problem documents, faults, language and display."""

import json

import pytest
import sqlalchemy as sa
from flask import Flask, url_for
from sqlalchemy.exc import OperationalError

from accounts.models import User
from accounts.policy import public
from accounts.policy import signed_in as anyone
from core import errors
from core.db import db
from tests.factories import coordinator
from tests.pages import parse, text_of

REFUSALS = [
    (errors.Blocked("Приложите приказ."), 409),
    (errors.OutOfTurn("Уже исполнено."), 409),
    (errors.NotYours("Это делает координатор."), 403),
    (errors.NotFound("Такого мероприятия нет."), 404),
    (errors.Invalid("Введите дату."), 422),
    (errors.TooLarge("Файл слишком большой."), 413),
]


@pytest.fixture
def raising(make_app):
    """A browser whose page «/raise» ends as the test wants."""
    app: Flask = make_app()
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def prepare(ending: Exception):
        @public
        def page():
            raise ending

        app.add_url_rule("/raise", view_func=page)
        return app.test_client()

    return prepare


@pytest.mark.parametrize(("refusal", "status"), REFUSALS, ids=lambda r: type(r).__name__)
def test_a_refusal_is_a_page_that_says_what_to_do(raising, refusal, status):
    answer = raising(refusal).get("/raise", headers={"Accept": "text/html"})

    assert answer.status_code == status
    assert str(refusal) in text_of(parse(answer.text))


def test_a_program_gets_a_problem_document(raising):
    answer = raising(errors.Blocked("Приложите приказ.")).get(
        "/raise", headers={"Accept": "application/json"}
    )

    assert answer.mimetype == "application/problem+json"
    told = json.loads(answer.text)
    assert (told["status"], told["title"], told["kind"]) == (409, "Приложите приказ.", "Blocked")


def test_a_fault_of_ours_has_a_code_and_keeps_its_secrets(raising, caplog):
    answer = raising(RuntimeError("пароль от базы")).get("/raise", headers={"Accept": "text/html"})

    code = text_of(parse(answer.text)).partition("код ")[2][:6]
    assert answer.status_code == 500 and "пароль" not in answer.text
    assert len(code) == 6 and code in caplog.text


def test_a_busy_database_asks_to_try_again(raising):
    answer = raising(OperationalError("x", {}, Exception("database is locked"))).get("/raise")

    assert answer.status_code == 503


def test_a_database_that_goes_away_in_the_middle_is_told_in_words(app, session, signed_in, monkeypatch):
    client = signed_in(coordinator())
    away = OperationalError("x", {}, Exception("the server closed the connection"))

    def go_away(*_asked):
        raise away

    @anyone
    def page():
        sa.event.listen(db.engine, "before_cursor_execute", go_away)
        db.session.get(User, 0)

    monkeypatch.setitem(app.view_functions, "roadmap.plans", page)
    try:
        answer = client.get("/roadmaps", headers={"Accept": "text/html"})
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", go_away)

    assert answer.status_code == 503 and "Повторите" in text_of(parse(answer.text))


def test_a_form_without_its_token_is_refused_kindly(make_app):
    answer = make_app().test_client().post("/login", data={"login": "a"})

    assert answer.status_code == 400
    assert "Обновите" in answer.text


def test_a_page_that_is_not_there_says_so_in_words(make_app):
    answer = make_app().test_client().get("/nowhere", headers={"Accept": "text/html"})

    assert answer.status_code == 404 and "Проверьте адрес" in answer.text


@pytest.mark.parametrize(("chosen", "language"), [("", "ru"), ("en", "en"), ("de", "ru"), ("<script>", "ru")])
def test_the_language_is_the_persons_choice_among_ours(make_app, chosen, language):
    client = make_app().test_client()
    client.set_cookie("language", chosen)

    assert parse(client.get("/login").text).get("lang") == language


@pytest.mark.parametrize("cookie", ["l.bw.w.dark", "", "x.y.z", "l", "l.bw.w.dark.and.more", "\"'><script>"])
def test_only_known_choices_of_display_reach_the_page(make_app, cookie):
    client = make_app().test_client()
    client.set_cookie("display", cookie)
    answer = client.get("/login")

    assert answer.status_code == 200 and "<script>" not in answer.text.split("</head>")[1]


def test_pages_are_not_kept_by_caches_and_static_files_are(make_app):
    client = make_app().test_client()

    assert client.get("/login").headers["Cache-Control"] == "no-store"
    assert client.get("/static/vekha.css").headers["Cache-Control"] == "no-cache"
    assert "max-age" in client.get("/static/fonts/golos-latin.woff2").headers["Cache-Control"]


def test_a_static_file_is_kept_for_ever_under_an_address_that_changes_with_it(make_app, tmp_path):
    app, client = make_app(), make_app().test_client()
    address = parse(client.get("/login").text).xpath("string(//*[@rel='stylesheet']/@href)")

    assert "immutable" in client.get(address).headers["Cache-Control"]
    assert client.get(f"{address}1").headers["Cache-Control"] == "no-cache"
    app.static_folder = str(tmp_path)
    addresses = []
    for content in ("a {}", "b {}"):
        (tmp_path / "vekha.css").write_text(content)
        with app.test_request_context():
            addresses.append(url_for("static", filename="vekha.css"))
    assert address not in addresses and len(set(addresses)) == 2
