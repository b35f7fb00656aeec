"""Marks of members: they survive a new version where the row says the same, and count for nobody else."""

import pytest

from core.db import db
from core.errors import Invalid, NotYours, OutOfTurn
from council.models import RowMark, Seat
from council.queries.review import members_of, progress_of, unpassed_rows
from council.queries.review_access import last_version_looked_at, looked_at
from council.review_rows import changed_rows, gone_rows, rows_of
from council.services.review import look_at
from council.word_changes import Piece, word_changes
from roadmap.services.measures import withdraw_measure
from tests import factories
from tests.council.review_scene import build, join


def seen(version, person) -> list[str]:
    looked = looked_at(version.report_id, person)
    return [row.number for row in rows_of(version.data) if row.key in looked]


def test_a_member_marks_rows_and_takes_marks_back(session):
    scene = build()
    version = scene.version()

    scene.look(version, 0, 1, 2)
    look_at(version, [], [scene.measures[1].id], by=scene.member)

    assert seen(version, scene.member) == ["1.1", "1.3"]
    assert seen(version, scene.chair) == []


def test_marking_a_row_twice_keeps_one_mark(session):
    scene = build()
    version = scene.version()

    scene.look(version, 0)
    scene.look(version, 0, 1)

    assert db.session.query(RowMark).count() == 2


def test_marks_on_unchanged_rows_survive_a_new_version(session):
    scene = build()
    first = scene.version()
    scene.look(first, 0, 1, 2, 3)
    scene.write(1, "Перенесено на весну")

    second = scene.next_version(first)

    assert seen(second, scene.member) == ["1.1", "1.3", "1.4"]
    assert last_version_looked_at(second, scene.member) == 1
    assert [row.number for row in changed_rows(rows_of(second.data), rows_of(first.data))] == ["1.2"]


def test_a_row_that_says_again_what_was_looked_at_counts_again(session):
    scene = build()
    scene.write(0, "Готовится")
    first = scene.version()
    scene.look(first, 0)
    scene.write(0, "Перенесено")
    second = scene.next_version(first)
    assert seen(second, scene.member) == []
    scene.write(0, "Готовится")

    third = scene.next_version(second)

    assert seen(third, scene.member) == ["1.1"]


def test_rows_that_are_gone_are_told(session):
    scene = build()
    first = scene.version()
    withdraw_measure(scene.measures[3], by=scene.coordinator, ground="приказ от 01.02.2026 № 5")
    second = scene.next_version(first)

    assert [row.number for row in gone_rows(rows_of(second.data), rows_of(first.data))] == ["1.4"]


def test_only_those_who_sit_in_the_council_mark(session):
    scene = build()
    version = scene.version()

    for person in (scene.coordinator, scene.executor, factories.coordinator()):
        with pytest.raises(NotYours):
            scene.look(version, 0, by=person)


def test_a_row_of_another_report_is_no_row_of_this_one(session):
    scene, other = build(), build()
    version = scene.version()

    with pytest.raises(Invalid):
        look_at(version, [other.measures[0].id], by=scene.member)


def test_nothing_is_marked_once_the_council_has_decided_or_returned_the_version(session):
    scene = build()
    first = scene.version()
    second = scene.next_version(first)
    scene.decide(second)

    for version in (first, second):
        with pytest.raises(OutOfTurn):
            scene.look(version, 0)


def test_the_progress_of_every_member_is_told(session):
    scene = build()
    version = scene.version()
    scene.look(version, 0, 1, 2, 3)
    scene.look(version, 2, by=scene.chair)
    scene.remark(version, 2, by=scene.chair)

    lines = progress_of(version, members_of(scene.council.id))

    told = {line.membership.user.id: (line.seen, line.total, line.remarks, line.is_done) for line in lines}
    assert told == {
        scene.chair.id: (1, 4, 1, False),
        scene.member.id: (4, 4, 0, True),
        scene.secretary.id: (0, 4, 0, False),
    }
    assert [line.has_begun for line in lines] == [True, True, False]


def names(rows) -> list[str]:
    return [row.number for row in rows]


def test_an_executor_who_sits_in_the_council_cannot_be_the_only_one_who_passes_a_row(session):
    scene = build()
    join(scene.council, scene.executor)
    version = scene.version()
    assert names(unpassed_rows(version)) == ["1.1", "1.2", "1.3", "1.4"]

    scene.look(version, 0, 1, by=scene.chair)
    scene.look(version, 2, by=scene.secretary)

    assert names(unpassed_rows(version)) == ["1.3", "1.4"], "the secretary has no vote"


def test_rows_of_outsiders_are_not_asked_about(session):
    scene = build()
    version = scene.version()

    assert unpassed_rows(version) == []


def test_a_changed_row_has_to_be_passed_again(session):
    scene = build()
    join(scene.council, scene.executor, Seat.DEPUTY)
    first = scene.version()
    scene.look(first, 0, 1, 2, 3, by=scene.chair)
    assert unpassed_rows(first) == []
    scene.write(2, "Перенесено на весну")

    second = scene.next_version(first)

    assert names(unpassed_rows(second)) == ["1.3"]


def test_words_are_compared_one_by_one():
    assert word_changes("было 58 человек", "было 63 человека") == [
        Piece("same", "было "), Piece("removed", "58"), Piece("added", "63"), Piece("same", " "),
        Piece("removed", "человек"), Piece("added", "человека"),
    ]  # fmt: skip
    assert word_changes("", "новое") == [Piece("added", "новое")]
    assert word_changes("то же", "то же") == [Piece("same", "то же")]
    assert word_changes("", "") == []
