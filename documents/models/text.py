"""What was read in the files: pages of text, how far the reading is, what was recognised in it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column

from accounts.models import stored
from core.clock import now
from core.db import Base, Moment


class ExtractionState(StrEnum):
    """How far the reading of a file is. `off`: it waits for a reader that is not installed here."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    OFF = "off"


class Extraction(Base):
    """The reading of one content: every version with these bytes shares it."""

    __tablename__ = "extraction"

    sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"), primary_key=True)
    state: Mapped[ExtractionState] = mapped_column(
        stored(ExtractionState, "extraction_state"), default=ExtractionState.WAITING, index=True
    )
    pages_done: Mapped[int] = mapped_column(default=0)
    pages_total: Mapped[int | None]
    error: Mapped[str] = mapped_column(Text, default="")
    changed_at: Mapped[datetime] = mapped_column(Moment, default=now)


class PageText(Base):
    """The text of one page of one content; also what the reading need not do again.

    The rest of what documents.extraction found, above all the words with their places, is in `facts`, as
    `ExtractedPage.as_plain` gives it. `engine` and `settings` say how it was read: when they are others
    today, the page is read again. `way` is "text" or "ocr"; only then there is a `confidence` (0 to 1).
    """

    __tablename__ = "page_text"
    __table_args__ = (UniqueConstraint("sha256", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    way: Mapped[str] = mapped_column(String(40), default="")
    confidence: Mapped[float | None]
    problem: Mapped[str] = mapped_column(Text, default="")
    engine: Mapped[str] = mapped_column(String(80), default="")
    settings: Mapped[str] = mapped_column(String(80), default="")
    facts: Mapped[dict[str, Any]] = deferred(mapped_column(JSON))


class Recognition(Base):
    """The requisites that were recognised in a document, for a person to confirm.

    `found`: name of the requisite → {"value", "confidence", "page", "start", "end", "box", "ratio"}, as
    services.recognising makes it; `box` is [x, y, width, height] as shares of the page, or None.
    """

    __tablename__ = "recognition"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    found: Mapped[dict[str, Any]] = mapped_column(JSON)
    recognised_at: Mapped[datetime] = mapped_column(Moment, default=now)


class MailMessage(Base):
    """A letter of the mailbox that was taken in, by its Message-ID, so that none is taken twice."""

    __tablename__ = "mail_message"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(String(300), unique=True)
    taken_at: Mapped[datetime] = mapped_column(Moment, default=now)
