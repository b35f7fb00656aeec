"""Numbers: gapless, unique, of the right year, and never used again in silence."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from core.db import db, transaction
from core.errors import Blocked, Invalid, NotYours, OutOfTurn
from documents.kinds import DocumentKind
from orders.models import NumberState, YearRule
from orders.queries.registers import numbers_in
from orders.services.drafting import withdraw_order
from orders.services.numbering import give_up_number, reserve_for, reserve_numbers, restore_number
from orders.services.registers import RegisterFacts, close_register, edit_register, open_register
from orders.services.signing import register_back_dated, register_order


def printed(register, year=2027):
    return [row.number for row in reversed(numbers_in(register, year))]


def test_numbers_run_from_one_without_gaps(scene):
    orders = [scene.registered() for _ in range(3)]

    assert [order.number for order in orders] == ["1", "2", "3"]
    assert [order.caption for order in orders[:1]] == ["Приказ от 10.03.2027 № 1"]


class Undone(RuntimeError):
    """Somebody thought better of it."""


def test_a_number_comes_back_with_what_was_rolled_back(scene):
    order = scene.signed()

    with pytest.raises(Undone), transaction():
        register_order(order, scene.register, by=scene.clerk)
        raise Undone
    scene.registered()

    assert printed(scene.register) == ["1"]
    assert scene.seen(order).number == ""


@pytest.mark.parametrize(
    ("template", "index", "number"),
    [("{n}-р", "", "1-р"), ("{index}/{n}", "01-07", "01-07/1"), ("Р-{n}", "", "Р-1")],
)
def test_the_number_is_printed_by_the_template_of_the_register(scene, template, index, number):
    facts = RegisterFacts("Распоряжения", template)
    register = open_register(
        scene.town, facts, document_kind=DocumentKind.DIRECTIVE, index=index, by=scene.clerk
    )
    order = scene.signed(document_kind=DocumentKind.DIRECTIVE)

    register_order(order, register, by=scene.clerk)

    assert order.number == number


@pytest.mark.parametrize("template", ["р", "{n}{n}", "{n}-{x}", "{index}/{n}"])
def test_a_template_that_cannot_number_is_refused(scene, template):
    with pytest.raises(Invalid):
        edit_register(scene.register, RegisterFacts("Приказы", template), by=scene.clerk)


@pytest.mark.parametrize(
    ("rule", "years"), [(YearRule.SIGNING, (2026, 2027)), (YearRule.REGISTRATION, (2027, 2027))]
)
def test_at_the_turn_of_the_year_the_register_says_whose_year_it_is(scene, rule, years):
    edit_register(scene.register, RegisterFacts("Приказы", year_rule=rule), by=scene.clerk)

    with time_machine.travel(datetime(2027, 1, 11, 9, tzinfo=UTC)):
        old, new = scene.registered(date(2026, 12, 31)), scene.registered(date(2027, 1, 11))

    assert (old.registration.year, new.registration.year) == years
    assert [old.number, new.number] == (["1", "1"] if rule is YearRule.SIGNING else ["1", "2"])


def test_reserved_numbers_are_kept_and_used(scene):
    kept = reserve_numbers(scene.register, count=2, reason="Приказы о приёмке", by=scene.clerk)
    plain, order = scene.registered(), scene.signed()

    register_order(order, scene.register, reserved=kept[1], by=scene.clerk)

    assert (plain.number, order.number) == ("3", "2")
    with pytest.raises(OutOfTurn):
        register_order(scene.signed(), scene.register, reserved=kept[1], by=scene.clerk)


def test_a_number_that_is_given_up_keeps_its_line_and_its_reason(scene):
    kept = reserve_numbers(scene.register, count=1, reason="Приказ о приёмке", by=scene.clerk)[0]

    give_up_number(kept, reason="Приказ не понадобился", by=scene.clerk)
    order = scene.registered()

    assert order.number == "2"
    assert [(r.number, r.state, r.reason) for r in reversed(numbers_in(scene.register, 2027))][0] == (
        "1", NumberState.VOID, "Приказ не понадобился",
    )  # fmt: skip


def test_the_number_of_a_withdrawn_draft_is_used_again_only_aloud(scene):
    draft = scene.draft()
    kept = reserve_for(draft, scene.register, reason="Срочный приказ", by=scene.clerk)

    withdraw_order(draft, reason="Не нужен", by=scene.clerk)
    after = scene.registered()

    assert (after.number, kept.state) == ("2", NumberState.VOID)
    with pytest.raises(Invalid):
        restore_number(kept, reason=" ", by=scene.clerk)
    restore_number(kept, reason="Пропуск в журнале недопустим", by=scene.clerk)
    order = scene.signed()
    register_order(order, scene.register, reserved=kept, by=scene.clerk)
    assert order.number == "1"


def test_the_number_kept_for_a_draft_is_the_one_it_gets(scene):
    order = scene.signed()
    reserve_for(order, scene.register, reason="Срочный приказ", by=scene.clerk)
    scene.registered()

    register_order(scene.seen(order), scene.register, by=scene.clerk)

    assert order.number == "1"


def test_a_forgotten_order_is_put_in_after_the_last_number_of_its_day(scene):
    for day in (date(2027, 3, 1), date(2027, 3, 2), date(2027, 3, 9)):
        scene.registered(day)
    first, second, third = (scene.signed(date(2027, 3, 3)) for _ in range(3))

    register_back_dated(first, scene.register, reason="Не передали на регистрацию", by=scene.clerk)
    register_back_dated(second, scene.register, reason="Не передали на регистрацию", by=scene.clerk)
    register_back_dated(third, scene.register, reason="Ошибка", suffix="а", by=scene.clerk)

    assert [first.number, second.number, third.number] == ["2/1", "2/2", "2а"]
    assert scene.registered().number == "4"
    with pytest.raises(Invalid):
        register_back_dated(scene.signed(date(2027, 3, 3)), scene.register, reason=" ", by=scene.clerk)
    with pytest.raises(Invalid):
        register_back_dated(
            scene.signed(date(2027, 3, 3)), scene.register, reason="Ошибка", suffix="а", by=scene.clerk
        )


def test_before_the_first_number_nothing_is_put_in(scene):
    with pytest.raises(Blocked):
        register_back_dated(scene.signed(date(2027, 1, 9)), scene.register, reason="Ошибка", by=scene.clerk)


def test_only_the_clerk_numbers_and_only_in_an_open_register_of_the_kind(scene):
    order = scene.signed()
    with pytest.raises(NotYours):
        register_order(order, scene.register, by=scene.lawyer)
    decrees = open_register(
        scene.town, RegisterFacts("Постановления"), document_kind=DocumentKind.DECREE, by=scene.clerk
    )
    with pytest.raises(Invalid):
        register_order(order, decrees, by=scene.clerk)
    close_register(scene.register, by=scene.clerk)
    with pytest.raises(OutOfTurn):
        register_order(order, scene.register, by=scene.clerk)


def test_the_database_itself_refuses_a_number_twice(scene):
    from sqlalchemy.exc import IntegrityError

    from orders.models import Registration

    given = scene.registered().registration
    twin = {
        c.key: getattr(given, c.key)
        for c in Registration.__table__.columns
        if c.key not in ("id", "order_id")
    }

    with pytest.raises(IntegrityError):
        db.session.execute(Registration.__table__.insert().values(**twin))
    db.session.rollback()
