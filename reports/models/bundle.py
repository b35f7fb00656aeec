"""Bundles that were asked for."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from core.audit import Journalled
from core.clock import now
from core.db import Base, Moment
from reports.models.report import ReportVersion


class Bundle(Journalled, Base):
    """One bundle of a version: the same version, reader and end of the journal give the same bytes.

    `journal_upto` is the number of the last entry that goes in. `seal` is the SHA-256 of the list of sums
    inside; whoever has it from us sees when list and files were changed together.
    """

    __tablename__ = "inspection_bundle"
    __table_args__ = (Index(None, "report_version_id", "id"),)
    kind = "inspection_bundle"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_version_id: Mapped[int] = mapped_column(ForeignKey("report_version.id"))
    journal_upto: Mapped[int]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    asked_at: Mapped[datetime] = mapped_column(Moment, default=now)
    made_at: Mapped[datetime | None] = mapped_column(Moment)
    sha256: Mapped[str | None] = mapped_column(ForeignKey("blob.sha256"))
    size: Mapped[int | None]
    seal: Mapped[str] = mapped_column(String(64), default="")
    report_version: Mapped[ReportVersion] = relationship()
    asked_by: Mapped[User] = relationship()

    @property
    def journal_scope(self) -> str:
        return f"report:{self.report_version.report_id}"

    @property
    def is_ready(self) -> bool:
        return self.sha256 is not None
