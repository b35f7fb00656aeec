"""What the worker does after a document has changed. Handlers may run twice and do no harm.

Events: document.added, document.superseded, document.changed, document.removed, document.filed and, once
its text is there and was looked through, document.read, each with `document_id`. Between the worker's own
tasks: document.reading (read further pages) and document.pages_read, each with `sha256`.
"""

from typing import Any

from core.clock import local, now
from core.db import db
from core.errors import TooLarge, Unreadable
from core.outbox import SUBSCRIPTIONS, Handler, publish_once
from core.settings import settings
from core.worker import TIMERS
from documents.models import Document
from documents.previews.shelf import prepare
from documents.services import (
    begin_reading,
    read_on,
    recognise_all,
    relink,
    take_mail,
    take_up_waiting,
)

#: How often the mailbox is looked into.
MAIL_MINUTES = 5


def prepare_preview(document_id: int, **_more: Any) -> None:
    """Make what is looked at first, so that the first visitor does not wait."""
    document = db.session.get(Document, document_id)
    if document is None or document.is_removed or document.latest is None:
        return
    try:
        prepare(document.latest)
    except (Unreadable, TooLarge):
        return  # it is remembered beside the previews, and the page says it


def begin_text(document_id: int, **_more: Any) -> None:
    """Have the text of the file in force read."""
    document = db.session.get(Document, document_id)
    if document is not None and not document.is_removed:
        begin_reading(document)


def read_pages(sha256: str) -> None:
    """Read the next pages of a file."""
    read_on(sha256)


def recognise_requisites(sha256: str) -> None:
    """Propose the requisites and the citations of the documents that have this file."""
    recognise_all(sha256)


def link_again(document_id: int, **_more: Any) -> None:
    """Look again at the citations of a document whose requisites were corrected."""
    relink(document_id)


def fetch_mail(**_more: Any) -> None:
    """Make drafts of the letters of the mailbox."""
    take_mail()


def look_for_mail() -> None:
    """Start fetching every few minutes, when there is a mailbox."""
    if settings().imap_url:
        moment = local(now())
        slot = moment.replace(minute=moment.minute - moment.minute % MAIL_MINUTES)
        publish_once(f"mail:{slot:%Y-%m-%dT%H:%M}", "mail.due")


def take_up() -> None:
    """Have read what has waited for tesseract, once it is installed."""
    take_up_waiting()


HANDLERS: dict[str, tuple[Handler, ...]] = {
    "document.added": (prepare_preview, begin_text),
    "document.superseded": (prepare_preview, begin_text),
    "document.reading": (read_pages,),
    "document.pages_read": (recognise_requisites,),
    "document.changed": (link_again,),
    "mail.due": (fetch_mail,),
}


def subscribe() -> None:
    """Listen to the outbox and the clock; app.py calls it."""
    for event_name, wanted in HANDLERS.items():
        handlers = SUBSCRIPTIONS.setdefault(event_name, [])
        handlers.extend(handler for handler in wanted if handler not in handlers)
    TIMERS.extend(timer for timer in (take_up, look_for_mail) if timer not in TIMERS)
