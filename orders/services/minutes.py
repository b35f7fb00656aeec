"""Minutes of a council as an act: registered under the number kept for them, decisions laid out for control.

The council's secretary draws minutes up and signs for their number; what they assign is put under control
by a coordinator, like the items of any other act.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import Organisation, User
from core.audit import record
from core.clock import now, today
from core.db import transaction
from documents.kinds import DocumentKind
from documents.models import Document
from documents.services import new_dossier
from orders.models import Order, OrderOrigin, ProposalSheet, Registration
from orders.proposals.shapes import ITEM, period_as_plain
from orders.services.numbering import use_reserved
from workflow.order import OrderState


@dataclass(frozen=True)
class Assigned:
    """One decision of the minutes: its number in them, what to do, who answers (one a line), until when."""

    number: str
    text: str
    responsible: str = ""
    due_text: str = ""


@dataclass(frozen=True)
class SignedMinutes:
    """The minutes as signed: their title, the day of the sitting, who signed."""

    title: str
    day: date
    place: str = ""
    signatory_position: str = ""
    signatory_name: str = ""


def register_minutes(document: Document, given: Registration, minutes: SignedMinutes, *, by: User) -> Order:
    """The minutes in the register: an act that begins as registered, its text being `document`.

    Part of the open transaction in which they were signed; their right to sign is the council's to check.
    """
    with transaction() as session:
        organisation: Organisation = given.register.organisation
        order = Order(
            organisation=organisation, document_kind=DocumentKind.MINUTES, origin=OrderOrigin.FILE,
            title=minutes.title, place=minutes.place, signatory_position=minutes.signatory_position,
            signatory_name=minutes.signatory_name, state=OrderState.REGISTERED, signed_on=minutes.day,
            registered_on=today(), drafted_by=by, document_id=document.id, round=1,
            dossier=new_dossier(organisation, title=f"{document.caption}. {minutes.title}"),
        )  # fmt: skip
        session.add(order)
        session.flush()  # the dossier and the number refer to it
        order.dossier.scope = f"order:{order.id}"
        order.registration = use_reserved(given, order, dated_on=minutes.day, by=by)
        record(order, "order.register", by=by, ground=document.caption)
    return order


def lay_out(order: Order, assigned: Sequence[Assigned], *, by: User) -> ProposalSheet | None:
    """The decisions as proposals that a coordinator confirms; None when nothing is assigned to anybody."""
    if not assigned:
        return None
    with transaction() as session:
        rows = [_row(key, each, order) for key, each in enumerate(assigned)]
        sheet = ProposalSheet(order=order, rows=rows, doubts=[], created_at=now())
        session.add(sheet)
        record(order, "order.propose", by=by)
    return sheet


def _row(key: int, each: Assigned, order: Order) -> dict[str, object]:
    year = order.signed_on.year if order.signed_on else None
    return {
        "key": str(key), "kind": ITEM, "number": each.number, "title": each.text, "quote": each.text,
        "executors": [name.strip() for name in each.responsible.splitlines() if name.strip()],
        "due_text": each.due_text, "doubts": [], "period": period_as_plain(each.due_text, year=year),
        "is_taken": True,
    }  # fmt: skip
