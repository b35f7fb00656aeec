"""Measures: what is to be done, by whom, by when, and how it stands."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation, Role, User, stored
from core.audit import Journalled, whole_of
from core.clock import now, today
from core.db import Base, Moment
from documents.models import Dossier
from roadmap.evidence_forms import Requirement, requirements, unmet
from roadmap.models.plan import Plan, Section
from workflow.measure import MEASURE, MeasureState

OPEN_TO_FILES = (MeasureState.PLANNED, MeasureState.IN_PROGRESS, MeasureState.RETURNED)


class Claim(StrEnum):
    """What the executor says became of the measure; the coordinator decides."""

    EXECUTED = "executed"
    PARTIALLY_EXECUTED = "partially_executed"
    NOT_EXECUTED = "not_executed"


class Part(StrEnum):
    """The first named executor answers for the whole; co-executors answer to that one."""

    RESPONSIBLE = "responsible"
    CO_EXECUTOR = "co_executor"


class Measure(Journalled, Base):
    """One row of a plan. Printed texts are kept verbatim beside what was understood of them."""

    __tablename__ = "measure"
    __table_args__ = (
        Index(None, "plan_id", "section_id", "position", "id"),
        Index(None, "state", "control_date", "id"),
        # Figures of many plans are counted from the index alone.
        Index(None, "plan_id", "withdrawn_at", "state", "control_date"),
    )
    kind = "measure"
    lifecycle = MEASURE

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    section_id: Mapped[int] = mapped_column(ForeignKey("section.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"), index=True)
    position: Mapped[int]
    number: Mapped[str] = mapped_column(String(60), default="")
    title: Mapped[str] = mapped_column(Text, default="")
    preparation_period: Mapped[str] = mapped_column(Text, default="")
    condition: Mapped[str] = mapped_column(Text, default="")
    due_text: Mapped[str] = mapped_column(Text, default="")
    due_start: Mapped[date | None]
    due_end: Mapped[date | None]
    due_recurrence: Mapped[str | None] = mapped_column(String(20))
    due_kind: Mapped[str] = mapped_column(String(20), default="unparseable")
    due_doubts: Mapped[list[str]] = mapped_column(JSON, default=list)
    original_due_end: Mapped[date | None]
    control_date: Mapped[date | None]
    form_of_execution: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[MeasureState] = mapped_column(
        stored(MeasureState, "measure_state"), default=MeasureState.PLANNED
    )
    status_text: Mapped[str] = mapped_column(Text, default="")
    claim: Mapped[Claim | None] = mapped_column(stored(Claim, "claim"))
    actual_date: Mapped[date | None]
    report_text: Mapped[str] = mapped_column(Text, default="")
    deviation_reason: Mapped[str] = mapped_column(Text, default="")
    evidence_exception: Mapped[str] = mapped_column(Text, default="")
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    submitted_at: Mapped[datetime | None] = mapped_column(Moment)
    return_by: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    source: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), unique=True)
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}

    plan: Mapped[Plan] = relationship(lazy="joined", innerjoin=True)
    section: Mapped[Section] = relationship(back_populates="measures")
    dossier: Mapped[Dossier] = relationship()
    parent: Mapped["Measure | None"] = relationship(remote_side=[id])
    submitted_by: Mapped[User | None] = relationship(foreign_keys=[submitted_by_id])
    participations: Mapped[list["Participation"]] = relationship(
        back_populates="measure", order_by="Participation.position", cascade="all, delete-orphan"
    )

    @property
    def journal_scope(self) -> str:
        return f"plan:{self.plan_id}"

    # Who is who.

    @property
    def responsible(self) -> "Participation | None":
        """The first named executor."""
        return next((p for p in self.participations if p.part is Part.RESPONSIBLE), None)

    @property
    def is_put_away(self) -> bool:
        """Out of the plan, or in a plan that was archived: readable, and nobody acts on it any more."""
        return self.withdrawn_at is not None or self.plan.archived_at is not None

    def roles_of(self, person: User) -> frozenset[Role]:
        """What `person` is to this measure. A coordinator may answer on behalf of the executor."""
        roles = self.plan.roles_of(person) - {Role.EXECUTOR}
        if self.is_put_away:
            return roles - {Role.COORDINATOR}
        if Role.COORDINATOR in roles or self._is_executed_by(person):
            roles |= {Role.EXECUTOR}
        return roles

    def _is_executed_by(self, person: User) -> bool:
        first = self.responsible
        if first is None or not first.is_linked:
            return Role.EXECUTOR in self.plan.roles_of(person)
        return first.is_for(person)

    def on_move(self, move: str, *, by: User) -> None:
        """What a move leaves behind besides the new state: who answered when, whether files are closed."""
        if move in ("submit", "complete"):
            self.submitted_by_id, self.submitted_at, self.return_by = by.id, now(), None
        self.dossier.locked_at = None if self.state in OPEN_TO_FILES else self.dossier.locked_at or now()

    # What the guards of the lifecycle ask.

    @property
    def needs_acceptance(self) -> bool:
        return self.plan.needs_acceptance

    @property
    def has_claim(self) -> bool:
        return self.claim is not None

    @property
    def has_report_text(self) -> bool:
        return bool(self.report_text.strip())

    @property
    def has_actual_date(self) -> bool:
        return self.actual_date is not None or self.claim is Claim.NOT_EXECUTED

    @property
    def has_deviation_reason(self) -> bool:
        is_needed = self.is_late or self.claim in (Claim.NOT_EXECUTED, Claim.PARTIALLY_EXECUTED)
        return not is_needed or bool(self.deviation_reason.strip())

    @property
    def has_required_evidence(self) -> bool:
        is_excused = bool(self.evidence_exception.strip()) or self.claim is Claim.NOT_EXECUTED
        return is_excused or not self.missing_evidence

    @property
    def claims_execution(self) -> bool:
        return self.claim is Claim.EXECUTED

    @property
    def is_period_over(self) -> bool:
        return self.control_date is not None and self.control_date <= today()

    # Evidence.

    @property
    def required_evidence(self) -> tuple[Requirement, ...]:
        """What the form of execution asks for; any one document when it names none."""
        return requirements(self.form_of_execution) or requirements("документ")

    @property
    def missing_evidence(self) -> tuple[Requirement, ...]:
        """What of it is not attached yet."""
        return unmet(self.required_evidence, [d.kind_code for d in self.dossier.documents])

    # Dates.

    @property
    def is_closed(self) -> bool:
        return self.state in MEASURE.final_states

    @property
    def is_extended(self) -> bool:
        return self.original_due_end is not None and self.original_due_end != self.due_end

    @property
    def is_late(self) -> bool:
        """Done after the control date."""
        return bool(self.actual_date and self.control_date and self.actual_date > self.control_date)

    @property
    def is_overdue(self) -> bool:
        return self.days_overdue > 0

    @property
    def days_overdue(self) -> int:
        """Whole days past the control date; 0 when not due, closed, or answered in time."""
        if self.is_closed or not self.control_date or self.state is MeasureState.SUBMITTED:
            return 0
        return max(0, (today() - self.control_date).days)

    @property
    def days_left(self) -> int | None:
        """Days until the control date, or None when there is none."""
        return (self.control_date - today()).days if self.control_date else None


class Participation(Journalled, Base):
    """An executor as printed, linked to an organisation or a person when known."""

    __tablename__ = "participation"
    __table_args__ = (
        Index(None, "organisation_id", "measure_id"),
        Index(None, "user_id", "measure_id"),
        # Whether anybody was given a measure is seen from the index alone.
        Index("ix_participation_given_to", "measure_id", "part", "user_id", "organisation_id", "by_consent"),
    )
    kind = "participation"

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    part: Mapped[Part] = mapped_column(stored(Part, "part"))
    by_consent: Mapped[bool] = mapped_column(default=False)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    measure: Mapped[Measure] = relationship(back_populates="participations")
    organisation: Mapped[Organisation | None] = relationship()
    user: Mapped[User | None] = relationship()

    @property
    def journal_subject(self) -> Journalled:
        """The measure, also for a row that has just been taken off its list."""
        return cast(Journalled, whole_of(self, "measure"))

    @property
    def is_linked(self) -> bool:
        return self.user_id is not None or self.organisation_id is not None

    @property
    def is_waiting_for_link(self) -> bool:
        """Printed, of this organisation's own people, and nobody knows yet whom it means."""
        return not self.is_linked and not self.by_consent

    def is_for(self, person: User) -> bool:
        """Whether `person` answers here: named, or an executor of the named organisation."""
        if self.user_id is not None:
            return self.user_id == person.id
        return self.organisation is not None and Role.EXECUTOR in person.roles_over(self.organisation.path)


class Occurrence(Journalled, Base):
    """One turn of a recurring measure: its span, its due day, and what was done."""

    __tablename__ = "occurrence"
    __table_args__ = (Index(None, "measure_id", "due"),)
    kind = "occurrence"

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"))
    start: Mapped[date | None]
    due: Mapped[date]
    done_on: Mapped[date | None]
    text: Mapped[str] = mapped_column(Text, default="")
    measure: Mapped[Measure] = relationship()

    @property
    def journal_subject(self) -> Journalled:
        return self.measure
