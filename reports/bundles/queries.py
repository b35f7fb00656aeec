"""Reading bundles, and what goes into them from the journal and the dossiers."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from accounts.models import User
from core.audit import Entry
from core.db import db
from core.errors import NotFound
from core.words import _
from documents.models import Dossier
from documents.queries.access import is_readable_by
from reports.models import Bundle, ReportVersion


def bundles_of(version: ReportVersion, *, seen_by: User) -> list[Bundle]:
    """Bundles of the version that `seen_by` asked for, the newest first."""
    wanted = select(Bundle).where(Bundle.report_version_id == version.id, Bundle.asked_by_id == seen_by.id)
    return list(db.session.scalars(wanted.order_by(Bundle.id.desc())))


def bundle_of(bundle_id: int, *, seen_by: User) -> Bundle:
    """A bundle that `seen_by` asked for, or NotFound."""
    wanted = select(Bundle).where(Bundle.id == bundle_id, Bundle.asked_by_id == seen_by.id)
    if found := db.session.scalar(wanted.options(joinedload(Bundle.report_version))):
        return found
    raise NotFound(_("Такого пакета нет или его собирали не вы."))


def journal_length() -> int:
    """The number of the newest entry."""
    return db.session.scalar(select(func.max(Entry.id))) or 0


def entries_of(scopes: Sequence[str], *, upto: int) -> list[Entry]:
    """Entries of the scopes in their order, none newer than `upto`."""
    wanted = select(Entry).where(Entry.scope.in_(scopes), Entry.id <= upto)
    return list(db.session.scalars(wanted.order_by(Entry.id)))


def macs_of(ids: Iterable[int]) -> dict[int, str]:
    """The chain values of entries by their numbers."""
    known, found = sorted(set(ids)), dict[int, str]()
    for start in range(0, len(known), 500):
        wanted = select(Entry.id, Entry.mac).where(Entry.id.in_(known[start : start + 500]))
        for number, mac in db.session.execute(wanted.order_by(Entry.id)):
            found[number] = mac
    return found


def readable_dossiers(ids: Iterable[int], *, seen_by: User) -> set[int]:
    """Those of the dossiers that `seen_by` may read."""
    wanted = select(Dossier.id).where(Dossier.id.in_(sorted(set(ids))), is_readable_by(seen_by))
    return set(db.session.scalars(wanted.order_by(Dossier.id)))
