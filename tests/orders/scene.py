"""One district in March 2027: its clerk, its head, its registers, and orders at every stage."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from accounts.models import Organisation, Role, User
from accounts.services.people import grant
from core.audit import SYSTEM
from core.db import db, transaction
from documents.kinds import DocumentKind
from orders.models import AgreementMode, Decision, Order, Register
from orders.queries.orders import order_of
from orders.services.agreement import Asked, give_visa, name_visas, send_for_agreement
from orders.services.control import confirm_proposals, propose
from orders.services.drafting import ItemFacts, OrderFacts, draft_order
from orders.services.registers import RegisterFacts, open_register
from orders.services.signing import Signature, register_order, sign_order
from tests import factories
from tests.remembered import remembered

NOW = datetime(2027, 3, 10, 9, 0, tzinfo=UTC)
TODAY = date(2027, 3, 10)
ITEMS = (
    ItemFacts(
        "Провести смотр готовности школ.", executor="Отдел общего образования", due_text="до 01.08.2027"
    ),
    ItemFacts("Представить акты готовности.", executor="Школа № 1", due_text="до 15.08.2027"),
)
FACTS = OrderFacts(
    title="О подготовке школ к новому учебному году",
    preamble="В целях подготовки к новому учебному году",
    control_text="Контроль за исполнением приказа оставляю за собой.",
    signatory_position="Начальник управления",
    signatory_name="Рогожина В. С.",
    items=ITEMS,
)


@dataclass
class Scene:
    """The people and the registers of one district."""

    town: Organisation
    school: Organisation
    clerk: User
    head: User
    lawyer: User
    executor: User
    stranger: User
    register: Register

    @remembered
    def draft(self, **facts: Any) -> Order:
        """A draft whose text is typed; nobody has made its file yet."""
        return self.seen(draft_order(self.town, OrderFacts(**(vars(FACTS) | facts)), by=self.clerk))

    @remembered
    def signed(self, on: date = TODAY, **facts: Any) -> Order:
        with transaction():
            order = draft_order(self.town, OrderFacts(**(vars(FACTS) | facts)), by=self.clerk)
            sign_order(order, Signature("Начальник управления", "Рогожина В. С.", on), by=self.clerk)
        return order

    @remembered
    def registered(self, on: date = TODAY, **facts: Any) -> Order:
        with transaction():
            order = self.signed(on, **facts)
            register_order(order, self.register, by=self.clerk)
        return self.seen(order)

    @remembered
    def controlled(self, **facts: Any) -> Order:
        """An order whose items are measures of a plan."""
        with transaction():
            order = self.signed(**facts)
            register_order(order, self.register, by=self.clerk)
            propose(order, by=self.head)
            confirm_proposals(order, by=self.head)
        return self.seen(order)

    @remembered
    def on_agreement(self, mode: AgreementMode = AgreementMode.PARALLEL, *people: User) -> Order:
        asked = [Asked(person.id) for person in people or (self.lawyer, self.executor)]
        with transaction():
            order = draft_order(self.town, FACTS, by=self.clerk)
            name_visas(order, asked, mode=mode, by=self.clerk)
            send_for_agreement(order, by=self.clerk)
        return self.seen(order)

    def agreed(self) -> Order:
        order = self.on_agreement(AgreementMode.PARALLEL, self.lawyer)
        give_visa(order, Decision.AGREED, by=self.lawyer)
        return order

    def seen(self, order: Order) -> Order:
        """The order as the clerk's page reads it."""
        db.session.expire_all()
        return order_of(order.id, seen_by=self.clerk)


@remembered
def build() -> Scene:
    """The district; call it inside an application context, with the clock at NOW."""
    with transaction():
        town = factories.municipality()
        school = factories.institution(town, name="Школа № 1")
        clerk, head = factories.person(Role.CLERK, organisation=town), factories.coordinator(town)
        grant(head, Role.CLERK, organisation=town, by=SYSTEM)
        facts = RegisterFacts("Приказы по основной деятельности")
        return Scene(
            town=town,
            school=school,
            clerk=clerk,
            head=head,
            lawyer=factories.person(Role.READER, organisation=town),
            executor=factories.executor(school),
            stranger=factories.coordinator(),
            register=open_register(town, facts, document_kind=DocumentKind.ORDER, by=clerk),
        )
