"""Attaching documents to a dossier: files and links."""

from collections.abc import Iterable
from typing import Any, NamedTuple, Unpack

from sqlalchemy.dialects import postgresql, sqlite

from core.audit import Actor, record
from core.db import db, transaction
from core.errors import Invalid, Refusal
from core.outbox import publish
from core.words import _
from documents.intake.names import stem
from documents.kinds import DocumentKind, kind_named_in
from documents.models import Blob, Document, Dossier, FileVersion
from documents.queries import added_under, same_file
from documents.services.intake import Received, Upload, receive
from documents.services.rules import (
    AlreadyAttached,
    Requisites,
    checked_address,
    columns,
    hold,
    require_may_add,
    require_open,
)


class Outcome(NamedTuple):
    """What became of one file of several: a document, or the refusal."""

    name: str
    document: Document | None
    refusal: Refusal | None


def attach(
    dossier: Dossier, upload: Upload, *, by: Actor, key: str = "", **requisites: Unpack[Requisites]
) -> Document:
    """Put a file into the dossier as a new document. Must not be called inside a transaction.

    Without a kind it is the one that the file's name speaks of, without a title it is the name. `key` names
    one try of one client: repeating it with the same file gives the same document. Refuses what the guard
    refuses, the same file as the same kind again (AlreadyAttached), and changes of a locked dossier.
    """
    values = columns(requisites)
    _require(dossier, by)
    received = receive(upload)
    with transaction():
        hold(dossier)
        if earlier := _same_try(dossier, key, received, by):
            return earlier
        _require(dossier, by)
        document = _new(dossier, _named(values, received.name), by, key)
        _refuse_twin(dossier, document, received)
        add_version(document, received, by=by)
        _announce(document, by)
    return document


def attach_each(
    dossier: Dossier, uploads: Iterable[Upload], *, by: Actor, key: str = "", **requisites: Unpack[Requisites]
) -> list[Outcome]:
    """Attach several files, each for itself: one that is refused does not stop the others."""
    outcomes = []
    for number, upload in enumerate(uploads, 1):
        try:
            document = attach(dossier, upload, by=by, key=key and f"{key}-{number}", **requisites)
        except Refusal as refusal:
            outcomes.append(Outcome(upload.name, None, refusal))
        else:
            outcomes.append(Outcome(upload.name, document, None))
    return outcomes


def attach_link(dossier: Dossier, url: str, *, by: Actor, **requisites: Unpack[Requisites]) -> Document:
    """Put a publication into the dossier by its address, without a file."""
    values = {"document_kind": DocumentKind.PUBLICATION, "url": checked_address(url)} | columns(requisites)
    values["title"] = values.get("title") or values["url"]
    with transaction():
        hold(dossier)
        _require(dossier, by)
        document = _new(dossier, values, by, "")
        _announce(document, by)
    return document


def add_version(document: Document, received: Received, *, by: Actor) -> FileVersion:
    """The next version of a document's file, in the open transaction; the earlier ones stay."""
    remember_blob(received)
    document.file_count = (document.file_count or 0) + 1
    version = FileVersion(
        number=document.file_count,
        sha256=received.blob.sha256,
        size=received.blob.size,
        name=received.name,
        media_type=received.media_type,
        added_by_id=by.id,
    )
    document.versions.append(version)
    return version


def remember_blob(received: Received) -> None:
    """A row about the stored bytes, once: the same content may arrive twice at the same moment."""
    dialect: Any = {"sqlite": sqlite, "postgresql": postgresql}[db.session.get_bind().dialect.name]
    facts = {
        "sha256": received.blob.sha256,
        "size": received.blob.size,
        "media_type": received.media_type,
    }
    db.session.execute(dialect.insert(Blob).values(**facts).on_conflict_do_nothing())


def _require(dossier: Dossier, by: Actor) -> None:
    require_may_add(dossier, by)
    require_open(dossier)


def _named(values: dict[str, Any], name: str) -> dict[str, Any]:
    kind = values.get("document_kind") or kind_named_in(name) or DocumentKind.OTHER
    return values | {"document_kind": kind, "title": values.get("title") or stem(name)}


def _new(dossier: Dossier, values: dict[str, Any], by: Actor, key: str) -> Document:
    document = Document(dossier=dossier, added_by_id=by.id, client_key=key or None, **values)
    if not document.title:
        raise Invalid(_("Назовите документ."))
    db.session.add(document)
    return document


def _same_try(dossier: Dossier, key: str, received: Received, by: Actor) -> Document | None:
    earlier = added_under(dossier, key) if key else None
    if earlier is None:
        return None
    first = earlier.versions[0].sha256 if earlier.versions else ""
    if first == received.blob.sha256 and earlier.added_by_id == by.id:
        return earlier
    raise Invalid(_("Под этим ключом уже отправлен другой файл. Обновите страницу и отправьте ещё раз."))


def _refuse_twin(dossier: Dossier, document: Document, received: Received) -> None:
    with db.session.no_autoflush:
        for twin in same_file(dossier, received.blob.sha256):
            if twin.document_kind is document.document_kind:
                raise AlreadyAttached(twin)


def _announce(document: Document, by: Actor) -> None:
    db.session.flush()  # the task names the document by its number
    record(document, "document.attach", by=by)
    publish("document.added", document_id=document.id)
