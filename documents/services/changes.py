"""Changing what has been attached: a new version, other requisites, removal. Nothing is overwritten."""

from typing import Unpack

from core.audit import Actor, record
from core.clock import now
from core.db import transaction
from core.errors import Invalid
from core.outbox import publish
from core.words import _
from documents.models import Document, FileVersion
from documents.services.evidence import add_version
from documents.services.intake import Upload, receive
from documents.services.rules import (
    AlreadyAttached,
    Requisites,
    columns,
    hold_document,
    require_may_change,
    require_open,
    require_present,
)


def supersede(
    document: Document, upload: Upload, *, by: Actor, reason: str, version: int | None = None
) -> FileVersion:
    """Add the next version of a document's file; the old one is kept and stays readable.

    Must not be called inside a transaction. `version` is that of the row the person saw.
    """
    _require(document, by)
    received = receive(upload)
    with transaction():
        hold_document(document, version=version)
        _require(document, by)
        if document.latest and document.latest.sha256 == received.blob.sha256:
            raise AlreadyAttached(document)
        added = add_version(document, received, by=by)
        record(document, "document.supersede", by=by, note=_said(reason))
        publish("document.superseded", document_id=document.id)
    return added


def remove(document: Document, *, by: Actor, reason: str, version: int | None = None) -> None:
    """Take a document out of the evidence, with a reason. Its files stay and can still be read."""
    with transaction():
        hold_document(document, version=version)
        _require(document, by)
        document.removed_reason = _said(reason)
        document.removed_at, document.removed_by_id = now(), by.id
        record(document, "document.remove", by=by, note=document.removed_reason)
        publish("document.removed", document_id=document.id)


def edit_requisites(
    document: Document, *, by: Actor, version: int | None = None, **requisites: Unpack[Requisites]
) -> None:
    """Correct the requisites that are given; the others stay. The journal keeps the old ones."""
    values = columns(requisites)
    if values.get("title") == "":
        raise Invalid(_("Назовите документ."))
    with transaction():
        hold_document(document, version=version)
        _require(document, by)
        for name, value in values.items():
            setattr(document, name, value)
        record(document, "document.edit", by=by)
        publish("document.changed", document_id=document.id)


def _require(document: Document, by: Actor) -> None:
    require_may_change(document, by)
    require_present(document)
    require_open(document.dossier)


def _said(reason: str) -> str:
    if not reason.strip():
        raise Invalid(_("Напишите причину: она останется в истории документа."))
    return reason.strip()
