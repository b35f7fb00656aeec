"""Pages of the room, one module per kind of page; all on one blueprint."""

from council.views import agenda, councils, live, minutes, review, sittings
from council.views.blueprint import bp, nav_items

__all__ = ["agenda", "bp", "councils", "live", "minutes", "nav_items", "review", "sittings"]
