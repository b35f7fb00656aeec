"""Reading the files of documents page by page: what is done stays done, and the card shows how far it is.

Each content is read once, whoever holds it. A long scan is read in slices, each a task of its own that
ends well within the worker's lease; a slice that was killed is taken up again and finds the finished pages.
"""

import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, delete
from sqlalchemy.dialects import postgresql, sqlite

from core.audit import Actor
from core.clock import now
from core.db import db, transaction
from core.errors import TooLarge, Unreadable
from core.outbox import publish
from core.settings import application
from documents.extraction import (
    ExtractedPage,
    PageKey,
    RecognitionOff,
    is_recognition_possible,
    page_count,
    pages_of,
)
from documents.extraction.pages import page_of
from documents.models import Document, Extraction, ExtractionState, PageText
from documents.queries import documents_with, kept_page, pages_kept, waiting_for_reader
from documents.services.keeping import local_copy
from documents.services.recognising import recognise_document
from documents.services.rules import require_may_change

#: Longest work of one task; the worker's lease is five minutes.
SLICE = timedelta(seconds=60)
#: The card tells of progress this often at most.
NEWS = timedelta(seconds=1)


class KeptPages:
    """The page cache of documents.extraction in the database: each finished page is committed at once.

    It is called from the threads that recognise, so each call has a session of its own. A page that could
    not be read counts as done until somebody has the file read again: it must not hold up the others.
    """

    def __init__(self) -> None:
        self._app = application()
        self.replayed: set[int] = set()
        self.put_now: set[int] = set()

    def get(self, key: PageKey) -> ExtractedPage | None:
        kept = kept_page(key.sha256, key.number)
        if kept is None or (not kept.problem and (kept.engine, kept.settings) != (key.engine, key.settings)):
            return None
        self.replayed.add(key.number)
        return page_of(kept.facts | {"text": kept.text})

    def put(self, key: PageKey, page: ExtractedPage) -> None:
        with self._app.app_context(), transaction():
            _keep(key.sha256, page, engine=key.engine, settings=key.settings)
        self.put_now.add(key.number)

    def add(self, sha256: str, page: ExtractedPage) -> None:
        """Keep a page that came without having been put: of a file without pages, or with a problem."""
        if page.number not in self.put_now:
            with transaction():
                _keep(sha256, page, engine="", settings="")


def _keep(sha256: str, page: ExtractedPage, *, engine: str, settings: str) -> None:
    """One row per page of a content, the last reading's; two workers may come with the same one."""
    facts = page.as_plain()
    facts["words"] = [[str(word[0]).replace("\0", " "), *word[1:]] for word in facts["words"]]
    values: dict[str, Any] = {
        "text": facts.pop("text").replace("\0", " "),
        "way": page.way,
        "confidence": page.confidence,
        "problem": page.problem,
        "engine": engine,
        "settings": settings,
        "facts": facts,
    }
    dialect: Any = {"sqlite": sqlite, "postgresql": postgresql}[db.session.get_bind().dialect.name]
    row = dialect.insert(PageText).values(sha256=sha256, number=page.number, **values)
    db.session.execute(row.on_conflict_do_update(index_elements=["sha256", "number"], set_=values))


def begin_reading(document: Document) -> None:
    """Have the file in force read, once; a reading that was given up is begun anew. May run again."""
    version = document.latest
    if version is None:
        return
    with transaction() as session:
        row = session.get(Extraction, version.sha256, with_for_update=True)
        if row is None:
            row = Extraction(sha256=version.sha256)
            session.add(row)
        elif row.state is ExtractionState.DONE:
            publish("document.pages_read", sha256=row.sha256)
            return
        elif row.state in (ExtractionState.WAITING, ExtractionState.RUNNING):
            return
        row.state, row.error, row.changed_at = ExtractionState.WAITING, "", now()
        publish("document.reading", sha256=row.sha256)


def read_on(sha256: str, *, longest: timedelta = SLICE) -> None:
    """Read further pages of a content for about as long as `longest`, and ask for the next slice when some
    are left. Must not be called inside a transaction; may run again after it was killed."""
    try:
        is_whole = _read_slice(sha256, time.monotonic() + longest.total_seconds())
    except RecognitionOff as refusal:
        _note(sha256, ExtractionState.OFF, error=str(refusal))
        _ask_to_recognise(sha256)  # what could be read without it
    except (Unreadable, TooLarge) as refusal:
        _note(sha256, ExtractionState.FAILED, error=str(refusal))
    else:
        if is_whole:
            _finish(sha256)
        else:
            with transaction():
                publish("document.reading", sha256=sha256)


def _read_slice(sha256: str, until: float) -> bool:
    """Whether all pages are read now."""
    cache = KeptPages()
    with local_copy(sha256) as path:
        _advance(sha256, total=_total(sha256, path))
        for page in pages_of(path, cache, sha256=sha256):
            if page.number in cache.replayed:
                continue  # a slice ends after new pages only, or a long file would never get beyond its cache
            cache.add(sha256, page)
            _advance(sha256)
            if time.monotonic() > until:
                return False
    return True


def _total(sha256: str, path: Path) -> int:
    row = db.session.get(Extraction, sha256)
    return row.pages_total if row and row.pages_total else page_count(path)


def _advance(sha256: str, *, total: int | None = None) -> None:
    """Say how far the reading is, but not more often than anybody would look."""
    row = db.session.get_one(Extraction, sha256)
    if total is None and now() - row.changed_at < NEWS:
        return
    with transaction() as session:
        row = session.get_one(Extraction, sha256)
        row.state, row.changed_at = ExtractionState.RUNNING, now()
        row.pages_total = total or row.pages_total
        row.pages_done = pages_kept(sha256)


def _finish(sha256: str) -> None:
    with transaction():
        _note(sha256, ExtractionState.DONE)
        _ask_to_recognise(sha256)


def _ask_to_recognise(sha256: str) -> None:
    with transaction():
        publish("document.pages_read", sha256=sha256)


def _note(sha256: str, state: ExtractionState, *, error: str = "") -> None:
    with transaction() as session:
        row = session.get_one(Extraction, sha256)
        row.state, row.error, row.changed_at = state, error, now()
        row.pages_done = pages_kept(sha256)


def recognise_all(sha256: str) -> None:
    """Recognise every document that has this content."""
    for document in documents_with(sha256):
        recognise_document(document)


def take_up_waiting() -> None:
    """Have read what has waited for a reader, once one is here. For the clock."""
    if not is_recognition_possible() or not waiting_for_reader():
        return
    with transaction():
        for row in waiting_for_reader():
            row.state = ExtractionState.WAITING
            publish("document.reading", sha256=row.sha256)


def read_again(document: Document, *, by: Actor) -> None:
    """Have a reading that failed or waits begun anew, at somebody's wish."""
    require_may_change(document, by)
    if document.latest:
        with transaction() as session:
            session.execute(delete(PageText).where(*_has_problem(document.latest.sha256)))
    begin_reading(document)


def _has_problem(sha256: str) -> tuple[ColumnElement[bool], ...]:
    return (PageText.sha256 == sha256, PageText.problem != "")
