"""The journal: what it sees by itself, what it refuses, and how tampering shows."""

from typing import Any

import pytest
from sqlalchemy import select, text, update

from core.anchor import anchor_file, anchor_head, faults
from core.audit import SYSTEM, Entry, Head, history_of, record
from core.clock import now
from core.db import db, transaction
from core.past import rows_as_of
from roadmap.models import Measure
from roadmap.services.measures import MeasureFacts, edit_measure, withdraw_measure
from tests import factories


@pytest.fixture
def measure(session: Any) -> Measure:
    return factories.measure()


def retitle(measure: Measure, title: str, **said: str) -> None:
    with transaction():
        measure.title = title
        record(measure, "measure.edit", by=SYSTEM, **said)


def test_an_entry_tells_each_field_before_and_after_with_actor_and_ground(measure: Measure) -> None:
    old = measure.title

    retitle(measure, "Провести форум", note="по просьбе школ", ground="приказ № 5")

    entry = history_of(measure)[0]
    assert entry.changes == {"title": [old, "Провести форум"]}
    assert (entry.actor_name, entry.note, entry.ground) == ("Веха", "по просьбе школ", "приказ № 5")
    assert (entry.subject_kind, entry.subject_id, entry.scope) == (
        "measure",
        measure.id,
        f"plan:{measure.plan_id}",
    )


def test_a_journalled_change_that_nobody_explains_is_not_committed(measure: Measure) -> None:
    old = measure.title

    with pytest.raises(AssertionError, match="nobody said who changed"), transaction():
        measure.title = "Тайком"

    db.session.expire_all()
    assert measure.title == old


def test_a_change_and_its_return_leave_no_field_behind(measure: Measure) -> None:
    old = measure.title

    with transaction():
        measure.title = "Сначала так"
        db.session.flush()  # the middle value reaches the database
        measure.title = old
        record(measure, "measure.edit", by=SYSTEM)

    assert history_of(measure)[0].changes == {}


def test_several_words_in_one_transaction_each_keep_their_own_changes(measure: Measure) -> None:
    with transaction():
        measure.title = "Один"
        record(measure, "measure.edit", by=SYSTEM)
        measure.note = "Два"
        record(measure, "measure.report", by=SYSTEM)

    last, first = history_of(measure)[:2]
    assert (first.action, set(first.changes)) == ("measure.edit", {"title"})
    assert (last.action, set(last.changes)) == ("measure.report", {"note"})


def test_a_rolled_back_change_leaves_no_entry(measure: Measure) -> None:
    before = len(history_of(measure))

    with pytest.raises(ZeroDivisionError), transaction():
        retitle(measure, "Не будет")
        raise ZeroDivisionError

    assert len(history_of(measure)) == before


def test_rows_stand_as_they_did_at_any_past_moment(measure: Measure) -> None:
    first, moment = measure.title, now()
    retitle(measure, "Позже")

    then = rows_as_of(measure.journal_scope, moment)["measure"][measure.id]
    today = rows_as_of(measure.journal_scope, now())["measure"][measure.id]

    assert (then["title"], today["title"]) == (first, "Позже")
    assert then["state"] == "planned" and then["due_text"] == measure.due_text


def test_a_row_that_its_parent_lets_go_of_is_gone_from_then_on(session: Any) -> None:
    """Nobody deletes it by name: the journal has to see that it goes with the list it stood on."""
    user = factories.executor()
    measure = factories.measure(executors=[user])
    moment, number = now(), measure.participations[0].id
    facts = MeasureFacts("1.1", "Провести семинар", due_text="до 30.06.2027")

    edit_measure(measure, facts, by=measure.plan.coordinator, ground="приказ от 01.02.2026 № 5")

    assert number in rows_as_of(measure.journal_scope, moment)["participation"]
    assert number not in rows_as_of(measure.journal_scope, now())["participation"]


def test_numbers_have_no_gaps_and_the_head_tells_the_last(measure: Measure) -> None:
    numbers = list(db.session.scalars(select(Entry.id).order_by(Entry.id)))

    head = db.session.get_one(Head, 1)

    assert numbers == list(range(1, head.length + 1))


def test_a_whole_journal_has_no_faults(measure: Measure) -> None:
    anchor_head()
    retitle(measure, "Ещё раз")

    assert list(faults()) == []


TAMPERINGS = {
    "an entry edited": "UPDATE journal_entry SET note = 'подмена' WHERE id = 2",
    "an entry removed": "DELETE FROM journal_entry WHERE id = 2",
    "the last entry cut off with its head": (
        "DELETE FROM journal_entry WHERE id = (SELECT length FROM journal_head);"
        "UPDATE journal_head SET length = length - 1,"
        " mac = (SELECT mac FROM journal_entry ORDER BY id DESC LIMIT 1)"
    ),
    "two entries swapped": (
        "UPDATE journal_entry SET id = 100002 WHERE id = 2; UPDATE journal_entry SET id = 2 WHERE id = 3;"
        "UPDATE journal_entry SET id = 3 WHERE id = 100002"
    ),
    "the author changed": "UPDATE journal_entry SET actor_name = 'Другой' WHERE id = 1",
    "the moment changed": "UPDATE journal_entry SET at = '2020-01-01 00:00:00' WHERE id = 2",
}


@pytest.mark.parametrize("how", TAMPERINGS)
def test_tampering_shows(measure: Measure, how: str) -> None:
    anchor_head()

    with transaction() as session:
        for statement in TAMPERINGS[how].split(";"):
            session.execute(text(statement))

    assert list(faults()), how


def test_a_forged_entry_at_the_end_shows(measure: Measure) -> None:
    with transaction() as session:
        last = session.get_one(Head, 1).length
        columns = {c.name: getattr(session.get_one(Entry, last), c.name) for c in Entry.__table__.columns}
        session.execute(Entry.__table__.insert().values(columns | {"id": last + 1, "note": "подлог"}))
        session.execute(update(Head).values(length=last + 1))

    assert list(faults())


def test_a_changed_anchor_shows(measure: Measure) -> None:
    anchor_head()
    file = anchor_file()
    length, mac, *rest = file.read_text().split()
    file.write_text(" ".join([length, "0" * len(mac), *rest]) + "\n")

    assert any("anchor" in fault for fault in faults())


def test_secrets_are_never_journalled(session: Any) -> None:
    person = factories.executor()

    told = " ".join(str(entry.changes) for entry in history_of(person))

    assert "password_hash" not in told and "totp" not in told


def test_parts_are_told_in_the_history_of_their_whole(session: Any) -> None:
    who = factories.executor()
    measure = factories.measure(executors=[who])

    parts = [entry for entry in history_of(measure) if entry.part.startswith("participation:")]

    assert [entry.changes["name"][1] for entry in parts] == [who.name]


def test_withdrawing_is_journalled_with_its_ground(session: Any) -> None:
    by = factories.coordinator()
    measure = factories.measure(by=by)

    withdraw_measure(measure, by=by, ground="приказ от 01.02.2027 № 3")

    entry = history_of(measure)[0]
    assert entry.action == "measure.withdraw" and entry.ground == "приказ от 01.02.2027 № 3"
    assert entry.changes["withdrawn_at"][0] is None
