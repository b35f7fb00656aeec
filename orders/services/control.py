"""Control: what an order assigns is proposed, corrected by a person, and becomes measures of a plan."""

from collections.abc import Mapping, Sequence
from typing import Any

from accounts.models import User
from core.audit import record
from core.clock import now
from core.db import transaction
from core.errors import Blocked, Invalid, OutOfTurn, Stale, Unreadable, sentence
from core.limited import Limits, run_limited
from core.words import _
from documents.queries.reading import pages_read
from documents.services import local_copy
from orders.models import Order, OrderOrigin, ProposalSheet
from orders.proposals.shapes import CONTROL, ITEM, period_as_plain
from orders.services.rules import hold_order
from roadmap.models import Measure, Plan, PlanKind
from roadmap.services.executors import named
from roadmap.services.measures import MeasureFacts, add_measure
from roadmap.services.plans import PlanFacts, create_plan, first_section, require_coordinator
from workflow.order import IN_FORCE, OrderState
from workflow.services import perform

LIMITS = Limits(memory_mb=1024, cpu_seconds=60, wall_seconds=300, answer_mb=32)
FIELDS = ("number", "title", "executors", "due_text")
# Doubts are stored in Russian and translated when they are shown.
_NO_FILE = sentence("У акта нет файла: впишите пункты сами.")
_FROM_SCAN = sentence("Это скан: сверьте пункты с ним. План-график из приложения впишите сами.")


def propose(order: Order, *, by: User) -> ProposalSheet:
    """Find what the order assigns and lay it out to be corrected. Not inside a transaction.

    Items of a draft of our own are known; of a file they are read, of a scan in the text that was
    recognised of it. Corrections made before are given up.
    """
    require_coordinator(order.organisation, by=by)
    _require_in_force(order)
    found = _found(order)
    with transaction() as session:
        hold_order(order)
        _require_unconfirmed(order)
        sheet = order.proposals or ProposalSheet(order=order)
        sheet.rows = [_row(number, each) for number, each in enumerate(found["proposals"])]
        sheet.doubts, sheet.created_at = found["doubts"], now()
        session.add(sheet)
        record(order, "order.propose", by=by)
    return sheet


def _found(order: Order) -> dict[str, Any]:
    year = order.signed_on.year if order.signed_on else None
    if order.origin is OrderOrigin.TEMPLATE and order.items:
        return _own(order, year)
    if order.document is None or order.document.latest is None:
        return {"proposals": [], "doubts": [_NO_FILE]}
    sha256 = order.document.latest.sha256
    pages = pages_read(sha256)
    if any(page.way == "ocr" for page in pages):
        return _in_recognised([page.text for page in pages], year)
    return _in_file(sha256, year)


def _in_recognised(pages: Sequence[str], year: int | None) -> dict[str, Any]:
    """Items of a scan; its tables are read cell by cell by the import of plans, not here."""
    text = "\n".join(pages)
    found: dict[str, Any] = run_limited("orders.proposals.reading:read_text", LIMITS, text=text, year=year)
    found["doubts"].append(_FROM_SCAN)
    return found


def _in_file(sha256: str, year: int | None) -> dict[str, Any]:
    """What stands in the file; one that has no text has no items to read, and then a person writes them."""
    try:
        with local_copy(sha256) as path:
            found: dict[str, Any] = run_limited(
                "orders.proposals.reading:read_proposals", LIMITS, path=str(path), year=year
            )
        return found
    except Unreadable as refusal:
        return {"proposals": [], "doubts": [str(refusal.reason)]}


def _own(order: Order, year: int | None) -> dict[str, Any]:
    """The items as they were typed; nothing has to be guessed."""
    rows: list[dict[str, Any]] = [
        {
            "kind": ITEM, "number": item.number or str(item.position), "title": item.text, "quote": item.text,
            "executors": [name.strip() for name in item.executor.split("\n") if name.strip()],
            "due_text": item.due_text, "doubts": [], "period": period_as_plain(item.due_text, year=year),
            "is_taken": bool(item.executor or item.due_text),
        }
        for item in order.items
    ]  # fmt: skip
    if order.control_text:
        rows.append(
            {
                "kind": CONTROL, "number": str(len(rows) + 1), "title": order.control_text, "executors": [],
                "quote": order.control_text, "due_text": "", "doubts": [], "period": None, "is_taken": False,
            }
        )  # fmt: skip
    return {"proposals": rows, "doubts": []}


def _row(number: int, proposal: Mapping[str, Any]) -> dict[str, Any]:
    return {**proposal, "key": str(number)}


def _require_in_force(order: Order) -> None:
    if order.state not in IN_FORCE or order.state is OrderState.FILED:
        raise OutOfTurn(_("На контроль ставят зарегистрированный приказ. Сначала зарегистрируйте его."))


def _require_unconfirmed(order: Order) -> None:
    if order.proposals is not None and order.proposals.confirmed_at is not None:
        raise OutOfTurn(_("Пункты этого приказа уже на контроле. Откройте их на странице приказа."))


def correct_proposals(
    order: Order,
    rows: Sequence[Mapping[str, Any]],
    *,
    by: User,
    version: int | None = None,
) -> ProposalSheet:
    """Keep the proposals as a person has put them right: all rows, in their order; new ones may be added.

    A row has key, number, title, executors (a list of names), due_text and is_taken.
    """
    require_coordinator(order.organisation, by=by)
    sheet = _sheet_of(order)
    year = order.signed_on.year if order.signed_on else None
    with transaction() as session:
        session.refresh(sheet)
        _require_unconfirmed(order)
        if version is not None and sheet.version != version:
            raise Stale(_("Пока вы правили, пункты изменили в другом окне. Откройте их заново."))
        known = {row["key"]: row for row in sheet.rows}
        sheet.rows = [_corrected(known.get(row["key"]), row, year) for row in rows if _says_something(row)]
    return sheet


def _says_something(row: Mapping[str, Any]) -> bool:
    return bool(row["title"].strip() or row["due_text"].strip())


def _corrected(before: Mapping[str, Any] | None, row: Mapping[str, Any], year: int | None) -> dict[str, Any]:
    said = {
        "number": row["number"].strip().rstrip("."),
        "title": row["title"].strip(),
        "executors": [name.strip() for name in row["executors"] if name.strip()],
        "due_text": row["due_text"].strip(),
    }
    known = before or {"kind": ITEM, "quote": "", "doubts": [], "key": row["key"]}
    is_touched = any(said[name] != known.get(name) for name in FIELDS)
    return {
        **known,
        **said,
        "doubts": [] if is_touched else known["doubts"],
        "period": period_as_plain(said["due_text"], year=year),
        "is_taken": bool(row["is_taken"]),
    }


def _sheet_of(order: Order) -> ProposalSheet:
    if order.proposals is None:
        raise OutOfTurn(_("Сначала найдите пункты в тексте приказа."))
    return order.proposals


def confirm_proposals(order: Order, *, by: User, version: int | None = None) -> list[Measure]:
    """Make measures of the taken rows and put the order under control, all of it or nothing."""
    require_coordinator(order.organisation, by=by)
    sheet = _sheet_of(order)
    with transaction() as session:
        hold_order(order)
        session.refresh(sheet)
        _require_in_force(order)
        _require_unconfirmed(order)
        if version is not None and sheet.version != version:
            raise Stale(_("Пока вы правили, пункты изменили в другом окне. Откройте их заново."))
        taken = [row for row in sheet.rows if row["is_taken"]]
        _check_taken(taken)
        plan = order.plan or _plan_for(order, taken, by)
        measures = [_measure(plan, row, order, by) for row in taken]
        order.plan, sheet.confirmed_at = plan, now()
        record(order, "order.assign", by=by)
        session.expire(order, ["measures"])
        if order.state is OrderState.REGISTERED:
            perform(order, "take_under_control", by=by)
    return measures


def _check_taken(taken: Sequence[Mapping[str, Any]]) -> None:
    if not taken:
        raise Blocked(_("Отметьте хотя бы один пункт, который берёте на контроль."))
    if nameless := [row for row in taken if not row["title"].strip()]:
        raise Invalid(
            _("У пункта %(number)s нет текста: впишите, что сделать.", number=nameless[0]["number"])
        )


def _plan_for(order: Order, taken: Sequence[Mapping[str, Any]], by: User) -> Plan:
    """A plan of assignments whose ground is the act; its years are those of the act and of the periods."""
    years = {order.signed_on.year} if order.signed_on else set()
    for row in taken:
        period = row["period"] or {}
        years |= {int(period[side][:4]) for side in ("start", "end") if period.get(side)}
    first = min(years or {now().year})
    facts = PlanFacts(
        title=f"{order.caption}. {order.title}",
        year_from=first,
        year_to=min(max(years or {first}), first + 15),
        ground=order.caption,
        plan_kind=PlanKind.ASSIGNMENTS,
    )
    return create_plan(order.organisation, facts, by=by)


def _measure(plan: Plan, row: Mapping[str, Any], order: Order, by: User) -> Measure:
    facts = MeasureFacts(
        number=row["number"],
        title=row["title"],
        due_text=row["due_text"],
        executors=named(plan, list(row["executors"])),
        source={"order": order.id, "quote": row["quote"]},
    )
    return add_measure(first_section(plan, by=by), facts, by=by, ground=order.caption)
