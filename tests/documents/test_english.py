"""The interface in English, with the sentences of modules that know no languages."""

import io

import pytest
from flask import Flask

from core.errors import Refusal, Unreadable, sentence
from core.filters import days_left
from core.web import refused
from documents.services.intake import Upload, receive

ENGLISH = {"Cookie": "language=en"}
pytestmark = pytest.mark.usefixtures("session")


def test_a_page_is_in_english_for_who_chose_it(app: Flask):
    browser = app.test_client()
    browser.set_cookie("language", "en")

    page = browser.get("/login").text

    assert '<html lang="en"' in page
    assert "Stay signed in on this computer" in page


def test_numbers_of_days_have_the_english_order_and_plural(app: Flask):
    with app.test_request_context(headers=ENGLISH):
        assert [days_left(left).replace("\xa0", " ") for left in (-1, 5)] == ["1 day overdue", "5 days left"]


def test_the_guard_of_uploads_refuses_in_the_language_of_the_reader(app: Flask):
    refused_so = pytest.raises(Unreadable, match="“{a}.docx” is not accepted")

    with app.test_request_context(headers=ENGLISH), refused_so:
        receive(Upload("{a}.docx", io.BytesIO(b"MZ: a program")))


def test_a_marked_sentence_is_translated_when_the_refusal_is_shown(app: Flask):
    kept = sentence("Такой страницы в файле нет.")

    with app.test_request_context(headers=ENGLISH):
        page, status = refused(Refusal(kept))

    assert "The file has no such page." in page
    assert status == 409
