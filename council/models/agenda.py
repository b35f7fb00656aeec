"""The agenda: items, what was heard, said and voted on each, and the materials laid before the members."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User, stored
from core.audit import Journalled
from core.db import Base, Moment
from core.words import _
from council.models.sitting import Sitting
from documents.models import Document
from reports.models import ReportVersion

if TYPE_CHECKING:
    from council.models.voting import Decision, Vote


class ItemKind(StrEnum):
    """What an item of the agenda is about."""

    REPORT = "report"
    QUESTION = "question"


class Outcome(StrEnum):
    """How an item ended."""

    ADOPTED = "adopted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


OUTCOME_LABELS: dict[Outcome, Any] = {
    Outcome.ADOPTED: _("Решение принято"),
    Outcome.REJECTED: _("Решение не принято"),
    Outcome.WITHDRAWN: _("Снят с рассмотрения"),
}


class AgendaItem(Journalled, Base):
    """One item of the agenda: who speaks, what was heard and said, how it was voted, what was decided.

    `tally` counts a secret ballot without saying who voted how; it is not journalled, for the journal
    names who acts. `result` is kept with the rules it was counted by.
    """

    __tablename__ = "agenda_item"
    __table_args__ = (Index(None, "sitting_id", "position", "id"),)
    kind = "agenda_item"
    unjournalled = Journalled.unjournalled | {"tally"}

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"))
    position: Mapped[int]
    item_kind: Mapped[ItemKind] = mapped_column(stored(ItemKind, "item_kind"), default=ItemKind.QUESTION)
    title: Mapped[str] = mapped_column(Text)
    speaker: Mapped[str] = mapped_column(String(500), default="")
    report_version_id: Mapped[int | None] = mapped_column(ForeignKey("report_version.id"), index=True)
    proposal: Mapped[str] = mapped_column(Text, default="")
    heard: Mapped[str] = mapped_column(Text, default="")
    spoke: Mapped[str] = mapped_column(Text, default="")
    voting_opened_at: Mapped[datetime | None] = mapped_column(Moment)
    is_secret: Mapped[bool] = mapped_column(default=False)
    tally: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    outcome: Mapped[Outcome | None] = mapped_column(stored(Outcome, "item_outcome"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}

    sitting: Mapped[Sitting] = relationship(back_populates="items")
    report_version: Mapped[ReportVersion | None] = relationship()
    decided_by: Mapped[User | None] = relationship()
    materials: Mapped[list["Material"]] = relationship(
        back_populates="item", order_by="Material.id", cascade="all, delete-orphan"
    )
    votes: Mapped[list["Vote"]] = relationship(
        back_populates="item", order_by="Vote.id", cascade="all, delete-orphan"
    )
    decisions: Mapped[list["Decision"]] = relationship(
        back_populates="item", order_by="Decision.position, Decision.id", cascade="all, delete-orphan"
    )

    @property
    def journal_subject(self) -> Journalled:
        return self.sitting

    @property
    def is_report(self) -> bool:
        return self.item_kind is ItemKind.REPORT

    @property
    def is_decided(self) -> bool:
        return self.outcome is not None

    @property
    def is_voting(self) -> bool:
        """Votes are taken now."""
        return self.sitting.is_open and self.voting_opened_at is not None and not self.is_decided

    @property
    def outcome_label(self) -> Any:
        return OUTCOME_LABELS[self.outcome] if self.outcome else ""

    def vote_of(self, membership_id: int) -> "Vote | None":
        return next((vote for vote in self.votes if vote.membership_id == membership_id), None)


class Material(Journalled, Base):
    """A document of the sitting's dossier, laid before the members with one item."""

    __tablename__ = "agenda_material"
    __table_args__ = (UniqueConstraint("agenda_item_id", "document_id"),)
    kind = "material"

    id: Mapped[int] = mapped_column(primary_key=True)
    agenda_item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    item: Mapped[AgendaItem] = relationship(back_populates="materials")
    document: Mapped[Document] = relationship()

    @property
    def journal_subject(self) -> Journalled:
        return self.item.sitting
