"""The stored bytes and who speaks of them: for the doctor of the store."""

from collections.abc import Iterator

from sqlalchemy import select

from core.db import db
from documents.models import Blob, FileVersion, MailMessage


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


def is_taken(message_id: str) -> bool:
    """Whether a letter of the mailbox was taken in before."""
    wanted = select(MailMessage.id).where(MailMessage.message_id == message_id)
    return db.session.scalar(wanted) is not None
