"""Signing, registering and filing."""

from dataclasses import dataclass
from datetime import date

from accounts.models import User
from core.audit import record
from core.clock import today
from core.db import transaction
from core.errors import Invalid, OutOfTurn
from core.outbox import publish
from core.words import _
from documents.kinds import DocumentKind
from documents.services import Upload, attach, edit_requisites
from orders.models import Order, OrderSignature, Register, Registration
from orders.services.numbering import put_in_number, take_number, use_reserved
from orders.services.rules import hold_order, require_clerk
from orders.services.signatures import found_of
from workflow.order import OrderState
from workflow.services import perform


@dataclass(frozen=True)
class Signature:
    """Who signed and on which day; the day of signing is the date of the order."""

    position: str
    name: str
    signed_on: date


def sign_order(order: Order, said: Signature, *, by: User, version: int | None = None) -> None:
    """Note that the order was signed. The version of the file that was signed is kept in mind."""
    if said.signed_on > today():
        raise Invalid(_("День подписания ещё не наступил: укажите день не позже сегодняшнего."))
    with transaction():
        hold_order(order, version=version)
        order.signatory_position, order.signatory_name = said.position.strip(), said.name.strip()
        order.signed_on = said.signed_on
        order.signed_version = (
            order.document.latest.number if order.document and order.document.latest else None
        )
        record(order, "order.signature", by=by)
        perform(order, "sign", by=by)
        if order.document:
            edit_requisites(
                order.document, by=by, date=order.signed_on, signatory_position=order.signatory_position,
                signatory_name=order.signatory_name,
            )  # fmt: skip


def keep_signature(order: Order, upload: Upload, *, by: User) -> OrderSignature:
    """Keep a detached signature file beside the order, with what could be found of it. Whoever issued the
    certificate is not asked, and nothing is called qualified. Not inside a transaction."""
    if order.signed_on is None:
        raise OutOfTurn(_("Сначала отметьте подписание приказа."))
    title = str(_("Файл подписи к документу «%(title)s»", title=order.title))
    document = attach(order.dossier, upload, by=by, kind=DocumentKind.OTHER, title=title)
    facts = found_of(order, document)
    with transaction() as session:
        hold_order(order)
        kept = OrderSignature(order=order, document_id=document.id, **facts)
        session.add(kept)
        record(order, "order.keep_signature", by=by, note=str(kept.verdict_label))
    return kept


def register_order(
    order: Order,
    register: Register,
    *,
    by: User,
    reserved: Registration | None = None,
    version: int | None = None,
) -> Registration:
    """Give the signed order its number: the next one of the register, or one that was kept for it."""
    with transaction():
        _begin(order, register, by, version)
        kept = reserved or _kept_for(order)
        assert order.signed_on
        if kept is not None:
            given = use_reserved(kept, order, dated_on=order.signed_on, by=by)
        else:
            given = take_number(register, order, dated_on=order.signed_on, by=by)
        _finish(order, given, by)
    return given


def register_back_dated(
    order: Order,
    register: Register,
    *,
    reason: str,
    suffix: str = "",
    by: User,
    version: int | None = None,
) -> Registration:
    """Register an order that was forgotten on its day: «12/1» after the last number of that day."""
    with transaction():
        _begin(order, register, by, version)
        if order.registration:
            raise OutOfTurn(_("Для этого приказа уже оставлен номер: зарегистрируйте его им."))
        assert order.signed_on
        given = put_in_number(register, order, dated_on=order.signed_on, reason=reason, suffix=suffix, by=by)
        _finish(order, given, by)
    return given


def _kept_for(order: Order) -> Registration | None:
    return order.registration


def _begin(order: Order, register: Register, by: User, version: int | None) -> None:
    require_clerk(order.organisation, by=by)
    hold_order(order, version=version)
    if order.state is not OrderState.SIGNED:
        raise OutOfTurn(_("Регистрируют подписанный приказ. Сначала отметьте подписание."))
    if (register.organisation_id, register.document_kind) != (order.organisation_id, order.document_kind):
        raise Invalid(_("Этот журнал — для других документов: выберите журнал этого вида и организации."))


def _finish(order: Order, given: Registration, by: User) -> None:
    order.registration, order.registered_on = given, today()
    record(order, "order.number", by=by, note=given.number)
    perform(order, "register", by=by)
    if order.document:
        edit_requisites(order.document, by=by, number=given.number, date=order.signed_on)
    publish("order.written", order_id=order.id)


def file_order(order: Order, *, case_index: str, by: User, version: int | None = None) -> None:
    """Put the mark «В дело № …» on the order."""
    with transaction():
        hold_order(order, version=version)
        order.case_index, order.filed_on = case_index.strip(), today()
        record(order, "order.case", by=by)
        perform(order, "file", by=by)
