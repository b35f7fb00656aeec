"""Asking for an inspection bundle and making it: at once when it is small, by the worker when it is not."""

import io

from accounts.models import User
from core.audit import record
from core.clock import now
from core.db import db, transaction
from core.outbox import publish
from documents.services import keep_file
from reports.bundles.making import archive_of, size_of
from reports.bundles.queries import journal_length
from reports.models import Bundle, ReportVersion
from reports.services.rules import require_maker

#: Files of more bytes than these are packed by the worker.
AT_ONCE = 24 << 20
ZIP = "application/zip"


def ask_bundle(version: ReportVersion, *, by: User) -> Bundle:
    """A bundle of the version with the journal up to this moment; ready at once unless it is large."""
    require_maker(version.report.plan, by)
    with transaction() as session:
        bundle = Bundle(report_version=version, asked_by=by, journal_upto=journal_length())
        session.add(bundle)
        session.flush()  # the journal names the bundle by its number
        record(bundle, "bundle.ask", by=by)
        is_large = size_of(version, bundle) > AT_ONCE
        if is_large:
            publish("report.bundle", bundle_id=bundle.id)
    if not is_large:
        make_bundle(bundle)
    return bundle


def make_bundle(bundle: Bundle) -> None:
    """Pack and keep the archive; made a second time it has the same bytes."""
    data, seal = archive_of(bundle)
    kept = keep_file(io.BytesIO(data), name=f"bundle-{bundle.id}.zip", media_type=ZIP)
    with transaction() as session:
        session.refresh(bundle, with_for_update={"of": Bundle})
        bundle.sha256, bundle.size, bundle.seal = kept.blob.sha256, kept.blob.size, seal
        bundle.made_at = now()
        record(bundle, "bundle.make", by=bundle.asked_by)


def make_asked_bundle(bundle_id: int) -> None:
    """What the worker does for a large one; nothing when it is ready."""
    bundle = db.session.get(Bundle, bundle_id)
    if bundle is not None and not bundle.is_ready:
        make_bundle(bundle)
