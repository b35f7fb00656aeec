"""Filing in the archive: drafts from uploads, what a clerk makes of them, annexes and editions."""

from collections.abc import Iterable, Iterator
from typing import Any, Unpack

from accounts.models import Organisation, User
from core.audit import Actor, record
from core.clock import now
from core.db import db, transaction
from core.errors import Blocked, Invalid, OutOfTurn, Refusal
from core.outbox import publish
from core.words import _
from documents.intake.names import stem
from documents.kinds import DocumentKind, kind_named_in
from documents.models import Confidentiality, Document, Dossier, Filing
from documents.queries import draft_under, likely_twins
from documents.services.bundles import unpacked
from documents.services.citing import confirm_citations, link_arrived
from documents.services.confidentiality import set_access
from documents.services.evidence import Outcome, add_version
from documents.services.intake import Received, Upload, receive
from documents.services.rules import (
    Requisites,
    columns,
    hold,
    hold_document,
    require_may_change,
    require_may_file,
    require_open,
    require_present,
)


class LikelyDuplicate(Invalid):
    """An act with this key stands in the archive already; `twins` are those the person may read."""

    def __init__(self, twins: list[Document]) -> None:
        self.twins = twins
        captions = ", ".join(twin.caption for twin in twins)
        sentence = _(
            "Похоже, этот документ уже есть в архиве: %(documents)s. Сравните их; если это другой документ,"
            " отметьте это и примите ещё раз.",
            documents=captions,
        )
        super().__init__(sentence)


def add_draft(
    organisation: Organisation,
    upload: Upload,
    *,
    by: Actor,
    key: str = "",
    note: str = "",
    edition_of: Document | None = None,
) -> Document:
    """Put a file into the inbox of the organisation's archive. Must not be called inside a transaction.

    `key` names one try of one client: repeating it gives the same draft; `note` says where the file
    came from. Refuses what the guard refuses.
    """
    require_may_file(organisation, by)
    received = receive(upload)
    with transaction() as session:
        if earlier := draft_under(organisation, key, received.blob.sha256) if key else None:
            return earlier
        require_may_file(organisation, by)
        dossier = Dossier(
            organisation=organisation, title=received.name, is_archive=True, access=Confidentiality.DRAFT
        )
        session.add(dossier)
        document = _drafted(dossier, received, by, key)
        document.edition_of_id = edition_of.id if edition_of else None
        _enter(document, received, "document.draft", by, note)
    return document


def add_drafts(
    organisation: Organisation, uploads: Iterable[Upload], *, by: Actor, key: str = "", note: str = ""
) -> list[Outcome]:
    """Drafts from several files, each for itself; the files of a ZIP count as if sent one by one."""
    outcomes = []
    for number, (name, file) in enumerate(_each(uploads), 1):
        try:
            if isinstance(file, Refusal):
                raise file
            document = add_draft(organisation, file, by=by, key=key and f"{key}-{number}", note=note)
        except Refusal as refusal:
            outcomes.append(Outcome(name, None, refusal))
        else:
            outcomes.append(Outcome(name, document, None))
    return outcomes


def _each(uploads: Iterable[Upload]) -> Iterator[tuple[str, Upload | Refusal]]:
    for upload in uploads:
        if not upload.name.lower().endswith(".zip"):
            yield upload.name, upload
            continue
        try:
            for inside in unpacked(upload):
                yield inside.name, inside
        except Refusal as refusal:
            yield upload.name, refusal


def file_document(
    document: Document,
    *,
    by: User,
    version: int | None = None,
    access: Confidentiality = Confidentiality.INTERNAL,
    readers: Iterable[int] = (),
    citations: Iterable[int] = (),
    despite: Iterable[int] = (),
    **requisites: Unpack[Requisites],
) -> None:
    """Take a draft into the archive with the requisites a clerk has confirmed.

    `citations` are the proposals that hold, the others are dismissed; `despite` are the documents that the
    clerk has compared it with and found different. LikelyDuplicate when another act has the same key.
    """
    values = columns(requisites)
    with transaction():
        hold_document(document, version=version)
        _require_draft(document, by)
        _set(document, values)
        _refuse_twins(document, by, frozenset(despite))
        document.filing = Filing.FILED
        document.dossier.title = document.caption
        record(document, "document.file", by=by)
        set_access(document, access, readers=readers, by=by)
        confirm_citations(document, citations, by=by)
        link_arrived(document)
        publish("document.filed", document_id=document.id)


def _require_draft(document: Document, by: Actor) -> None:
    require_may_change(document, by)
    require_present(document)
    if not document.is_draft:
        raise OutOfTurn(_("Этот документ уже принят в архив. Откройте его карточку."))


def _set(document: Document, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(document, name, value)
    if not document.title:
        raise Invalid(_("Назовите документ."))


def _refuse_twins(document: Document, by: User, despite: frozenset[int]) -> None:
    if document.edition_of_id is not None:
        return
    with db.session.no_autoflush:
        twins = likely_twins(
            document,
            seen_by=by,
            kind=document.document_kind,
            number=document.number,
            date=document.date,
            authority=document.authority,
        )
    if strangers := [twin for twin in twins if twin.id not in despite]:
        raise LikelyDuplicate(strangers)


def add_annex(document: Document, upload: Upload, *, by: Actor, **requisites: Unpack[Requisites]) -> Document:
    """Put an annex, with its own `annex_number`, into a document of the archive. Not inside a transaction."""
    require_may_change(document, by)
    values = columns(requisites)
    if not values.get("annex_number"):
        raise Invalid(_("Укажите номер приложения, например 1."))
    received = receive(upload)
    with transaction():
        hold(document.dossier)
        require_may_change(document, by)
        require_present(document)
        require_open(document.dossier)
        if not document.is_archived or document.parent_id is not None:
            raise Blocked(
                _("Приложения прикладывают к документу архива, а не к приложению. Откройте сам документ.")
            )
        annex = _drafted(document.dossier, received, by, "")
        annex.parent_id, annex.filing = document.id, document.filing
        _set(annex, values)
        _enter(annex, received, "document.annex", by, "")
    return annex


def add_edition(document: Document, upload: Upload, *, by: Actor) -> Document:
    """A draft of the act's text as amended; its old text stays as it is. Not inside a transaction."""
    require_may_change(document, by)
    require_present(document)
    if document.filing is not Filing.FILED or document.edition_of_id is not None:
        raise Blocked(
            _("Редакции добавляют к принятому в архив акту, а не к другой редакции. Откройте сам акт.")
        )
    return add_draft(document.dossier.organisation, upload, by=by, edition_of=document)


def _drafted(dossier: Dossier, received: Received, by: Actor, key: str) -> Document:
    return Document(
        dossier=dossier,
        filing=Filing.INBOX,
        document_kind=kind_named_in(received.name) or DocumentKind.OTHER,
        title=stem(received.name),
        added_by_id=by.id,
        added_at=now(),
        client_key=key or None,
    )


def _enter(document: Document, received: Received, action: str, by: Actor, note: str) -> None:
    db.session.add(document)
    add_version(document, received, by=by)
    db.session.flush()  # the task names the document by its number
    record(document, action, by=by, note=note)
    publish("document.added", document_id=document.id)
