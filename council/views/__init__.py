"""Pages of the room, one module per kind of page; all on one blueprint."""

from council.views import review
from council.views.blueprint import bp

__all__ = ["bp", "review"]
