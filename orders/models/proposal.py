"""Proposed assignments on screen: recognised in the act, corrected by a person, and only then written."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.db import Base, Moment
from orders.models.order import Order


class ProposalSheet(Base):
    """What was found in the text of an order: `rows` are plain data (orders/proposals), as corrected."""

    __tablename__ = "proposal_sheet"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order_act.id"), unique=True)
    rows: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    doubts: Mapped[list[str]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}
    order: Mapped[Order] = relationship(back_populates="proposals")
