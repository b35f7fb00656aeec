"""Who is present, how they vote, what is decided."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User, stored
from core.audit import Journalled
from core.clock import now
from core.db import Base, Moment
from core.words import _
from council.models.agenda import AgendaItem
from council.models.council import Membership
from council.models.sitting import Sitting
from documents.models import Document
from roadmap.models import Measure


class Presence(StrEnum):
    """Whether a member takes part: in the room, by video, or not."""

    PRESENT = "present"
    REMOTE = "remote"
    ABSENT = "absent"


PRESENCE_LABELS: dict[Presence, Any] = {
    Presence.PRESENT: _("присутствует"),
    Presence.REMOTE: _("по видеосвязи"),
    Presence.ABSENT: _("отсутствует"),
}


class Choice(StrEnum):
    """What a vote says. With remarks it counts as a vote for; the remark stands beside it."""

    FOR = "for"
    FOR_WITH_REMARKS = "for_with_remarks"
    AGAINST = "against"
    ABSTAINED = "abstained"


CHOICE_LABELS: dict[Choice, Any] = {
    Choice.FOR: _("За"),
    Choice.FOR_WITH_REMARKS: _("За с замечаниями"),
    Choice.AGAINST: _("Против"),
    Choice.ABSTAINED: _("Воздержался"),
}


class Attendance(Journalled, Base):
    """Whether one member takes part in one sitting; who is not marked has not come yet."""

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("sitting_id", "membership_id"),)
    kind = "attendance"
    unjournalled = Journalled.unjournalled | {"marked_at"}

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"))
    membership_id: Mapped[int] = mapped_column(ForeignKey("council_membership.id"), index=True)
    presence: Mapped[Presence] = mapped_column(stored(Presence, "presence"))
    reason: Mapped[str] = mapped_column(String(300), default="")
    marked_at: Mapped[datetime] = mapped_column(Moment, default=now)
    sitting: Mapped[Sitting] = relationship(back_populates="attendance")
    membership: Mapped[Membership] = relationship()

    @property
    def journal_subject(self) -> Journalled:
        return self.sitting

    @property
    def is_here(self) -> bool:
        return self.presence is not Presence.ABSENT

    @property
    def presence_label(self) -> Any:
        return PRESENCE_LABELS[self.presence]


class Vote(Journalled, Base):
    """That a member has voted on an item and, unless it is secret, how. One for each member and item."""

    __tablename__ = "vote"
    __table_args__ = (UniqueConstraint("agenda_item_id", "membership_id"),)
    kind = "vote"
    unjournalled = Journalled.unjournalled | {"cast_at"}

    id: Mapped[int] = mapped_column(primary_key=True)
    agenda_item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"))
    membership_id: Mapped[int] = mapped_column(ForeignKey("council_membership.id"), index=True)
    choice: Mapped[Choice | None] = mapped_column(stored(Choice, "vote_choice"))
    remark: Mapped[str] = mapped_column(Text, default="")
    dissent_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    cast_at: Mapped[datetime] = mapped_column(Moment, default=now)
    #: Set when the secretary put down a vote given by hand or on paper.
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    item: Mapped[AgendaItem] = relationship(back_populates="votes")
    membership: Mapped[Membership] = relationship()
    dissent: Mapped[Document | None] = relationship()
    entered_by: Mapped[User | None] = relationship()

    @property
    def journal_subject(self) -> Journalled:
        return self.item.sitting

    @property
    def choice_label(self) -> Any:
        return CHOICE_LABELS[self.choice] if self.choice else _("проголосовал тайно")


class Decision(Journalled, Base):
    """One point of what was decided on an item; with somebody responsible it becomes a measure."""

    __tablename__ = "decision"
    kind = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    agenda_item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    responsible: Mapped[str] = mapped_column(Text, default="")
    due_text: Mapped[str] = mapped_column(Text, default="")
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"), unique=True)
    item: Mapped[AgendaItem] = relationship(back_populates="decisions")
    measure: Mapped[Measure | None] = relationship()

    @property
    def journal_subject(self) -> Journalled:
        return self.item.sitting

    @property
    def number(self) -> str:
        """«1.2»: the item and the point."""
        return f"{self.item.position}.{self.position}"

    @property
    def is_assignment(self) -> bool:
        """Somebody has to do something: it goes under control."""
        return bool(self.responsible.strip() or self.due_text.strip())
