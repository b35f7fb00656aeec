"""What people add while they work on a measure: answers, extensions, comments, drafts."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from core.audit import Journalled
from core.clock import now
from core.db import Base, Moment
from roadmap.models.measure import Measure, Participation


class MeasurePart(Journalled):
    """A row whose story is told in the history of its measure."""

    measure: Any

    @property
    def journal_subject(self) -> Journalled:
        subject: Journalled = self.measure
        return subject

    @property
    def journal_scope(self) -> str:
        return str(self.measure.journal_scope)


class Answer(MeasurePart, Base):
    """What one co-executor answers to the responsible one."""

    __tablename__ = "answer"
    kind = "answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), index=True)
    participation_id: Mapped[int] = mapped_column(ForeignKey("participation.id"), unique=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    text: Mapped[str] = mapped_column(Text)
    answered_at: Mapped[datetime] = mapped_column(Moment, default=now)
    is_consolidated: Mapped[bool] = mapped_column(default=False)
    measure: Mapped[Measure] = relationship()
    participation: Mapped[Participation] = relationship()
    author: Mapped[User] = relationship()


class Extension(MeasurePart, Base):
    """A request to move a due date and the decision of whoever set it. Old and new dates stay."""

    __tablename__ = "extension"
    __table_args__ = (Index(None, "decided_at", "id"),)
    kind = "extension"

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), index=True)
    old_end: Mapped[date | None]
    wanted_end: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    requested_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    requested_at: Mapped[datetime] = mapped_column(Moment, default=now)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    is_granted: Mapped[bool] = mapped_column(default=False)
    new_end: Mapped[date | None]
    ground: Mapped[str] = mapped_column(Text, default="")
    measure: Mapped[Measure] = relationship()
    requested_by: Mapped[User] = relationship(foreign_keys=[requested_by_id])
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])

    @property
    def is_late_request(self) -> bool:
        """Asked only after the term had ended (lifecycle.md §1.3): allowed, but shown."""
        return bool(self.old_end and self.requested_at.date() > self.old_end)


class Comment(MeasurePart, Base):
    """A word between the people who work on a measure; no part of the report."""

    __tablename__ = "comment"
    kind = "comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    text: Mapped[str] = mapped_column(Text)
    measure: Mapped[Measure] = relationship()
    author: Mapped[User] = relationship()


class AnswerDraft(Base):
    """What a person has typed and not sent: saved by itself, seen by nobody else, never journalled."""

    __tablename__ = "answer_draft"
    __table_args__ = (UniqueConstraint("measure_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    fields: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    saved_at: Mapped[datetime] = mapped_column(Moment, default=now)


class Notice(Base):
    """Something a person should hear of; it goes out with the next daily letter, at most one a day."""

    __tablename__ = "notice"
    __table_args__ = (Index(None, "sent_at", "user_id"), UniqueConstraint("user_id", "key"))

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"), index=True)
    key: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    measure: Mapped[Measure | None] = relationship()
