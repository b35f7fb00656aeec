"""Dossiers with their readers, and the stored bytes."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation, User, stored
from core.clock import now
from core.db import Base, Moment
from core.words import _

if TYPE_CHECKING:
    from documents.models.document import Document


class Confidentiality(StrEnum):
    """Who may read: everybody signed in, the organisation and who takes part, or named people only. What
    no clerk has looked at yet is a draft, seen by clerks only."""

    PUBLIC = "public"
    INTERNAL = "internal"
    RESTRICTED = "restricted"
    DRAFT = "draft"

    @property
    def label(self) -> Any:
        return _LABELS[self]


_LABELS: dict[Confidentiality, Any] = {
    Confidentiality.PUBLIC: _("Открытый"),
    Confidentiality.INTERNAL: _("Для своей организации"),
    Confidentiality.RESTRICTED: _("Только для названных людей"),
    Confidentiality.DRAFT: _("Не разобран: видят делопроизводители"),
}


class Dossier(Base):
    """What files hang on. Owned by exactly one measure, order, report or sitting, which it does not know,
    or, with `is_archive`, by a document of the archive.

    `title` says for people where its documents hang («п. 3.5, дорожная карта «Учитель»»), `scope` groups
    its documents' journal with the owner's, as "plan:7". Its lock and its readers follow from the owner's
    state and executors and are journalled there.
    """

    __tablename__ = "dossier"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    title: Mapped[str] = mapped_column(Text, default="")
    scope: Mapped[str] = mapped_column(String(60), default="")
    is_archive: Mapped[bool] = mapped_column(default=False)
    access: Mapped[Confidentiality] = mapped_column(
        stored(Confidentiality, "confidentiality"), default=Confidentiality.INTERNAL
    )
    locked_at: Mapped[datetime | None] = mapped_column(Moment)
    organisation: Mapped[Organisation] = relationship()
    readers: Mapped[list["DossierReader"]] = relationship(
        back_populates="dossier", order_by="DossierReader.id", cascade="all, delete-orphan"
    )
    documents: Mapped[list["Document"]] = relationship(
        primaryjoin="and_(Dossier.id == Document.dossier_id, Document.removed_at.is_(None))",
        order_by="Document.id",
        viewonly=True,
    )

    @property
    def is_locked(self) -> bool:
        """Documents may be neither added nor changed until the owner opens it again."""
        return self.locked_at is not None

    @property
    def is_restricted(self) -> bool:
        return self.access is Confidentiality.RESTRICTED


class DossierReader(Base):
    """An organisation or a person outside the owning organisation who takes part; in a restricted dossier,
    one of the named people."""

    __tablename__ = "dossier_reader"
    __table_args__ = (
        UniqueConstraint("dossier_id", "organisation_id"),
        UniqueConstraint("dossier_id", "user_id"),
        CheckConstraint("(organisation_id IS NULL) <> (user_id IS NULL)", name="one_reader"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    may_add: Mapped[bool] = mapped_column(default=False)
    dossier: Mapped[Dossier] = relationship(back_populates="readers")
    organisation: Mapped[Organisation | None] = relationship()
    user: Mapped[User | None] = relationship()


class Blob(Base):
    """Bytes in the store, named by their SHA-256; many versions may share one."""

    __tablename__ = "blob"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
