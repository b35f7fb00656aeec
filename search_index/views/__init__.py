"""Pages of the room: results, proposals while typing, saved searches, synonyms, export."""

from search_index.views import export, inside, results, saved, synonyms  # noqa: F401  (they add their routes)
from search_index.views.blueprint import bp

__all__ = ["bp"]
