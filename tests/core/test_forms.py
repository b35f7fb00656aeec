"""Days as people type them."""

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form

from core.forms import DayField, OnOrAfter, read_day


class TermForm(Form):
    start = DayField("С")
    end = DayField("По", [OnOrAfter("start", "Конец раньше начала")])


@pytest.mark.parametrize(
    "typed", ["30.06.2027", "30.6.27", "30,06,2027", "30062027", "2027-06-30", " 30.06.2027 г."]
)
def test_a_day_is_understood_as_people_type_it(typed):
    assert read_day(typed) == date(2027, 6, 30)


@pytest.mark.parametrize("typed", ["", "31.02.2027", "июнь", "30.06", "300627", "30.06.027"])
def test_what_is_not_a_day_is_not_guessed(typed):
    assert read_day(typed) is None


def test_a_wrong_day_is_refused_and_kept_as_typed():
    form = TermForm(MultiDict({"start": "31.02.2027"}))

    assert not form.validate()
    assert form.start.errors == ["Введите дату как 30.06.2027"]
    assert 'value="31.02.2027"' in form.start()


def test_a_stored_day_is_shown_day_first():
    assert 'value="30.06.2027"' in TermForm(start=date(2027, 6, 30)).start()


def test_an_empty_day_is_no_day():
    form = TermForm(MultiDict({"start": ""}))

    assert form.validate()
    assert form.start.data is None


def test_a_term_that_ends_before_it_starts_is_refused():
    form = TermForm(MultiDict({"start": "02.06.2027", "end": "01.06.2027"}))

    assert not form.validate()
    assert form.end.errors == ["Конец раньше начала"]
