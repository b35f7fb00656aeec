"""What members of a council leave on the rows of a report: that they have looked, and remarks."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Role, User, stored
from core.audit import Journalled
from core.clock import now
from core.db import Base, Moment
from core.words import _
from reports.models import ReportVersion
from roadmap.models import Measure
from workflow.remark import REMARK, RemarkState


class RowMark(Base):
    """A member has looked at a row, which then said what `digest` sums up.

    The mark counts in every version of the report in which the row still says so. It is not journalled: the
    row itself tells who looked at what and when, is never changed, and nine members make thousands of them.
    """

    __tablename__ = "row_mark"
    __table_args__ = (
        UniqueConstraint("report_version_id", "user_id", "measure_id"),
        Index(None, "user_id", "report_version_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_version_id: Mapped[int] = mapped_column(ForeignKey("report_version.id"))
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    digest: Mapped[str] = mapped_column(String(64))
    viewed_at: Mapped[datetime] = mapped_column(Moment, default=now)


class Addressee(StrEnum):
    """Whom a remark goes to: the coordinator, or straight back to the executor of the row."""

    COORDINATOR = "coordinator"
    EXECUTOR = "executor"


ADDRESSEES: dict[Addressee, Any] = {
    Addressee.COORDINATOR: _("Координатору"),
    Addressee.EXECUTOR: _("Исполнителю, на доработку"),
}


class Remark(Journalled, Base):
    """What a member says of a row. One that needs an answer keeps the council from deciding until then."""

    __tablename__ = "remark"
    __table_args__ = (Index(None, "report_version_id", "measure_id", "id"), Index(None, "state", "id"))
    kind = "remark"
    lifecycle = REMARK

    id: Mapped[int] = mapped_column(primary_key=True)
    report_version_id: Mapped[int] = mapped_column(ForeignKey("report_version.id"))
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), index=True)
    #: As it was printed in the version: the measure may be renumbered.
    row_number: Mapped[str] = mapped_column(String(60), default="")
    author_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    text: Mapped[str] = mapped_column(Text)
    needs_answer: Mapped[bool] = mapped_column(default=False)
    addressee: Mapped[Addressee] = mapped_column(
        stored(Addressee, "addressee"), default=Addressee.COORDINATOR
    )
    state: Mapped[RemarkState] = mapped_column(stored(RemarkState, "remark_state"), default=RemarkState.OPEN)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    objection: Mapped[str] = mapped_column(Text, default="")
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}

    report_version: Mapped[ReportVersion] = relationship()
    measure: Mapped[Measure] = relationship()
    author: Mapped[User] = relationship(foreign_keys=[author_id])
    answered_by: Mapped[User | None] = relationship(foreign_keys=[answered_by_id])
    closed_by: Mapped[User | None] = relationship(foreign_keys=[closed_by_id])

    @property
    def journal_scope(self) -> str:
        return f"report:{self.report_version.report_id}"

    @property
    def blocks(self) -> bool:
        """Nothing is approved while it stands so (architecture.md §6.3)."""
        return self.needs_answer and self.state is RemarkState.OPEN

    @property
    def has_answer(self) -> bool:
        return bool(self.answer.strip())

    @property
    def is_undecided(self) -> bool:
        return not self.report_version.is_decided

    def roles_of(self, person: User) -> frozenset[Role]:
        """What `person` is to this remark: its author, who keeps the council's papers, who answers."""
        held = self.report_version.roles_of(person)
        roles = held & {Role.COORDINATOR, Role.COUNCIL_SECRETARY}
        if person.id == self.author_id:
            roles |= {Role.COUNCIL_MEMBER}
        if Role.EXECUTOR in self.measure.roles_of(person):
            roles |= {Role.EXECUTOR}
        return roles

    def on_move(self, move: str, *, by: User) -> None:
        """What a move leaves behind: who answered and when, who closed it."""
        if move == "answer":
            self.answered_by_id, self.answered_at = by.id, now()
        elif move in ("resolve", "withdraw"):
            self.closed_by_id, self.closed_at = by.id, now()
