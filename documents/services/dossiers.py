"""Making dossiers, opening them to those who take part, closing them when their owner is submitted.

The rooms that own dossiers call these inside the transaction of their own change and journal it there.
"""

from accounts.models import Organisation
from core.clock import now
from core.db import transaction
from documents.models import Dossier, DossierReader


def new_dossier(organisation: Organisation, *, title: str, scope: str = "") -> Dossier:
    """An empty dossier of `organisation`; `title` says for people where its documents hang."""
    with transaction() as session:
        dossier = Dossier(organisation=organisation, title=title, scope=scope)
        session.add(dossier)
    return dossier


def lock_dossier(dossier: Dossier) -> None:
    """From now on documents are neither added nor changed: what they prove has been submitted."""
    with transaction():
        dossier.locked_at = dossier.locked_at or now()


def unlock_dossier(dossier: Dossier) -> None:
    """Documents may be added and changed again."""
    with transaction():
        dossier.locked_at = None


def open_dossier_to(
    dossier: Dossier, *, organisation_id: int | None = None, user_id: int | None = None
) -> None:
    """Let one organisation or one person read the dossier and put documents into it."""
    with transaction():
        _row_of(dossier, organisation_id, user_id).may_add = True


def show_dossier_to(
    dossier: Dossier, *, organisation_id: int | None = None, user_id: int | None = None
) -> None:
    """Let one organisation or one person read the dossier; who may add already still may."""
    _row_of(dossier, organisation_id, user_id)


def close_dossier_to(
    dossier: Dossier, *, organisation_id: int | None = None, user_id: int | None = None
) -> None:
    """Take back what open_dossier_to or show_dossier_to gave."""
    with transaction():
        if row := _found(dossier, organisation_id, user_id):
            dossier.readers.remove(row)


def _row_of(dossier: Dossier, organisation_id: int | None, user_id: int | None) -> DossierReader:
    assert (organisation_id is None) != (user_id is None), "one organisation or one person"
    with transaction():
        row = _found(dossier, organisation_id, user_id)
        if row is None:
            row = DossierReader(organisation_id=organisation_id, user_id=user_id, may_add=False)
            dossier.readers.append(row)
    return row


def _found(dossier: Dossier, organisation_id: int | None, user_id: int | None) -> DossierReader | None:
    rows = (r for r in dossier.readers if (r.organisation_id, r.user_id) == (organisation_id, user_id))
    return next(rows, None)
