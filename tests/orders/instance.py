"""Orders at every stage for the instance that the walks go through (tests/site.py)."""

from typing import Any

from accounts.models import User
from core.clock import today
from documents.kinds import DocumentKind
from orders.models import AgreementMode, Order, Register
from orders.paper_template import PATH
from orders.services.acknowledgement import name_readers
from orders.services.agreement import Asked, name_visas, send_for_agreement
from orders.services.control import confirm_proposals, propose
from orders.services.drafting import ItemFacts, OrderFacts, draft_order
from orders.services.numbering import reserve_numbers
from orders.services.registers import RegisterFacts, open_register
from orders.services.signing import Signature, register_order, sign_order
from orders.services.templates import add_template

ITEMS = (
    ItemFacts("Провести смотр.", executor="Школа № 1", due_text="до 01.08.2027"),
    ItemFacts("Доложить.", executor="Школа № 2", due_text="ежеквартально"),
)


def orders_of(clerk: User, coordinator: User, reader: User) -> dict[str, Any]:
    """One order at each stage of the clerk's organisation; `reader` gives a visa and is on the sheet."""
    assert clerk.organisation
    facts = RegisterFacts("Приказы по основной деятельности")
    register = open_register(clerk.organisation, facts, document_kind=DocumentKind.ORDER, by=clerk)
    asked = _draft(clerk)
    name_visas(asked, [Asked(reader.id)], mode=AgreementMode.PARALLEL, by=clerk)
    send_for_agreement(asked, by=clerk)
    controlled = _registered(clerk, register)
    propose(controlled, by=coordinator)
    items = confirm_proposals(controlled, by=coordinator)
    name_readers(controlled, [reader], others=["Озеров О. О."], by=clerk)
    kept = reserve_numbers(register, count=1, reason="Для приказа о приёмке", by=clerk)[0]
    template = add_template(clerk.organisation, PATH, name="Бланк комитета.docx", by=clerk)
    return {
        "order_template_id": template.id,
        "order_id": controlled.id, "item_id": items[0].id, "row_id": controlled.acknowledgements[1].id,
        "register_id": register.id, "registration_id": kept.id, "draft_order_id": _draft(clerk).id,
        "asked_order_id": asked.id, "signed_order_id": _signed(clerk).id,
        "registered_order_id": _registered(clerk, register).id,
    }  # fmt: skip


def _draft(by: User) -> Order:
    assert by.organisation
    facts = OrderFacts(
        title="О смотре школ", preamble="В целях подготовки к новому учебному году", items=ITEMS,
        control_text="Контроль оставляю за собой.", signatory_position="Начальник",
        signatory_name="Рогожина В. С.",
    )  # fmt: skip
    return draft_order(by.organisation, facts, by=by)


def _signed(by: User) -> Order:
    order = _draft(by)
    sign_order(order, Signature("Начальник", "Рогожина В. С.", today()), by=by)
    return order


def _registered(by: User, register: Register) -> Order:
    order = _signed(by)
    register_order(order, register, by=by)
    return order
