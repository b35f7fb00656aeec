"""Who may read a document of the archive."""

from collections.abc import Iterable

from sqlalchemy.orm.attributes import flag_modified

from accounts.models import User
from core.audit import Actor, record
from core.db import transaction
from core.errors import Blocked, Invalid
from core.outbox import publish
from core.words import _
from documents.models import Confidentiality, Document, Dossier, DossierReader
from documents.queries import annexes_of, people_with
from documents.services.rules import hold_document, require_may_change, require_present


def change_access(
    document: Document,
    *,
    by: User,
    access: Confidentiality,
    readers: Iterable[int] = (),
    version: int | None = None,
) -> None:
    """Say who may read a filed document with its annexes; `readers` are the people named for it."""
    with transaction():
        hold_document(document, version=version)
        require_may_change(document, by)
        require_present(document)
        if not document.is_archived or document.is_draft or document.parent_id is not None:
            raise Blocked(
                _(
                    "Доступ меняют у документа, принятого в архив; у приложений он тот же. Примите "
                    "документ или откройте тот, к которому приложение."
                )
            )
        set_access(document, access, readers=readers, by=by)
        for changed in (document, *annexes_of(document, seen_by=by)):
            publish("document.changed", document_id=changed.id)


def set_access(document: Document, access: Confidentiality, *, readers: Iterable[int], by: Actor) -> None:
    """The same, in the open transaction. Who restricts a document stays among its readers."""
    if access is Confidentiality.DRAFT:
        raise Invalid(_("Выберите, кому виден документ."))
    dossier, named = document.dossier, set(readers)
    if access is Confidentiality.RESTRICTED and by.id is not None:
        named.add(by.id)
    dossier.access = access
    people = people_with(named)
    _name(dossier, people)
    flag_modified(document, "filing")  # whoever saw the old access has a stale form
    said = ", ".join(person.short_name for person in people)
    record(document, "document.access", by=by, note=f"{access.label}: {said}" if said else str(access.label))


def _name(dossier: Dossier, people: list[User]) -> None:
    ids = {person.id for person in people}
    dossier.readers[:] = [row for row in dossier.readers if row.user_id is None or row.user_id in ids]
    known = {row.user_id for row in dossier.readers}
    for person in people:
        if person.id not in known:
            dossier.readers.append(DossierReader(user_id=person.id))
