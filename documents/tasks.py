"""What the worker does after a document has changed. Handlers may run twice and do no harm.

Events: document.added, document.superseded, document.changed, document.removed, each with `document_id`.
"""

from typing import Any

from core.db import db
from core.errors import TooLarge, Unreadable
from core.outbox import SUBSCRIPTIONS
from documents.models import Document
from documents.previews.shelf import prepare


def prepare_preview(document_id: int, **_more: Any) -> None:
    """Make what is looked at first, so that the first visitor does not wait."""
    document = db.session.get(Document, document_id)
    if document is None or document.is_removed or document.latest is None:
        return
    try:
        prepare(document.latest)
    except (Unreadable, TooLarge):
        return  # it is remembered beside the previews, and the page says it


def subscribe() -> None:
    """Listen to the outbox; app.py calls it."""
    for event_name in ("document.added", "document.superseded"):
        handlers = SUBSCRIPTIONS.setdefault(event_name, [])
        if prepare_preview not in handlers:
            handlers.append(prepare_preview)
