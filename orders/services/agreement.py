"""Agreement: who is asked for a visa, in what order and until when, and what they say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from core.audit import record
from core.clock import now
from core.db import transaction
from core.errors import Invalid, NotYours, OutOfTurn
from core.outbox import publish
from core.words import _
from documents.services import show_dossier_to
from orders.models import AgreementMode, Decision, Order, Visa
from orders.services.rules import hold_order, require_drafter
from workflow.order import OrderState
from workflow.services import perform


@dataclass(frozen=True)
class Asked:
    """One person who is to give a visa, and until when."""

    user_id: int
    due: date | None = None


def name_visas(
    order: Order, asked: Sequence[Asked], *, mode: AgreementMode, by: User, version: int | None = None
) -> None:
    """Say who agrees the draft, in which order; before it is sent, this may be changed at will."""
    require_drafter(order, by=by)
    with transaction() as session:
        hold_order(order, version=version)
        if order.state not in (OrderState.DRAFT, OrderState.RETURNED):
            raise OutOfTurn(
                _(
                    "Визы называют, пока проект не отправлен на согласование. Верните проект на "
                    "доработку, чтобы изменить визы."
                )
            )
        for visa in order.current_visas:
            order.visas.remove(visa)
        session.flush()  # the same person may be named again, elsewhere in the order
        named = {each.user_id: each for each in asked}.values()
        for position, each in enumerate(named, 1):
            order.visas.append(Visa(round=order.round, position=position, user_id=each.user_id, due=each.due))
        order.agreement_mode, order.edited_at = mode, now()
        record(order, "order.name_visas", by=by)


def send_for_agreement(order: Order, *, by: User, version: int | None = None) -> None:
    """Ask for the visas; whoever is asked may read the draft from now on."""
    with transaction():
        perform(order, "send", by=by, version=version)
        for visa in order.current_visas:
            show_dossier_to(order.dossier, user_id=visa.user_id)
        publish("order.visas_asked", order_id=order.id)


def give_visa(order: Order, decision: Decision, *, remark: str = "", by: User) -> None:
    """What one person says of the draft. The last visa agrees it or, if somebody refused, returns it."""
    remark = remark.strip()
    if decision is not Decision.AGREED and not remark:
        raise Invalid(_("Напишите замечание: что изменить в проекте."))
    with transaction():
        hold_order(order)
        visa = order.visa_asked_of(by)
        if visa is None:
            raise NotYours(_("Вашей визы сейчас не ждут. Обновите страницу: проект изменили или вернули."))
        visa.decision, visa.remark, visa.decided_at = decision, remark, now()
        record(order, "order.visa", by=by, note=remark)
        _go_on(order, by)


def _go_on(order: Order, by: User) -> None:
    refused = [visa for visa in order.current_visas if visa.decision is Decision.REFUSED]
    is_stopped = refused and order.agreement_mode is AgreementMode.IN_ORDER
    if order.asked_visas and not is_stopped:
        publish("order.visas_asked", order_id=order.id)
    elif refused:
        perform(order, "return", by=by, note="; ".join(visa.remark for visa in refused))
    else:
        perform(order, "agree", by=by)
