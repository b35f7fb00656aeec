"""Pages of the room: the door, one's own account, administration."""

from accounts.views import door, instance, organisations, own, people, person_acts, second_factor  # noqa: F401
from accounts.views.blueprint import bp, nav_items

__all__ = ["bp", "nav_items"]
