"""Orders: the draft, its items, and what the lifecycle asks of them."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation, Role, User, stored
from core.audit import Journalled, whole_of
from core.clock import now
from core.db import Base, Moment
from core.filters import dmy
from core.words import _, gettext
from documents.kinds import LABELS as KIND_LABELS
from documents.kinds import DocumentKind
from documents.models import Document, Dossier
from orders.models.agreement import Acknowledgement, Decision, Visa
from orders.models.register import NumberState, Register, Registration
from orders.models.signature import OrderSignature
from orders.models.template import OrderTemplate
from roadmap.models import Measure, Occurrence, Plan
from workflow.order import ORDER, OrderState

if TYPE_CHECKING:
    from orders.models.proposal import ProposalSheet

#: While visas are given nobody changes the papers behind the back of those who read them.
SHUT_TO_FILES = (OrderState.ON_AGREEMENT, OrderState.AGREED)


class OrderOrigin(StrEnum):
    """Where the text of an order comes from."""

    TEMPLATE = "template"
    FILE = "file"
    ARCHIVE = "archive"


class AgreementMode(StrEnum):
    """Whether everybody is asked for a visa at once, or one after another."""

    PARALLEL = "parallel"
    IN_ORDER = "in_order"


MODE_LABELS: dict[AgreementMode, Any] = {
    AgreementMode.PARALLEL: _("всем сразу"),
    AgreementMode.IN_ORDER: _("по очереди"),
}


class Order(Journalled, Base):
    """An act of a head from the draft on. Number and date stay blank until it is signed and registered.

    Its requisites stand in the main document, its papers in its dossier, its assignments in a plan.
    """

    __tablename__ = "order_act"
    __table_args__ = (
        Index(None, "organisation_id", "state", "id"),
        Index(None, "state", "signed_on", "id"),
    )
    kind = "order"
    lifecycle = ORDER
    unjournalled = Journalled.unjournalled | {"created_at", "edited_at", "paper_digest"}

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    document_kind: Mapped[DocumentKind] = mapped_column(
        stored(DocumentKind, "order_kind"), default=DocumentKind.ORDER
    )
    origin: Mapped[OrderOrigin] = mapped_column(stored(OrderOrigin, "order_origin"))
    title: Mapped[str] = mapped_column(Text)
    preamble: Mapped[str] = mapped_column(Text, default="")
    control_text: Mapped[str] = mapped_column(Text, default="")
    annexes: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[str] = mapped_column(String(200), default="")
    signatory_position: Mapped[str] = mapped_column(String(300), default="")
    signatory_name: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[OrderState] = mapped_column(stored(OrderState, "order_state"), default=OrderState.DRAFT)
    agreement_mode: Mapped[AgreementMode] = mapped_column(
        stored(AgreementMode, "agreement_mode"), default=AgreementMode.PARALLEL
    )
    round: Mapped[int] = mapped_column(default=0)
    signed_on: Mapped[date | None]
    signed_version: Mapped[int | None]
    registered_on: Mapped[date | None]
    paper_digest: Mapped[str] = mapped_column(String(64), default="")
    case_index: Mapped[str] = mapped_column(String(60), default="")
    filed_on: Mapped[date | None]
    drafted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    #: When anything of the draft changed, its items and visas included: it moves the version of the row.
    edited_at: Mapped[datetime] = mapped_column(Moment, default=now)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), unique=True)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"), unique=True)
    #: The organisation's own template that the typed text is printed in; none is the usual form.
    template_id: Mapped[int | None] = mapped_column(ForeignKey("order_template.id"))
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    drafted_by: Mapped[User | None] = relationship()
    dossier: Mapped[Dossier] = relationship()
    document: Mapped[Document | None] = relationship()
    plan: Mapped[Plan | None] = relationship()
    template: Mapped[OrderTemplate | None] = relationship()
    registration: Mapped[Registration | None] = relationship(uselist=False)
    items: Mapped[list["OrderItem"]] = relationship(
        back_populates="order", order_by="OrderItem.position", cascade="all, delete-orphan"
    )
    visas: Mapped[list[Visa]] = relationship(
        order_by="Visa.round, Visa.position, Visa.id", back_populates="order", cascade="all, delete-orphan"
    )
    acknowledgements: Mapped[list[Acknowledgement]] = relationship(
        order_by="Acknowledgement.id", back_populates="order"
    )
    signatures: Mapped[list[OrderSignature]] = relationship(
        order_by="OrderSignature.id", back_populates="order"
    )
    proposals: Mapped["ProposalSheet | None"] = relationship(back_populates="order", uselist=False)
    measures: Mapped[list[Measure]] = relationship(
        primaryjoin="and_(foreign(Measure.plan_id) == Order.plan_id, Measure.withdrawn_at.is_(None))",
        order_by="Measure.position, Measure.id",
        viewonly=True,
        uselist=True,
    )
    silent_turns: Mapped[list[Occurrence]] = relationship(
        secondary="measure",
        primaryjoin="foreign(Measure.plan_id) == Order.plan_id",
        secondaryjoin="and_(foreign(Occurrence.measure_id) == Measure.id, Occurrence.done_on.is_(None), "
        "Measure.withdrawn_at.is_(None), Measure.state == 'executed', "
        "Occurrence.due <= Measure.actual_date)",
        viewonly=True,
    )

    @property
    def kind_label(self) -> Any:
        return KIND_LABELS[self.document_kind]

    @property
    def number(self) -> str:
        """The registered number; empty before. That of an archived act stands in its document."""
        if self.registration and self.registration.state is NumberState.TAKEN:
            return self.registration.number
        return (self.document.number or "") if self.document and self.origin is OrderOrigin.ARCHIVE else ""

    @property
    def caption(self) -> str:
        """«Приказ от 30.07.2021 № 60/1», or «Приказ, проект» before it is signed."""
        words = [str(self.kind_label)]
        words += [gettext("от %(day)s", day=dmy(self.signed_on))] if self.signed_on else []
        words += [gettext("№ %(number)s", number=self.number)] if self.number else []
        return " ".join(words) if len(words) > 1 else gettext("%(kind)s, проект", kind=words[0])

    # Who is who.

    def roles_of(self, person: User) -> frozenset[Role]:
        """What `person` is to this order; whoever is asked for a visa executes the agreement."""
        roles = person.roles_over(self.organisation.path) - {Role.EXECUTOR}
        is_asked = any(visa.user_id == person.id for visa in self.current_visas)
        return roles | {Role.EXECUTOR} if is_asked and self.state is OrderState.ON_AGREEMENT else roles

    def on_move(self, move: str, *, by: User) -> None:
        """What a move leaves behind besides the new state. A returned draft is agreed again by all."""
        if move == "return":
            self._begin_round()
        self.dossier.locked_at = (self.dossier.locked_at or now()) if self.state in SHUT_TO_FILES else None

    # Agreement.

    def _begin_round(self) -> None:
        """The same people are asked again; nothing that they said of the earlier text counts any more."""
        asked = self.current_visas
        self.round += 1
        for visa in asked:
            again = Visa(round=self.round, position=visa.position, user_id=visa.user_id, due=visa.due)
            self.visas.append(again)

    @property
    def current_visas(self) -> list[Visa]:
        """The visas of the running round, in their order."""
        return [visa for visa in self.visas if visa.round == self.round]

    @property
    def asked_visas(self) -> list[Visa]:
        """Whose turn it is: everybody without a decision, or the first of them."""
        if self.state is not OrderState.ON_AGREEMENT:
            return []
        waiting = [visa for visa in self.current_visas if visa.decision is None]
        return waiting[:1] if self.agreement_mode is AgreementMode.IN_ORDER else waiting

    def visa_asked_of(self, person: User) -> Visa | None:
        """The visa that `person` is asked for now."""
        return next((visa for visa in self.asked_visas if visa.user_id == person.id), None)

    # What the guards of the lifecycle ask.

    @property
    def has_content(self) -> bool:
        return bool(self.items) or self.document is not None

    @property
    def has_visas(self) -> bool:
        return bool(self.current_visas)

    @property
    def is_agreed_by_all(self) -> bool:
        visas = self.current_visas
        return bool(visas) and all(v.decision in (Decision.AGREED, Decision.REMARKED) for v in visas)

    @property
    def is_agreed(self) -> bool:
        """All visas are there, or nobody's was asked for."""
        return not self.current_visas or (self.state is OrderState.AGREED and self.is_agreed_by_all)

    @property
    def has_signatory(self) -> bool:
        return bool(self.signatory_position.strip() and self.signatory_name.strip())

    @property
    def has_signing_date(self) -> bool:
        return self.signed_on is not None

    @property
    def has_number(self) -> bool:
        return bool(self.number)

    @property
    def has_case_index(self) -> bool:
        return bool(self.case_index.strip())

    @property
    def has_assignments(self) -> bool:
        return bool(self.measures)

    @property
    def open_measures(self) -> list[Measure]:
        return [measure for measure in self.measures if not measure.is_closed]

    @property
    def is_wholly_final(self) -> bool:
        return bool(self.measures) and not self.open_measures

    @property
    def is_proved(self) -> bool:
        """Executed items have their evidence or an excuse, and every turn that came was told of."""
        return not self.silent_turns and all(measure.has_required_evidence for measure in self.measures)

    @property
    def has_no_open_assignments(self) -> bool:
        return not self.open_measures

    # Communication.

    @property
    def acknowledged_count(self) -> int:
        return sum(row.is_answered for row in self.acknowledgements)


class OrderItem(Journalled, Base):
    """One numbered item of the draft: what is to be done, by whom, by when."""

    __tablename__ = "order_item"
    kind = "order_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order_act.id"), index=True)
    position: Mapped[int]
    number: Mapped[str] = mapped_column(String(60), default="")
    text: Mapped[str] = mapped_column(Text)
    executor: Mapped[str] = mapped_column(Text, default="")
    due_text: Mapped[str] = mapped_column(Text, default="")
    order: Mapped[Order] = relationship(back_populates="items")

    @property
    def journal_subject(self) -> Journalled:
        return cast(Journalled, whole_of(self, "order"))


__all__ = ["AgreementMode", "Order", "OrderItem", "OrderOrigin", "Register"]
