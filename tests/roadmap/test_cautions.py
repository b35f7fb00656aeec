"""The page of a measure says when what it rests on was repealed or is not in the archive."""

from datetime import date

import pytest
from sqlalchemy import select, update

from accounts.models import Role
from core.db import db, transaction
from documents.models import Citation, Document, Relation
from documents.queries import cautions_over
from roadmap.models import Plan
from tests import factories
from tests.documents.archive import cite, filed
from tests.pages import parse, text_of
from tests.roadmap.scene import counted_queries

GROUND = "Приказ комитета образования Приозёрного района от 30.07.2021 № 60/1 «О плане»"
KEY = {"number": "60/1", "date": date(2021, 7, 30), "title": "О плане"}


@pytest.fixture
def clerk(scene):
    return factories.person(Role.CLERK, organisation=scene.town)


def grounded(scene, ground: str = GROUND):
    """The measure of a plan with this ground."""
    measure = scene.measure()
    with transaction() as session:
        session.execute(update(Plan).where(Plan.id == scene.plan.id).values(ground=ground))
    db.session.expire_all()
    return measure


def said(client, measure) -> str:
    """What the page warns of."""
    answer = client.get(f"/measures/{measure.id}")
    assert answer.status_code == 200
    notes = parse(answer.text).xpath("//*[contains(@class, 'note--doubt')]")
    return " ".join(text_of(note) for note in notes if "опираться" in text_of(note))


def test_a_ground_in_force_makes_no_words(scene, signed_in, clerk):
    filed(clerk, **KEY)

    assert said(signed_in(scene.coordinator), grounded(scene)) == ""


def test_a_repealed_ground_is_told_with_a_link_to_those_who_may_read_the_act(scene, signed_in, clerk):
    act, repeal = filed(clerk, **KEY), filed(clerk, date=date(2022, 1, 10))
    cite(repeal, act, by=clerk, relation=Relation.REPEALS)
    measure = grounded(scene)

    client = signed_in(scene.checker)
    assert "утратил силу 10.01.2022" in said(client, measure)
    assert f"/documents/{act.id}" in client.get(f"/measures/{measure.id}").text
    assert said(signed_in(scene.executor), measure) == ""


def test_a_missing_ground_is_told_to_those_who_can_add_it(scene, signed_in):
    measure = grounded(scene)

    assert "Основания нет в архиве: приказ от 30.07.2021 № 60/1" in said(
        signed_in(scene.coordinator), measure
    )
    assert said(signed_in(scene.executor), measure) == ""


def test_a_ground_of_another_body_with_the_same_number_is_another_act(scene, clerk):
    filed(clerk, **KEY, authority="Департамент строительства Лугового края")

    assert [one.code for one in cautions_over(GROUND, [], seen_by=clerk)] == ["missing"]


def test_a_proof_that_rests_on_a_repealed_act_is_named(scene, signed_in, clerk):
    act, repeal = filed(clerk), filed(clerk, date=date(2026, 4, 1))
    cite(repeal, act, by=clerk, relation=Relation.REPEALS)
    measure = scene.submitted()
    proof = db.session.scalars(
        select(Document).where(Document.dossier_id == measure.dossier_id).order_by(Document.id)
    ).first()
    with transaction() as session:
        session.add(Citation(document=proof, target_id=act.id, relation=Relation.BASIS))

    assert "утратил силу 01.04.2026" in said(signed_in(scene.coordinator), measure)
    checked = signed_in(scene.coordinator).get(f"/measures/{measure.id}/check").text
    assert "утратил силу" in checked.replace("\u00a0", " ")


def test_however_many_proofs_it_asks_three_times(scene, clerk):
    proofs = [filed(clerk) for _ in range(6)]
    for proof in proofs:
        cite(proof, filed(clerk), by=clerk)
    cautions_over(GROUND, proofs, seen_by=clerk)

    with counted_queries() as sent:
        cautions_over(GROUND, proofs, seen_by=clerk)

    assert len(sent) <= 3 + 1  # who the asker is may be read anew
