"""Reading dossiers and documents, and who may do so: one rule for pages, files, previews and lists."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, false, or_, select
from sqlalchemy.orm import joinedload, selectinload

from accounts.models import Organisation, Role, User
from core.audit import Entry
from core.db import db
from core.errors import NotFound
from core.words import _
from documents.models import Blob, Document, Dossier, DossierReader, FileVersion

#: Roles that may put documents into a dossier; the others only read.
WRITERS = frozenset({Role.EXECUTOR, Role.COORDINATOR, Role.CLERK, Role.COUNCIL_SECRETARY})


def is_readable_by(person: User) -> ColumnElement[bool]:
    """The one access rule, as a condition on Dossier: a grant that reaches the dossier's organisation, or
    a reader row for the person or for an organisation that a grant of the person reaches."""
    reached = select(Organisation.id).where(_is_reached_by(person))
    named = or_(DossierReader.user_id == person.id, DossierReader.organisation_id.in_(reached))
    taking_part = exists().where(DossierReader.dossier_id == Dossier.id, named)
    return or_(Dossier.organisation_id.in_(reached), taking_part)


def _is_reached_by(person: User) -> ColumnElement[bool]:
    """Executors act for their own organisation, all others for the organisations below as well."""
    reaches = [
        Organisation.path == grant.organisation.path
        if grant.role is Role.EXECUTOR
        else Organisation.path.startswith(grant.organisation.path, autoescape=True)
        for grant in person.grants
    ]
    return or_(false(), *reaches)


def dossier_of(dossier_id: int, *, seen_by: User) -> Dossier:
    """The dossier with its organisation and readers; NotFound unless `seen_by` may read it."""
    wanted = select(Dossier).where(Dossier.id == dossier_id, is_readable_by(seen_by))
    wanted = wanted.options(joinedload(Dossier.organisation), *_readers())
    if found := db.session.scalar(wanted):
        return found
    raise NotFound(_("Такой папки документов нет или она вам не видна."))


def document_of(document_id: int, *, seen_by: User) -> Document:
    """The document with its versions, removed or not; NotFound unless `seen_by` may read its dossier."""
    wanted = select(Document).join(Document.dossier).where(Document.id == document_id)
    found: Document | None = db.session.scalar(_whole(wanted.where(is_readable_by(seen_by))))
    if found is not None:
        return found
    raise NotFound(_("Такого документа нет или он вам не виден."))


def version_of(document_id: int, number: int, *, seen_by: User) -> FileVersion:
    """One version of a document's file; NotFound like document_of."""
    versions = document_of(document_id, seen_by=seen_by).versions
    if found := next((version for version in versions if version.number == number), None):
        return found
    raise NotFound(_("Такой версии файла нет."))


def evidence_of(dossier: Dossier, *, seen_by: User) -> list[Document]:
    """The documents that stand in the dossier, in the order they were added; none for a stranger."""
    return _documents(dossier, Document.removed_at.is_(None), seen_by)


def removed_from(dossier: Dossier, *, seen_by: User) -> list[Document]:
    """The documents that were removed from the dossier, each with its reason."""
    return _documents(dossier, Document.removed_at.is_not(None), seen_by)


def _documents(dossier: Dossier, condition: ColumnElement[bool], seen_by: User) -> list[Document]:
    wanted = select(Document).join(Document.dossier).where(Document.dossier_id == dossier.id, condition)
    return list(db.session.scalars(_whole(wanted.where(is_readable_by(seen_by))).order_by(Document.id)))


def _whole(wanted: Select[Any]) -> Select[Any]:
    dossier = joinedload(Document.dossier)
    return wanted.options(
        selectinload(Document.versions).joinedload(FileVersion.added_by),
        joinedload(Document.added_by).joinedload(User.organisation),
        joinedload(Document.removed_by),
        dossier.joinedload(Dossier.organisation),
        dossier.options(*_readers()),
    )


def _readers() -> tuple[Any, ...]:
    return (selectinload(Dossier.readers).joinedload(DossierReader.organisation),)


def can_add(dossier: Dossier, person: User) -> bool:
    """Whether `person` takes part in what the dossier belongs to and may put documents into it."""
    if WRITERS & person.roles_over(dossier.organisation.path):
        return True
    return any(reader.may_add and _is(reader, person) for reader in dossier.readers)


def _is(reader: DossierReader, person: User) -> bool:
    if reader.organisation:
        return bool(WRITERS & person.roles_over(reader.organisation.path))
    return reader.user_id == person.id


def can_change(document: Document, person: User) -> bool:
    """Whoever added it, a colleague of theirs, or the side that the dossier belongs to."""
    if document.added_by_id == person.id or WRITERS & person.roles_over(document.dossier.organisation.path):
        return can_add(document.dossier, person)
    adder = document.added_by
    is_colleague = adder and adder.organisation and WRITERS & person.roles_over(adder.organisation.path)
    return bool(is_colleague) and can_add(document.dossier, person)


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


def all_blobs() -> Iterator[Blob]:
    """Every row about stored bytes, in the order of hashes, a thousand at a time."""
    yield from db.session.scalars(select(Blob).order_by(Blob.sha256).execution_options(yield_per=1000))


def is_known(sha256: str) -> bool:
    """Whether a row speaks of these bytes."""
    return db.session.scalar(select(Blob.sha256).where(Blob.sha256 == sha256)) is not None


def where_used(sha256: str) -> list[FileVersion]:
    """The versions whose bytes these are, oldest first."""
    wanted = select(FileVersion).where(FileVersion.sha256 == sha256).order_by(FileVersion.id)
    return list(db.session.scalars(wanted))
