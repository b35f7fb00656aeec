"""Putting the agenda together: items, their order, speakers, materials."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from core.audit import record
from core.clock import now
from core.db import transaction
from core.errors import Invalid, OutOfTurn
from core.words import _
from council.models import AgendaItem, ItemKind, Material, Sitting
from council.services.rules import hold_sitting, require_secretary
from documents.models import Document
from documents.services import Upload, attach
from reports.models import ReportVersion
from reports.services import move_version
from workflow.report import AT_COUNCIL, ReportState
from workflow.sitting import BEFORE_OPENING, SittingState


@dataclass(frozen=True)
class ItemFacts:
    """One item as typed: what it is about, who speaks, what is proposed to decide."""

    title: str
    speaker: str = ""
    proposal: str = ""
    report_version: ReportVersion | None = None


def add_item(sitting: Sitting, facts: ItemFacts, *, by: User) -> AgendaItem:
    """The next item. A report that was sent to the council is taken up with it."""
    require_secretary(sitting, by=by)
    _check(sitting, facts)
    with transaction() as session:
        hold_sitting(sitting)
        _require_changeable(sitting)
        _take_up(facts, by)
        item = AgendaItem(sitting=sitting, position=len(sitting.items) + 1, title="")
        _put_down(item, facts)
        session.add(item)
        session.flush()  # the journal names the part by its number
        _told(sitting, "sitting.add_item", by, item.title)
    return item


def edit_item(item: AgendaItem, facts: ItemFacts, *, by: User) -> None:
    """Say it otherwise, until the item is voted on. The next version of its report is taken up with it."""
    require_secretary(item.sitting, by=by)
    _check(item.sitting, facts, but=item)
    with transaction():
        hold_sitting(item.sitting)
        _require_changeable(item.sitting)
        if item.voting_opened_at is not None:
            raise OutOfTurn(_("По вопросу уже голосуют: изменить его нельзя."))
        _take_up(facts, by)
        _put_down(item, facts)
        _told(item.sitting, "sitting.edit_item", by, item.title)


def drop_item(item: AgendaItem, *, by: User) -> None:
    """Take an item off the agenda before the sitting; during it an item is withdrawn instead."""
    sitting = item.sitting
    require_secretary(sitting, by=by)
    with transaction() as session:
        hold_sitting(sitting)
        if sitting.state not in BEFORE_OPENING:
            raise OutOfTurn(_("Заседание уже идёт: снимите вопрос с рассмотрения, и это войдёт в протокол."))
        title = item.title
        session.delete(item)
        session.flush()  # the journal tells of it while it still knows its sitting
        session.expire(sitting, ["items"])
        _number(sitting.items)
        _told(sitting, "sitting.drop_item", by, title)


def place_item(item: AgendaItem, *, position: int, by: User) -> None:
    """Put the item to a place of the agenda, counted from 1; the others move along."""
    order = [each for each in item.sitting.items if each is not item]
    order.insert(max(min(position, len(order) + 1), 1) - 1, item)
    order_items(item.sitting, [each.id for each in order], by=by)


def order_items(sitting: Sitting, ids: Sequence[int], *, by: User) -> None:
    """The items in this order; every one of them has to be named."""
    require_secretary(sitting, by=by)
    with transaction():
        hold_sitting(sitting)
        _require_changeable(sitting)
        items = {item.id: item for item in sitting.items}
        if sorted(ids) != sorted(items):
            raise Invalid(_("Повестка изменилась: обновите страницу и расставьте вопросы заново."))
        _number([items[number] for number in ids])
        _told(sitting, "sitting.order_items", by)


def add_material(item: AgendaItem, upload: Upload, *, by: User) -> Material:
    """Lay a file before the members with the item. Not inside a transaction."""
    sitting = item.sitting
    require_secretary(sitting, by=by)
    document = attach(sitting.dossier, upload, by=by)
    return link_material(item, document, by=by)


def link_material(item: AgendaItem, document: Document, *, by: User) -> Material:
    """Lay a document of the sitting's dossier before the members with the item."""
    sitting = item.sitting
    require_secretary(sitting, by=by)
    if document.dossier_id != sitting.dossier_id:
        raise Invalid(_("Этот документ не из дела заседания: сначала приложите его."))
    with transaction() as session:
        hold_sitting(sitting)
        if known := next((row for row in item.materials if row.document_id == document.id), None):
            return known
        material = Material(item=item, document=document)
        session.add(material)
        session.flush()  # the journal names the part by its number
        _told(sitting, "sitting.add_material", by, document.title)
    return material


def drop_material(material: Material, *, by: User) -> None:
    """Lay the document before the members no more; it stays in the dossier."""
    item = material.item
    require_secretary(item.sitting, by=by)
    with transaction() as session:
        hold_sitting(item.sitting)
        title = material.document.title
        session.delete(material)
        session.flush()  # the journal tells of it while it still knows its item
        session.expire(item, ["materials"])
        _told(item.sitting, "sitting.drop_material", by, title)


def _take_up(facts: ItemFacts, by: User) -> None:
    if facts.report_version and facts.report_version.state is ReportState.SUBMITTED:
        move_version(facts.report_version, "take_up", by=by)


def _put_down(item: AgendaItem, facts: ItemFacts) -> None:
    item.title, item.speaker = facts.title.strip(), facts.speaker.strip()
    item.proposal = facts.proposal.strip()
    item.report_version = facts.report_version
    item.item_kind = ItemKind.REPORT if facts.report_version else ItemKind.QUESTION


def _number(items: Sequence[AgendaItem]) -> None:
    for position, item in enumerate(items, 1):
        item.position = position


def _told(sitting: Sitting, action: str, by: User, note: str = "") -> None:
    sitting.edited_at = now()  # it moves the version of the row: two who change the agenda see each other
    record(sitting, action, by=by, note=note)


def _require_changeable(sitting: Sitting) -> None:
    if sitting.state not in (*BEFORE_OPENING, SittingState.OPEN):
        raise OutOfTurn(_("Заседание закончилось: повестку не меняют."))


def _check(sitting: Sitting, facts: ItemFacts, but: AgendaItem | None = None) -> None:
    if not facts.title.strip():
        raise Invalid(_("Напишите вопрос так, как он войдёт в протокол: «О …» или «Об …»."))
    version = facts.report_version
    if version is None or (but is not None and but.report_version_id == version.id):
        return
    if version.state not in AT_COUNCIL:
        raise Invalid(_("Эту версию отчёта Совету не отправляли: попросите координатора отправить её."))
    if any(item.report_version_id == version.id for item in sitting.items):
        raise Invalid(_("Эта версия отчёта уже в повестке."))
