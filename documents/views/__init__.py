"""The pages of the room: the archive, its inbox, dossiers, documents, files and what they look like."""

from documents.views import (  # noqa: F401  (they add their routes)
    archive,
    documents,
    dossiers,
    files,
    filing,
    keeping,
    linking,
)
from documents.views.blueprint import bp, nav_items
from documents.views.shown import FileRow, file_rows

__all__ = ["FileRow", "bp", "file_rows", "nav_items"]
