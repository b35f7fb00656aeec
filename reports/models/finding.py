"""What the checks found in a version, and the answers of people, which outlive the version."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User, stored
from core.audit import Journalled
from core.clock import now
from core.db import Base, Moment
from core.words import _
from reports.models.report import ReportVersion
from roadmap.models import Measure


class Finding(Base):
    """One contradiction in a row of a version. Derived: it is thrown away and found again by a new check."""

    __tablename__ = "report_finding"
    __table_args__ = (
        UniqueConstraint("report_version_id", "fingerprint"),
        Index(None, "report_version_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_version_id: Mapped[int] = mapped_column(ForeignKey("report_version.id"))
    position: Mapped[int]
    finding_kind: Mapped[str] = mapped_column(String(40))
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), index=True)
    number: Mapped[str] = mapped_column(String(60), default="")
    title: Mapped[str] = mapped_column(Text, default="")
    words: Mapped[dict[str, str]] = mapped_column(JSON)
    fingerprint: Mapped[str] = mapped_column(String(32))
    report_version: Mapped[ReportVersion] = relationship()
    measure: Mapped[Measure] = relationship()


class Outcome(StrEnum):
    """What a person says of a contradiction: here is why it is so, or there is none."""

    EXPLAINED = "explained"
    DISMISSED = "dismissed"


OUTCOMES: dict[Outcome, Any] = {
    Outcome.EXPLAINED: _("Объяснить: так и есть, вот почему"),
    Outcome.DISMISSED: _("Снять: противоречия здесь нет"),
}


class FindingAnswer(Journalled, Base):
    """An answer to a contradiction, kept by its fingerprint: it holds for every version that has the same."""

    __tablename__ = "report_finding_answer"
    __table_args__ = (Index(None, "measure_id", "fingerprint", "id"),)
    kind = "finding_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"))
    fingerprint: Mapped[str] = mapped_column(String(32))
    outcome: Mapped[Outcome] = mapped_column(stored(Outcome, "finding_outcome"))
    text: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    measure: Mapped[Measure] = relationship()
    author: Mapped[User] = relationship()

    @property
    def journal_subject(self) -> Journalled:
        """The measure: its history tells what was asked and answered."""
        return self.measure

    @property
    def journal_scope(self) -> str:
        return self.measure.journal_scope
