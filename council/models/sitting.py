"""Sittings, and what their lifecycle asks of them."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Role, User, stored
from core.audit import Journalled
from core.clock import now, today
from core.db import Base, Moment
from core.filters import dmy
from core.words import _, gettext
from council.models.council import Council, Membership
from council.rules import Rules, rules_from
from documents.models import Document, Dossier
from orders.models import Order, Registration
from workflow.sitting import SITTING, SittingState

if TYPE_CHECKING:
    from council.models.agenda import AgendaItem
    from council.models.invitation import Invitation
    from council.models.voting import Attendance


class SittingForm(StrEnum):
    """How the members come together."""

    IN_PERSON = "in_person"
    CORRESPONDENCE = "correspondence"


FORM_LABELS: dict[SittingForm, Any] = {
    SittingForm.IN_PERSON: _("очное"),
    SittingForm.CORRESPONDENCE: _("заочное"),
}


class Sitting(Journalled, Base):
    """One sitting. The number of its minutes is kept for it when it opens; their date is its day."""

    __tablename__ = "sitting"
    __table_args__ = (Index(None, "council_id", "date", "id"), Index(None, "date", "id"))
    kind = "sitting"
    lifecycle = SITTING
    unjournalled = Journalled.unjournalled | {"minutes_digest", "edited_at"}

    id: Mapped[int] = mapped_column(primary_key=True)
    council_id: Mapped[int] = mapped_column(ForeignKey("council.id"))
    date: Mapped[date]
    starts_at: Mapped[str] = mapped_column(String(5), default="")
    place: Mapped[str] = mapped_column(String(300), default="")
    form: Mapped[SittingForm] = mapped_column(
        stored(SittingForm, "sitting_form"), default=SittingForm.IN_PERSON
    )
    deadline: Mapped[datetime | None] = mapped_column(Moment)
    guests: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[SittingState] = mapped_column(
        stored(SittingState, "sitting_state"), default=SittingState.PLANNED
    )
    rules: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    presiding_id: Mapped[int | None] = mapped_column(ForeignKey("council_membership.id"))
    secretary_id: Mapped[int | None] = mapped_column(ForeignKey("council_membership.id"))
    agenda_sent_at: Mapped[datetime | None] = mapped_column(Moment)
    invitation_round: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    #: The number of the minutes as it is printed.
    number: Mapped[str] = mapped_column(String(120), default="")
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id"), unique=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), unique=True)
    #: The minutes, their files being versions of it, and the signed scan of them.
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), unique=True)
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), unique=True)
    #: The minutes as an act under control, with a plan of the decisions.
    order_id: Mapped[int | None] = mapped_column(ForeignKey("order_act.id"), unique=True)
    minutes_digest: Mapped[str] = mapped_column(String(64), default="")
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    edited_at: Mapped[datetime] = mapped_column(Moment, default=now)
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}

    council: Mapped[Council] = relationship(lazy="joined", innerjoin=True)
    presiding: Mapped[Membership | None] = relationship(foreign_keys=presiding_id)
    secretary: Mapped[Membership | None] = relationship(foreign_keys=secretary_id)
    registration: Mapped[Registration | None] = relationship()
    dossier: Mapped[Dossier] = relationship()
    document: Mapped[Document | None] = relationship(foreign_keys=document_id)
    scan: Mapped[Document | None] = relationship(foreign_keys=scan_id)
    order: Mapped[Order | None] = relationship()
    items: Mapped[list["AgendaItem"]] = relationship(
        back_populates="sitting", order_by="AgendaItem.position, AgendaItem.id", cascade="all, delete-orphan"
    )
    attendance: Mapped[list["Attendance"]] = relationship(
        back_populates="sitting", order_by="Attendance.id", cascade="all, delete-orphan"
    )

    invitations: Mapped[list["Invitation"]] = relationship(back_populates="sitting", order_by="Invitation.id")

    @property
    def journal_scope(self) -> str:
        return f"sitting:{self.id}"

    @property
    def name(self) -> str:
        """«Совет руководителей, 27.01.2021», as lists and the journal call it."""
        return f"{self.council.name}, {dmy(self.date)}"

    @property
    def caption(self) -> str:
        """«Протокол от 27.01.2021 № 2», once it has a number."""
        if not self.number:
            return str(gettext("Протокол от %(day)s", day=dmy(self.date)))
        return str(gettext("Протокол от %(day)s № %(number)s", day=dmy(self.date), number=self.number))

    @property
    def state_label(self) -> Any:
        return SITTING.labels[self.state]

    @property
    def form_label(self) -> Any:
        return FORM_LABELS[self.form]

    @property
    def is_by_correspondence(self) -> bool:
        return self.form is SittingForm.CORRESPONDENCE

    @property
    def is_open(self) -> bool:
        return self.state is SittingState.OPEN

    @property
    def rule_set(self) -> Rules:
        """The rules it is or was held under: those of the council until it opens."""
        return rules_from(self.rules) if self.rules else self.council.rule_set

    def roles_of(self, person: User) -> frozenset[Role]:
        """What `person` is to this sitting: a member only when they sit in the council on its day."""
        roles = person.roles_over(self.council.organisation.path)
        return roles if self.seat_of(person) else roles - {Role.COUNCIL_MEMBER}

    def on_move(self, move: str, *, by: User) -> None:
        """What a move leaves behind besides the new state."""
        moments = {"send_agenda": "agenda_sent_at", "open": "opened_at", "close": "closed_at"}
        if move in moments:
            setattr(self, moments[move], now())
        if move == "send_agenda":
            self.invitation_round += 1

    # Who sits.

    @property
    def members(self) -> list[Membership]:
        return self.council.members_on(self.date)

    @property
    def voters(self) -> list[Membership]:
        """The established number."""
        return self.council.voters_on(self.date)

    def seat_of(self, person: User) -> Membership | None:
        return self.council.seat_of(person, self.date)

    @property
    def present_ids(self) -> frozenset[int]:
        """Memberships that are here, in the room or by video."""
        return frozenset(row.membership_id for row in self.attendance if row.is_here)

    @property
    def voters_present(self) -> list[Membership]:
        """Voters that are here. By correspondence everybody takes part who has voted (counted per item)."""
        here = self.present_ids
        return [seat for seat in self.voters if self.is_by_correspondence or seat.id in here]

    # What the guards of the lifecycle ask.

    @property
    def has_agenda(self) -> bool:
        return bool(self.items)

    @property
    def has_voters(self) -> bool:
        return bool(self.voters)

    @property
    def has_deadline(self) -> bool:
        return not self.is_by_correspondence or self.deadline is not None

    @property
    def has_come(self) -> bool:
        return self.date <= today()

    @property
    def has_presiding(self) -> bool:
        return self.presiding_id is not None

    @property
    def has_quorum(self) -> bool:
        """Enough voters are here. By correspondence each item has its quorum, when its votes are counted."""
        return self.is_by_correspondence or self.rule_set.quorum.is_reached(
            len(self.voters_present), len(self.voters)
        )

    @property
    def has_register(self) -> bool:
        return self.council.register_id is not None

    @property
    def is_wholly_decided(self) -> bool:
        return all(item.is_decided for item in self.items)

    @property
    def has_nothing_decided(self) -> bool:
        return not any(item.is_decided for item in self.items)

    @property
    def has_minutes(self) -> bool:
        return self.document_id is not None
