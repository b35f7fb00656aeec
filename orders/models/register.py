"""Registers (журналы), the counter of each of their years, and the numbers they gave out."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation, User, stored
from core.audit import Journalled
from core.clock import now
from core.db import Base, Moment
from core.words import _
from documents.kinds import LABELS as KIND_LABELS
from documents.kinds import DocumentKind


class YearRule(StrEnum):
    """Which day decides in whose year an act is numbered at the turn of the year."""

    SIGNING = "signing"
    REGISTRATION = "registration"


YEAR_RULES: dict[YearRule, Any] = {
    YearRule.SIGNING: _("по дате подписания"),
    YearRule.REGISTRATION: _("по дате регистрации"),
}


class Register(Journalled, Base):
    """A register of one organisation for one kind of acts and one index; numbers restart every year.

    `template` makes the printed number of the running one: «{n}», «{n}-р», «{index}/{n}».
    """

    __tablename__ = "register"
    __table_args__ = (UniqueConstraint("organisation_id", "document_kind", "index"),)
    kind = "register"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    document_kind: Mapped[DocumentKind] = mapped_column(stored(DocumentKind, "register_kind"))
    index: Mapped[str] = mapped_column(String(40), default="")
    title: Mapped[str] = mapped_column(String(300))
    template: Mapped[str] = mapped_column(String(60), default="{n}")
    year_rule: Mapped[YearRule] = mapped_column(stored(YearRule, "year_rule"), default=YearRule.SIGNING)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)

    @property
    def kind_label(self) -> Any:
        return KIND_LABELS[self.document_kind]

    @property
    def year_rule_label(self) -> Any:
        return YEAR_RULES[self.year_rule]

    def year_of(self, *, signed_on: date, registered_on: date) -> int:
        """In which year's row of numbers an act belongs."""
        return (signed_on if self.year_rule is YearRule.SIGNING else registered_on).year

    def printed(self, n: int, suffix: str = "") -> str:
        """The number as it stands on the paper: 12 with «/1» by «{n}-р» is «12/1-р»."""
        return self.template.replace("{index}", self.index).replace("{n}", f"{n}{suffix}")


class RegisterYear(Base):
    """The counter of one register and year. Its row is locked while a number is taken, so the next
    number is never guessed from those already given. What was given stands in the journal."""

    __tablename__ = "register_year"
    __table_args__ = (UniqueConstraint("register_id", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    register_id: Mapped[int] = mapped_column(ForeignKey("register.id"))
    year: Mapped[int]
    last_number: Mapped[int] = mapped_column(default=0)
    register: Mapped[Register] = relationship(lazy="joined", innerjoin=True)


class NumberState(StrEnum):
    """What became of a number: kept for somebody, on an act, or given up with a reason."""

    RESERVED = "reserved"
    TAKEN = "taken"
    VOID = "void"


NUMBER_LABELS: dict[NumberState, Any] = {
    NumberState.RESERVED: _("Зарезервирован"),
    NumberState.TAKEN: _("Присвоен"),
    NumberState.VOID: _("Не используется"),
}


class Registration(Journalled, Base):
    """One number of a register. Every running number from 1 to the last has its row, so a gap is seen
    with its reason. A number put in later («12/1», «12а») has the running number and a suffix."""

    __tablename__ = "registration"
    __table_args__ = (
        UniqueConstraint("register_id", "year", "n", "suffix"),
        UniqueConstraint("register_id", "year", "number"),
        Index(None, "register_id", "year", "dated_on"),
    )
    kind = "registration"

    id: Mapped[int] = mapped_column(primary_key=True)
    register_id: Mapped[int] = mapped_column(ForeignKey("register.id"))
    year: Mapped[int]
    n: Mapped[int]
    suffix: Mapped[str] = mapped_column(String(20), default="")
    number: Mapped[str] = mapped_column(String(120))
    state: Mapped[NumberState] = mapped_column(stored(NumberState, "number_state"))
    dated_on: Mapped[date]
    reason: Mapped[str] = mapped_column(Text, default="")
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime] = mapped_column(Moment, default=now)
    order_id: Mapped[int | None] = mapped_column(ForeignKey("order_act.id"), unique=True)
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}

    register: Mapped[Register] = relationship(lazy="joined", innerjoin=True)
    made_by: Mapped[User | None] = relationship()

    @property
    def journal_subject(self) -> Journalled:
        return self.register

    @property
    def state_label(self) -> Any:
        return NUMBER_LABELS[self.state]

    @property
    def is_put_in_later(self) -> bool:
        """A number with a suffix, given to an act that was forgotten on its day."""
        return bool(self.suffix)
