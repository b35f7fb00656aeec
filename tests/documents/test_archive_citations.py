"""What cites what: links that wait for their act, standing on a day, cautions, the graph."""

from datetime import date

import pytest

from core.db import db, transaction
from core.errors import Invalid, NotFound, NotYours
from documents.acts import act_key, is_same_authority, number_key
from documents.drawing import graph_of
from documents.kinds import DocumentKind, kind_named_in
from documents.models import Citation, Relation
from documents.queries import (
    Wanted,
    citations_of,
    citing,
    listed,
    neighbourhood,
    standing_of,
    surroundings_of,
    warnings_of,
)
from documents.services import (
    Cited,
    add_citation,
    confirm_citation,
    dismiss_citation,
    edit_requisites,
    propose_citations,
    relink,
)
from tests.documents.archive import AUTHORITY, ORDER, cite, clerk, draft, filed, fresh

DAY = date(2026, 3, 12)
KEY = {"number": "60/1", "date": date(2021, 7, 30)}


def named(relation=Relation.BASIS, *, authority=AUTHORITY, kind=ORDER, **more):
    return Cited(relation, kind, **(KEY | {"authority": authority} | more))


@pytest.mark.parametrize(
    ("one", "other"),
    [("N 12-p", "№ 12–Р"), ("60 /1", "60/1"), ("Р-33", "P-33"), ("№ 602-ОД", "602-од")],
)
def test_numbers_are_compared_as_clerks_compare_them(one, other):
    assert number_key(one) == number_key(other)


def test_an_incomplete_key_is_none():
    assert act_key(ORDER, None, "5") is act_key(ORDER, DAY, " ") is act_key(None, DAY, "5") is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("комитета образования", "Комитет образования", True),
        ("Комитет образования", "КОМИТЕТ ОБРАЗОВАНИЯ администрации Приозёрного района", True),
        ("Комитет образования Озёрной области", "Комитет образования Лесной области", None),
        ("Администрация", "Администрация Лугового района", None),
        ("Комитет образования", "", None),
        ("Администрация Лугового района", "Комитет образования Приозёрного района", False),
    ],
)  # fmt: skip
def test_authorities_are_told_apart_or_left_to_a_person(one, other, same):
    assert is_same_authority(one, other) is same


@pytest.mark.parametrize(
    ("text", "kind"),
    [("федерального закона", "law"), ("указом", "edict"), ("комплекс мер", "plan"), ("указания", None),
     ("законность", None)],
)  # fmt: skip
def test_kinds_of_acts_are_known_by_their_words(text, kind):
    assert kind_named_in(text) == (DocumentKind(kind) if kind else None)


def test_a_citation_is_linked_when_its_act_arrives(session):
    me = clerk()
    order = filed(me)
    waiting = add_citation(order, named(), by=me)
    assert waiting.target_id is None

    act = filed(me, **KEY)

    (line,) = citations_of(order, seen_by=me)
    assert line.target == act
    assert [back.target for back in citing(act, seen_by=me)] == [order]


def test_a_citation_finds_the_act_that_is_there_already(session):
    me = clerk()
    act = filed(me, **KEY)

    assert add_citation(filed(me), named(authority="комитета образования"), by=me).target_id == act.id


def test_an_act_of_another_authority_is_another_act(session):
    me = clerk()
    filed(me, **KEY, authority="Администрация Лугового сельсовета")

    assert add_citation(filed(me), named(), by=me).target_id is None


def test_of_two_acts_with_one_key_a_person_chooses(session):
    me = clerk()
    order, first = filed(me), filed(me, **KEY, authority="Комитет образования Озёрной области")
    second = filed(me, **KEY, authority="Комитет образования Лесной области", despite=[first.id])
    waiting = add_citation(order, named(authority="комитета образования"), by=me)

    (line,) = citations_of(order, seen_by=me)
    assert (line.target, set(line.candidates)) == (None, {first, second})
    confirm_citation(order, waiting.id, by=me, target_id=second.id)

    assert citations_of(order, seen_by=me)[0].target == second


def test_a_target_that_one_may_not_read_is_neither_offered_nor_chosen(session):
    me, stranger = clerk(), clerk()
    hidden = filed(stranger, **KEY, authority="Комитет образования Лесной области")
    order = filed(me)
    waiting = add_citation(order, named(authority="Комитет"), by=me)

    assert citations_of(order, seen_by=me)[0].candidates == ()
    with pytest.raises(NotFound):
        confirm_citation(order, waiting.id, by=me, target_id=hidden.id)


def test_a_corrected_number_lets_go_of_what_it_no_longer_is(session):
    me = clerk()
    order, act = filed(me), filed(me, **KEY)
    add_citation(order, named(), by=me)

    edit_requisites(act, by=me, number="61/1")
    relink(act.id)
    assert citations_of(order, seen_by=me)[0].target is None
    edit_requisites(fresh(act), by=me, number="60/1")
    relink(act.id)

    assert citations_of(order, seen_by=me)[0].target == act


def test_reading_again_proposes_nothing_that_somebody_has_decided(session):
    me = clerk()
    order = filed(me)
    found = [named(number="1"), named(number="2"), named(number="3"), named(number="3")]
    with transaction():
        propose_citations(order, found)
    first, second, third = (line.citation for line in citations_of(order, seen_by=me))
    confirm_citation(order, first.id, by=me)
    dismiss_citation(order, second.id, by=me)

    with transaction():
        propose_citations(fresh(order), found[:2])

    assert [line.citation.number for line in citations_of(order, seen_by=me)] == ["1"]
    assert db.session.get(Citation, third.id) is None


def test_filing_confirms_what_was_ticked_and_dismisses_the_rest(session):
    me = clerk()
    waiting = draft(me)
    with transaction():
        propose_citations(waiting, [named(number="1"), named(number="2")])
    first, _ = (line.citation for line in citations_of(waiting, seen_by=me))

    filed(me, of=waiting, citations=[first.id])

    (line,) = citations_of(waiting, seen_by=me)
    assert (line.citation.number, line.citation.is_confirmed, line.citation.confirmed_by_id) == (
        "1",
        True,
        me.id,
    )


def test_only_clerks_change_citations(session):
    me, stranger = clerk(), clerk()
    order = filed(me)

    with pytest.raises(NotYours):
        add_citation(order, named(), by=stranger)
    with pytest.raises(Invalid):
        add_citation(order, named(number=" "), by=me)
    with pytest.raises(NotFound):
        confirm_citation(order, add_citation(filed(me), named(), by=me).id, by=me)


def test_an_act_ends_on_the_day_of_the_act_that_repeals_it(session):
    me = clerk()
    act, ending = filed(me, date=date(2020, 1, 1)), filed(me, date=date(2024, 5, 1))
    cite(ending, act, by=me, relation=Relation.REPEALS)

    codes = [standing_of(act, on=day, seen_by=me).code for day in (date(2019, 1, 1), date(2024, 4, 30), DAY)]

    assert codes == ["not_yet", "in_force", "repealed"]
    found = standing_of(act, on=DAY, seen_by=me)
    assert (found.since, found.by, found.by_id) == (date(2024, 5, 1), ending.caption, ending.id)
    assert listed(Wanted(state="repealed"), seen_by=me).rows == [act]


def test_an_act_may_say_itself_that_it_has_ended(session):
    me = clerk()
    act = filed(me, date=date(2020, 1, 1))
    add_citation(act, named(Relation.REPEALED_BY), by=me)

    assert standing_of(act, on=DAY, seen_by=me).since == KEY["date"]


def test_a_proposal_that_nobody_confirmed_repeals_nothing(session):
    me = clerk()
    act, ending = filed(me, date=date(2020, 1, 1)), filed(me)
    with transaction():
        read = Cited(Relation.REPEALS, ORDER, act.number, act.date, AUTHORITY)
        propose_citations(ending, [read])

    assert [line.target for line in citing(act, seen_by=me)] == [ending]
    assert standing_of(act, on=DAY, seen_by=me).code == "in_force"


def test_letters_and_minutes_are_never_in_force(session):
    me = clerk()

    assert standing_of(filed(me, kind=DocumentKind.LETTER), on=DAY, seen_by=me).code == ""


def test_what_rests_on_a_repealed_or_missing_act_warns(session):
    me = clerk()
    ground, proof = filed(me, date=date(2020, 1, 1)), filed(me)
    cite(proof, ground, by=me)
    add_citation(proof, named(number="404"), by=me)
    cite(filed(me, date=date(2024, 5, 1)), ground, by=me, relation=Relation.REPEALS)

    cautions = warnings_of(proof, seen_by=me, on=DAY)

    assert [caution.code for caution in cautions] == ["repealed", "missing"]
    assert "утратил силу 01.05.2024" in cautions[0].text and "№ 404" in cautions[1].text
    assert [c.code for c in warnings_of(proof, seen_by=me, on=date(2023, 1, 1))] == ["not_yet", "missing"]


def test_the_graph_reaches_two_steps_both_ways_and_no_further(session):
    me = clerk()
    chain = [filed(me, number=str(n)) for n in range(7)]
    for citing_one, cited in zip(chain, chain[1:], strict=False):
        cite(citing_one, cited, by=me)
    middle = chain[3]

    found = neighbourhood(middle, seen_by=me)
    drawn = graph_of(found)

    assert {found.documents[n].number: step for n, step in found.steps.items()} == {
        "3": 0, "4": -1, "5": -2, "2": 1, "1": 2,
    }  # fmt: skip
    by_number = {node.document_id: node.x for node in drawn.nodes}
    assert sorted(by_number, key=by_number.get) == [chain[n].id for n in (5, 4, 3, 2, 1)]
    assert (len(drawn.arrows), found.has_more) == (4, False)


def test_a_graph_of_everything_says_that_it_shows_a_part(session):
    me = clerk()
    act = filed(me)
    with transaction():
        sources = [filed(me).id for _ in range(61)]
        for source in sources:
            db.session.add(Citation(document_id=source, target_id=act.id, document_kind=ORDER, number="1"))

    found = neighbourhood(act, seen_by=me)

    assert len(found.documents) == 60 and found.has_more
    assert len(surroundings_of(act, seen_by=me).cited_by) == 61
