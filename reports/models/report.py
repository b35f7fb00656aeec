"""Reports on a plan, their frozen versions, and the templates organisations uploaded."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, event, inspect
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Role, User, stored
from core.audit import Journalled
from core.clock import now
from core.db import Base, Moment
from core.words import _
from documents.models import Document, TemplateFile
from roadmap.models import Plan
from workflow.report import AT_COUNCIL, DECIDED, REPORT, ReportState


class ReportTemplate(TemplateFile, Journalled, Base):
    """A template of a report with the organisation's own layout."""

    __tablename__ = "report_template"
    __table_args__ = (Index(None, "organisation_id", "removed_at", "id"),)
    kind = "report_template"


class Report(Journalled, Base):
    """The execution report of a plan for some years; what it says lives in its versions."""

    __tablename__ = "report"
    kind = "report"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    title: Mapped[str] = mapped_column(Text)
    period: Mapped[str] = mapped_column(String(200), default="")
    #: Which report it is: reports.assembly.shapes.
    shape: Mapped[str] = mapped_column(String(40), default="annual")
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    plan: Mapped[Plan] = relationship(lazy="joined", innerjoin=True)
    versions: Mapped[list["ReportVersion"]] = relationship(
        back_populates="report", order_by="ReportVersion.number"
    )
    sources: Mapped[list["ReportSource"]] = relationship(
        back_populates="report", order_by="ReportSource.position"
    )

    @property
    def others(self) -> list[Plan]:
        """The plans that are put together with the first one."""
        return [source.plan for source in self.sources]

    @property
    def journal_scope(self) -> str:
        return f"report:{self.id}"

    @property
    def latest(self) -> "ReportVersion | None":
        return self.versions[-1] if self.versions else None

    def roles_of(self, person: User) -> frozenset[Role]:
        """What `person` is to all the plans reported on."""
        return self.plan.roles_of(person).intersection(*[plan.roles_of(person) for plan in self.others])


class ReportSource(Journalled, Base):
    """A further plan that a report is put together of."""

    __tablename__ = "report_source"
    __table_args__ = (UniqueConstraint("report_id", "plan_id"),)
    kind = "report_source"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    position: Mapped[int]
    report: Mapped[Report] = relationship(back_populates="sources")
    plan: Mapped[Plan] = relationship(lazy="joined", innerjoin=True)

    @property
    def journal_subject(self) -> Journalled:
        return self.report


class Mark(StrEnum):
    """What the council's decision is called on the report: three different things."""

    CONSIDERED = "considered"
    ACCEPTED = "accepted"
    APPROVED = "approved"


MARK_LABELS: dict[Mark, Any] = {
    Mark.CONSIDERED: _("Рассмотрен"),
    Mark.ACCEPTED: _("Принят"),
    Mark.APPROVED: _("Утверждён"),
}


class ReportVersion(Journalled, Base):
    """One making of a report: its data as of a moment and the file made of them.

    What was made is never changed; what the council decided is written once and never changed either.
    """

    __tablename__ = "report_version"
    __table_args__ = (UniqueConstraint("report_id", "number"), Index(None, "state", "id"))
    kind = "report_version"
    lifecycle = REPORT
    unjournalled = Journalled.unjournalled | {
        "data", "gaps", "manifest", "open_blockers", "stamped_size",
    }  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    number: Mapped[int]
    #: The first version decided on belongs to edition 1; what is made after a decision corrects it.
    edition: Mapped[int] = mapped_column(default=1)
    as_of: Mapped[datetime] = mapped_column(Moment)
    note: Mapped[str] = mapped_column(Text, default="")
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    data_sha256: Mapped[str] = mapped_column(String(64))
    template_sha256: Mapped[str] = mapped_column(String(64))
    template_id: Mapped[int | None] = mapped_column(ForeignKey("report_template.id"))
    file_sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"))
    file_size: Mapped[int]
    gaps: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    #: What the bytes were made of and by; with it `flask reports rebuild` makes them again.
    manifest: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime] = mapped_column(Moment, default=now)

    state: Mapped[ReportState] = mapped_column(stored(ReportState, "report_state"), default=ReportState.DRAFT)
    #: How many remarks wait for an answer before a decision; the council keeps count.
    open_blockers: Mapped[int] = mapped_column(default=0)
    mark: Mapped[Mark | None] = mapped_column(stored(Mark, "report_mark"))
    council_name: Mapped[str] = mapped_column(Text, default="")
    protocol_number: Mapped[str] = mapped_column(String(60), default="")
    protocol_date: Mapped[date | None]
    protocol_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    stamped_sha256: Mapped[str | None] = mapped_column(ForeignKey("blob.sha256"))
    stamped_size: Mapped[int | None]
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}

    report: Mapped[Report] = relationship(back_populates="versions")
    made_by: Mapped[User | None] = relationship()
    template: Mapped[ReportTemplate | None] = relationship()
    protocol: Mapped[Document | None] = relationship()

    @property
    def journal_scope(self) -> str:
        return f"report:{self.report_id}"

    @property
    def gap_count(self) -> int:
        return len(self.gaps)

    @property
    def state_label(self) -> Any:
        """The state in words; a decision is called by its mark: accepted is not approved."""
        if self.state is ReportState.APPROVED and self.mark:
            return MARK_LABELS[self.mark]
        return REPORT.labels[self.state]

    @property
    def is_decided(self) -> bool:
        return self.state in DECIDED

    @property
    def shown_sha256(self) -> str:
        """The file that counts: the stamped one, once there is one."""
        return self.stamped_sha256 or self.file_sha256

    @property
    def shown_size(self) -> int:
        return self.stamped_size or self.file_size

    # Who is who, and what the guards of the lifecycle ask.

    def roles_of(self, person: User) -> frozenset[Role]:
        """What `person` is to the plan reported on."""
        return self.report.roles_of(person)

    def on_move(self, move: str, *, by: User) -> None:
        """What a move leaves behind besides the new state: when it was decided, when published."""
        if move in ("approve", "consider"):
            self.decided_at = now()
        elif move == "publish":
            self.published_at = now()

    @property
    def is_newest(self) -> bool:
        return self.report.latest is self

    @property
    def is_alone_at_council(self) -> bool:
        return not any(other.state in AT_COUNCIL for other in self.report.versions if other is not self)

    @property
    def has_no_open_blockers(self) -> bool:
        return not self.open_blockers

    @property
    def has_protocol(self) -> bool:
        return bool(self.mark and self.council_name and self.protocol_number and self.protocol_date)


MADE = (
    "number", "edition", "as_of", "data", "data_sha256", "template_sha256", "file_sha256", "file_size",
    "gaps",
)  # fmt: skip
DECIDED_ONCE = (
    "mark", "council_name", "protocol_number", "protocol_date", "decided_at", "stamped_sha256",
)  # fmt: skip


@event.listens_for(ReportVersion, "before_update")
def _refuse_rewriting(_mapper: Any, _connection: Any, version: ReportVersion) -> None:
    """The last line of defence: a bug must not rewrite what was made or decided."""
    fixed = MADE + (DECIDED_ONCE if _was_decided(version) else ())
    changed = [name for name in fixed if inspect(version).attrs[name].history.has_changes()]
    assert not changed, f"{changed} of a report version never change"


def _was_decided(version: ReportVersion) -> bool:
    history = inspect(version).attrs.state.history
    before = history.deleted[0] if history.deleted else version.state
    return before in DECIDED
