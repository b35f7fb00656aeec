"""Dossiers, the documents in them, the versions of their files, and the stored bytes."""

from datetime import date as Day
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation, User, stored
from core.audit import Journalled
from core.clock import now
from core.db import Base, Moment
from core.filters import dmy
from core.words import gettext
from documents.kinds import LABELS, DocumentKind


class Dossier(Base):
    """What files hang on. Owned by exactly one measure, order, report or sitting, which it does not know.

    `title` says for people where its documents hang («п. 3.5, дорожная карта «Учитель»»), `scope` groups
    its documents' journal with the owner's, as "plan:7". Its lock and its readers follow from the owner's
    state and executors and are journalled there.
    """

    __tablename__ = "dossier"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    title: Mapped[str] = mapped_column(Text, default="")
    scope: Mapped[str] = mapped_column(String(60), default="")
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


class DossierReader(Base):
    """An organisation or a person outside the owning organisation who takes part."""

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


class Blob(Base):
    """Bytes in the store, named by their SHA-256; many versions may share one."""

    __tablename__ = "blob"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)


class Document(Journalled, Base):
    """A document with its requisites; its files are versions that are added and never replaced.

    `evidence_date` is the day the document proves something for, not the day it was uploaded. A
    publication may be a `url` without any file. Removed documents stay, with a reason.
    """

    __tablename__ = "document"
    __table_args__ = (
        Index(None, "dossier_id", "removed_at", "id"),
        UniqueConstraint("dossier_id", "client_key"),
    )
    kind = "document"
    unjournalled = Journalled.unjournalled | {"client_key", "file_count"}

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"))
    document_kind: Mapped[DocumentKind] = mapped_column(
        stored(DocumentKind, "document_kind"), default=DocumentKind.OTHER
    )
    number: Mapped[str | None] = mapped_column(String(120))
    date: Mapped[Day | None]
    title: Mapped[str] = mapped_column(Text)
    authority: Mapped[str] = mapped_column(String(500), default="")
    place: Mapped[str] = mapped_column(String(200), default="")
    signatory_position: Mapped[str] = mapped_column(String(300), default="")
    signatory_name: Mapped[str] = mapped_column(String(200), default="")
    evidence_date: Mapped[Day | None]
    url: Mapped[str] = mapped_column(String(2000), default="")
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    added_at: Mapped[datetime] = mapped_column(Moment, default=now)
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    removed_at: Mapped[datetime | None] = mapped_column(Moment)
    removed_reason: Mapped[str] = mapped_column(Text, default="")
    client_key: Mapped[str | None] = mapped_column(String(120))
    file_count: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}

    dossier: Mapped[Dossier] = relationship(lazy="joined", innerjoin=True)
    versions: Mapped[list["FileVersion"]] = relationship(
        back_populates="document", order_by="FileVersion.number"
    )
    added_by: Mapped[User | None] = relationship(foreign_keys=added_by_id)
    removed_by: Mapped[User | None] = relationship(foreign_keys=removed_by_id)

    @property
    def journal_scope(self) -> str:
        return self.dossier.scope

    @property
    def kind_code(self) -> str:
        """The kind as evidence requirements name it."""
        return self.document_kind.value

    @property
    def kind_label(self) -> Any:
        return LABELS[self.document_kind]

    @property
    def caption(self) -> str:
        """«Приказ от 12.03.2027 № 5»: the kind with what is known of its date and number."""
        words = [str(self.kind_label)]
        if self.date:
            words.append(gettext("от %(day)s", day=dmy(self.date)))
        if self.number:
            words.append(gettext("№ %(number)s", number=self.number))
        return " ".join(words)

    @property
    def latest(self) -> "FileVersion | None":
        """The version in force; None for a link."""
        return self.versions[-1] if self.versions else None

    @property
    def is_removed(self) -> bool:
        return self.removed_at is not None

    @property
    def is_link(self) -> bool:
        return bool(self.url)


class FileVersion(Journalled, Base):
    """One file of a document as it was uploaded. The next version supersedes it; both are kept."""

    __tablename__ = "file_version"
    __table_args__ = (UniqueConstraint("document_id", "number"),)
    kind = "file_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    number: Mapped[int]
    sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"), index=True)
    size: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(120))
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    added_at: Mapped[datetime] = mapped_column(Moment, default=now)
    document: Mapped[Document] = relationship(back_populates="versions")
    added_by: Mapped[User | None] = relationship()

    @property
    def journal_subject(self) -> Journalled:
        return self.document

    @property
    def is_superseded(self) -> bool:
        return self.document.latest is not self
