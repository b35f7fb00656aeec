"""An act changed or ended by another act of the same kind, and what then happens to open assignments."""

from enum import StrEnum
from typing import Any

from accounts.models import User
from core.audit import record
from core.db import transaction
from core.errors import Blocked, Invalid, OutOfTurn
from core.words import _
from orders.models import Order
from orders.services.rules import hold_order, require_drafter
from roadmap.models import Measure, Plan, PlanKind
from roadmap.services.executors import Executor
from roadmap.services.measures import MeasureFacts, add_measure
from roadmap.services.plans import PlanFacts, create_plan, first_section
from workflow.order import IN_FORCE, OrderState
from workflow.services import perform


class Fate(StrEnum):
    """What happens to the open assignments of a repealed act."""

    CANCEL = "cancel"
    MOVE = "move"


FATES: dict[Fate, Any] = {
    Fate.CANCEL: _("снять с контроля"),
    Fate.MOVE: _("перенести под новый акт"),
}


def amend_order(order: Order, act: Order, *, what: str, by: User) -> None:
    """Note that `act` changes the order. Its text is not touched: the changes stand in the other act."""
    require_drafter(order, by=by)
    if not what.strip():
        raise Invalid(_("Напишите, что меняет новый акт: какие пункты, что в них."))
    _check_act(order, act)
    with transaction():
        hold_order(order)
        if order.state not in IN_FORCE:
            raise OutOfTurn(_("Изменить можно действующий приказ. Выберите приказ, который в силе."))
        record(order, "order.amend", by=by, note=what.strip(), ground=act.caption)


def repeal_order(
    order: Order, act: Order, *, fate: Fate | None, by: User, version: int | None = None
) -> None:
    """End the order by another act; open assignments are cancelled on that ground or go on under it."""
    require_drafter(order, by=by)
    _check_act(order, act)
    with transaction() as session:
        hold_order(order, version=version)
        if order.open_measures and fate is None:
            raise Blocked(
                _("Решите, что станет с открытыми пунктами: снять их с контроля или перенести под новый акт.")
            )
        moved = list(order.open_measures)
        if moved and fate is Fate.MOVE:
            _move(moved, act, by)
        for measure in moved:
            perform(measure, "cancel", by=by, ground=act.caption)
        session.expire(order, ["measures"])
        perform(order, "repeal", by=by, ground=act.caption)


def _check_act(order: Order, act: Order) -> None:
    """An act is changed by an act of the same kind and level that is in force (lifecycle.md §2.8)."""
    is_same = (act.document_kind, act.organisation_id) == (order.document_kind, order.organisation_id)
    if act.id == order.id or not is_same:
        raise Invalid(_("Акт меняет или отменяет другой акт того же вида и той же организации."))
    if act.state not in IN_FORCE:
        raise OutOfTurn(
            _(
                "Новый акт ещё не зарегистрирован или сам утратил силу. Зарегистрируйте его или "
                "выберите другой."
            )
        )


def _move(measures: list[Measure], act: Order, by: User) -> None:
    """The same assignments in the plan of the new act: due as before, executed by the same people."""
    plan = act.plan or _plan_like(measures[0].plan, act, by)
    section = first_section(plan, by=by)
    for measure in measures:
        add_measure(section, _facts(measure), by=by, ground=act.caption)
    act.plan = plan
    record(act, "order.take_over", by=by)
    if act.state is OrderState.REGISTERED:
        perform(act, "take_under_control", by=by)


def _plan_like(plan: Plan, act: Order, by: User) -> Plan:
    first = act.signed_on.year if act.signed_on else plan.year_from
    facts = PlanFacts(
        title=f"{act.caption}. {act.title}",
        year_from=min(plan.year_from, first),
        year_to=max(plan.year_to, first),
        ground=act.caption,
        plan_kind=PlanKind.ASSIGNMENTS,
        is_school_year=plan.is_school_year,
        needs_acceptance=plan.needs_acceptance,
    )
    return create_plan(act.organisation, facts, by=by)


def _facts(measure: Measure) -> MeasureFacts:
    executors = tuple(Executor(p.name, p.organisation_id, p.user_id) for p in measure.participations)
    return MeasureFacts(
        number=measure.number,
        title=measure.title,
        preparation_period=measure.preparation_period,
        condition=measure.condition,
        due_text=measure.due_text,
        form_of_execution=measure.form_of_execution,
        note=measure.note,
        executors=executors,
        source={"moved_from": measure.id},
    )
