"""Do the rows and the store speak of the same bytes? Looked at in both directions (reliability.md G21).

Repair removes what no row speaks of once it is older than the grace period, which is longer than any
request: younger ones may be about to get their row. What a row speaks of and the store lost or damaged is
named and never touched: it comes back from a backup, or by uploading the same file again.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.clock import now
from documents.models import Blob
from documents.queries import all_blobs, is_known, where_used
from documents.storage import CHUNK, FileLost, Kept, Store

GRACE = timedelta(hours=24)


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: "missing", "size", "damaged", "orphan", "unfinished" or "foreign".

    `key` is the hash or the place in the store; `documents` are those whose files suffer.
    """

    kind: str
    key: str
    documents: tuple[int, ...] = ()
    is_repaired: bool = False


def faults(store: Store, *, at: datetime | None = None, grace: timedelta = GRACE) -> Iterator[Fault]:
    """Everything that is wrong; nothing is changed. Objects younger than `grace` are left out."""
    yield from _lost(store)
    for found, kind in _strange(store, (at or now()) - grace):
        yield Fault(kind, found.sha256 or found.key)


def repair(store: Store, *, at: datetime | None = None, grace: timedelta = GRACE) -> Iterator[Fault]:
    """The same, with everything that no row speaks of removed. Foreign objects are left to their owner."""
    before = (at or now()) - grace
    yield from _lost(store)
    for found, kind in _strange(store, before):
        removed = kind != "foreign" and store.sweep(found, before=before)
        yield Fault(kind, found.sha256 or found.key, is_repaired=removed)


def _lost(store: Store) -> Iterator[Fault]:
    """Rows whose bytes are not what the row says."""
    for blob in all_blobs():
        if kind := _fault_of(store, blob):
            used = sorted({version.document_id for version in where_used(blob.sha256)})
            yield Fault(kind, blob.sha256, tuple(used))


def _fault_of(store: Store, blob: Blob) -> str:
    found = store.stat(blob.sha256)
    if found is None:
        return "missing"
    if found.size != blob.size:
        return "size"
    return "" if _hash(store, blob.sha256) == blob.sha256 else "damaged"


def _hash(store: Store, sha256: str) -> str:
    digest = hashlib.sha256()
    try:
        with store.open(sha256) as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
    except FileLost:
        return ""
    return digest.hexdigest()


def _strange(store: Store, before: datetime) -> Iterator[tuple[Kept, str]]:
    """Objects in the store that no row speaks of."""
    for found in store.kept():
        if found.changed_at >= before:
            continue
        if not found.sha256:
            yield found, "unfinished" if found.key.startswith("unfinished/") else "foreign"
        elif not is_known(found.sha256):
            yield found, "orphan"
