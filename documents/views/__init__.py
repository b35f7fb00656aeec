"""The pages of the room: a dossier, a document, its files and what they look like."""

from documents.views import documents, dossiers, files  # noqa: F401  (they add their routes)
from documents.views.blueprint import bp
from documents.views.shown import FileRow, file_rows

__all__ = ["FileRow", "bp", "file_rows"]
