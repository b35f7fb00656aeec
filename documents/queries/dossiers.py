"""Reading dossiers and the documents in them."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from accounts.models import Organisation, User, searchable
from core.audit import Entry
from core.db import db
from core.errors import NotFound
from core.words import _
from documents.models import Document, Dossier, DossierReader, FileVersion
from documents.queries.access import is_readable_by


def dossier_of(dossier_id: int, *, seen_by: User) -> Dossier:
    """The dossier with its organisation and readers; NotFound unless `seen_by` may read it."""
    wanted = select(Dossier).where(Dossier.id == dossier_id, is_readable_by(seen_by))
    wanted = wanted.options(joinedload(Dossier.organisation), *_readers())
    if found := db.session.scalar(wanted):
        return found
    raise NotFound(
        _(
            "Такой папки документов нет или она вам не видна. Проверьте адрес или попросите "
            "доступ у делопроизводителя."
        )
    )


def document_of(document_id: int, *, seen_by: User) -> Document:
    """The document with its versions, removed or not; NotFound unless `seen_by` may read its dossier."""
    wanted = select(Document).join(Document.dossier).where(Document.id == document_id)
    versions = joinedload(Document.versions).joinedload(FileVersion.added_by)
    whole = _whole(wanted.where(is_readable_by(seen_by))).options(versions)
    found: Document | None = db.session.scalars(whole).unique().one_or_none()
    if found is not None:
        return found
    raise NotFound(
        _(
            "Такого документа нет или он вам не виден. Проверьте адрес или попросите доступ "
            "у делопроизводителя."
        )
    )


def version_of(document_id: int, number: int, *, seen_by: User) -> FileVersion:
    """One version of a document's file; NotFound like document_of."""
    versions = document_of(document_id, seen_by=seen_by).versions
    if found := next((version for version in versions if version.number == number), None):
        return found
    raise NotFound(_("Такой версии файла нет. Откройте файл со страницы документа."))


def evidence_of(dossier: Dossier, *, seen_by: User) -> list[Document]:
    """The documents that stand in the dossier, in the order they were added; none for a stranger."""
    return _documents(dossier, Document.removed_at.is_(None), seen_by)


def removed_from(dossier: Dossier, *, seen_by: User) -> list[Document]:
    """The documents that were removed from the dossier, each with its reason."""
    return _documents(dossier, Document.removed_at.is_not(None), seen_by)


def _documents(dossier: Dossier, condition: ColumnElement[bool], seen_by: User) -> list[Document]:
    wanted = select(Document).join(Document.dossier).where(Document.dossier_id == dossier.id, condition)
    versions = selectinload(Document.versions).joinedload(FileVersion.added_by)
    whole = _whole(wanted.where(is_readable_by(seen_by))).options(versions)
    return list(db.session.scalars(whole.order_by(Document.id)))


def _whole(wanted: Select[Any]) -> Select[Any]:
    dossier = joinedload(Document.dossier)
    return wanted.options(
        joinedload(Document.added_by).joinedload(User.organisation),
        joinedload(Document.removed_by),
        dossier.joinedload(Dossier.organisation),
        dossier.options(*_readers()),
    )


def _readers() -> tuple[Any, ...]:
    readers = selectinload(Dossier.readers)
    return (readers.options(joinedload(DossierReader.organisation), joinedload(DossierReader.user)),)


def same_file(dossier: Dossier, sha256: str) -> list[Document]:
    """Documents of the dossier whose file in force has this content, in the order they were added."""
    wanted = (
        select(Document)
        .join(FileVersion, FileVersion.document_id == Document.id)
        .where(Document.dossier_id == dossier.id, Document.removed_at.is_(None), FileVersion.sha256 == sha256)
        .order_by(Document.id)
    )
    found = db.session.scalars(wanted.options(selectinload(Document.versions))).unique()
    return [document for document in found if document.latest and document.latest.sha256 == sha256]


def added_under(dossier: Dossier, client_key: str) -> Document | None:
    """The document that an earlier try of the same request has added, or None."""
    wanted = select(Document).where(Document.dossier_id == dossier.id, Document.client_key == client_key)
    return db.session.scalar(wanted.options(selectinload(Document.versions)))


def history_of_dossier(dossier: Dossier, *, limit: int = 500) -> list[Entry]:
    """Everything that happened to the documents of a dossier, newest first: for the owner's timeline."""
    inside = select(Document.id).where(Document.dossier_id == dossier.id)
    wanted = select(Entry).where(Entry.subject_kind == Document.kind, Entry.subject_id.in_(inside))
    return list(db.session.scalars(wanted.order_by(Entry.id.desc()).limit(limit)))


def draft_under(organisation: Organisation, client_key: str, sha256: str) -> Document | None:
    """The draft that an earlier try of the same request has put into the organisation's inbox, or None."""
    wanted = (
        select(Document)
        .join(Document.dossier)
        .join(FileVersion, FileVersion.document_id == Document.id)
        .where(Dossier.organisation_id == organisation.id, Document.client_key == client_key)
        .where(FileVersion.sha256 == sha256, FileVersion.number == 1)
        .order_by(Document.id)
    )
    return db.session.scalar(wanted)


def people_with(ids: Iterable[int]) -> list[User]:
    """People by their numbers, by name; numbers of nobody are left out."""
    wanted = select(User).where(User.id.in_(set(ids))).order_by(User.surname, User.id)
    return list(db.session.scalars(wanted))


def people_named(text: str) -> list[User]:
    """People whose login or whose full name this is, as `searchable()` folds it; blocked ones left out."""
    folded = searchable(text)
    name = User.sought.startswith(folded + " ", autoescape=True)
    wanted = select(User).where(or_(User.login == text.strip(), name), User.blocked_at.is_(None))
    return list(db.session.scalars(wanted.order_by(User.id).limit(10)))
