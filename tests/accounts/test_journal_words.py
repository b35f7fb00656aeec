"""The journal page speaks Russian about every room."""

from sqlalchemy import select

from accounts.journal_fields import FIELD_NAMES
from accounts.journal_words import ACTION_NAMES, KIND_NAMES
from accounts.telling import changes_told, value_told
from core.audit import Entry, Journalled
from core.db import Base, db
from workflow.measure import MEASURE


def test_every_move_of_a_measure_has_a_word():
    assert {f"measure.{move}" for move in MEASURE.moves} - ACTION_NAMES.keys() == set()


def test_every_field_that_is_journalled_has_a_word():
    fields = {
        column.key
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Journalled)
        for column in mapper.column_attrs
        if column.key not in mapper.class_.unjournalled
    }

    assert len(fields) > 60
    assert {f for f in fields - FIELD_NAMES.keys() if f not in NOT_TOLD} == set()


#: Codes that mean nothing to people and are shown as they are.
NOT_TOLD = {"data", "client_key"}


def test_everything_that_happens_in_a_small_instance_has_a_word(site):
    with site.app.app_context():
        told = list(db.session.scalars(select(Entry)))

    assert len(told) > 50
    assert {e.action for e in told} - ACTION_NAMES.keys() == set()
    assert {e.subject_kind for e in told} - KIND_NAMES.keys() == set()


def test_values_are_told_as_people_write_them(make_app):
    with make_app().test_request_context():
        assert value_told("role", "coordinator") == "Координатор"
        assert value_told("due_end", "2027-06-30") == "30.06.2027"
        assert value_told("blocked_at", "2027-06-30T09:40:00+00:00") == "30.06.2027, 12:40"
        assert value_told("number", "2027-99-99") == "2027-99-99"
        assert (value_told("gets_digest", True), value_told("gets_digest", False)) == ("да", "нет")
        assert value_told("x", None) == value_told("x", []) == ""


def test_fields_that_stayed_empty_are_left_out(make_app):
    entry = Entry(changes={"phone": [None, ""], "surname": [None, "Ясенева"], "email": ["a@b.ru", ""]})
    with make_app().test_request_context():
        assert [(before, after) for _n, before, after in changes_told(entry)] == [
            ("", "Ясенева"),
            ("a@b.ru", ""),
        ]
