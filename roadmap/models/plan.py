"""Plans and their sections."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation, Role, User, stored
from core.audit import Journalled
from core.clock import now
from core.db import Base, Moment
from core.words import _

if TYPE_CHECKING:
    from roadmap.models.measure import Measure


class PlanKind(StrEnum):
    """What the plan is called in its title; the structure is the same."""

    ROADMAP = "roadmap"
    COMPLEX_OF_MEASURES = "complex_of_measures"
    SCHEDULE = "schedule"
    ASSIGNMENTS = "assignments"


KIND_LABELS: dict[PlanKind, Any] = {
    PlanKind.ROADMAP: _("Дорожная карта"),
    PlanKind.COMPLEX_OF_MEASURES: _("Комплекс мер"),
    PlanKind.SCHEDULE: _("План-график"),
    PlanKind.ASSIGNMENTS: _("Поручения"),
}


class Plan(Journalled, Base):
    """A roadmap: sections of measures, approved by an act (`ground`), of one organisation and its years."""

    __tablename__ = "plan"
    __table_args__ = (Index(None, "organisation_id", "archived_at", "year_to", "id"),)
    kind = "plan"
    unjournalled = Journalled.unjournalled | {"created_at"}

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_kind: Mapped[PlanKind] = mapped_column(stored(PlanKind, "plan_kind"), default=PlanKind.ROADMAP)
    title: Mapped[str] = mapped_column(Text)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    period_text: Mapped[str] = mapped_column(String(200), default="")
    year_from: Mapped[int]
    year_to: Mapped[int]
    is_school_year: Mapped[bool] = mapped_column(default=False)
    ground: Mapped[str] = mapped_column(Text, default="")
    coordinator_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    needs_acceptance: Mapped[bool] = mapped_column(default=True)
    carried_from_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"))
    source: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    archived_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    coordinator: Mapped[User | None] = relationship()
    sections: Mapped[list["Section"]] = relationship(back_populates="plan", order_by="Section.position")

    @property
    def journal_scope(self) -> str:
        return f"plan:{self.id}"

    @property
    def kind_label(self) -> Any:
        return KIND_LABELS[self.plan_kind]

    @property
    def years(self) -> str:
        """«2026» or «2026–2027»."""
        if self.year_from == self.year_to:
            return str(self.year_from)
        return f"{self.year_from}–{self.year_to}"

    @property
    def full_title(self) -> str:
        """The title with the years, unless it names them itself."""
        return self.title if self.years in self.title else f"{self.title}, {self.years}"

    @property
    def context_kind(self) -> str | None:
        """How a month without a year is read in this plan (domain/periods.md §2)."""
        return "school_year" if self.is_school_year else None

    def roles_of(self, person: User) -> frozenset[Role]:
        """What `person` is to this plan."""
        return person.roles_over(self.organisation.path)


class Section(Journalled, Base):
    """A heading that groups measures. Ordered by position; the printed number is text."""

    __tablename__ = "section"
    kind = "section"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    position: Mapped[int]
    number: Mapped[str] = mapped_column(String(60), default="")
    title: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}

    plan: Mapped[Plan] = relationship(back_populates="sections")
    measures: Mapped[list["Measure"]] = relationship(back_populates="section", order_by="Measure.position")

    @property
    def journal_scope(self) -> str:
        return f"plan:{self.plan_id}"
