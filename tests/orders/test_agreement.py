"""From the draft to the signature: visas in parallel and in order, remarks, rounds, the signing day."""

from datetime import date

import pytest

from core.db import db
from core.errors import Blocked, Invalid, NotYours, OutOfTurn, Stale
from core.worker import run_due
from documents.queries import dossier_of
from orders.models import AgreementMode, Decision
from orders.services.agreement import Asked, give_visa, name_visas, send_for_agreement
from orders.services.drafting import OrderFacts, edit_order, withdraw_order
from orders.services.signing import Signature, file_order, sign_order
from roadmap.models import Notice
from tests.orders.scene import FACTS, TODAY
from workflow.order import OrderState
from workflow.services import perform

HEAD = Signature("Начальник управления", "Рогожина В. С.", TODAY)


def test_in_parallel_everybody_is_asked_and_the_last_visa_agrees(scene):
    order = scene.on_agreement()
    assert order.visa_asked_of(scene.lawyer) and order.visa_asked_of(scene.executor)

    give_visa(order, Decision.AGREED, by=scene.executor)
    assert order.state is OrderState.ON_AGREEMENT
    give_visa(order, Decision.REMARKED, remark="Уточнить срок", by=scene.lawyer)

    assert order.state is OrderState.AGREED


def test_in_order_the_next_is_asked_after_the_one_before(scene):
    order = scene.on_agreement(AgreementMode.IN_ORDER)
    with pytest.raises(NotYours):
        give_visa(order, Decision.AGREED, by=scene.executor)

    give_visa(order, Decision.AGREED, by=scene.lawyer)

    assert order.visa_asked_of(scene.executor)


def test_in_order_a_refusal_stops_the_round_at_once(scene):
    order = scene.on_agreement(AgreementMode.IN_ORDER)

    give_visa(order, Decision.REFUSED, remark="Нет основания", by=scene.lawyer)

    assert (order.state, order.round) == (OrderState.RETURNED, 2)


def test_in_parallel_a_refusal_waits_for_the_others(scene):
    order = scene.on_agreement()
    give_visa(order, Decision.REFUSED, remark="Нет основания", by=scene.lawyer)
    assert order.state is OrderState.ON_AGREEMENT

    give_visa(order, Decision.AGREED, by=scene.executor)

    assert order.state is OrderState.RETURNED
    assert [visa.decision for visa in order.current_visas] == [None, None]


def test_remarks_need_words_and_visas_those_who_are_asked(scene):
    order = scene.on_agreement()
    with pytest.raises(Invalid):
        give_visa(order, Decision.REFUSED, remark=" ", by=scene.lawyer)
    with pytest.raises(NotYours):
        give_visa(order, Decision.AGREED, by=scene.head)


def test_a_changed_draft_is_agreed_again_by_the_same_people(scene):
    order = scene.agreed()

    edit_order(order, OrderFacts(**(vars(FACTS) | {"title": "О смотре школ"})), by=scene.clerk)

    assert (order.state, order.is_agreed) == (OrderState.RETURNED, False)
    with pytest.raises(Blocked):
        sign_order(order, HEAD, by=scene.clerk)
    send_for_agreement(order, by=scene.clerk)
    assert order.visa_asked_of(scene.lawyer)


def test_papers_are_shut_while_visas_are_given(scene):
    order = scene.on_agreement()
    assert order.dossier.is_locked

    perform(order, "return", by=scene.clerk, note="Исправить")

    assert not order.dossier.is_locked


def test_whoever_is_asked_may_read_the_draft_and_hears_of_it(scene):
    order = scene.draft()
    name_visas(
        order, [Asked(scene.stranger.id, date(2027, 3, 20))], mode=AgreementMode.PARALLEL, by=scene.clerk
    )

    send_for_agreement(order, by=scene.clerk)
    run_due()

    assert dossier_of(order.dossier_id, seen_by=scene.stranger)
    said = [notice.text for notice in db.session.query(Notice).filter_by(user_id=scene.stranger.id)]
    assert said == ["ждут вашей визы на проекте «О подготовке школ к новому учебному году»"]


def test_what_is_missing_is_said(scene):
    empty = scene.draft(items=())
    with pytest.raises(Blocked, match="согласовывать пока нечего"):
        send_for_agreement(empty, by=scene.clerk)
    with pytest.raises(Blocked, match="кто согласует"):
        send_for_agreement(scene.draft(), by=scene.clerk)


def test_without_visas_a_draft_may_be_signed(scene):
    order = scene.draft()

    sign_order(order, HEAD, by=scene.clerk)

    assert (order.state, order.signed_on, order.signatory_name) == (
        OrderState.SIGNED,
        TODAY,
        "Рогожина В. С.",
    )


def test_nobody_signs_tomorrow_or_without_a_name(scene):
    with pytest.raises(Invalid):
        sign_order(scene.draft(), Signature("Начальник", "Рогожина В. С.", date(2027, 3, 11)), by=scene.clerk)
    with pytest.raises(Blocked):
        sign_order(scene.draft(), Signature("Начальник", " ", TODAY), by=scene.clerk)


def test_a_signed_order_is_changed_by_another_act_only(scene):
    order = scene.signed()
    with pytest.raises(OutOfTurn):
        edit_order(order, FACTS, by=scene.clerk)
    with pytest.raises(OutOfTurn):
        withdraw_order(order, reason="Передумали", by=scene.clerk)


def test_drafts_are_for_clerks_and_coordinators_of_the_organisation(scene):
    order = scene.draft()
    for person in (scene.lawyer, scene.executor, scene.stranger):
        with pytest.raises(NotYours):
            edit_order(order, FACTS, by=person)
        with pytest.raises(NotYours):
            name_visas(order, [], mode=AgreementMode.PARALLEL, by=person)


def test_a_stale_form_is_refused(scene):
    order = scene.draft()
    seen = order.version
    edit_order(order, FACTS, by=scene.clerk, version=seen)

    with pytest.raises(Stale):
        edit_order(order, FACTS, by=scene.head, version=seen)


def test_filing_needs_the_index_of_the_case(scene):
    order = scene.registered()
    with pytest.raises(Blocked):
        file_order(order, case_index=" ", by=scene.clerk)

    file_order(order, case_index="01-07", by=scene.clerk)

    assert (order.state, order.filed_on) == (OrderState.FILED, TODAY)
