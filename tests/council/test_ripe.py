"""A report on whose rows only their own executor has looked is neither voted nor decided on."""

from datetime import date

import pytest

from core.errors import Blocked
from council.models import Choice
from council.queries.review import unpassed_rows
from council.services.councils import MemberFacts, name_member
from council.services.deciding import decide_item
from council.services.review import look_at
from council.services.voting import open_voting
from tests import factories
from tests.council.review_scene import build
from tests.pages import parse


def joined(scene):
    """The executor of the first measure comes to sit in the council with a vote; the rows they execute."""
    executor = scene.reports.measures[0].participations[0].user
    name_member(scene.council, MemberFacts(user=executor, since=date(2026, 1, 1)), by=scene.secretary)
    return [measure.id for measure in scene.reports.measures]


def test_voting_on_a_report_begins_when_somebody_else_has_passed_what_a_member_executed(scene):
    rows = joined(scene)
    item = scene.opened(scene.with_report()).items[0]
    number = next(row.name for row in unpassed_rows(item.report_version, scene.council))

    with pytest.raises(Blocked, match="не просмотрели: ") as refusal:
        open_voting(item, by=scene.secretary)
    assert number in str(refusal.value)
    assert "Попросите одного из них" in str(refusal.value)

    look_at(item.report_version, rows, by=scene.members[0])
    open_voting(item, by=scene.secretary)

    assert scene.seen(item.sitting).items[0].is_voting


def test_a_mark_taken_off_after_the_vote_began_keeps_the_decision_back(scene):
    rows = joined(scene)
    sitting = scene.opened(scene.with_report())
    version = sitting.items[0].report_version
    look_at(version, rows, by=scene.members[0])
    open_voting(sitting.items[0], by=scene.secretary)
    item = scene.voted(scene.seen(sitting).items[0], [Choice.FOR] * 9)
    look_at(version, [], rows, by=scene.members[0])

    with pytest.raises(Blocked, match="не просмотрели: "):
        decide_item(item, by=scene.chair)
    assert not scene.seen(sitting).items[0].is_decided

    look_at(version, rows, by=scene.members[0])
    decide_item(scene.seen(sitting).items[0], by=scene.chair)
    assert version.is_decided


def test_where_every_voter_executes_a_row_two_of_them_pass_it(session):
    scene = build(1)
    section, together = scene.measures[0].section, [scene.chair, scene.member]
    scene.measures.append(factories.measure(section, executors=together, number="1.2"))
    version = scene.version()

    scene.look(version, 1, by=scene.chair)
    assert [row.number for row in unpassed_rows(version)] == ["1.2"]

    scene.look(version, 1, by=scene.member)
    assert unpassed_rows(version) == []


def test_the_sitting_leads_to_the_review_and_the_review_to_the_item(scene, signed_in):
    item = scene.opened(scene.with_report()).items[0]
    version = item.report_version
    review = f"/reports/{version.report_id}/versions/{version.number}/review"
    sitting = f"/sittings/{item.sitting_id}"

    member = signed_in(scene.members[0])
    assert review in links(member.get(sitting).text)
    assert f"{sitting}#item-{item.id}" in links(member.get(review).text)
    assert review in links(signed_in(scene.secretary).get(f"{sitting}/live").text)


def links(page):
    return parse(page).xpath("//main//a/@href | //section[contains(@class,'dock')]//a/@href")
