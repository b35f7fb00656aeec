"""What the page of one order shows."""

from typing import Any

from flask import url_for

from accounts.models import Role
from core.audit import Entry, history_of
from core.filters import dmy
from core.words import _
from documents.models import Document
from documents.queries import evidence_of
from orders.forms import SignatureFileForm, VisaForm
from orders.models import Order, OrderOrigin, OrderSignature
from orders.services.rules import DRAFTERS
from orders.views.blueprint import me
from workflow.order import BEFORE_SIGNING, IN_FORCE, ORDER, OrderState
from workflow.services import Offer, offers

S = OrderState
#: How states look: shapes and colours of the states of measures, which people know.
LOOKS = {
    S.DRAFT: "planned", S.ON_AGREEMENT: "submitted", S.RETURNED: "returned", S.AGREED: "in_progress",
    S.SIGNED: "in_progress", S.REGISTERED: "in_progress", S.IN_PROGRESS: "in_progress",
    S.EXECUTED: "executed", S.FILED: "executed", S.WITHDRAWN: "cancelled", S.REPEALED: "cancelled",
}  # fmt: skip
ROAD = (S.DRAFT, S.ON_AGREEMENT, S.SIGNED, S.REGISTERED, S.IN_PROGRESS, S.EXECUTED, S.FILED)
STANDS_AT = {S.RETURNED: S.DRAFT, S.AGREED: S.ON_AGREEMENT, S.WITHDRAWN: S.DRAFT, S.REPEALED: S.REGISTERED}

TOLD = {
    "order.draft": (_("Начали проект"), "draft"),
    "order.edit": (_("Изменили текст"), "edit"),
    "order.attach": (_("Приложили файл"), "clip"),
    "order.print": (_("Собрали файл Word"), "clip"),
    "order.name_visas": (_("Назвали, кто согласует"), "people"),
    "order.visa": (_("Дали визу"), "comment"),
    "order.number": (_("Присвоили номер"), "order"),
    "order.keep_signature": (_("Приложили файл подписи"), "clip"),
    "order.name_readers": (_("Составили лист ознакомления"), "people"),
    "order.acknowledge": (_("Ознакомились"), "people"),
    "order.refuse": (_("Отказались ознакомиться"), "people"),
    "order.propose": (_("Нашли пункты в тексте"), "order"),
    "order.assign": (_("Подтвердили пункты"), "order"),
    "order.pass_down": (_("Передали пункт подведомственным"), "people"),
    "order.amend": (_("Изменён другим актом"), "moved"),
    "order.take_over": (_("Приняли пункты отменённого акта"), "moved"),
    "order.take_up": (_("Взяли из архива"), "order"),
}
#: What happens to a visa, a line of the sheet or a signature: the journal has it with that part alone.
TOLD_BY_PARTS = frozenset({
    "order.name_visas", "order.visa", "order.name_readers", "order.acknowledge", "order.refuse",
    "order.keep_signature",
})  # fmt: skip


def order_context(order: Order, visa_form: VisaForm | None = None) -> dict[str, Any]:
    """Everything the page needs; `visa_form` comes back with what was typed."""
    visa = order.visa_asked_of(me())
    reader = next((row for row in order.acknowledgements if row.user_id == me().id), None)
    return {
        "order": order,
        "state": look(order),
        "steps": steps_of(order),
        "paper": paper_of(order),
        "files": _files(order),
        "visa_form": (visa_form or VisaForm(formdata=None)) if visa else None,
        "signature_form": SignatureFileForm(formdata=None) if _may_keep_signature(order) else None,
        "acts": acts_of(order),
        "waits_for_me": reader is not None and not reader.is_answered,
        "amendments": [entry for entry in history_of(order) if entry.action == "order.amend"],
        "events": events_of(order),
        "figures": figures_of(order),
        "can": can_of(order),
    }


def look(order: Order) -> dict[str, Any]:
    """The state as a shape and a word."""
    return {"code": LOOKS[order.state], "text": ORDER.labels[order.state]}


def steps_of(order: Order) -> list[dict[str, Any]]:
    """The road of an order with the place where it stands."""
    now = STANDS_AT.get(order.state, order.state)
    at_first = order.state in BEFORE_SIGNING
    road = [state for state in ROAD if state is not S.ON_AGREEMENT or order.visas or at_first]
    at = road.index(now)
    notes = {
        S.SIGNED: dmy(order.signed_on),
        S.REGISTERED: f"№ {order.number}" if order.number else "",
        S.FILED: order.case_index,
    }
    return [
        {
            "code": LOOKS[order.state] if place == at else LOOKS[state],
            "word": ORDER.labels[order.state if place == at else state],
            "note": notes.get(state, ""),
            "place": "past" if place < at else "now" if place == at else "next",
        }
        for place, state in enumerate(road)
    ]


def paper_of(order: Order) -> dict[str, Any] | None:
    """The main document: its file in force, and whether that is the one that was signed."""
    document = order.document
    if document is None or document.latest is None:
        return None
    latest = document.latest
    is_other = order.signed_version is not None and latest.number != order.signed_version
    return {
        "name": latest.name,
        "url": url_for("documents.document", document_id=document.id),
        "version": latest.number,
        "signed_version": order.signed_version,
        "is_changed": is_other and order.origin is not OrderOrigin.TEMPLATE,
    }


def _files(order: Order) -> list[dict[str, Any]]:
    """What hangs beside the main document; signatures with what was found of them."""
    found = {row.document_id: row for row in order.signatures}
    beside = [d for d in evidence_of(order.dossier, seen_by=me()) if d.id != order.document_id]
    return [_file(document, found.get(document.id)) for document in beside]


def _about(signature: OrderSignature) -> list[Any]:
    """Verdict, signer, day and until when the certificate holds, as far as they are known."""
    dated = _("подписано %(day)s", day=dmy(signature.signed_at)) if signature.signed_at else ""
    until = _("сертификат до %(day)s", day=dmy(signature.valid_until)) if signature.valid_until else ""
    return [text for text in (signature.verdict_label, signature.signer, dated, until) if text]


def _file(document: Document, signature: OrderSignature | None) -> dict[str, Any]:
    return {
        "name": document.latest.name if signature and document.latest else document.title,
        "url": url_for("documents.document", document_id=document.id),
        "kind": (document.latest.name.rpartition(".")[2] if document.latest else "").upper()[:4],
        "meta": _about(signature) if signature else [document.caption],
        "remove_url": None,
        "remove_name": "",
    }


def _may_keep_signature(order: Order) -> bool:
    return order.signed_on is not None and bool(DRAFTERS & order.roles_of(me()))


#: Moves with pages of their own: name → endpoint.
PAGES = {
    "sign": "sign",
    "register": "number",
    "take_under_control": "proposals",
    "file": "file_away",
    "repeal": "change",
}
#: The natural next step is the filled button.
PRIMARY = (
    "send", "sign", "register", "take_under_control", "remove_from_control", "file",
)  # fmt: skip


def acts_of(order: Order) -> list[dict[str, Any]]:
    """The moves to show: where each leads, and what stands in its way. The visa form makes «agree»."""
    made_by_visas = {"agree"} if DRAFTERS & order.roles_of(me()) else {"agree", "return"}
    shown = [offer for offer in offers(order, by=me()) if offer.move.name not in made_by_visas]
    open_names = [o.move.name for o in shown if o.refusal is None or o.move.name in PAGES]
    first = next((name for name in PRIMARY if name in open_names), "")
    return [_act(order, offer, is_first=offer.move.name == first) for offer in shown]


#: What these guards ask for is given on the page of the move, so it is no reason not to open the page.
GIVEN_THERE = {
    "sign": ("has_signatory", "has_signing_date"),
    "register": ("has_number",),
    "take_under_control": ("has_assignments",),
    "file": ("has_case_index",),
    "repeal": ("has_no_open_assignments",),
}


def _act(order: Order, offer: Offer, *, is_first: bool) -> dict[str, Any]:
    move, why = offer.move, offer.refusal
    if move.name in PAGES:
        asked = [
            g for g in move.guards if g.name not in GIVEN_THERE[move.name] and not getattr(order, g.name)
        ]
        href = url_for(f"orders.{PAGES[move.name]}", order_id=order.id)
        return {
            "offer": offer,
            "href": href,
            "why": asked[0].otherwise if asked else "",
            "is_first": is_first,
        }
    url = url_for("orders.move", order_id=order.id, name=move.name)
    return {"offer": offer, "href": "", "url": url, "why": why.reason if why else "", "is_first": is_first}


def figures_of(order: Order) -> dict[str, int]:
    """How the assignments stand."""
    measures = order.measures
    return {
        "total": len(measures),
        "closed": sum(m.is_closed for m in measures),
        "overdue": sum(m.is_overdue for m in measures),
    }


def can_of(order: Order) -> set[str]:
    """What else the person may do on the page."""
    roles, can = order.roles_of(me()), set()
    if DRAFTERS & roles:
        can |= {"edit", "visas"} if order.state in (S.DRAFT, S.RETURNED) else set()
        can |= {"edit"} if order.state in BEFORE_SIGNING else set()
        can |= {"sheet", "amend"} if order.state in IN_FORCE else set()
    if Role.CLERK in roles and order.state in (*BEFORE_SIGNING, S.SIGNED) and order.registration is None:
        can.add("reserve")
    if Role.COORDINATOR in roles and order.state is S.IN_PROGRESS:
        can.add("pass_down")
    return can


def events_of(order: Order) -> list[dict[str, Any]]:
    """The story of the order, newest first; people named together are one event."""
    events, before = [], None
    for entry in history_of(order, limit=200):
        same = (entry.action, entry.at, entry.note)
        if (event := told(entry)) and same != before:
            events.append(event)
            before = same
    return events


def told(entry: Entry) -> dict[str, Any] | None:
    """One entry of the journal as the timeline tells it; what the room does not tell is left out."""
    if entry.part and entry.action not in TOLD_BY_PARTS:
        return None
    what, code = TOLD.get(entry.action, ("", ""))
    move = ORDER.moves.get(entry.action.partition(".")[2])
    if not what and move:
        what, code = move.told, LOOKS[S(move.dest.value)]
    return (
        what
        and {
            "code": code,
            "what": what,
            "who": entry.actor_name,
            "at": entry.at,
            "quote": "; ".join(text for text in (entry.ground, entry.note) if text),
            "details": [],
        }
        or None
    )
