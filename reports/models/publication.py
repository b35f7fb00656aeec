"""What was published: a copy made for the public, which its pages and files show and nothing else."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from core.audit import Journalled
from core.clock import now
from core.db import Base, Moment
from reports.models.report import ReportVersion
from roadmap.models import Plan


class Publication(Journalled, Base):
    """A report version, or a plan, as the public sees it.

    `data` was cleaned of personal data when it was published; public pages know only `data`, `documents`
    and the file, so nothing that was not published can show. `hidden` says what was removed by hand:
    {"words": […], "kept": […], "rows": [numbers of measures]}. `documents`: [{"name", "sha256", "size",
    "media_type"}].
    """

    __tablename__ = "publication"
    __table_args__ = (Index(None, "withdrawn_at", "published_at", "id"),)
    kind = "publication"
    unjournalled = Journalled.unjournalled | {"data", "data_sha256", "documents"}

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    report_version_id: Mapped[int | None] = mapped_column(ForeignKey("report_version.id"), index=True)
    title: Mapped[str] = mapped_column(Text)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    data_sha256: Mapped[str] = mapped_column(String(64))
    hidden: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    documents: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    file_sha256: Mapped[str | None] = mapped_column(ForeignKey("blob.sha256"))
    file_size: Mapped[int | None]
    published_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    published_at: Mapped[datetime] = mapped_column(Moment, default=now)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_reason: Mapped[str] = mapped_column(Text, default="")
    plan: Mapped[Plan] = relationship()
    report_version: Mapped[ReportVersion | None] = relationship()
    published_by: Mapped[User] = relationship()

    @property
    def journal_scope(self) -> str:
        return f"publication:{self.id}"

    @property
    def is_report(self) -> bool:
        return self.report_version_id is not None

    @property
    def is_public(self) -> bool:
        return self.withdrawn_at is None
