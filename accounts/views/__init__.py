"""Pages of the room: the door, one's own account, administration."""

from accounts.views import (  # noqa: F401
    door,
    help,
    instance,
    organisations,
    own,
    people,
    person_acts,
    second_factor,
)
from accounts.views.blueprint import bp, nav_items

__all__ = ["bp", "nav_items"]
