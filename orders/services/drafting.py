"""Drafting: an order from the template or from a file, changed until it is signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import Organisation, User
from core.audit import record
from core.clock import now
from core.db import transaction
from core.errors import Invalid, OutOfTurn
from core.outbox import publish
from core.words import _
from documents.kinds import LABELS, DocumentKind
from documents.models import Document
from documents.services import Upload, attach, new_dossier, supersede
from orders.models import Order, OrderItem, OrderOrigin, OrderTemplate
from orders.queries.orders import order_of_document
from orders.services.numbering import give_up_of
from orders.services.papers import requisites_of
from orders.services.rules import hold_order, require_drafter
from orders.services.templates import check_owner
from workflow.order import BEFORE_SIGNING, OrderState
from workflow.services import perform

#: Kinds of acts that a head or a body issues; minutes bring decisions.
KINDS = (
    DocumentKind.ORDER, DocumentKind.DIRECTIVE, DocumentKind.DECREE, DocumentKind.DECISION,
    DocumentKind.MINUTES,
)  # fmt: skip


@dataclass(frozen=True)
class ItemFacts:
    """One item of the draft as typed."""

    text: str
    number: str = ""
    executor: str = ""
    due_text: str = ""


@dataclass(frozen=True)
class OrderFacts:
    """What the draft says; every text as it will be printed."""

    title: str
    document_kind: DocumentKind = DocumentKind.ORDER
    preamble: str = ""
    control_text: str = ""
    annexes: str = ""
    place: str = ""
    signatory_position: str = ""
    signatory_name: str = ""
    items: tuple[ItemFacts, ...] = ()
    #: The organisation's own template; none is the usual form.
    template: OrderTemplate | None = None


PRINTED = ("title", "preamble", "control_text", "annexes", "place", "signatory_position", "signatory_name")


def draft_order(organisation: Organisation, facts: OrderFacts, *, by: User) -> Order:
    """A draft whose text is typed; its Word file is made of it by print_order or, soon, by the worker."""
    return _draft(organisation, facts, OrderOrigin.TEMPLATE, by)


def draft_from_file(organisation: Organisation, facts: OrderFacts, upload: Upload, *, by: User) -> Order:
    """A draft whose text is an uploaded file. Not inside a transaction."""
    order = _draft(organisation, facts, OrderOrigin.FILE, by)
    document = attach(order.dossier, upload, by=by, **requisites_of(order))
    with transaction():
        hold_order(order)
        order.document_id = document.id
        record(order, "order.attach", by=by)
    return order


def take_from_archive(document: Document, organisation: Organisation, *, by: User) -> Order:
    """An archived act taken up, to be put under control: it begins as registered, with its own number."""
    require_drafter(organisation, by=by)
    if not document.number or not document.date:
        raise Invalid(_("Сначала впишите номер и дату документа: без них акт не поставить на контроль."))
    with transaction() as session:
        if found := order_of_document(document.id):
            return found
        order = Order(
            organisation=organisation, document_kind=document.document_kind, origin=OrderOrigin.ARCHIVE,
            title=document.title, place=document.place, signatory_position=document.signatory_position,
            signatory_name=document.signatory_name, state=OrderState.REGISTERED, signed_on=document.date,
            registered_on=document.date, drafted_by=by, document_id=document.id, round=1,
            dossier=new_dossier(organisation, title=f"{document.caption}. {document.title}"),
        )  # fmt: skip
        _keep(session, order)
        record(order, "order.take_up", by=by, ground=document.caption)
    return order


def _draft(organisation: Organisation, facts: OrderFacts, origin: OrderOrigin, by: User) -> Order:
    require_drafter(organisation, by=by)
    check_owner(facts.template, organisation)
    _check(facts)
    with transaction() as session:
        caption = f"{LABELS[facts.document_kind]}: {facts.title.strip()}"
        order = Order(
            organisation=organisation, document_kind=facts.document_kind, origin=origin, drafted_by=by,
            round=1, dossier=new_dossier(organisation, title=caption), template=facts.template,
            **{name: getattr(facts, name).strip() for name in PRINTED},
        )  # fmt: skip
        order.items = _items(facts.items)
        _keep(session, order)
        record(order, "order.draft", by=by)
        publish("order.written", order_id=order.id)
    return order


def _keep(session: Any, order: Order) -> None:
    session.add(order)
    session.flush()  # the journal and the dossier's scope need its number
    order.dossier.scope = f"order:{order.id}"


def edit_order(order: Order, facts: OrderFacts, *, by: User, version: int | None = None) -> None:
    """Change a draft. One that is being agreed, or was, goes back: a changed draft is agreed again."""
    require_drafter(order, by=by)
    check_owner(facts.template, order.organisation)
    _check(facts)
    with transaction():
        hold_order(order, version=version)
        _take_back(order, by)
        for name in PRINTED:
            setattr(order, name, getattr(facts, name).strip())
        order.document_kind, order.template = facts.document_kind, facts.template
        order.items, order.edited_at = _items(facts.items), now()
        record(order, "order.edit", by=by)
        publish("order.written", order_id=order.id)


def replace_file(order: Order, upload: Upload, *, reason: str, by: User) -> None:
    """A new version of the draft's file; a changed draft is agreed again. Not inside a transaction."""
    require_drafter(order, by=by)
    if order.document is None or order.origin is not OrderOrigin.FILE:
        raise OutOfTurn(_("Файл этого приказа собирается из текста: измените текст."))
    with transaction():
        hold_order(order)
        _take_back(order, by)
    supersede(order.document, upload, by=by, reason=reason)


def _take_back(order: Order, by: User) -> None:
    if order.state not in BEFORE_SIGNING:
        raise OutOfTurn(_("Приказ подписан: изменить его можно только другим приказом."))
    if order.state in (OrderState.ON_AGREEMENT, OrderState.AGREED):
        perform(order, "return", by=by, note=str(_("Текст изменён: нужны новые визы.")))


def withdraw_order(order: Order, *, reason: str, by: User, version: int | None = None) -> None:
    """Give the draft up. A number kept for it becomes void and is not given to anybody in silence."""
    with transaction():
        perform(order, "withdraw", by=by, note=reason, version=version)
        give_up_of(order, reason=reason.strip(), by=by)


def _items(items: Sequence[ItemFacts]) -> list[OrderItem]:
    return [
        OrderItem(position=position, **{name: text.strip() for name, text in vars(item).items()})
        for position, item in enumerate([item for item in items if item.text.strip()], 1)
    ]


def _check(facts: OrderFacts) -> None:
    if not facts.title.strip():
        raise Invalid(_("Напишите заголовок: «О …» или «Об …»."))
    if facts.document_kind not in KINDS:
        raise Invalid(_("Так документ не издают: выберите приказ, распоряжение, постановление или решение."))
