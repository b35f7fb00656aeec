"""Visas on a draft, and who has read the signed order."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User, stored
from core.audit import Journalled, whole_of
from core.clock import today
from core.db import Base, Moment
from core.words import _

if TYPE_CHECKING:
    from orders.models.order import Order


class Decision(StrEnum):
    """What a visa says."""

    AGREED = "agreed"
    REMARKED = "remarked"
    REFUSED = "refused"


DECISION_LABELS: dict[Decision, Any] = {
    Decision.AGREED: _("Согласовано"),
    Decision.REMARKED: _("Согласовано с замечаниями"),
    Decision.REFUSED: _("Не согласовано"),
}


class OrderPart(Journalled):
    """A row whose story is told in the history of its order."""

    order: Any

    @property
    def journal_subject(self) -> Journalled:
        return cast(Journalled, whole_of(self, "order"))


class Visa(OrderPart, Base):
    """Inside consent of one person in one round. A changed draft is agreed again in the next round."""

    __tablename__ = "visa"
    __table_args__ = (UniqueConstraint("order_id", "round", "user_id"),)
    kind = "visa"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order_act.id"))
    round: Mapped[int]
    position: Mapped[int]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    due: Mapped[date | None]
    decision: Mapped[Decision | None] = mapped_column(stored(Decision, "visa_decision"))
    remark: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    order: Mapped["Order"] = relationship(back_populates="visas")
    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)

    @property
    def decision_label(self) -> Any:
        return DECISION_LABELS[self.decision] if self.decision else _("ждём визу")

    @property
    def is_overdue(self) -> bool:
        return self.decision is None and self.due is not None and self.due < today()


class Acknowledgement(OrderPart, Base):
    """One named person and whether, when and how they were made acquainted with the order."""

    __tablename__ = "acknowledgement"
    __table_args__ = (UniqueConstraint("order_id", "user_id"),)
    kind = "acknowledgement"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order_act.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    position: Mapped[str] = mapped_column(String(300), default="")
    acknowledged_on: Mapped[date | None]
    refused_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    order: Mapped["Order"] = relationship(back_populates="acknowledgements")
    user: Mapped[User | None] = relationship(foreign_keys=[user_id])
    recorded_by: Mapped[User | None] = relationship(foreign_keys=[recorded_by_id])

    @property
    def is_answered(self) -> bool:
        return self.acknowledged_on is not None or self.refused_on is not None
