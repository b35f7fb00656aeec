"""Documents with their requisites, and the versions of their files."""

from datetime import date as Day
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User, searchable, stored
from core.audit import Journalled
from core.clock import local, now
from core.db import Base, Moment
from core.filters import dmy
from core.words import _, gettext
from documents.acts import act_key
from documents.kinds import ACTS, LABELS, DocumentKind
from documents.models.dossier import Dossier


class Filing(StrEnum):
    """Where a document stands: with what it proves, among the drafts of the archive, or in the archive."""

    ATTACHED = "attached"
    INBOX = "inbox"
    FILED = "filed"


FILINGS: dict[Filing, Any] = {
    Filing.ATTACHED: _("Подтверждение"),
    Filing.INBOX: _("Не разобран"),
    Filing.FILED: _("В архиве"),
}


def _few(name: str, column: str, which: str) -> Index:
    """An index over the few rows that have something: over all of them it would tell the planner of SQLite
    that one value (nothing) stands in nearly every row, and it would rather read the whole table."""
    return Index(name, column, sqlite_where=text(which), postgresql_where=text(which))


class Document(Journalled, Base):
    """A document with its requisites; its files are versions that are added and never replaced.

    `evidence_date` is the day the document proves something for, not the day it was uploaded. A
    publication may be a `url` without any file. Removed documents stay, with a reason. An annex names its
    `parent` and hangs in its dossier; an edition names the act whose text it is from `in_force_from` on.
    `act_key`, `listed_on` and what is `sought` follow from the requisites and keep the lists quick;
    `listed_on` is empty for what no list shows: drafts and removed documents.
    """

    __tablename__ = "document"
    __table_args__ = (
        Index(None, "dossier_id", "removed_at", "id"),
        Index(None, "listed_on", "id"),
        _few("ix_document_inbox", "id", "filing = 'inbox' AND removed_at IS NULL"),
        _few("ix_document_parent_id", "parent_id", "parent_id IS NOT NULL"),
        _few("ix_document_edition_of_id", "edition_of_id", "edition_of_id IS NOT NULL"),
        UniqueConstraint("dossier_id", "client_key"),
    )
    kind = "document"
    unjournalled = Journalled.unjournalled | {
        "client_key", "file_count", "act_key", "listed_on", "sought", "sought_authority",
    }  # fmt: skip

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
    filing: Mapped[Filing] = mapped_column(stored(Filing, "filing"), default=Filing.ATTACHED)
    pages: Mapped[int | None]
    case_file_index: Mapped[str] = mapped_column(String(120), default="")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    annex_number: Mapped[str] = mapped_column(String(40), default="")
    edition_of_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    in_force_from: Mapped[Day | None]
    act_key: Mapped[str | None] = mapped_column(String(200), index=True)
    listed_on: Mapped[Day | None]
    sought: Mapped[str] = mapped_column(Text, default="")
    sought_authority: Mapped[str] = mapped_column(String(500), default="")
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
    parent: Mapped["Document | None"] = relationship(foreign_keys=parent_id, remote_side=[id])
    edition_of: Mapped["Document | None"] = relationship(foreign_keys=edition_of_id, remote_side=[id])

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

    @property
    def is_draft(self) -> bool:
        """It waits in the inbox for a clerk."""
        return self.filing is Filing.INBOX

    @property
    def is_archived(self) -> bool:
        """It belongs to the archive, filed or waiting, and not to a measure or an order."""
        return self.filing is not Filing.ATTACHED

    @property
    def is_act(self) -> bool:
        """It may be in force, be amended and be repealed."""
        return self.document_kind in ACTS

    @property
    def filing_label(self) -> Any:
        return FILINGS[self.filing]


@event.listens_for(Document, "before_insert")
@event.listens_for(Document, "before_update")
def _keep_derived(_mapper: Any, _connection: Any, document: Document) -> None:
    document.act_key = act_key(document.document_kind, document.date, document.number)
    words = (document.number, document.title, document.annex_number, document.signatory_name)
    document.sought = searchable(" ".join(word for word in words if word))
    document.sought_authority = searchable(document.authority or "")
    is_listed = document.filing is not Filing.INBOX and document.removed_at is None
    added = local(document.added_at or now()).date()
    document.listed_on = (document.date or added) if is_listed else None


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
