"""Letters that call to a sitting: to whom, in which round, when they went."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base, Moment
from council.models.council import Membership
from council.models.sitting import Sitting


class Invitation(Base):
    """One letter to one member. A sent agenda that changes is sent again in the next round."""

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("sitting_id", "membership_id", "template", "round"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"))
    membership_id: Mapped[int] = mapped_column(ForeignKey("council_membership.id"), index=True)
    round: Mapped[int]
    address: Mapped[str] = mapped_column(String(200))
    #: What it says: «agenda», «cancelled», «vote» (a reminder).
    template: Mapped[str] = mapped_column(String(20))
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    sitting: Mapped[Sitting] = relationship(back_populates="invitations")
    membership: Mapped[Membership] = relationship()
