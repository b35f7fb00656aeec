"""What an order or a sitting was at a past moment: what was taken off is gone from it too."""

from datetime import datetime
from typing import Any

import time_machine

from core.clock import now
from core.db import db
from core.past import rows_as_of
from council.models import AgendaItem, Choice, Decision, Material, Sitting, Vote
from council.services.agenda import ItemFacts, add_item, add_material, drop_item, drop_material, place_item
from council.services.deciding import DecisionFacts, note_item
from council.services.voting import cast_vote, open_voting
from orders.models import AgreementMode, Order, OrderItem, Visa
from orders.services.agreement import Asked, name_visas
from orders.services.drafting import OrderFacts, edit_order
from tests import uploads
from tests.orders import scene as orders
from tests.reports.histories import rows_in, without_empty
from tests.reports.test_histories import differences


class Past:
    """Moments of a life with what its tables held then, and what the journal tells of them."""

    def __init__(self, scope: str, **tables: tuple[type[Any], Any]) -> None:
        self.scope, self.tables = scope, tables.values()
        self.held = dict[datetime, Any]()

    def keep(self) -> None:
        db.session.rollback()
        held = {kind.kind: rows_in(kind, which) for kind, which in self.tables}
        self.held[now()] = {name: rows for name, rows in held.items() if rows}

    def told(self, moment: datetime) -> Any:
        names = {kind.kind for kind, _which in self.tables}
        told = without_empty(rows_as_of(self.scope, moment))
        return {name: rows for name, rows in told.items() if name in names and rows}

    def check(self) -> None:
        for moment, held in self.held.items():
            assert differences(self.told(moment), held) == []


def test_items_and_visas_taken_off_an_order_are_gone_from_its_past(session):
    with time_machine.travel(orders.NOW, tick=True):
        scene = orders.build()
        order = scene.draft()
        past = Past(
            order.journal_scope, order=(Order, Order.id == order.id),
            items=(OrderItem, OrderItem.order_id == order.id), visas=(Visa, Visa.order_id == order.id),
        )  # fmt: skip
        for people in ((scene.lawyer, scene.executor), (scene.executor,), ()):
            asked = [Asked(person.id) for person in people]
            name_visas(order, asked, mode=AgreementMode.PARALLEL, by=scene.clerk)
            past.keep()
        for items in (orders.ITEMS[1:], orders.ITEMS[::-1], ()):
            facts = OrderFacts(**(vars(orders.FACTS) | {"items": items}))
            edit_order(scene.seen(order), facts, by=scene.clerk)
            past.keep()

    assert [len(held.get("visa", {})) for held in past.held.values()] == [2, 1, 0, 0, 0, 0]
    assert [len(held.get("order_item", {})) for held in past.held.values()] == [2, 2, 2, 1, 2, 0]
    past.check()


def test_items_materials_and_decisions_taken_off_a_sitting_are_gone_from_its_past(scene):
    sitting, by = scene.planned("А", "Б", "В"), scene.secretary
    items = AgendaItem.sitting_id == sitting.id
    own = db.select(AgendaItem.id).where(items)
    past = Past(
        sitting.journal_scope, sitting=(Sitting, Sitting.id == sitting.id), items=(AgendaItem, items),
        materials=(Material, Material.agenda_item_id.in_(own)),
        decisions=(Decision, Decision.agenda_item_id.in_(own)),
        votes=(Vote, Vote.agenda_item_id.in_(own)),
    )  # fmt: skip
    material = add_material(sitting.items[0], uploads.upload(uploads.pdf_bytes(), "Справка.pdf"), by=by)
    past.keep()
    drop_material(material, by=by)
    place_item(scene.seen(sitting).items[2], position=1, by=by)
    past.keep()
    drop_item(scene.seen(sitting).items[1], by=by)
    add_item(sitting, ItemFacts("Г"), by=by)
    past.keep()
    item = scene.opened(scene.seen(sitting)).items[0]
    for points in (("Первое", "Второе"), ("Третье",), ()):
        said = [DecisionFacts(text) for text in points]
        note_item(item, heard="", spoke="", decisions=said, by=by)
        past.keep()
    open_voting(item, by=by)
    cast_vote(item, Choice.FOR, by=scene.chair)
    cast_vote(item, Choice.AGAINST, by=scene.chair)
    past.keep()

    counts = [[len(held.get(name, {})) for name in ("agenda_item", "material", "decision", "vote")]
              for held in past.held.values()]  # fmt: skip
    assert counts == [
        [3, 1, 0, 0], [3, 0, 0, 0], [3, 0, 0, 0], [3, 0, 2, 0], [3, 0, 1, 0], [3, 0, 0, 0], [3, 0, 0, 1],
    ]  # fmt: skip
    past.check()
