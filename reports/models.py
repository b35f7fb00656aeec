"""Reports on a plan, their frozen versions, and the templates organisations uploaded."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation, Role, User
from core.audit import Journalled
from core.clock import now
from core.db import Base, Moment
from roadmap.models import Plan


class ReportTemplate(Journalled, Base):
    """A .docx with tags that an organisation uploaded; checked before it was stored."""

    __tablename__ = "report_template"
    __table_args__ = (Index(None, "organisation_id", "removed_at", "id"),)
    kind = "report_template"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"))
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    added_at: Mapped[datetime] = mapped_column(Moment, default=now)
    removed_at: Mapped[datetime | None] = mapped_column(Moment)
    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    added_by: Mapped[User] = relationship()


class Report(Journalled, Base):
    """The execution report of a plan for some years; what it says lives in its versions."""

    __tablename__ = "report"
    kind = "report"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    title: Mapped[str] = mapped_column(Text)
    period: Mapped[str] = mapped_column(String(200), default="")
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    plan: Mapped[Plan] = relationship(lazy="joined", innerjoin=True)
    versions: Mapped[list["ReportVersion"]] = relationship(
        back_populates="report", order_by="ReportVersion.number"
    )

    @property
    def journal_scope(self) -> str:
        return f"report:{self.id}"

    @property
    def latest(self) -> "ReportVersion | None":
        return self.versions[-1] if self.versions else None

    def roles_of(self, person: User) -> frozenset[Role]:
        """What `person` is to the plan reported on."""
        return self.plan.roles_of(person)


class ReportVersion(Journalled, Base):
    """One making of a report: its data as of a moment and the file made of them. Never changed."""

    __tablename__ = "report_version"
    __table_args__ = (UniqueConstraint("report_id", "number"),)
    kind = "report_version"
    unjournalled = Journalled.unjournalled | {"data", "gaps"}

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    number: Mapped[int]
    as_of: Mapped[datetime] = mapped_column(Moment)
    note: Mapped[str] = mapped_column(Text, default="")
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    data_sha256: Mapped[str] = mapped_column(String(64))
    template_sha256: Mapped[str] = mapped_column(String(64))
    template_id: Mapped[int | None] = mapped_column(ForeignKey("report_template.id"))
    file_sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"))
    file_size: Mapped[int]
    gaps: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime] = mapped_column(Moment, default=now)
    report: Mapped[Report] = relationship(back_populates="versions")
    made_by: Mapped[User | None] = relationship()
    template: Mapped[ReportTemplate | None] = relationship()

    @property
    def gap_count(self) -> int:
        return len(self.gaps)

    @property
    def journal_subject(self) -> Journalled:
        return self.report
