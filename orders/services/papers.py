"""The Word file of an order, made in the limited process and kept as a version of its main document."""

import contextlib
import hashlib
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from core.audit import Actor, record
from core.db import transaction
from core.filters import dmy
from core.limited import Limits, run_limited
from core.words import gettext
from documents.kinds import DocumentKind
from documents.models import Document
from documents.services import AlreadyAttached, Upload, attach, local_copy, supersede
from orders.models import Order, OrderItem, OrderOrigin
from orders.services.rules import hold_order

LIMITS = Limits(memory_mb=512, cpu_seconds=20, wall_seconds=30, answer_mb=1)
#: What an act is called on paper and what it says before its items. Papers are Russian in any language.
WORDS = {
    DocumentKind.ORDER: ("ПРИКАЗ", "ПРИКАЗЫВАЮ:"),
    DocumentKind.DIRECTIVE: ("РАСПОРЯЖЕНИЕ", "ОБЯЗЫВАЮ:"),
    DocumentKind.DECREE: ("ПОСТАНОВЛЕНИЕ", "ПОСТАНОВЛЯЮ:"),
    DocumentKind.DECISION: ("РЕШЕНИЕ", "РЕШИЛИ:"),
    DocumentKind.MINUTES: ("ПРОТОКОЛ", "РЕШИЛИ:"),
}
#: Parts of the data that the usual template does not name.
FOR_OWN_TEMPLATES = frozenset({"points", "control"})
BLANK_DATE, BLANK_NUMBER = "____________", "______"


def print_order(order: Order, *, by: Actor) -> bool:
    """Make the file of an order anew when its text, number or date changed since; whether it did.

    Only for orders whose text was typed here. Not inside a transaction.
    """
    data = printed(order)
    digest = _digest(data, order)
    if order.origin is not OrderOrigin.TEMPLATE or order.paper_digest == digest:
        return False
    with tempfile.TemporaryDirectory(prefix="vekha-order-") as folder:
        out = Path(folder) / "order.docx"
        with _template_of(order) as template:
            run_limited("orders.paper:write_order", LIMITS, data=data, out=str(out), template=template)
        with out.open("rb") as stream:
            document = _kept(order, Upload(f"{WORDS[order.document_kind][0].capitalize()}.docx", stream), by)
    with transaction():
        hold_order(order)
        order.document_id, order.paper_digest = document.id, digest
        record(order, "order.print", by=by)
    return True


def _digest(data: dict[str, Any], order: Order) -> str:
    """Changes with whatever would print otherwise: the texts, and which template they are printed in."""
    said = {name: value for name, value in data.items() if name not in FOR_OWN_TEMPLATES}
    if order.template:
        said = {**data, "template": order.template.sha256}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


@contextlib.contextmanager
def _template_of(order: Order) -> Iterator[str]:
    """The organisation's own template as a file, or nothing for the usual one."""
    if order.template is None:
        yield ""
        return
    with local_copy(order.template.sha256, suffix=".docx") as path:
        yield str(path)


def _kept(order: Order, upload: Upload, by: Actor) -> Document:
    """The file as the first or the next version of the main document."""
    if order.document is None:
        return attach(order.dossier, upload, by=by, **requisites_of(order))
    with contextlib.suppress(AlreadyAttached):
        supersede(order.document, upload, by=by, reason=gettext("Изменился текст, номер или дата"))
    return order.document


def requisites_of(order: Order) -> Any:
    """What is known of the main document: before the order is signed no number and no date."""
    return {
        "number": order.number or None,
        "date": order.signed_on,
        "kind": order.document_kind,
        "title": order.title,
        "authority": order.organisation.name,
        "place": order.place,
        "signatory_position": order.signatory_position,
        "signatory_name": order.signatory_name,
    }


def printed(order: Order) -> dict[str, Any]:
    """The order as its template names things: plain texts and lists of paragraphs."""
    return {
        "authority": order.organisation.name.upper(),
        "kind": WORDS[order.document_kind][0],
        "date": dmy(order.signed_on) or BLANK_DATE,
        "number": order.number or BLANK_NUMBER,
        "place": order.place,
        "title": order.title,
        "preamble": _paragraphs(order.preamble),
        "order_word": WORDS[order.document_kind][1],
        "items": [line for item in order.items for line in _item(item)] + _control(order),
        "points": [_point(item) for item in order.items],
        "control": order.control_text,
        "annexes": _paragraphs(order.annexes),
        "signatory_position": order.signatory_position,
        "signatory_name": order.signatory_name,
    }


def _point(item: OrderItem) -> dict[str, str]:
    number = item.number or str(item.position)
    return {"number": number, "text": item.text, "executor": item.executor, "due": item.due_text}


def _item(item: OrderItem) -> list[str]:
    """«1. Подготовить … Ответственный: … Срок: …», sub-items as paragraphs of their own."""
    first, *rest = _paragraphs(item.text) or [""]
    number = item.number or str(item.position)
    tail = [f"Ответственный: {item.executor.rstrip('.')}."] if item.executor else []
    tail += [f"Срок: {item.due_text.rstrip('.')}."] if item.due_text else []
    lines = [f"{number}. {first}", *rest]
    lines[-1] = " ".join([lines[-1], *tail])
    return lines


def _control(order: Order) -> list[str]:
    if not order.control_text:
        return []
    return [f"{len(order.items) + 1}. {order.control_text}"]


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
