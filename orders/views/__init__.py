"""Pages of the room, one module per kind of page; all on one blueprint."""

from orders.views import (
    agreement,
    changes,
    communication,
    control,
    discipline,
    drafts,
    orders,
    registering,
    registers,
    templates,
)
from orders.views.blueprint import bp, nav_items

__all__ = [
    "agreement",
    "bp",
    "changes",
    "communication",
    "control",
    "discipline",
    "drafts",
    "nav_items",
    "orders",
    "registering",
    "registers",
    "templates",
]
