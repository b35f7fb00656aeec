"""Letters: how they are written, sent by SMTP, put into a folder."""

import logging
import smtplib
import socketserver
import threading

import pytest

from accounts import services
from accounts.models import Letter, User
from core.audit import SYSTEM
from core.mail import Post, compose, link_to, send
from core.outbox import dead_tasks
from core.worker import run_due


class Mailbox(socketserver.StreamRequestHandler):
    """Takes letters as an SMTP server does, and remembers them."""

    def handle(self) -> None:
        self.say("220 ready")
        while line := self.rfile.readline().decode().strip():
            self.server.heard.append(line)
            if line.upper() == "DATA":
                self.say("354 go on")
                self.server.letters.append(b"".join(iter(self.rfile.readline, b".\r\n")))
            self.say("250 ok" if line.upper() != "QUIT" else "221 bye")
            if line.upper() == "QUIT":
                return

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


@pytest.fixture
def mailbox():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mailbox) as server:
        server.heard, server.letters = [], []
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_a_letter_goes_out_by_smtp_as_text_and_html(make_app, mailbox):
    app = make_app(smtp_url=f"smtp://127.0.0.1:{mailbox.server_address[1]}", mail_from="Веха <v@example.ru>")
    with app.app_context():
        send(Post("to@example.ru", "Тема письма", "Текст", "<p>Текст</p>"))

    (letter,) = mailbox.letters
    assert "rcpt TO:<to@example.ru>" in mailbox.heard
    assert b"text/plain" in letter and b"text/html" in letter and b"Message-ID: <" in letter
    assert b"@example.ru>" in letter and b"Auto-Submitted: auto-generated" in letter


def test_the_task_of_a_letter_tries_again_when_the_server_is_away(make_app):
    app = make_app(smtp_url="smtp://127.0.0.1:9")
    with app.app_context():
        from core.db import db
        from tests import factories

        services.send_reset(factories.person(), by=SYSTEM)
        run_due()

        letter = db.session.get_one(Letter, 1)
        assert letter.sent_at is None and dead_tasks() == []


def test_a_password_is_never_sent_over_a_line_that_had_to_be_secret(make_app, mailbox):
    app = make_app(smtp_url=f"smtp+tls://me:secret@127.0.0.1:{mailbox.server_address[1]}")
    with app.app_context(), pytest.raises(smtplib.SMTPException):
        send(Post("to@example.ru", "Тема", "Текст"))

    assert mailbox.letters == [] and not any("AUTH" in line for line in mailbox.heard)


def test_a_subject_cannot_carry_a_second_header(make_app):
    with make_app().app_context(), pytest.raises(ValueError, match="linefeed"):
        send(Post("to@example.ru", "Тема\nBcc: evil@example.ru", "Текст"))


@pytest.mark.parametrize(
    "base, expected",
    [
        ("http://localhost", "http://localhost/reset/abc"),
        ("https://vekha.example.ru", "https://vekha.example.ru/reset/abc"),
        ("https://example.ru/vekha", "https://example.ru/vekha/reset/abc"),
    ],
)
def test_addresses_in_letters_are_those_of_the_settings(make_app, base, expected):
    with make_app(base_url=base).app_context():
        assert link_to("accounts.set_new_password", token="abc") == expected


def test_names_in_a_letter_are_text_and_not_markup(make_app):
    with make_app().app_context():
        from tests import factories

        user = User(surname="<script>alert(1)</script>", login="x")
        made = services.send_reset(factories.person(), by=SYSTEM)
        post = compose(
            "reset", to="a@example.ru", person=user, link="http://localhost/x", until=made.expires_at
        )

    assert "<script>" not in post.html and "&lt;script&gt;" in post.html
    assert "<script>" in post.text and "\n" not in post.subject


def test_nothing_of_a_letter_is_logged(make_app, caplog):
    app = make_app()
    with caplog.at_level(logging.DEBUG), app.app_context():
        from tests import factories

        secret = services.secret_of(services.send_reset(factories.person(), by=SYSTEM))
        run_due()

    assert secret not in caplog.text
