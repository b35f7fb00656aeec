"""Councils, the rules they decide by, and who sits in them from when to when."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation, Role, User, stored
from core.audit import Journalled
from core.db import Base, Moment
from core.words import _
from council.rules import Rules, rules_from
from documents.models import Document
from orders.models import Register


class CouncilKind(StrEnum):
    """What a collegial body is."""

    HEADS_COUNCIL = "heads_council"
    COLLEGIUM = "collegium"
    WORKING_GROUP = "working_group"
    COMMISSION = "commission"
    PUBLIC_COUNCIL = "public_council"


COUNCIL_KINDS: dict[CouncilKind, Any] = {
    CouncilKind.HEADS_COUNCIL: _("Совет руководителей"),
    CouncilKind.COLLEGIUM: _("Коллегия"),
    CouncilKind.WORKING_GROUP: _("Рабочая группа"),
    CouncilKind.COMMISSION: _("Комиссия"),
    CouncilKind.PUBLIC_COUNCIL: _("Общественный совет"),
}


class Seat(StrEnum):
    """What a person is in a council."""

    CHAIR = "chair"
    DEPUTY = "deputy"
    SECRETARY = "secretary"
    MEMBER = "member"
    INVITED = "invited"


SEAT_LABELS: dict[Seat, Any] = {
    Seat.CHAIR: _("председатель"),
    Seat.DEPUTY: _("заместитель председателя"),
    Seat.SECRETARY: _("секретарь"),
    Seat.MEMBER: _("член совета"),
    Seat.INVITED: _("приглашённый"),
}
#: Who may preside, in this order.
PRESIDING = (Seat.CHAIR, Seat.DEPUTY)


class Council(Journalled, Base):
    """A collegial body of an organisation. `name_prepositional` stands in «Рассмотрен на …».

    `rules` are settings (council.rules); a sitting keeps a copy of those it was held under.
    """

    __tablename__ = "council"
    __table_args__ = (Index(None, "organisation_id", "closed_at", "id"),)
    kind = "council"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    council_kind: Mapped[CouncilKind] = mapped_column(stored(CouncilKind, "council_kind"))
    name: Mapped[str] = mapped_column(String(500))
    name_prepositional: Mapped[str] = mapped_column(String(500), default="")
    ground: Mapped[str] = mapped_column(Text, default="")
    ground_document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    rules: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    register_id: Mapped[int | None] = mapped_column(ForeignKey("register.id"), index=True)
    place: Mapped[str] = mapped_column(String(300), default="")
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    register: Mapped[Register | None] = relationship()
    ground_document: Mapped[Document | None] = relationship()
    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="council", order_by="Membership.position, Membership.id"
    )

    @property
    def journal_scope(self) -> str:
        return f"council:{self.id}"

    @property
    def kind_label(self) -> Any:
        return COUNCIL_KINDS[self.council_kind]

    @property
    def rule_set(self) -> Rules:
        return rules_from(self.rules)

    def roles_of(self, person: User) -> frozenset[Role]:
        """What `person` is to this council: a member only while they sit in it."""
        roles = person.roles_over(self.organisation.path)
        return roles if self.seat_of(person) else roles - {Role.COUNCIL_MEMBER}

    def seat_of(self, person: User, on: date | None = None) -> "Membership | None":
        """The membership of `person`, on the day `on` or whenever."""
        mine = [seat for seat in self.memberships if seat.user_id == person.id]
        return next((seat for seat in mine if on is None or seat.holds_on(on)), None)

    def members_on(self, day: date) -> list["Membership"]:
        """Who sits in the council on that day, the presiding ones first."""
        return [seat for seat in self.memberships if seat.holds_on(day)]

    def voters_on(self, day: date) -> list["Membership"]:
        """The established number of that day: everybody with a vote."""
        return [seat for seat in self.members_on(day) if seat.has_vote]


class Membership(Journalled, Base):
    """One person in a council for a term. Who has no account is named and votes through the secretary."""

    __tablename__ = "council_membership"
    __table_args__ = (Index(None, "council_id", "position", "id"),)
    kind = "membership"

    id: Mapped[int] = mapped_column(primary_key=True)
    council_id: Mapped[int] = mapped_column(ForeignKey("council.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    post: Mapped[str] = mapped_column(String(300), default="")
    email: Mapped[str] = mapped_column(String(200), default="")
    seat: Mapped[Seat] = mapped_column(stored(Seat, "seat"), default=Seat.MEMBER)
    has_vote: Mapped[bool] = mapped_column(default=True)
    since: Mapped[date]
    until: Mapped[date | None]
    position: Mapped[int] = mapped_column(default=0)
    council: Mapped[Council] = relationship(back_populates="memberships")
    user: Mapped[User | None] = relationship()

    @property
    def journal_subject(self) -> Journalled:
        return self.council

    @property
    def seat_label(self) -> Any:
        return SEAT_LABELS[self.seat]

    @property
    def may_preside(self) -> bool:
        return self.seat in PRESIDING

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)
