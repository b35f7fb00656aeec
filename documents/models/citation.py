"""What acts say of other acts: the edges of the graph."""

from datetime import date as Day
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User, stored
from core.db import Base, Moment
from core.filters import dmy
from core.words import _, gettext
from documents.acts import act_key
from documents.kinds import LABELS, DocumentKind
from documents.models.document import Document


class Relation(StrEnum):
    """What the citing document says of the cited one."""

    BASIS = "basis"
    AMENDS = "amends"
    REPEALS = "repeals"
    SUSPENDS = "suspends"
    AMENDED_BY = "amended_by"
    REPEALED_BY = "repealed_by"
    SUSPENDED_BY = "suspended_by"
    APPROVED_BY = "approved_by"
    ADOPTED_BY = "adopted_by"
    AGREED_BY = "agreed_by"
    CONSIDERED_BY = "considered_by"
    MENTIONS = "mentions"

    @property
    def label(self) -> Any:
        return RELATIONS[self][0]

    @property
    def reverse_label(self) -> Any:
        """The same, said of the cited document."""
        return RELATIONS[self][1]


R = Relation

RELATIONS: dict[Relation, tuple[Any, Any]] = {
    R.BASIS: (_("на основании"), _("основание для")),
    R.AMENDS: (_("изменяет"), _("изменён")),
    R.REPEALS: (_("отменяет"), _("отменён")),
    R.SUSPENDS: (_("приостанавливает"), _("приостановлен")),
    R.AMENDED_BY: (_("изменён"), _("изменяет")),
    R.REPEALED_BY: (_("отменён"), _("отменяет")),
    R.SUSPENDED_BY: (_("приостановлен"), _("приостанавливает")),
    R.APPROVED_BY: (_("утверждён"), _("утверждает")),
    R.ADOPTED_BY: (_("принят"), _("принимает")),
    R.AGREED_BY: (_("согласован"), _("согласует")),
    R.CONSIDERED_BY: (_("рассмотрен"), _("рассматривает")),
    R.MENTIONS: (_("упоминает"), _("упомянут в")),
}


class Citation(Base):
    """One act as another document names it. `target` is that act in the archive, None until it arrives.

    Found by reading, it is a proposal until a person confirms it; dismissed, it is not proposed again.
    `is_chosen`: a person has said which document is meant, so no correction of a key lets go of it.
    """

    __tablename__ = "citation"
    __table_args__ = (
        Index(None, "document_id", "id"),
        Index(None, "act_key", "target_id"),
        Index(None, "target_id", "relation"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    relation: Mapped[Relation] = mapped_column(stored(Relation, "relation"), default=Relation.BASIS)
    document_kind: Mapped[DocumentKind] = mapped_column(
        stored(DocumentKind, "cited_kind"), default=DocumentKind.OTHER
    )
    number: Mapped[str] = mapped_column(String(120), default="")
    date: Mapped[Day | None]
    authority: Mapped[str] = mapped_column(String(500), default="")
    title: Mapped[str] = mapped_column(Text, default="")
    act_key: Mapped[str | None] = mapped_column(String(200))
    target_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    is_chosen: Mapped[bool] = mapped_column(default=False)
    page: Mapped[int | None]
    quote: Mapped[str] = mapped_column(Text, default="")
    confidence: Mapped[float] = mapped_column(default=1.0)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    dismissed_at: Mapped[datetime | None] = mapped_column(Moment)
    document: Mapped[Document] = relationship(foreign_keys=document_id)
    target: Mapped[Document | None] = relationship(foreign_keys=target_id)
    confirmed_by: Mapped[User | None] = relationship()

    @property
    def caption(self) -> str:
        """«Приказ от 23.07.2021 № 614», as the citing document names it."""
        words = [str(LABELS[self.document_kind]) if self.document_kind is not DocumentKind.OTHER else ""]
        if self.date:
            words.append(gettext("от %(day)s", day=dmy(self.date)))
        if self.number:
            words.append(gettext("№ %(number)s", number=self.number))
        return " ".join(word for word in words if word) or self.title or gettext("Документ")

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

    @property
    def is_proposed(self) -> bool:
        """It waits for somebody's word."""
        return self.confirmed_at is None and self.dismissed_at is None


@event.listens_for(Citation, "before_insert")
@event.listens_for(Citation, "before_update")
def _keep_key(_mapper: Any, _connection: Any, citation: Citation) -> None:
    known = citation.document_kind if citation.document_kind is not DocumentKind.OTHER else None
    citation.act_key = act_key(known, citation.date, citation.number)
